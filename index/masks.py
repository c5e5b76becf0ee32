"""Which documents a query's tree holds for, as a boolean mask over document numbers.

Text goes to the segments as one Whoosh query where it can; states, languages and dates are masks.
Within an `And` the cheap parts come first, and written forms (`=word`), for which texts are read,
last: only what is left needs a look.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.compile import Compiler, is_plain
from index.errors import SearchCancelled
from index.exact import Checker
from index.model import State
from index.patterns import has_exact
from index.query.ast import (
    And,
    Dates,
    Everything,
    Filter,
    Languages,
    Named,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pasted,
    Words,
)
from index.view import Docs, Mask, View

MAX_ID = 2**63 - 1


class Masks:
    """Evaluates trees on one view."""

    def __init__(
        self,
        view: View,
        compiler: Compiler,
        state: State,
        checker: Checker,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._view = view
        self._compiler = compiler
        self._state = state
        self._checker = checker
        self._cancelled = cancelled
        self._checked: dict[Words, tuple[Mask, Mask]] = {}

    def matching(self, node: Node) -> Docs:
        """The sorted numbers of the live documents for which the tree holds.

        Raises:
            SearchCancelled: when it was.
        """
        if is_plain(node):
            return self._view.snapshot.match(self._compiler.tree(node))
        return np.flatnonzero(self.mask(node, self._view.snapshot.live))

    def constraint(self, node: Node, within: Mask) -> Mask:
        """For which documents all holds that is no wish for text: what any relaxed reading keeps.

        States, languages and dates, entities, and what is excluded.
        """
        match node:
            case Named(entities=entities) if entities:
                return self.mask(node, within)
            case Words() | Pasted() | Near() | Named():
                return within
            case And(children):
                for child in children:
                    within = self.constraint(child, within)
                return within
            case Or(children):
                found = np.zeros(self._view.size, np.bool_)
                for child in children:
                    found |= self.constraint(child, within)
                return found
            case _:
                return self.mask(node, within)

    def mask(self, node: Node, within: Mask) -> Mask:
        """For which documents of `within` the tree holds.

        Raises:
            SearchCancelled: when it was.
        """
        if self._cancelled and self._cancelled():
            raise SearchCancelled
        if is_plain(node):
            return within & self._view.mask(self._view.snapshot.match(self._compiler.tree(node)))
        match node:
            case And(children):
                return self._all(children, within)
            case Or(children):
                found = np.zeros(self._view.size, np.bool_)
                for child in children:
                    found |= self.mask(child, within)
                return found
            case Not(child):
                return within & ~self.mask(child, within)
            case _:
                return self._leaf(node, within)

    def _all(self, children: tuple[Node, ...], within: Mask) -> Mask:
        text = tuple(child for child in children if is_plain(child))
        rest = sorted((child for child in children if child not in text), key=has_exact)
        if text:
            within = self.mask(And(text) if len(text) > 1 else text[0], within)
        for child in rest:  # what can have all written forms, before a text is read for any
            if isinstance(child, Words):
                within = within & self._candidates(child)
        for child in rest:
            within = self.mask(child, within)
        return within

    def _leaf(self, node: Node, within: Mask) -> Mask:
        view = self._view
        match node:
            case Everything():
                return within
            case Nothing() | Pasted():
                return np.zeros(view.size, np.bool_)
            case Languages():
                return within & view.in_languages(node)
            case Dates():
                return within & view.dated(node)
            case Filter():
                return within & view.mask(self._filtered(node))
            case Words():
                return self._written(node, within)
            case _:
                raise TypeError(f"{node!r} is no leaf")

    def _filtered(self, condition: Filter) -> Docs:
        if condition.name == "like":  # likeness is a matter of degree and holds for nothing
            return np.zeros(0, np.int64)
        if condition.name != "id":
            return self._view.snapshot.docnums(self._state.ids(condition))
        wanted = int(condition.value)
        ids = [wanted] if wanted <= MAX_ID else []
        return self._view.snapshot.docnums(np.array(ids, np.int64))

    def _candidates(self, words: Words) -> Mask:
        """Documents that may have exactly the written form."""
        return self._view.mask(self._view.snapshot.match(self._compiler.candidates(words)))

    def _written(self, words: Words, within: Mask) -> Mask:
        """Documents with exactly the written form; the newest are looked at first."""
        view = self._view
        checked, holding = self._checked.get(words, (None, None))
        if checked is not None and holding is not None and not (within & ~checked).any():
            return within & holding
        candidates = within & self._candidates(words)
        ordered = view.newest[candidates[view.newest]]
        ids = self._checker.holding(words, view.ids[ordered])
        holding = view.mask(view.snapshot.docnums(ids))
        self._checked[words] = within, holding
        return within & holding
