"""From the text of a query to Whoosh queries.

Titles count double. A word without a field is looked for in all text fields. `chip*` is a prefix
of what stands in the text, so it is looked for among the written forms (`index.analysis`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from index import verbatim
from index.patterns import Pattern, patterns
from index.query.ast import And, Named, Near, Node, Not, Or, Words
from index.schema import ENTITY, FORM, TEXT_FIELDS, VERBATIM
from index.tokens import stem
from index.whooshes import NullQuery, Phrase, Prefix, Sequence, SpanNear, queries

BOOSTS = {"title": 2.0}
_KEPT = 3  # letters that stemming leaves alone
MAX_EXPANDED = 200  # written forms that a prefix within a field or a phrase stands for

# The written forms that begin with a prefix: at most so many.
Expand = Callable[[str, int], list[str]]


def is_plain(node: Node) -> bool:
    """Whether a tree is of text alone that Whoosh can answer: no states, no texts to be read."""
    match node:
        case Words():
            return not node.exact or (not node.field and verbatim.is_known(node.text))
        case Near():
            return True
        case Named(written, entities=entities):
            return bool(entities) or is_plain(written)
        case And(children) | Or(children):
            return all(is_plain(child) for child in children)
        case Not(child):
            return is_plain(child)
        case _:
            return False


class Compiler:
    """Makes Whoosh queries; the same piece of text becomes the same object, which is found once."""

    def __init__(self, expand: Expand) -> None:
        """`expand` looks up the written forms that begin with a prefix."""
        self._expand = expand
        self._made: dict[Words, Any] = {}

    def tree(self, node: Node) -> Any:
        """The Whoosh query for a tree that `is_plain`."""
        match node:
            case Words():
                return self.candidates(node) if node.exact else self.words(node)
            case Near():
                return self.near(node)
            case Named(entities=entities) if entities:
                return _any(queries.Term(ENTITY, one) for one in entities)
            case Named(written, others):
                return queries.Or([self.tree(written), *map(self.words, others)])
            case And(children):
                return queries.And([self.tree(child) for child in children])
            case Or(children):
                return queries.Or([self.tree(child) for child in children])
            case Not(child):
                return queries.Not(self.tree(child))
            case _:
                raise TypeError(f"{node!r} is no text")

    def words(self, words: Words) -> Any:
        """Documents with the text in one of its spellings and fields, written in any form."""
        made = self._made.get(words)
        if made is None:
            made = self._made[words] = self._words(words)
        return made

    def near(self, near: Near) -> Any:
        """Documents with both sides near each other in one field, in either order."""
        found = []
        for field in _fields(near.left):
            for left in patterns(near.left):
                for right in patterns(near.right):
                    found += self._near(field, left, right, near.distance)
        return _any(found)

    def candidates(self, words: Words) -> Any:
        """A superset of the documents with exactly this written form; of what is known, these."""
        found = [self.words(words)]
        for pattern in patterns(words)[:1]:
            found += (_term(FORM, term.written) for term in pattern if not term.cjk)
        if words.field != "author":
            found += map(_verbatim, dict.fromkeys(verbatim.words(words.text)))
            found += map(_unchanged, sorted(verbatim.characters(words.text)))
        return queries.And(found)

    def _words(self, words: Words) -> Any:
        alternatives = patterns(words)
        alone = alternatives[0] if len(alternatives) == 1 and not words.field else ()
        if len(alone) == 1 and alone[0].prefix and not alone[0].cjk:
            return Prefix(FORM, alone[0].text)
        return _any(
            self._pattern(field, pattern, BOOSTS.get(field, 1.0))
            for field in _fields(words)
            for pattern in alternatives
        )

    def _pattern(self, field: str, pattern: Pattern, boost: float) -> Any:
        found = self._places(field, pattern, boost)
        last = pattern[-1]
        if last.prefix and not last.cjk:
            return queries.And([found, Prefix(FORM, last.text)])
        return found

    def _places(self, field: str, pattern: Pattern, boost: float = 1.0) -> Any:
        """The query for a pattern in one field, of such kinds as know places in the text."""
        last = pattern[-1]
        if not last.prefix:
            if len(pattern) == 1:
                return _term(field, last.text, boost)
            return Phrase(field, [term.text for term in pattern], boost=boost)
        ending = Prefix(field, last.text) if last.cjk else self._ending(field, last.text)
        if len(pattern) == 1:
            return ending
        return Sequence([*(_term(field, term.text, boost) for term in pattern[:-1]), ending])

    def _ending(self, field: str, prefix: str) -> Any:
        """The terms of words that begin with `prefix`: a stem may be shorter, or end otherwise.

        The first letters of a word are those of its stem (but for a few such as dying, die).
        """
        forms = self._expand(prefix, MAX_EXPANDED) if len(prefix) > _KEPT else []
        stems = {stem(form) for form in forms}
        others = sorted(term for term in stems if not term.startswith(prefix))
        return _any([Prefix(field, prefix), *(_term(field, term) for term in others)])

    def _near(self, field: str, left: Pattern, right: Pattern, distance: int) -> list[Any]:
        """Left before right, and right before left.

        Whoosh counts from term to term, and the next term is at the distance 1; a pair of Han or
        kana characters reaches one position further than its term.
        """
        sides = (left, self._places(field, left)), (right, self._places(field, right))
        return [
            SpanNear(one, other, slop=next_to + distance, ordered=True, mindist=next_to)
            for (pattern, one), (_, other) in (sides, sides[::-1])
            if (next_to := 1 + _reach(pattern))
        ]


def _reach(pattern: Pattern) -> int:
    return int(pattern[-1].cjk and not pattern[-1].prefix)


def _fields(words: Words) -> tuple[str, ...]:
    return (words.field,) if words.field else TEXT_FIELDS


def _term(field: str, text: str, boost: float = 1.0) -> Any:
    return queries.Term(field, text, boost=boost)


def _verbatim(word: str) -> Any:
    """Documents in whose title, body or note a word stands to the letter."""
    unmarked = queries.Not(_term(VERBATIM, verbatim.absent(word)))
    return queries.Or([_term(VERBATIM, word), queries.And([_term(FORM, word), unmarked])])


def _unchanged(char: str) -> Any:
    """Of the documents in which a character stands when it is folded, those that have it itself."""
    if verbatim.is_changed(char):
        return _term(VERBATIM, char)
    return queries.Not(_term(VERBATIM, verbatim.absent(char)))


def _any(found: Iterable[Any]) -> Any:
    alternatives = list(found)
    if len(alternatives) == 1:
        return alternatives[0]
    return queries.Or(alternatives) if alternatives else NullQuery
