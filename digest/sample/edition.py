"""The whole edition as of a moment: its feeds and its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.sample.outlets import OUTLETS, SITE
from digest.sample.pieces import pieces_of
from digest.sample.render import feed, front, page


@dataclass(frozen=True, slots=True)
class Edition:
    """What a web server has to serve, each by its path without a leading slash.

    Attributes:
        feeds: RSS, Atom and RDF, one for each outlet.
        pages: HTML, every piece and a front page for each outlet.
    """

    feeds: Mapping[str, bytes]
    pages: Mapping[str, bytes]


def edition(now: datetime, base: str = SITE) -> Edition:
    """The edition as of `now` (aware), with feeds whose links lead to pages under `base`."""
    feeds: dict[str, bytes] = {}
    pages: dict[str, bytes] = {}
    for outlet in OUTLETS:
        pieces = pieces_of(outlet, now)
        feeds[f"{outlet.key}/feed.xml"] = feed(outlet, pieces, base)
        pages[f"{outlet.key}/index.html"] = front(outlet, pieces)
        pages |= {piece.path: page(piece, pieces) for piece in pieces}
    return Edition(feeds, pages)
