"""Names in a query: each is widened to its other forms.

A word or quotation that is a name as a whole, and words beside each other that are one name
(`Lai Ching-te`), become a `Named`, also within `NOT` and in a field. Written forms (`=word`),
beginnings (`chip*`), the sides of `NEAR` and names inside a longer run or quotation stay as they
are. `who:NAME` is documents marked with whatever the lists know by this name, or else the words
themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from index.names.model import Entity
from index.names.names import Names
from index.patterns import patterns
from index.query.ast import And, Filter, Named, Node, Not, Or, Query, Words, all_of, any_of

MAX_FORMS = 48  # that all names of a query bring together
_LONGEST = 80  # characters of a name

_POSSESSIVES = ("'s", "’s")


def widened(query: Query, names: Names) -> Query:
    """A query with all its names widened."""
    return replace(query, root=_Widener(names).node(query.root))


def literal(node: Node) -> Node:
    """A tree with its names as they are written."""
    match node:
        case Named(written):
            return written
        case And(children):
            return all_of(map(literal, children)) or node
        case Or(children):
            return any_of(map(literal, children)) or node
        case Not(child):
            return Not(literal(child))
        case _:
            return node


class _Widener:
    """Widens the names of one query, which share a budget of forms."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._left = MAX_FORMS

    def node(self, node: Node) -> Node:
        match node:
            case Words():
                return self._row([node])[0]
            case And(children):
                found = tuple(self._all(children))
                return And(found) if len(found) > 1 else found[0]
            case Or(children):
                return Or(tuple(map(self.node, children)))
            case Not(child):
                return Not(self.node(child))
            case Filter("who", value):
                return self._who(value)
            case _:
                return node

    def _all(self, children: Sequence[Node]) -> Iterator[Node]:
        """Children of an `And`; words beside each other in one field may be one name."""
        for key, group in groupby(children, key=_joins):
            if key is None:
                yield from map(self.node, group)
            else:
                yield from self._row([node for node in group if isinstance(node, Words)])

    def _row(self, row: list[Words]) -> list[Node]:
        """Words beside each other, with those that are names put together."""
        if not _may_be_name(row[0]):
            return list(row)
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        text = ""
        for number, words in enumerate(row):
            starts[len(text)] = number
            text += _bare(words.text)
            ends[len(text)] = number + 1
            text += " "
        found: list[Node] = []
        done = 0
        for name in self._names.in_query(text):
            first, last = starts.get(name.start), ends.get(name.end)
            if first is None or last is None:
                continue
            forms = [form for one in name.expansions for form in one.forms]
            found += row[done:first]
            found.append(self._named(row[first:last], forms))
            done = last
        return [*found, *row[done:]]

    def _named(self, written: Sequence[Words], forms: Iterable[str]) -> Node:
        """The written words and those forms that bring more than they do."""
        node: Node = And(tuple(written)) if len(written) > 1 else written[0]
        field = written[0].field
        known = [[_terms(words) for words in written]]
        others: list[Words] = []
        for form in forms:
            if self._left <= 0:
                break
            words = Words(form, field)
            terms = _terms(words)
            if terms and not any(all(_within(part, terms) for part in parts) for parts in known):
                self._left -= 1
                known.append([terms])
                others.append(words)
        return Named(node, tuple(others)) if others else node

    def _who(self, name: str) -> Node:
        entities = self._names.lookup(name)
        words = Words(name)
        if not entities:
            return words
        found = self._named([words], _by_turns(entities[:MAX_FORMS]))
        others = found.others if isinstance(found, Named) else ()
        return Named(words, others, tuple(entity.id for entity in entities))


def _joins(node: Node) -> str | None:
    """What a child of an `And` has to share with the next for both to be of one name."""
    if isinstance(node, Words) and _may_be_name(node) and not any(map(str.isspace, node.text)):
        return f"{node.field}:"
    return None


def _may_be_name(words: Words) -> bool:
    return not words.exact and not words.prefix and len(words.text) <= _LONGEST


def _bare(text: str) -> str:
    """A word without its possessive ending."""
    return next((text[: -len(end)] for end in _POSSESSIVES if text.endswith(end)), text)


def _by_turns(entities: Sequence[Entity]) -> list[str]:
    """The forms of several entities, the commonest of each first."""
    columns = [[*one.zh, *one.ja, *one.en] for one in entities]
    firsts = [form for one in entities for forms in (one.zh, one.ja, one.en) for form in forms[:1]]
    rest = [form for forms in columns for form in forms]
    return list(dict.fromkeys([*firsts, *rest]))


def _terms(words: Words) -> tuple[str, ...]:
    found = patterns(words)
    return tuple(term.text for term in found[0]) if found else ()


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a text with the terms `whole` in a row has those of `part` in a row."""
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))
