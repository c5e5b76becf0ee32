"""What the library answers with of whom and what articles name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from digest.model import EntityCount

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = TypeVar("Value", int, str)


@dataclass(frozen=True, slots=True)
class Known:
    """Someone or something that the library knows by name.

    Attributes:
        id: its stable id.
        kind: `person`, `place`, ... (docs/names.md).
        name: the form to show where there is room for one.
        forms: its forms by language (`en`, `zh`, `ja`), the commonest first.
        articles: how many articles name it.
        query: a query that finds these articles.
    """

    id: str
    kind: str
    name: str
    forms: Mapping[str, tuple[str, ...]]
    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday in the configured zone.

    Attributes:
        start: its Monday, an ISO date.
        articles: how many articles name the entity.
        mentions: how often all of them together.
        languages: articles by ISO 639-1 code, most first.
        feeds: articles by outlet name, most first.
    """

    start: str
    articles: int = 0
    mentions: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    feeds: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The week as ISO 8601 writes it: `2026-W03`."""
        year, week, _ = date.fromisoformat(self.start).isocalendar()
        return f"{year}-W{week:02}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the library knows of someone or something.

    Attributes:
        who: whom or what this is of.
        mentions: how often all articles together name it.
        first: the time of the earliest article, None without one.
        last: that of the latest.
        languages: articles by ISO 639-1 code, most first.
        feeds: articles by outlet name, most first.
        weeks: the last ones in a row, the silent ones included.
        beside: whom and what the same articles name, with how many of them, most first; terms of
            the subject are left out.
        articles: the ids of the articles, the newest first.
    """

    who: Known
    mentions: int
    first: datetime | None
    last: datetime | None
    languages: Mapping[str, int]
    feeds: Mapping[str, int]
    weeks: tuple[Week, ...]
    beside: tuple[EntityCount, ...]
    articles: tuple[int, ...]


class Series(NamedTuple):
    """What the articles are grouped by: for each the place of its own in `names`."""

    names: list[str]
    codes: NDArray[np.int64]


def series(values: Sequence[Value], name_of: Callable[[Value], str]) -> Series:
    """Values in groups, one for each name that `name_of` gives."""
    import numpy as np  # noqa: PLC0415 - the index has it loaded by now

    named = {value: name_of(value) for value in set(values)}
    names = sorted(set(named.values()))
    places = {value: names.index(name) for value, name in named.items()}
    return Series(names, np.fromiter((places[one] for one in values), np.int64, len(values)))


def counted(names: Sequence[str], codes: NDArray[np.int64]) -> dict[str, int]:
    """How often each code occurs, by its name, most first."""
    import numpy as np  # noqa: PLC0415 - the index has it loaded by now

    counts = np.bincount(codes, minlength=len(names)).tolist()
    found = [(name, number) for name, number in zip(names, counts, strict=True) if number]
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))
