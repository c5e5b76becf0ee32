"""Lines that repeat across an outlet: learned from what comes in, hidden, and given back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from digest.library import reprints, state
from digest.library.choosing import named
from digest.library.marking import Marker
from digest.library.values import FeedInfo
from digest.store import lines, outbox, reading, site_lines
from digest.store.database import Database
from digest.store.site_lines import SiteLine

Progress = Callable[[int, int], None]

# Articles looked at in one transaction: where something else is to be hidden in most of them, it
# keeps others from writing for about a tenth of a second.
BATCH = 25


class Repeating:
    """The lines of one library that repeat. Safe to use from any thread."""

    def __init__(
        self, database: Database, marker: Marker, feeds: Callable[[], Sequence[FeedInfo]]
    ) -> None:
        self._database = database
        self._marker = marker
        self._feeds = feeds

    def catch_up(
        self, report: Progress | None = None, should_stop: Callable[[], bool] | None = None
    ) -> int:
        """Look at all articles that wait for it; returns in how many other lines are hidden now.

        Args:
            report: called with how many are done and how many there are.
            should_stop: asked between two batches; the next call goes on.
        """
        changed = done = 0
        with self._database.read() as db:
            total = lines.waiting(db)
        while total and (should_stop is None or not should_stop()):
            with self._database.write() as db:
                ids = lines.take(db, BATCH)
                changed += _follow(db, self._marker, [one for one in ids if lines.settle(db, one)])
            if not ids:
                break
            done += len(ids)
            if report is not None:
                report(min(done, total), total)
        return changed

    def of(self, name: str) -> list[SiteLine]:
        """What is hidden in the articles of a feed, a group or a host, and what a person has kept.

        Raises:
            UnknownFeed: the name is none of these.
        """
        with self._database.read() as db:
            if found := site_lines.known(db, [name.strip().lower()]):
                return found
        infos = named(self._feeds(), name)
        with self._database.read() as db:
            sites = {one for info in infos for one in site_lines.sites_of_feed(db, info.state.id)}
            return site_lines.known(db, sites)

    def keep(self, line: SiteLine, *, kept: bool) -> None:
        """Say of a line that it is no boilerplate, or take that back."""
        with self._database.write() as db:
            site_lines.keep(db, line.site, site_lines.keys_of(db, line), kept=kept)

    def keep_in(self, ident: int, blocks: Sequence[int]) -> int:
        """Say that blocks of an article, by their indexes among all, are no boilerplate.

        Without `blocks` all that are hidden in it. Returns how many lines that were.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.write() as db:
            reading.require(db, ident)
            site, keys = site_lines.keys_hidden(db, ident, blocks)
            return site_lines.keep(db, site, keys, kept=True) if keys else 0


def _follow(db: sqlite3.Connection, marker: Marker, changed: Sequence[int]) -> int:
    """Have all that is derived from these articles follow what they show now."""
    marker.mark(db, changed)
    reprints.fold_in_all(db, sorted(state.live(db, changed)))
    outbox.announce(db, changed)
    return len(changed)
