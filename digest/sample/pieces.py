"""The pieces of the sample edition as they stand in the package.

Each is a file `pages/OUTLET/SLUG.html`: lines of `key: value`, a blank line, and the HTML of its
text. `hours` is its age at the time the edition is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from importlib.resources import files

from digest.sample.outlets import SITE, Outlet


@dataclass(frozen=True, slots=True)
class Piece:
    """One sample article.

    Attributes:
        outlet: where it appeared.
        slug: its name in addresses.
        title: the headline.
        author: the byline.
        section: the section of the paper.
        summary: one sentence for the feed.
        event: what it is about, one word; pieces on one event share it.
        published: when, in the outlet's own time.
        body: the HTML of its text.
    """

    outlet: Outlet
    slug: str
    title: str
    author: str
    section: str
    summary: str
    event: str
    published: datetime
    body: str

    @property
    def path(self) -> str:
        """Its place in the edition, without a leading slash."""
        return f"{self.outlet.key}/{self.slug}.html"

    @property
    def canonical(self) -> str:
        """Its address of record, the same in every run; `.example` names no real host."""
        return f"{SITE}/{self.path}"


def pieces_of(outlet: Outlet, now: datetime) -> list[Piece]:
    """The pieces of one outlet, newest first, as if `now` (aware) were the present."""
    folder = files("digest.sample").joinpath("pages", outlet.key)
    found = [
        _piece(outlet, page.name.removesuffix(".html"), page.read_text("utf-8"), now)
        for page in folder.iterdir()
        if page.name.endswith(".html")
    ]
    return sorted(found, key=lambda piece: piece.published, reverse=True)


def _piece(outlet: Outlet, slug: str, text: str, now: datetime) -> Piece:
    head, _, body = text.partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.split("\n"))
    zone = timezone(timedelta(hours=outlet.hours))
    published = (now - timedelta(hours=float(said["hours"]))).astimezone(zone)
    return Piece(
        outlet=outlet,
        slug=slug,
        title=said["title"],
        author=said["author"],
        section=said["section"],
        summary=said["summary"],
        event=said["about"],
        published=published.replace(second=0, microsecond=0),
        body=body.strip(),
    )
