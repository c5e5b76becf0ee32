"""Articles: as they come in, as they are kept, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from digest.model.text import Block
from digest.notefiles import Written

SUBJECT = frozenset(("taiwan", "japan", "taiwan-japan"))
"""The names, by their ids, that go without saying here: every article is about them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as ingest made it, before the library knows it.

    Attributes:
        title: one line of text, never empty.
        blocks: the structured text; none where only a headline is known so far.
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
    repeat across the outlet, `whole` are all and `hidden` the indexes in it of those. `off_topic`:
    it is kept from the lists for what `relevance` says.
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
    off_topic: bool = False
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
