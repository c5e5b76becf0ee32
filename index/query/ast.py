"""What a query means: a small tree that the parser makes and the evaluators read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Order(StrEnum):
    """How results are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Words:
    """Text that has to occur, in order and without a gap.

    `text` is as written in the query, unfolded: one word, an unquoted run with Han or Kana, or
    what stood in quotes; the analyzer makes terms of it.

    Attributes:
        text: as written, not empty.
        field: `title`, `body`, `note`, `author`, or "" for all of them.
        prefix: the last word may go on (`chip*`).
        exact: only the written form counts (`=word`): no folding, stemming or other names.
    """

    text: str
    field: str = ""
    prefix: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Pasted:
    """More words than anyone types: a paragraph pasted into the box.

    Nobody means all of them word for word, so no document strictly matches; the relaxed reading
    finds those that share the most telling words.
    """

    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Both sides occur with at most `distance` words between them, in either order."""

    left: Words
    right: Words
    distance: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name: as it is written in the query, or in any other of its forms.

    Attributes:
        written: the words of the name, one `Words` or an `And` of several.
        others: the other forms, each in a row, in the field of the written one.
        entities: of `who:` the ids of those meant. Then a document holds when it is marked with one
            of them, and the forms only tell where it names them and how much it is about them.
    """

    written: Node
    others: tuple[Words, ...]
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a document's state.

    Attributes:
        name: `feed`, `tag`, `who`, `story`, `id`, `is` or `like`.
        value: as written, trimmed; of `is` one of `IS_VALUES`; of `id`, `story`, `like` digits.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Languages:
    """The document is in one of these languages (lower-case ISO 639-1 codes)."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """The document's date is in `[start, end)`, seconds since the epoch; None is open."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class And:
    """All children hold; at least one child."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child holds; at least one child."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child does not hold."""

    child: Node


Node = (
    Words
    | Pasted
    | Near
    | Named
    | Filter
    | Languages
    | Dates
    | Everything
    | Nothing
    | And
    | Or
    | Not
)

IS_VALUES = ("read", "unread", "starred", "noted", "tagged", "copy", "offtopic")


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a query that was not understood; `start` and `end` are places in the query."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    Attributes:
        source: the query as written.
        root: what it means; `Everything` for an empty query.
        order: what `sort:` asked for, None without it.
        problems: what was not understood, in order of place; the rest still counts.
    """

    source: str
    root: Node
    order: Order | None = None
    problems: tuple[Problem, ...] = field(default=())


def all_of(nodes: Iterable[Node | None]) -> Node | None:
    """The conjunction of those that are there, in its simplest form; None when none is."""
    flat = _flat(nodes, And)
    return And(flat) if len(flat) > 1 else next(iter(flat), None)


def any_of(nodes: Iterable[Node | None]) -> Node | None:
    """The disjunction of those that are there, in its simplest form; None when none is."""
    flat = _flat(nodes, Or)
    return Or(flat) if len(flat) > 1 else next(iter(flat), None)


def negation(node: Node) -> Node:
    """The opposite, without a double negation."""
    return node.child if isinstance(node, Not) else Not(node)


def _flat(nodes: Iterable[Node | None], kind: type[And | Or]) -> tuple[Node, ...]:
    """The nodes that are there, those of the same kind dissolved, each once."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, And | Or) and isinstance(node, kind):
            flat += node.children
        elif node is not None:
            flat.append(node)
    return tuple(dict.fromkeys(flat))


def has_text(node: Node) -> bool:
    """Whether the tree asks for words, names or likeness; without them, state alone decides."""
    match node:
        case Words() | Pasted() | Near() | Named() | Filter("like" | "who"):
            return True
        case And(children) | Or(children):
            return any(has_text(child) for child in children)
        case Not(child):
            return has_text(child)
        case _:
            return False


def is_pasted(node: Node) -> bool:
    """Whether a pasted text is among all that has to hold, so that nothing strictly matches."""
    if isinstance(node, And):
        return any(map(is_pasted, node.children))
    return isinstance(node, Pasted)
