"""What workers report to the desk. They post these; the desk's handlers change the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from digest.config.settings import View
from digest.model import AddReport, Article, FetchProgress, FetchReport, Mark, Summary, Version

if TYPE_CHECKING:
    from digest.library import Library
    from digest.library.glossing import Gloss
    from digest.library.highlighting import Noted
    from digest.library.values import Counts, FeedInfo, Group, Listing, Passages, Timeline
    from digest.tui.rendering.article import Page


@dataclass
class Opened(Message):
    """The library is open."""


@dataclass
class Listed(Message):
    """What a query brings.

    Attributes:
        serial: the number of the request, to tell an answer that came too late.
        fresh: whether a person asked for it; else it refreshes what is shown.
        ids: in order; of a refresh, merged with what was shown.
        rows: the rows that are seen first.
        groups: the groups that the ids are put in; None for days, or what needs none.
        spread: of a search, its strict matches by language and over time.
    """

    serial: int
    fresh: bool
    listing: Listing
    ids: Sequence[int]
    rows: Sequence[Summary]
    groups: Sequence[Group] | None = None
    spread: tuple[Mapping[str, int], Timeline] | None = None


@dataclass
class RowsRead(Message):
    """Rows of the list: those asked for, and what the library knows of them."""

    asked: Sequence[int]
    rows: Sequence[Summary]


@dataclass
class PassagesRead(Message):
    """Passages with hits, for the rows of a search."""

    query: str
    passages: Mapping[int, Passages]


@dataclass
class ArticleRead(Message):
    """An article for the reader, with the hits of `query` by block, and laid out with them."""

    article: Article
    query: str
    marks: Mapping[int, tuple[Mark, ...]]
    page: Page


@dataclass
class VersionsRead(Message):
    """The texts an article has had, the present one last."""

    versions: Sequence[Version]


@dataclass
class FoundAt(Message):
    """The unread article that was looked for, None when there is none; `opening` it or not."""

    id: int | None
    opening: bool


@dataclass
class SampleOpened(Message):
    """The sample edition is there to be looked at."""

    library: Library


@dataclass
class Counted(Message):
    """Counts for the sidebar, and what its sections are made of.

    `findable` when the views have counted all that is stored.
    """

    counts: Counts
    feeds: Sequence[FeedInfo]
    views: Sequence[View]
    findable: bool = True


@dataclass
class Changed(Message):
    """A person's change is in the library.

    Attributes:
        ids: the articles it touched; empty when that is not known (undo).
        words: what to say of it, "" for nothing.
        number: how many articles changed.
    """

    ids: Sequence[int] = ()
    words: str = ""
    number: int = 0


@dataclass
class ChangedElsewhere(Message):
    """The library has changed, here or in another process."""


@dataclass
class NoteSaved(Message):
    """A note is on the disk, with this text."""

    id: int
    text: str


@dataclass
class FetchDue(Message):
    """The feeds have not been fetched for as long as `[fetch] every` says."""


@dataclass
class FetchMoved(Message):
    """How far the fetch is; a later report replaces one that waits."""

    progress: FetchProgress

    def can_replace(self, message: Message) -> bool:
        """Only the newest progress is worth drawing."""
        return isinstance(message, FetchMoved)


@dataclass
class FetchEnded(Message):
    """The fetch is over; `cancelled` when a person stopped it."""

    report: FetchReport
    cancelled: bool


@dataclass
class FilesAdded(Message):
    """Files or pages were added."""

    report: AddReport


@dataclass
class Said(Message):
    """A sentence for a toast."""

    words: str
    warning: bool = False


@dataclass
class Copied(Message):
    """Text for the clipboard, and what to say of it."""

    text: str
    words: str


@dataclass
class NoteRead(Message):
    """The note of an article, to be edited."""

    id: int
    text: str


@dataclass
class Glossed(Message):
    """What the tables know of a word or a passage."""

    text: str
    found: Sequence[Gloss]


@dataclass
class EditBegun(Message):
    """The row of the article that is to be corrected."""

    row: Summary


@dataclass
class FeedsChecked(Message):
    """The feeds with all that the feed doctor goes by."""

    infos: Sequence[FeedInfo]


@dataclass
class NotesRead(Message):
    """The notes and highlights of the articles in the list."""

    title: str
    noted: Sequence[Noted]


@dataclass
class TagsRead(Message):
    """Every tag with its count, and the rows of the articles that are to be tagged."""

    tags: Sequence[tuple[str, int]]
    rows: Sequence[Summary]


@dataclass
class ViewSaved(Message):
    """A search is kept under a name."""

    name: str
