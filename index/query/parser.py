"""From a query's tokens to its tree.

    query  := any                          any   := all (OR all)*
    all    := unit ([AND] unit)*           unit  := NOT* (atom | "(" any ")") [NEAR/n unit]

Every part that cannot be understood becomes a problem and is left out; what is left is the query.
Length, number of words and nesting are bounded, and the time is linear in the query's length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from index.query.ast import (
    And,
    Everything,
    Near,
    Node,
    Pasted,
    Query,
    Words,
    all_of,
    any_of,
    negation,
)
from index.query.atoms import MAX_DEPTH, Atoms, Budget, Findings
from index.query.lexer import Kind, Lexer, Token
from index.query.values import Clock

MAX_LENGTH = 2000  # characters of a query that are read
MAX_WORDS = 32  # that all have to be there
MAX_NEAR = 100  # words between
_NEAR = 100  # words between
_NEAR = 10


def parse(source: str, *, now: datetime, zone: ZoneInfo, saved: Mapping[str, str]) -> Query:
    """What a query means; never raises, whatever `source` holds.

    Args:
        source: the query as written.
        now: the present moment, aware, for `newer:` and `older:`.
        zone: whose days `after:`, `before:` and `date:` mean.
        saved: queries by name, for `@name`.
    """
    found = _Parser(source, Clock(now, zone), saved, Budget()).query(0)
    problems = sorted(found.problems, key=lambda problem: (problem.start, problem.end))
    return replace(found, problems=tuple(dict.fromkeys(problems)))


@dataclass(slots=True)
class _Branch:
    """What stands between two ORs."""

    nodes: list[Node | None] = field(default_factory=list)
    written: bool = False  # something was, understood or not


class _Parser:
    """Reads one query. `path` names the saved searches it stands in."""

    def __init__(
        self,
        source: str,
        clock: Clock,
        saved: Mapping[str, str],
        budget: Budget,
        path: tuple[str, ...] = (),
    ) -> None:
        self._source = source
        self._found = Findings()
        self._tokens = Lexer(source[:MAX_LENGTH], saved).tokens()
        self._at = 0
        self._ignored = 0  # parentheses opened beyond MAX_DEPTH

        def inner(name: str, depth: int) -> Query:
            return _Parser(saved[name], clock, saved, budget, (*path, name)).query(depth)

        self._path = path
        self._atoms = Atoms(clock, saved, path, budget, self._found, inner)

    def query(self, depth: int) -> Query:
        """The whole query, which stands at `depth` in others."""
        if len(self._source) > MAX_LENGTH:
            self._problem(
                f"only the first {MAX_LENGTH:,} characters were read",
                MAX_LENGTH,
                len(self._source),
            )
        parts: list[Node | None] = []
        while self._here.kind is not Kind.END:
            parts.append(self._any(depth, ""))
            if self._here.kind is Kind.CLOSE:
                closing = self._take()
                self._problem("this parenthesis closes nothing", closing.start, closing.end)
        root = all_of(parts) if self._path else self._pasted(all_of(parts))
        found = self._found
        if root is None and self._source.strip(" *") and not found.problems and not found.order:
            self._problem("there is no word to look for", 0, len(self._source))
        return Query(self._source, root or Everything(), found.order, tuple(found.problems))

    def _pasted(self, root: Node | None) -> Node | None:
        """The tree with its words as one text, where they are too many to mean each of them."""
        if not isinstance(root, And):
            return root
        words = tuple(one for one in root.children if isinstance(one, Words) and not one.exact)
        if len(words) <= MAX_WORDS:
            return root
        self._problem(
            f"more than {MAX_WORDS} words are read as one text: articles that have its rarest "
            "words follow; for a passage word for word put quotation marks around it",
            0,
            len(self._source),
        )
        rest = (one for one in root.children if one not in words)
        return all_of([Pasted(words), *rest])

    @property
    def _here(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._here
        self._at += token.kind is not Kind.END
        return token

    def _problem(self, message: str, start: int, end: int) -> None:
        self._found.problem(message, start, end)

    def _any(self, depth: int, within: str) -> Node | None:
        """Alternatives; `within` is the field of the parentheses around them."""
        branch = self._all(depth, within)
        alternatives = [all_of(branch.nodes)]
        while self._here.kind is Kind.OR:
            operator = self._take()
            following = self._all(depth, within)
            if not (branch.written and following.written):
                self._problem("OR needs something on each side", operator.start, operator.end)
            alternatives.append(all_of(following.nodes))
            branch = following
        return any_of(alternatives)

    def _all(self, depth: int, within: str) -> _Branch:
        """What has to hold together, up to the next OR, closing parenthesis or the end."""
        branch = _Branch()
        left: Node | None = None
        while True:
            kind = self._here.kind
            if kind in (Kind.END, Kind.OR):
                return branch
            if kind is Kind.CLOSE:
                if not self._ignored:
                    return branch
                self._ignored -= 1
                self._take()
            elif kind is Kind.AND:
                self._and(branch)
            elif kind is Kind.NEAR:
                left = self._near(left, branch, depth, within)
            else:
                left = self._unit(depth, within)
                branch.written = True
                branch.nodes.append(left)

    def _and(self, branch: _Branch) -> None:
        operator = self._take()
        if not branch.written or self._here.kind in (Kind.END, Kind.OR, Kind.CLOSE, Kind.AND):
            self._problem("AND needs something on each side", operator.start, operator.end)

    def _near(self, left: Node | None, branch: _Branch, depth: int, within: str) -> Node | None:
        """Read `NEAR/n unit` behind `left`, the last of the branch; returns the new last."""
        operator = self._take()
        right: Node | None = None
        if self._here.kind in (Kind.ATOM, Kind.OPEN, Kind.NOT):
            right = self._unit(depth, within)
        if not isinstance(left, Words) or not isinstance(right, Words):
            self._problem(
                "NEAR needs a word or a phrase on each side", operator.start, operator.end
            )
            branch.nodes.append(right)
            return right
        near = self._both(left, right, operator)
        if branch.nodes and branch.nodes[-1] is left:
            branch.nodes.pop()
        branch.nodes.append(near)
        return right

    def _both(self, left: Words, right: Words, operator: Token) -> Near:
        distance = _NEAR if operator.number is None else operator.number
        if distance > MAX_NEAR:
            self._problem(f"NEAR/{MAX_NEAR} is as far as it goes", operator.start, operator.end)
        if left.exact or right.exact:
            self._problem("= has no meaning beside NEAR", operator.start, operator.end)
        if left.field and right.field and left.field != right.field:
            self._problem("both sides of NEAR are in one field", operator.start, operator.end)
        column = left.field or right.field
        return Near(
            replace(left, field=column, exact=False),
            replace(right, field=column, exact=False),
            min(distance, MAX_NEAR),
        )

    def _unit(self, depth: int, within: str) -> Node | None:
        """One atom or one pair of parentheses, with the negations before it."""
        negated = False
        first = self._here
        while self._here.kind is Kind.NOT:
            negated = not negated
            self._take()
        token = self._here
        if token.kind is Kind.ATOM:
            self._take()
            node = self._atoms.read(token, within, depth)
        elif token.kind is Kind.OPEN:
            node = self._parentheses(depth, within)
        else:
            self._problem("NOT needs something behind it", first.start, first.end)
            return None
        return negation(node) if negated and node else node

    def _parentheses(self, depth: int, within: str) -> Node | None:
        opener = self._take()
        if depth >= MAX_DEPTH:
            self._ignored += 1
            if self._ignored == 1:
                self._problem("too many parentheses within others", opener.start, opener.end)
            return None
        before = len(self._found.problems)
        node = self._any(depth + 1, opener.field or within)
        if self._here.kind is Kind.CLOSE:
            self._take()
        else:
            self._problem("this parenthesis is not closed", opener.start, opener.end)
        if node is None and len(self._found.problems) == before:
            self._problem("there is nothing in these parentheses", opener.start, opener.end)
        return node
