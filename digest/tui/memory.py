"""What the desk remembers from one day to the next: sizes, order, searches, places in articles.

It is kept in `desk.json` in the library folder. Nothing in it is worth more than comfort: a file
that is damaged or cannot be written is passed over.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from digest.tui.arranging import GROUPINGS, ORDERS

_LOG = logging.getLogger(__name__)
FILE = "desk.json"
SEARCHES = 100
PLACES = 1000
LEAST, MOST = 25, 75
_MAX_BYTES = 1_000_000


@dataclass
class Memory:
    """What is remembered.

    Attributes:
        share: how much of the list and the reader together the list has, in per cent; 0 for what
            the layout says.
        sidebar: whether the sidebar is shown on a wide screen.
        searches: what was searched for, newest first.
        order: how lists are sorted, "" for what fits each.
        grouping: how lists are grouped.
        places: block and offset at the top of the screen, by the article's id as text.
    """

    share: int = 0
    sidebar: bool = True
    searches: list[str] = field(default_factory=list)
    order: str = ""
    grouping: str = "day"
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def searched(self, query: str) -> None:
        """Remember a search."""
        clean = " ".join(query.split())
        if clean:
            others = [one for one in self.searches if one != clean]
            self.searches = [clean, *others][:SEARCHES]

    def save(self, home: Path) -> None:
        """Write it down, whole or not at all."""
        self.places = dict(list(self.places.items())[-PLACES:])
        path = home / FILE
        partial = path.with_name(f"{FILE}.{os.getpid()}.part")
        try:
            partial.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            _LOG.info("%s is not kept: %s", path, error)


def recall(home: Path) -> Memory:
    """What was remembered in this folder."""
    path = home / FILE
    try:
        if path.stat().st_size > _MAX_BYTES:
            return Memory()
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Memory()
    return _checked(found) if isinstance(found, dict) else Memory()


def _checked(found: Mapping[str, Any]) -> Memory:
    """Only what is of its kind; the file may have been written by another version, or by hand."""
    share = found.get("share")
    searches = found.get("searches")
    places = found.get("places")
    return Memory(
        share=share if isinstance(share, int) and LEAST <= share <= MOST else 0,
        sidebar=found.get("sidebar") is not False,
        order=found["order"] if found.get("order") in ORDERS else "",
        grouping=found["grouping"] if found.get("grouping") in GROUPINGS else "day",
        searches=[one for one in searches if isinstance(one, str)][:SEARCHES]
        if isinstance(searches, list)
        else [],
        places={
            name: (place[0], place[1])
            for name, place in places.items()
            if isinstance(place, list)
            and len(place) == 2
            and all(isinstance(number, int) for number in place)
        }
        if isinstance(places, dict)
        else {},
    )
