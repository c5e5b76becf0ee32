"""The words of the product: articles, their structure, feeds, and what happened to them.

Everything here is an immutable value. Times are `datetime` in UTC, aware; languages are BCP 47
tags (`en`, `zh-Hant`, `ja`); ids are positive integers that are never used twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from digest.notefiles import Written


class Span(NamedTuple):
    """A piece of running text; `href` is an absolute http(s) address where it is a link."""

    text: str
    href: str = ""


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    ROW = "row"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article's structured text.

    Attributes:
        kind: what it is.
        spans: its running text in order; of a figure, the caption. Empty for a row.
        level: of a heading 1 to 6; of a list item its nesting from 1; else 0.
        ordinal: the number of an item in an ordered list, from 1; 0 for a bullet.
        cells: the cells of a table row, in order.
        header: whether a table row is a header.
        src: the absolute http(s) address of a figure's image.
    """

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    level: int = 0
    ordinal: int = 0
    cells: tuple[str, ...] = ()
    header: bool = False
    src: str = ""

    @property
    def text(self) -> str:
        """The block as plain text; a tab between the cells of a row."""
        if self.kind is BlockKind.ROW:
            return "\t".join(self.cells)
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as ingest made it, before the library knows it.

    Attributes:
        title: one line of text, never empty.
        blocks: the structured text.
        url: the canonical address, or "" when there is none.
        guid: the feed's own id for the entry, or "".
        author: names as written, joined with ", ".
        outlet: the publication's or feed's name, shown as `feed`.
        lang: BCP 47 tag, "" when unknown.
        published: when it was published, None when unknown.
        modified: when the publisher says it was changed, None when unknown.
        section: the part of the publication it stands in, as the publisher calls it, or "".
        image: the absolute http(s) address of its lead picture, or "".
        headline: what its page alone gives as its title, by which a change of it is known, where
            `title` may be the feed's or a person's word; "" where `title` tells as much.
        partial: True when the text is known to be cut (a stub, a paywall, the feed's summary).
        feed: the id of the feed it came through, None for what a person added.
        tags: tags it is born with (from the feed's configuration or a .jsonl line).
        topic_only: True when it is kept only if it is on topic.
        raw: the source as downloaded, kept compressed for re-extraction.
        raw_type: the media type of `raw`.
        raw_url: the address `raw` was read from (after redirects), for its relative links.
        written: the note and highlights of a file of notes, whose article may be there already.
    """

    title: str
    blocks: tuple[Block, ...]
    url: str = ""
    guid: str = ""
    author: str = ""
    outlet: str = ""
    lang: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    section: str = ""
    image: str = ""
    headline: str = ""
    partial: bool = False
    feed: int | None = None
    tags: tuple[str, ...] = ()
    topic_only: bool = False
    raw: bytes = b""
    raw_type: str = ""
    raw_url: str = ""
    written: Written | None = None


class SaveStatus(StrEnum):
    """What storing a draft came to."""

    NEW = "new"
    UPDATED = "updated"  # a known article whose text has changed: a revision was kept
    OFF_TOPIC = "off-topic"  # of a feed that keeps what is on topic; hidden, and kept for a while
    DUPLICATE = "duplicate"  # the same address or the same text is there already


class Saved(NamedTuple):
    """The article a draft became, or the one that was there already."""

    id: int
    status: SaveStatus


@dataclass(frozen=True, slots=True)
class Summary:
    """An article as a row of a list.

    `lang` is the BCP 47 tag; `at` is `published`, or `fetched` where that is None; `story` is the
    id of its story, None before it has got one.
    """

    id: int
    title: str
    url: str
    feed: str
    author: str
    lang: str
    published: datetime | None
    fetched: datetime
    read: bool
    starred: bool
    noted: bool
    tags: tuple[str, ...] = ()
    copy_of: int | None = None
    copies: int = 0
    partial: bool = False
    story: int | None = None

    @property
    def at(self) -> datetime:
        """When it counts as having happened, for sorting and grouping."""
        return self.published or self.fetched


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an article that its publisher changed."""

    id: int
    fetched: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """One of the texts an article has had, as fetched at a time."""

    fetched: datetime
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A quote a person kept; `paragraph` is the index of its block, from 0.

    `before` and `after` are what stood around it, by which its place is found again.
    """

    id: int
    quote: str
    comment: str
    paragraph: int
    before: str = ""
    after: str = ""


class Entity(NamedTuple):
    """A person, place, body or fixed term that articles name.

    `id` is a text of lower-case letters, digits and hyphens that stays the same when the names are
    built anew; `kind` is one of the index's; `name` is what to show.
    """

    id: str
    kind: str
    name: str


class Relevance(NamedTuple):
    """How much an article concerns Taiwan and Japan together, from 0 to 1, and why in words.

    `score` is None where nothing has looked yet.
    """

    score: float | None = None
    why: tuple[str, ...] = ()


UNJUDGED = Relevance()


class Mention(NamedTuple):
    """The entity with the id `entity` named at `[start, end)` of an article's title or text."""

    entity: str
    start: int
    end: int
    in_title: bool


@dataclass(frozen=True, slots=True)
class EntityMark:
    """An entity that an article names `count` times: first at `place` of its text, -1 its title."""

    entity: Entity
    count: int
    place: int


@dataclass(frozen=True, slots=True)
class EntityCount:
    """How often an article names an entity."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its text and everything a person did to it.

    `section` is the part of the publication it stands in, `image` the address of its lead picture,
    "" where they are unknown. `blocks` are those that are shown; where some are hidden since they
    repeat across the outlet, `whole` are all and `hidden` the indexes in it of those.
    """

    summary: Summary
    blocks: tuple[Block, ...]
    modified: datetime | None
    note: str
    highlights: tuple[Highlight, ...]
    revisions: tuple[Revision, ...]
    copies: tuple[int, ...]
    entities: tuple[EntityCount, ...] = ()
    relevance: Relevance = UNJUDGED
    section: str = ""
    image: str = ""
    hidden: tuple[int, ...] = ()
    whole: tuple[Block, ...] = ()

    @property
    def every_block(self) -> tuple[Block, ...]:
        """All blocks, hidden ones too."""
        return self.whole or self.blocks

    def with_hidden(self) -> Article:
        """The same with all blocks shown; `hidden` still tells which would not be."""
        paragraphs = [at for at in range(len(self.every_block)) if at not in self.hidden]
        return replace(
            self,
            blocks=self.every_block,
            whole=(),
            highlights=tuple(
                replace(one, paragraph=paragraphs[one.paragraph])
                if self.whole and one.paragraph < len(paragraphs)
                else one
                for one in self.highlights
            ),
        )

    @property
    def id(self) -> int:
        """The article's id."""
        return self.summary.id


class Quote(NamedTuple):
    """A sentence of an article exactly as it stands there; `lang` is a BCP 47 tag."""

    article: int
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class BriefStory:
    """One story of a brief.

    Attributes:
        id: the story's id, None where its article has none yet.
        headline: the title, as written, of the report that stands for it.
        headline_lang: the BCP 47 tag of that report.
        score: its rank; more is earlier.
        first: the id of the earliest report.
        articles: its reports in the period, the earliest first.
        quotes: its key sentences.
        new: True when nothing of it was there at the last brief of this name.
        fresh: the ids of those reports that were not there at the last brief of this name.
        names: who and where, as (id, name): what the most reports name comes first.
        comment: what a person wrote on it for this brief.
    """

    id: int | None
    headline: str
    headline_lang: str
    score: float
    first: int
    articles: tuple[Article, ...]
    quotes: tuple[Quote, ...]
    new: bool = False
    fresh: frozenset[int] = frozenset()
    names: tuple[tuple[str, str], ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The stories of a period, by section.

    `sections` pairs a heading ("" for none) with its stories; `newest` is the highest id of an
    article when the brief was made.
    """

    start: datetime
    end: datetime
    sections: tuple[tuple[str, tuple[BriefStory, ...]], ...]
    newest: int = 0

    @property
    def stories(self) -> tuple[BriefStory, ...]:
        """All stories in order."""
        return tuple(story for _, stories in self.sections for story in stories)


class FeedStatus(StrEnum):
    """What one check of a feed came to."""

    OK = "ok"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    BACKOFF = "backoff"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the last answers of a feed showed of its health.

    Attributes:
        http: the status of the last answer, None when there was none.
        entries: how many entries it held when it was last read.
        newest: the date of the newest of them that can be believed.
        interval: the median seconds between two entries, 0 when unknown.
        ahead: how many are dated more than a day in the future.
        stamped: whether all bear the time of the check itself.
        undated: how many have no date.
        remark: what is odd about how it is written, "" when nothing is.
        linked: the feed that a web page in its place links to, or "".
    """

    http: int | None = None
    entries: int = 0
    newest: datetime | None = None
    interval: float = 0.0
    ahead: int = 0
    stamped: bool = False
    undated: int = 0
    remark: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the library remembers of a feed between two checks.

    Attributes:
        id: the feed's id in the library.
        url: the address in the configuration, by which the feed is known.
        name: the name in the configuration.
        location: where it is really fetched from, after permanent redirects.
        etag: the last `ETag`.
        last_modified: the last `Last-Modified`.
        content_hash: SHA-256 (hex) of the last body.
        checked: when it was last tried.
        succeeded: when it last answered well.
        next_check: not to be tried before this, unless a person names it.
        failures: how many times in a row it has failed.
        error: what went wrong last, "" when nothing did.
        gone: True once it has answered 410.
        articles: how many articles came through it.
        moving: where its permanent redirects led at the last check, "" when they led nowhere new.
        moves: how many checks in a row have led to `moving`.
        vitals: what its last answers showed.
    """

    id: int
    url: str
    name: str
    location: str = ""
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    checked: datetime | None = None
    succeeded: datetime | None = None
    next_check: datetime | None = None
    failures: int = 0
    error: str = ""
    gone: bool = False
    articles: int = 0
    moving: str = ""
    moves: int = 0
    vitals: Vitals = field(default_factory=Vitals)


@dataclass(frozen=True, slots=True)
class PageRetry:
    """A page that could not be read, and what its feed said of it.

    Attributes:
        key: its canonical address.
        url: its address as the feed has it.
        feed: the id of the feed it came through.
        guid, title, author, published, updated: of the feed's entry.
        lang, outlet: of the feed.
        tries: how often it has failed.
        due: when it is tried again, None for never.
        error: what went wrong last.
    """

    key: str
    url: str
    feed: int
    guid: str
    title: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    lang: str = ""
    outlet: str = ""
    tries: int = 0
    due: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """One feed's line in a fetch. `url` is the configured one; `http` is None without an answer."""

    url: str
    name: str
    status: FeedStatus
    http: int | None = None
    new: int = 0
    updated: int = 0
    duplicates: int = 0
    off_topic: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """A whole fetch: an outcome per feed, in configuration order."""

    feeds: tuple[FeedOutcome, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a fetch is. `feed` is set on the event that ends a feed."""

    feeds_done: int
    feeds_total: int
    pages_done: int
    pages_total: int
    new: int = 0
    feed: FeedOutcome | None = None


class Added(NamedTuple):
    """One thing that `add` brought in."""

    id: int
    title: str
    source: str


class AlreadyThere(NamedTuple):
    """One thing that `add` found in the library already."""

    id: int
    source: str


class AddFailure(NamedTuple):
    """One thing that `add` could not read, and why."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` came to, each list in the order the sources were given.

    `noted` are the articles whose notes or highlights were changed by files of notes.
    """

    added: tuple[Added, ...] = ()
    duplicates: tuple[AlreadyThere, ...] = ()
    failed: tuple[AddFailure, ...] = ()
    noted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a snippet or title: where a hit stands in `Snippet.text`, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an article's text as written, with the hits in it."""

    text: str
    marks: tuple[Mark, ...] = field(default=())
