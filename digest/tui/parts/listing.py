"""Which articles the list shows, and their rows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from digest.tui.arranging import GROUPINGS, ORDERS
from digest.tui.i18n import _, spoken
from digest.tui.messages import Counted, Listed, PassagesRead, RowsRead
from digest.tui.pace import Pace
from digest.tui.rendering.merging import merged
from digest.tui.rendering.outline import LANGUAGES
from digest.tui.rendering.rows import Head
from digest.tui.rendering.shelf import WINDOW

if TYPE_CHECKING:
    from textual.message import Message

    from digest.library import Library
    from digest.library.values import Group, Listing
    from digest.tui.screens.desk import DeskScreen


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows: a query, under a title; `search` where a person typed it."""

    query: str
    title: str
    search: bool = False


class ListingPart:
    """The list, from a query to rows on the screen."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self.shown = Shown("", "")
        self.listing: Listing | None = None
        self.loading = False
        self.order = ""
        self.grouping = "day"
        self._serial = 0
        self._at: int | None = None
        self._opening = False
        self._pace = Pace()

    def show(self, shown: Shown, *, at: int | None = None, opening: bool = False) -> None:
        """List something else, with the cursor on article `at` if it is there; `opening` it."""
        self.shown = shown
        self._at, self._opening = at, opening
        self._serial += 1
        self.loading = True
        self.desk.sidebar.mark(None if shown.search else shown.query)
        self._ask(fresh=True, kept=())

    def refresh(self) -> None:
        """List afresh what is shown: what does not match any more goes."""
        self.show(self.shown, at=self.desk.articles.current)

    def sort(self, order: str = "") -> None:
        """List in another order; without a name, in the next of the three."""
        orders = list(ORDERS)
        if order and order not in orders:
            words = _("There is no order {name}. There are: {names}")
            told = words.format(name=order, names=", ".join(orders))
            self.desk.say(told, warning=True)
            return
        at = orders.index(self.order) if self.order in orders else 0
        self.order = order or orders[(at + 1) % len(orders)]
        self.desk.answer(_(ORDERS[self.order]))
        self.refresh()

    def group(self, grouping: str = "") -> None:
        """Group the list otherwise; without a name, in the next way."""
        ways = list(GROUPINGS)
        if grouping and grouping not in ways:
            words = _("There is no grouping {name}. There are: {names}")
            told = words.format(name=grouping, names=", ".join(ways))
            self.desk.say(told, warning=True)
            return
        self.grouping = grouping or ways[(ways.index(self.grouping) + 1) % len(ways)]
        self.desk.answer(_(GROUPINGS[self.grouping]))
        self.refresh()

    def changed_elsewhere(self) -> None:
        """Take in what others have changed, as soon as it is not in the way of the keys."""
        self._pace.want()
        self.keep_pace()

    def keep_pace(self) -> None:
        """Take in what others have changed, if it is time to."""
        if self._pace.is_due(time.monotonic(), self.desk.desk_app.touched):
            self.follow()

    def follow(self) -> None:
        """Take in what has changed, and move nothing under the reader."""
        if self.loading:
            return
        self._pace.begin(time.monotonic())
        self._ask(fresh=False, kept=tuple(self.desk.articles.keep_visible_rows()))
        self.count()

    def _ask(self, *, fresh: bool, kept: Sequence[int]) -> None:
        query, serial, order = self.shown.query, self._serial, self.order or None
        shelf_ids = self.desk.articles.shelf.ids
        at, by = self._at, self.grouping

        typed, lang = self.shown.search, spoken().code

        def job(library: Library) -> Message:
            worker = get_current_worker()
            listing = library.listing(
                query, order=order, cancelled=lambda: worker.is_cancelled, folded=True
            )
            ids = listing.ids if fresh else merged(shelf_ids, listing.ids)
            groups: Sequence[Group] | None = None
            if by != "day" and not listing.searched:
                ids, groups = library.grouped(ids, by, lang) if by != "none" else (ids, ())
            first = ids.index(at) if fresh and at in ids else 0
            wanted = ids[max(0, first - WINDOW) : first + WINDOW] if fresh else kept
            spread = library.spread(listing.ids[: listing.strict]) if typed else None
            return Listed(serial, fresh, listing, ids, library.rows(wanted), groups, spread)

        self.desk.work.read(job, group="listing" if fresh else "following")

    def listed(self, message: Listed) -> None:
        """Show what a query brought, unless another one was asked meanwhile."""
        if not message.fresh:
            self._pace.end(time.monotonic())
        if message.serial != self._serial:
            return
        self.loading = self.loading and not message.fresh
        self.listing = message.listing
        articles = self.desk.articles
        articles.now = self.desk.now()
        articles.empty_words = self._empty_words()
        extra = len(message.ids) - len(message.listing.ids)
        articles.show(
            message.ids,
            strict=message.listing.strict + extra,
            searched=message.listing.searched,
            keep=not message.fresh,
            rows=message.rows,
            brought=message.listing.brought,
            heads=heads(message.groups, self.grouping),
        )
        if message.fresh and self._at is not None:
            articles.go(articles.shelf.index(self._at, articles.cursor))
        self.desk.searching.listed(message)
        self.desk.tell()
        if message.fresh and self._opening:
            self.desk.reading.open()

    # rows -----------------------------------------------------------------------------------

    def read_rows(self, ids: Sequence[int]) -> None:
        """Load rows that are about to be seen."""

        def job(library: Library) -> Message:
            return RowsRead(ids, library.rows(ids))

        self.desk.work.read(job, group="rows", exclusive=False)

    def read_passages(self, ids: Sequence[int]) -> None:
        """Load passages that are about to be seen."""
        query = self.shown.query

        def job(library: Library) -> Message:
            return PassagesRead(query, library.snippets(query, ids))

        self.desk.work.read(job, group="passages", exclusive=False)

    def rows_read(self, message: RowsRead) -> None:
        """Draw rows that were loaded."""
        self.desk.articles.supply(message.asked, message.rows)

    def passages_read(self, message: PassagesRead) -> None:
        """Draw passages, if they are still of the query that is shown."""
        if message.query == self.shown.query:
            self.desk.articles.supply_passages(message.passages)

    def read_again(self, ids: Sequence[int]) -> None:
        """Load rows anew that a person has changed."""
        loaded = [one for one in ids if self.desk.articles.shelf.row(one) is not None]

        def job(library: Library) -> Message:
            return RowsRead((), library.rows(loaded))

        if loaded:
            self.desk.work.read(job, group="rows", exclusive=False)

    # counts ---------------------------------------------------------------------------------

    def count(self) -> None:
        """Count for the sidebar."""
        lang = self.desk.desk_app.lang
        named = "" if lang == "en" else lang

        def job(library: Library) -> Message:
            findable = library.findable()  # asked first: what comes meanwhile is counted again
            counts = library.counts(named)
            return Counted(counts, library.feeds(), library.config.views, findable)

        self.desk.work.read(job, group="counts")

    def _empty_words(self) -> str:
        keys = self.desk.keyboard
        if self.shown.search:
            return _("Nothing matches.\nFewer words find more; Esc goes back.")
        if self.shown.query == "is:unread":
            return _(
                "Nothing unread.\n{fetch} fetches what is new, {next} goes to the next entry."
            ).format(fetch=keys.first("fetch.all"), next=keys.first("sidebar.next"))
        return _("Nothing here yet.\n{fetch} fetches what is new, {search} searches.").format(
            fetch=keys.first("fetch.all"), search=keys.first("search.open")
        )


def heads(groups: Sequence[Group] | None, grouping: str) -> dict[int, Head] | None:
    """What stands above each group by where it begins; None for days."""
    if groups is None:
        return None
    return {group.start: Head(_head(group, grouping), group.size) for group in groups}


def _head(group: Group, grouping: str) -> str:
    match grouping:
        case "language":
            known = LANGUAGES.get(group.name)
            return _(known) if known else group.name or _("Other")
        case "story":
            return group.name or _("One report each")
        case _:
            return group.name or _("Other")
