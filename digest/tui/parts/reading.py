"""The article in the reader: opened, previewed, paged, marked as read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from digest.tui.i18n import _, ngettext
from digest.tui.messages import ArticleRead, Changed, FoundAt, VersionsRead
from digest.tui.rendering.article import HEAD, lay_out

if TYPE_CHECKING:
    from textual.message import Message

    from digest.library import Library
    from digest.model import Article, Mark, Version
    from digest.tui.screens.desk import DeskScreen


class ReadingPart:
    """What the reader shows, and how one goes on from there."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self.wanted: int | None = None
        self._wanted_query = ""
        self._opened: int | None = None
        self._preview: Timer | None = None
        self._reading: Timer | None = None
        self._highlight: int | None = None
        self._whole: int | None = None  # the article whose hidden lines are shown

    @property
    def article(self) -> Article | None:
        """The article in the reader."""
        return self.desk.reader.article

    def in_sight(self) -> Article | None:
        """The article in the reader, where that is to be seen; without one, say what to do."""
        article = self.article if self.desk.reader_visible else None
        if article is None:
            self.desk.answer(_("Open an article first."))
        return article

    @property
    def _query(self) -> str:
        """The query whose hits are to be lit, "" where the list is no search for words."""
        listing = self.desk.listing.listing
        return listing.query if listing and listing.searched else ""

    # opening --------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the article under the cursor; in the sidebar, the list of the entry."""
        if self.desk.pane == "sidebar":
            self.desk.sidebar.enter()
            return
        ident = self.desk.articles.current
        if ident is None:
            return
        self._opened = ident
        self.desk.show_pane("reader")
        if self.article is None or (ident, self._query) != (self.article.id, self._wanted_query):
            self._load(ident)
        else:
            self._start_reading(ident)

    def open_at(self, ident: int, highlight: int | None) -> None:
        """Open an article of the list at one of its highlights, None for its beginning."""
        articles = self.desk.articles
        articles.go(articles.shelf.index(ident, articles.cursor))
        self.desk.show_pane("list")
        self._highlight = highlight
        self.open()
        if self.article is not None and self.article.id == ident:
            self._to_highlight()

    def _to_highlight(self) -> None:
        if self._highlight is not None:
            self.desk.reader.to_highlight(self._highlight)
            self._highlight = None

    def moved(self, ident: int | None) -> None:
        """The cursor is on another article: show it beside the list, once it rests there."""
        if self._preview is not None:
            self._preview.stop()
            self._preview = None
        if ident is None:
            self.wanted = None
            self.desk.reader.show(None, {})
        elif self.desk.reader_visible and (ident, self._query) != (self.wanted, self._wanted_query):
            delay = self.desk.timing.preview_after
            self._preview = self.desk.set_timer(delay, lambda: self._load(ident))

    def again(self) -> None:
        """Read the article anew: something about it has changed."""
        if self.article is not None:
            self._load(self.article.id)

    def _load(self, ident: int) -> None:
        self.wanted, self._wanted_query = ident, self._query
        query, whole = self._query, self._whole == ident
        columns, zone = self.desk.reader.columns, self.desk.zone

        def job(library: Library) -> Message:
            article = library.article(ident)
            article = article.with_hidden() if whole else article
            marks = _marks(library, query, article)
            # Laid out here, since a long text takes longer than a key may wait.
            page = lay_out(article, columns, zone, marks=marks)
            return ArticleRead(article, query, marks, page)

        self.desk.work.read(job, group="article")

    def loaded(self, message: ArticleRead) -> None:
        """Show an article, unless another one was asked for meanwhile."""
        article = message.article
        if article.id != self.wanted:
            return
        self.desk.reader.show(article, message.marks, message.page)
        self._to_highlight()
        self.desk.articles.update_rows([article.summary])
        self.desk.tell()
        if self._opened == article.id:
            self._start_reading(article.id)

    # reading --------------------------------------------------------------------------------

    def _start_reading(self, ident: int) -> None:
        """An opened article is read once it has been on the screen for a while."""
        self.stop_reading()
        if self.article is None or self.article.summary.read:
            return
        self._reading = self.desk.set_timer(
            self.desk.timing.read_after, lambda: self._mark_read(ident)
        )

    def stop_reading(self) -> None:
        """The article is not on the screen any more."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def closed(self) -> None:
        """The reader was left for the list."""
        self._opened = None
        self.stop_reading()

    def _mark_read(self, ident: int) -> None:
        self._reading = None
        if self.article is None or self.article.id != ident:
            return

        def job(library: Library) -> Message | None:
            # What is off topic stays unread: to show it anew for that would begin this again.
            number = library.mark([ident], "read", automatic=True)
            return Changed([ident], "", number) if number else None

        self.desk.work.write(job)

    # going on -------------------------------------------------------------------------------

    def page(self) -> None:
        """A page down in the article; at its end, the next unread one."""
        current = self.desk.articles.current
        if current is None:
            return
        if self._opened != current or self.desk.pane != "reader":
            self.open()
        elif not self.desk.reader.page_down():
            self._to_unread(1, opening=True)

    def changes(self) -> None:
        """Show what its publisher changed in the article under the cursor."""
        ident = self.desk.articles.current
        if ident is not None:
            self.desk.work.read(
                lambda library: VersionsRead(library.versions(ident)), group="versions"
            )

    def lines(self) -> None:
        """Show the lines that repeat across the outlet, or hide them again."""
        article = self.in_sight()
        if article is None:
            return
        if not article.hidden:
            self.desk.say(_("No line of this article is hidden."))
            return
        self._whole = article.id if self._whole != article.id else None
        self._load(article.id)

    def keep_lines(self) -> None:
        """Say that lines are the outlet's own words: those selected, else all that are hidden."""
        article, selection = self.in_sight(), self.desk.reader.selection
        if article is None:
            return
        if not article.hidden:
            self.desk.say(_("No line of this article is hidden."))
            return
        ident = article.id
        chosen: Sequence[int] = ()
        if selection is not None and not article.whole:  # all blocks are on the screen
            chosen = range(selection.first, selection.last + 1)

        def job(library: Library) -> Message:
            number = library.repeating.keep_in(ident, chosen)
            words = ngettext(
                "{count} line will be shown in all articles of this outlet",
                "{count} lines will be shown in all articles of this outlet",
                number,
            )
            return Changed([ident], words.format(count=number), number)

        self.desk.work.write(job)
        self.desk.reader.deselect()

    def show_changes(self, versions: Sequence[Version]) -> None:
        """Show the changes, where there are any."""
        from digest.tui.screens.changes import ChangesScreen  # noqa: PLC0415 - only when asked for

        if len(versions) < 2:
            self.desk.say(_("Its publisher has not changed this text."))
        else:
            self.desk.app.push_screen(ChangesScreen(versions, self.desk.zone))

    def next_hit(self) -> None:
        """The next hit in the article."""
        self.desk.reader.next_hit(1)

    def previous_hit(self) -> None:
        """The hit before."""
        self.desk.reader.next_hit(-1)

    def next_unread(self) -> None:
        """The next unread article of the list."""
        self._to_unread(1, opening=self.desk.pane == "reader")

    def previous_unread(self) -> None:
        """The unread article before."""
        self._to_unread(-1, opening=self.desk.pane == "reader")

    def _to_unread(self, step: int, *, opening: bool) -> None:
        shelf, cursor = self.desk.articles.shelf, self.desk.articles.cursor
        ids = shelf.ids
        after = range(cursor + 1, len(ids)) if step > 0 else range(cursor - 1, -1, -1)

        def job(library: Library) -> Message:
            unread = set(library.matching("is:unread")[0])
            found = next((ids[at] for at in after if ids[at] in unread), None)
            return FoundAt(found, opening)

        self.desk.work.read(job, group="unread")

    def found(self, message: FoundAt) -> None:
        """Go to the article that was looked for."""
        if message.id is None:
            self.desk.say(_("No unread article further on."))
            return
        articles = self.desk.articles
        articles.go(articles.shelf.index(message.id, articles.cursor))
        if message.opening:
            self.open()


def _marks(library: Library, query: str, article: Article) -> Mapping[int, tuple[Mark, ...]]:
    """Where the query's words stand, by block; `HEAD` for the title."""
    if not query:
        return {}
    texts = [article.summary.title, *(block.text for block in article.blocks)]
    found = library.hits(query, texts)
    return {at: marks for at, marks in enumerate(found, start=HEAD) if marks}
