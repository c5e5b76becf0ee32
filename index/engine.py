"""The search engine: documents in, rankings and passages out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from index.compile import Compiler
from index.errors import SearchCancelled
from index.exact import Checker
from index.facets import Facets
from index.masks import Masks
from index.model import Document, Ids, Passages, Ranking, State, Text, Texts
from index.names.names import Names
from index.patterns import has_exact
from index.query.ast import Order, Problem, Query
from index.ranking import NOTHING, Scorer
from index.related import NO_AIDS, Aids, Related
from index.schema import FORM, fields, schema, version
from index.search import Search
from index.segments.store import Segments
from index.snippets import Highlighter
from index.suggest import Suggestion, suggest
from index.view import View

EXACT_SECONDS = 1.0  # for reading texts in a search with `=`

Cancelled = Callable[[], bool]


class Engine:
    """An index on disk. Any number of threads may search while one of them writes.

    What another process commits is seen by the next search.
    """

    def __init__(self, segments: Segments) -> None:
        """Use `open` or `create`."""
        self._segments = segments
        self._guard = threading.Lock()
        self._view: View | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in `folder`.

        Raises:
            IndexDamaged: it is missing, incomplete, foreign or of another version.
        """
        return cls(Segments.open(folder, schema(), version=version()))

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty index in `folder`, in place of any that is there.

        Raises:
            IndexLocked: another process keeps writing to the one that is there.
        """
        return cls(Segments.create(folder, schema(), version=version()))

    def close(self) -> None:
        """Let go of the files; what is being searched stays usable."""
        with self._guard:
            self._view = None
        self._segments.close()

    def update(self, add: Iterable[Document], remove: Iterable[int] = ()) -> None:
        """Add and remove documents in one commit; doing it again changes nothing.

        A document replaces the one with its id, and wins over a removal of that id.

        Raises:
            IndexLocked: another process kept writing.
            IndexDamaged: the files are not what they should be; rebuild the index.
            OSError: the disk is full or fails; the index stays as it was.
        """
        self._segments.commit((fields(document) for document in add), remove)

    def merge(self, should_stop: Callable[[], bool]) -> None:
        """Merge small parts of the index step by step until nothing is left to do or it is to stop.

        Searching and updating go on meanwhile.
        """
        while not should_stop() and self._segments.merge_step():
            pass

    def check(self) -> None:
        """Look at the header of the state committed last.

        Raises:
            IndexDamaged: it is missing or foreign.
        """
        self._segments.snapshot()

    def verify(self) -> None:
        """Read every part of the index and compare it with its checksum.

        Raises:
            IndexDamaged: a part is not as it was written.
        """
        self._segments.verify()

    @property
    def count(self) -> int:
        """How many documents there are."""
        return int(self._current().snapshot.live.sum())

    def ids(self) -> Ids:
        """The ids of all documents, in no particular order."""
        view = self._current()
        return view.ids[view.snapshot.live]

    def dates(self) -> Ids:
        """The dates of all documents in seconds since the epoch, in the order of `ids`."""
        view = self._current()
        return view.dates[view.snapshot.live]

    def matching(
        self, query: Query, *, state: State, texts: Texts, cancelled: Cancelled | None = None
    ) -> Ids:
        """The ids of all documents that a query strictly matches, in no particular order.

        Written forms (`=word`) are checked in all candidates, however long it takes.

        Raises:
            SearchCancelled: when it was.
        """
        view = self._asked()
        checker = Checker(texts, seconds=None, cancelled=cancelled)
        masks = Masks(view, _compiler(view), state, checker, cancelled)
        return view.ids[masks.matching(query.root)]

    def rank(
        self,
        query: Query,
        *,
        order: Order,
        state: State,
        texts: Texts,
        now: int,
        recency: float = 0.0,
        relaxed: bool = False,
        aids: Aids = NO_AIDS,
        page: int = 20,
        cancelled: Cancelled | None = None,
    ) -> Ranking:
        """Every document a query brings, in order.

        Args:
            query: as parsed; its own order wins over `order`.
            order: how to sort.
            state: answers what the index has no column for.
            texts: the texts as written, for `=word`.
            now: seconds since the epoch.
            recency: how much more a new document counts, 0 for not at all; see `index.ranking`.
            relaxed: whether related documents may follow when fewer than `page` match strictly;
                they never do in an order by date, nor for a query with `=`.
            aids: what finds related documents besides their words.
            page: how many documents fill a page.
            cancelled: asked now and then; True ends the search.

        Raises:
            SearchCancelled: when it was.
        """
        view = self._asked()
        compiler = _compiler(view)
        checker = Checker(texts, seconds=EXACT_SECONDS, cancelled=cancelled)
        masks = Masks(view, compiler, state, checker, cancelled)
        order = query.order or order
        check = _checking(cancelled)
        check()
        scorer = Scorer(view, compiler, now, recency)
        strict = Search(view, masks, scorer, query, order).strict()
        may_relax = relaxed and order is Order.RELEVANCE and not has_exact(query.root)
        related = NOTHING
        if may_relax and len(strict.docs) < page:
            check()
            related = Related(view, masks, scorer, aids, texts, check).found(
                query.root, strict.docs
            )
        docs = np.concatenate((strict.docs, related.docs))
        return Ranking(
            view.ids[docs],
            np.concatenate((strict.scores, related.scores)),
            len(strict.docs),
            np.concatenate((strict.kinds, related.kinds)),
            _cut_short(query) if checker.cut else (),
        )

    def suggest(self, source: str, names: Names) -> Suggestion | None:
        """Another spelling of a query by the words of documents and names, if there is one."""
        return suggest(source, self._current().snapshot, names.words_beginning)

    def facets(self, ids: Ids) -> Facets:
        """How the documents with these ids are spread; unknown ids are left out."""
        view = self._current()
        return Facets(view, view.snapshot.docnums(ids))

    def passages(self, query: Query, texts: Mapping[int, Text]) -> dict[int, Passages]:
        """For each text its title and its most telling piece, hits marked as written."""
        highlighter = Highlighter(query)
        return {id_: highlighter.passages(text) for id_, text in texts.items()}

    def marks(self, query: Query, texts: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
        """Where the hits of a query stand in each of the texts (blocks) of one document."""
        return Highlighter(query).marks(texts)

    def _asked(self) -> View:
        """The view for a new search."""
        view = self._current()
        view.snapshot.forget()
        return view

    def _current(self) -> View:
        """The view of the state committed last."""
        snapshot = self._segments.snapshot()
        with self._guard:
            if self._view is None or self._view.snapshot is not snapshot:
                self._view = View(snapshot)
            return self._view


def _compiler(view: View) -> Compiler:
    return Compiler(lambda prefix, limit: view.snapshot.terms(FORM, prefix, limit))


def _checking(cancelled: Cancelled | None) -> Callable[[], None]:
    """What a search calls between two steps; raises SearchCancelled when it was."""

    def check() -> None:
        if cancelled is not None and cancelled():
            raise SearchCancelled

    return check


def _cut_short(query: Query) -> tuple[Problem, ...]:
    message = "too many texts to check for the exact form; the newest were, add a word or a date"
    return (Problem(message, 0, len(query.source)),)
