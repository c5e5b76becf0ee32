"""What a query's conditions mean in this library: names become ids of outlets and tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digest.config.settings import Feed
from digest.store import criteria
from digest.store.counting import Outlet
from digest.store.criteria import Criterion
from index.query import ast

Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a condition may use.

    Attributes:
        feeds: the configured feeds, for their groups.
        feed_ids: feed id by configured address.
        outlets: every outlet of the library.
        tags: (id, name) of every tag.
        fold: how names are compared: case, width and Han variants made one.
    """

    feeds: tuple[Feed, ...]
    feed_ids: dict[str, int]
    outlets: tuple[Outlet, ...]
    tags: tuple[tuple[int, str], ...]
    fold: Fold

    def tagged(self, name: str) -> tuple[int, ...]:
        """The ids of the tags with exactly this name, folded."""
        wanted = self._key(name.lstrip("#＃"))
        return tuple(ident for ident, known in self.tags if self._key(known) == wanted)

    def from_feed(self, part: str) -> tuple[int, ...]:
        """The ids of the outlets for which `part` is part of the name or host, or the group."""
        wanted = self._key(part)
        grouped = {
            self.feed_ids[feed.url]
            for feed in self.feeds
            if feed.url in self.feed_ids and wanted in map(self._key, feed.groups)
        }
        return tuple(
            one.id
            for one in self.outlets
            if one.feed in grouped or wanted in self._key(one.name) or wanted in one.host.lower()
        )

    def _key(self, name: str) -> str:
        return self.fold(unicodedata.normalize("NFKC", name)).strip().casefold()


LATER: dict[str, str] = {}


def unsupported(node: ast.Node) -> Iterable[ast.Filter]:
    """The conditions of a tree that this library cannot answer."""
    match node:
        case ast.And(children) | ast.Or(children):
            for child in children:
                yield from unsupported(child)
        case ast.Not(child):
            yield from unsupported(child)
        case ast.Filter(name, value) if name in LATER or value in LATER:
            yield node
        case _:
            return


def asks_for_copies(node: ast.Node) -> bool:
    """Whether a tree has `is:copy` in it, so that copies are what is wanted."""
    match node:
        case ast.And(children) | ast.Or(children):
            return any(map(asks_for_copies, children))
        case ast.Filter("is", "copy"):
            return True
        case _:
            return False


def asks_for_tags(node: ast.Node) -> bool:
    """Whether a tree names a tag that the articles are to have."""
    match node:
        case ast.And(children) | ast.Or(children):
            return any(map(asks_for_tags, children))
        case ast.Filter("tag", _):
            return True
        case _:
            return False


def criterion(node: ast.Node, names: Vocabulary) -> Criterion:
    """A tree without words as a condition that SQLite answers.

    Raises:
        ValueError: the tree has words in it.
    """
    match node:
        case ast.Everything():
            return criteria.Everything()
        case ast.Nothing():
            return criteria.Nothing()
        case ast.Languages(codes):
            return criteria.InLanguages(codes)
        case ast.Dates(start, end):
            return criteria.Dated(start, end)
        case ast.Filter():
            return condition(node, names)
        case ast.And(children):
            return criteria.All(tuple(criterion(child, names) for child in children))
        case ast.Or(children):
            return criteria.Any(tuple(criterion(child, names) for child in children))
        case ast.Not(child):
            return criteria.Not(criterion(child, names))
        case _:
            raise ValueError("words are the index's to find")


def condition(leaf: ast.Filter, names: Vocabulary) -> Criterion:
    """One condition on an article's state."""
    match leaf.name:
        case "is":
            return criteria.Is(leaf.value)
        case "id":
            return criteria.OneOf((int(leaf.value),)) if leaf.value.isdecimal() else _NOTHING
        case "story":
            known = leaf.value.isdecimal() and len(leaf.value) <= _DIGITS
            return criteria.InStory(int(leaf.value)) if known else _NOTHING
        case "tag":
            return criteria.Tagged(names.tagged(leaf.value))
        case "feed":
            return criteria.FromOutlets(names.from_feed(leaf.value))
        case _:
            return _NOTHING


_NOTHING = criteria.Nothing()
_DIGITS = 18  # of a number that SQLite can hold
