"""Finds names in a query and says what else they may be called."""

from __future__ import annotations

from collections.abc import Sequence

from index.fold import Folded, fold_with_places
from index.names.matching import begins_well, longest_names
from index.names.model import Entity, Expansion, QueryName
from index.names.packing import Use
from index.names.spelling import distinct, evened, match_key
from index.names.table import Table

# How many forms of one name a query is widened by.
_MOST_FORMS = 12
_MOST_PER_LANGUAGE = 5


def expansion(entity: Entity, written: str) -> Expansion:
    """The forms of `entity` that differ from `written` and from one another."""
    seen = {match_key(written)}
    kept: dict[str, tuple[str, ...]] = {}
    left = _MOST_FORMS
    for lang, forms in (("zh", entity.zh), ("ja", entity.ja), ("en", entity.en)):
        fresh = distinct(forms, seen)[: min(left, _MOST_PER_LANGUAGE)]
        seen.update(map(match_key, fresh))
        left -= len(fresh)
        kept[lang] = tuple(fresh)
    return Expansion(entity.id, kept["en"], kept["zh"], kept["ja"])


def expand(name: str, tables: Sequence[Table]) -> list[Expansion]:
    """What `name` stands for when all of it is a name that is not ambiguous."""
    plain = name.strip()
    key = match_key(plain.strip("\"'.,!?、。「」『』"))
    for table in tables:
        if (number := table.find(key)) is not None:
            use = table.use(number)
            if not use & Use.EXPANDS or (use & Use.STRICT and not plain.isupper()):
                return []
            return [expansion(owner, plain) for owner in table.owners(number)]
    return []


def names_in_query(
    text: str, tables: Sequence[Table], *, inside_runs: bool = False, loosely: bool = False
) -> list[QueryName]:
    """The names that may be expanded in a whole query, from left to right, longest first."""
    folded = fold_with_places(text)
    haystack = evened(folded.text)
    query = _Query(text, folded, haystack, inside_runs=inside_runs, loosely=loosely)
    starts = [start for start in range(len(haystack)) if query.may_begin(start)]
    found = []
    for name in longest_names(haystack, starts, tables, query.fits):
        start, end = folded.span(name.start, name.end)
        owners = name.table.owners(name.key)
        widened = tuple(expansion(owner, text[start:end]) for owner in owners)
        if widened:
            found.append(QueryName(start, end, widened))
    return found


class _Query:
    """Where names may stand in a query."""

    def __init__(
        self, text: str, folded: Folded, haystack: str, *, inside_runs: bool, loosely: bool
    ) -> None:
        self._text, self._folded, self._haystack = text, folded, haystack
        self._inside_runs, self._loosely = inside_runs, loosely

    def may_begin(self, start: int) -> bool:
        """Whether a name may begin here; if not inside a run, only at the start of a run."""
        if not self._haystack[start].isalnum() or not begins_well(self._haystack, start):
            return False
        return self._inside_runs or not self._goes_on(start - 1)

    def fits(self, use: int, start: int, end: int) -> bool:
        """Whether a key of this use may stand there."""
        if not (self._inside_runs or not self._goes_on(end)):
            return False
        if not use & Use.EXPANDS:
            first, _ = self._folded.span(start, end)
            return bool(self._loosely and use & Use.LOOSE and not self._text[first].islower())
        if use & Use.STRICT:
            first, last = self._folded.span(start, end)
            return self._text[first:last].isupper()
        return True

    def _goes_on(self, place: int) -> bool:
        if not 0 <= place < len(self._haystack):
            return False
        return self._haystack[place].isalnum() or self._haystack[place] == "・"
