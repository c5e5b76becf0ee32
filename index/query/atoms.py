"""What a single word, phrase or `field:value` of a query means."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from index.fold import fold
from index.query.ast import Everything, Node, Order, Problem, Query, Words, all_of
from index.query.lexer import Token, pieces, unknown_field
from index.query.names import FIELDS, TEXT_FIELDS, nearest
from index.query.values import Clock, Misunderstood, meaning
from index.tokens import is_cjk, runs

MAX_LEAVES = 64  # words, phrases and conditions, those of saved searches included
MAX_BEGINNINGS = 12  # within a field or a phrase, where each stands for many words
MAX_SAVED = 32  # saved searches in one query, those within others included
MAX_PROBLEMS = 20  # that are reported
MAX_DEPTH = 40  # parentheses and saved searches within others

# Signs that have a meaning in queries elsewhere, so that they are not what is looked for.
_SILENT = "|+<>=~^`*"


@dataclass(slots=True)
class Budget:
    """What a query and the saved searches in it may use up together."""

    leaves: int = MAX_LEAVES
    beginnings: int = MAX_BEGINNINGS
    saved: int = MAX_SAVED


@dataclass(slots=True)
class Findings:
    """What reading a query brings besides its tree."""

    order: Order | None = None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, message: str, start: int, end: int) -> None:
        """Note what was not understood in `[start, end)` of the query."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(message, start, end))


# Reads a saved search by its name at a depth of nesting.
Inner = Callable[[str, int], Query]


class Atoms:
    """Gives the atoms of one query their meaning.

    Args:
        clock: what dates are read against.
        saved: queries by name.
        path: the names of the saved searches around this query.
        budget: shared with these.
        findings: where problems and the order go.
        inner: reads a saved search.
    """

    def __init__(
        self,
        clock: Clock,
        saved: Mapping[str, str],
        path: tuple[str, ...],
        budget: Budget,
        findings: Findings,
        inner: Inner,
    ) -> None:
        self._clock = clock
        self._saved = saved
        self._path = path
        self._budget = budget
        self._findings = findings
        self._inner = inner

    def read(self, token: Token, within: str, depth: int) -> Node | None:
        """What an atom asks for; None when that is nothing.

        Args:
            token: the atom.
            within: the field of the parentheses around it.
            depth: how deep it is nested.
        """
        if self._exhausted(token):
            return None
        if not token.closed:
            self._problem("this quotation mark is not closed", token)
        column = token.field or within
        if column == "@":
            return self._named(token, depth)
        if column and column not in TEXT_FIELDS:
            return self._condition(column, token)
        return self._words(column, token)

    def _problem(self, message: str, token: Token) -> None:
        self._findings.problem(message, token.start, token.end)

    def _exhausted(self, token: Token) -> bool:
        if self._budget.leaves == 0:
            self._problem(f"only the first {MAX_LEAVES} words and conditions count", token)
            self._budget.leaves = -1
        return self._budget.leaves < 0

    def _condition(self, column: str, token: Token) -> Node | None:
        self._budget.leaves -= 1
        try:
            found = meaning(column, token.text + "*" * token.prefix, self._clock)
        except Misunderstood as error:
            self._problem(str(error), token)
            return None
        if isinstance(found, Order):
            self._findings.order = found
            return None
        return found

    def _words(self, column: str, token: Token) -> Node | None:
        """The words of an atom: several when signs of Chinese or Japanese text part them."""
        self._check(token)
        parts = pieces(token)
        ends = [number == len(parts) - 1 for number in range(len(parts))]
        found = [
            words
            for (text, _), last in zip(parts, ends, strict=True)
            if (words := self._one(column, text, token, prefix=token.prefix and last))
        ]
        if not found and not token.text.strip() and (token.field or token.exact or token.quoted):
            self._problem("a word is missing here", token)
        elif not found and (token.quoted or token.exact or _has_symbol(token.text)):
            self._problem(f"there is no word in {token.text.strip()[:40]}", token)
        return all_of(found)

    def _check(self, token: Token) -> None:
        """Report what is odd about an atom of text."""
        if name := unknown_field(token):
            near = nearest(name, FIELDS)
            hint = f"; did you mean {near}: instead?" if near else ""
            self._problem(f"no field is called {name}, it is looked for as text{hint}", token)
        if "*" in token.text and not token.quoted:
            self._problem("* works at the end of a word only", token)
        if token.prefix and token.exact:
            self._problem("= and * do not go together", token)

    def _one(self, column: str, text: str, token: Token, *, prefix: bool) -> Words | None:
        found = runs(fold(text))
        if not found or self._budget.leaves <= 0:
            return None
        self._budget.leaves -= 1
        if prefix and not token.exact and len(found[-1]) < 2 and not is_cjk(found[-1]):
            self._problem("* needs at least two letters before it", token)
            prefix = False
        prefix = prefix and not token.exact
        if prefix and not is_cjk(found[-1]) and (column or len(found) > 1):
            prefix = self._may_begin(token)
        return Words(text.strip(), column, prefix=prefix, exact=token.exact)

    def _may_begin(self, token: Token) -> bool:
        """Whether there is room for one more beginning within a field or a phrase."""
        if self._budget.beginnings == 0:
            self._problem(
                f"only the first {MAX_BEGINNINGS} words with * in fields and phrases are "
                "beginnings, the others are whole words",
                token,
            )
        self._budget.beginnings -= 1
        return self._budget.beginnings >= 0

    def _named(self, token: Token, depth: int) -> Node | None:
        """The meaning of `@name`: that of the saved search."""
        name = self._key(token.text)
        if name is None or (refusal := self._refusal(name, depth)):
            self._problem(self._unknown(token.text) if name is None else refusal, token)
            return None
        self._budget.saved -= 1
        inner = self._inner(name, depth + 1)
        self._findings.order = self._findings.order or inner.order
        for found in inner.problems:
            self._problem(f"in the saved search {name}: {found.message}", token)
        return None if isinstance(inner.root, Everything) else inner.root

    def _key(self, name: str) -> str | None:
        """The saved search that is called `name`, whatever its case and width."""
        if name in self._saved:
            return name
        folded = fold(name.strip())
        return next((known for known in self._saved if fold(known) == folded), None)

    def _unknown(self, name: str) -> str:
        near = nearest(name, self._saved)
        hint = f"; did you mean {near}?" if near else ""
        return f"there is no saved search {name.strip()[:40]}{hint}"

    def _refusal(self, name: str, depth: int) -> str:
        """Why a saved search is not read, "" when it is."""
        if name in self._path:
            return f"the saved search {name} contains itself"
        if self._budget.saved <= 0 or depth >= MAX_DEPTH:
            return "too many saved searches in one query"
        return ""


def _has_symbol(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "SN" and char not in _SILENT for char in text)
