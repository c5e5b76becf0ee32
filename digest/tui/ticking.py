"""Tags of one article or of many, while they are being ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from digest.tui.commanding import tag_words


class TagRow(NamedTuple):
    """A tag in the list: on all of the articles (True), on none (False), on some (None)."""

    name: str
    articles: int
    state: bool | None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """What is ticked.

    Attributes:
        tags: every tag with its count.
        before: the tags of each article that is to be tagged.
        add: tags that were ticked since.
        remove: tags that were unticked since.
    """

    tags: tuple[tuple[str, int], ...]
    before: tuple[frozenset[str], ...]
    add: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()

    def state(self, name: str) -> bool | None:
        """Whether a tag is on all of the articles, on none, or (None) on some."""
        if name in self.add:
            return True
        if name in self.remove:
            return False
        on = sum(name in tags for tags in self.before)
        return None if 0 < on < len(self.before) else on > 0

    def toggled(self, name: str) -> Ticks:
        """With a tag ticked or unticked; one that is on some goes on all."""
        if self.state(name) is True:
            return replace(self, add=self.add - {name}, remove=self.remove | {name})
        return replace(self, add=self.add | {name}, remove=self.remove - {name})

    def rows(self, typed: str) -> list[TagRow]:
        """The tags that fit what was typed: those of the articles first, then by count.

        A tag that does not exist yet is offered last, as new.
        """
        begun = _begun(typed)
        low = begun.casefold()
        own = self.add.union(*self.before) if self.before else self.add
        counts = dict(self.tags)
        names = sorted(
            {*counts, *own, *self.add},
            key=lambda name: (
                not name.casefold().startswith(low),
                name not in own,
                -counts.get(name, 0),
                name,
            ),
        )
        fitting = [
            TagRow(name, counts.get(name, 0), self.state(name))
            for name in names
            if low in name.casefold()
        ]
        exact = any(row.name.casefold() == low for row in fitting)
        if begun and not exact and not typed.startswith(("-", "－")):
            fitting.append(TagRow(begun, 0, state=False, new=True))
        return fitting

    def changes(self, typed: str = "") -> tuple[list[str], list[str]]:
        """What to add and what to take away, `+a -b` that were typed directly included."""
        add, remove = tag_words(tuple(typed.split()))
        added = (self.add - set(remove)) | set(add)
        removed = (self.remove - set(add)) | set(remove)
        return sorted(added), sorted(removed)


def typed_directly(typed: str) -> bool:
    """Whether what was typed says by itself what to do: `+a`, `-b`, or several words."""
    return typed.strip().startswith(("+", "-", "＋", "－")) or len(typed.split()) > 1


def _begun(typed: str) -> str:
    words = typed.split()
    return words[-1].lstrip("+-＋－#＃") if words else ""


def ticks_of(tags: Sequence[tuple[str, int]], articles: Sequence[Sequence[str]]) -> Ticks:
    """Nothing ticked yet, for articles with these tags."""
    return Ticks(tuple(tags), tuple(frozenset(names) for names in articles))
