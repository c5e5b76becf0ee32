"""Queries answered: conditions alone by the store, words by the index, texts from the store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from digest.config.settings import Config
from digest.errors import Cancelled, DigestError
from digest.library import reprints
from digest.library.conditions import (
    LATER,
    Vocabulary,
    asks_for_copies,
    asks_for_tags,
    condition,
    criterion,
    unsupported,
)
from digest.library.naming import Naming
from digest.library.search_clock import SearchClock
from digest.library.values import Facets, Listing, Passages, Problem, Result, SearchPage
from digest.model import Mark, Snippet
from digest.store import copies, counting, feeds, reading, tagging
from digest.store.criteria import Criterion, matching
from digest.store.database import Database
from digest.store.tagging import MUTED

if TYPE_CHECKING:
    from index.engine import Engine
    from index.model import Ids, Neighbours, Passage, Ranking, Text
    from index.query.ast import Filter, Query
    from index.related import Aids
    from index.suggest import Suggestion

Asked = Callable[[], bool]
Answer = TypeVar("Answer")
PAGE = 20
LITTLE = 3  # strict matches, under which another spelling is looked for


class Searcher:
    """Answers queries over one library. Safe to use from any thread.

    Args:
        neighbours: gives what finds articles by meaning, None when that is off.
    """

    def __init__(
        self,
        database: Database,
        engine: Callable[[], Engine],
        config: Config,
        naming: Naming,
        neighbours: Callable[[], Neighbours | None],
        mended: Asked,
    ) -> None:
        """`mended` says, after a search broke, whether the index was damaged and is made anew."""
        self.config = config
        self._naming = naming
        self._neighbours = neighbours
        self._database = database
        self._engine = engine
        self._mended = mended
        self._guard = threading.Lock()
        self._answers: dict[Criterion, Ids] = {}
        self._answers_at: int | None = None

    # what a query means ---------------------------------------------------------------------

    def parse(self, query: str, clock: SearchClock | None = None) -> Query:
        """The query as a tree, with what cannot be answered yet reported as a problem.

        Where it has words, what looks for them is imported, which is no time of `clock`.
        """
        from index.query.ast import Problem as Misread  # noqa: PLC0415 - the index's own modules
        from index.query.ast import has_text  # noqa: PLC0415 - as above
        from index.query.parser import parse  # noqa: PLC0415 - the index's own modules

        parsed = parse(
            query,
            now=datetime.now(UTC),
            zone=ZoneInfo(self.config.search.timezone),
            saved={view.name: view.query for view in self.config.views},
        )
        later = []
        for leaf in unsupported(parsed.root):
            start = max(query.find(f"{leaf.name}:"), 0)
            what = LATER.get(leaf.name) or LATER[leaf.value]
            later.append(Misread(f"{what}: not in this version", start, len(query)))
        if has_text(parsed.root):
            if clock is not None:
                clock.load()
            from index.widen import widened  # noqa: PLC0415 - the index's own modules

            parsed = widened(parsed, self._naming.names())
        return replace(parsed, problems=(*parsed.problems, *later))

    def vocabulary(self) -> Vocabulary:
        """The names that conditions may use, as they are now."""
        from index.fold import fold  # noqa: PLC0415 - loads the fold table

        with self._database.read() as db:
            return Vocabulary(
                feeds=self.config.feeds,
                feed_ids=feeds.ids(db),
                outlets=tuple(counting.outlets(db)),
                tags=tuple(db.execute("SELECT id, name FROM tags")),
                fold=fold,
            )

    # what a query brings --------------------------------------------------------------------

    def listing(
        self,
        query: str,
        *,
        order: str | None = None,
        cancelled: Asked | None = None,
        folded: bool = False,
    ) -> Listing:
        """Everything the query brings, in order; `folded` for the eye.

        Folded, copies of what is there are left out, and so is what was muted, unless the query
        asks for it.
        """
        from index.query.ast import has_text  # noqa: PLC0415 - the index's own modules

        clock = SearchClock()
        parsed = self.parse(query, clock)
        ids, strict, ranking = self._ordered(parsed, order, page=PAGE, cancelled=cancelled)
        if folded and not asks_for_copies(parsed.root):
            with self._database.read() as db:
                ids, strict = reprints.folded(ids, strict, copies.leaders(db))
        if folded and not has_text(parsed.root) and not asks_for_tags(parsed.root):
            with self._database.read() as db:
                muted = tagging.having(db, MUTED)
            ids = [one for one in ids if one not in muted]
            strict = len(ids)
        return Listing(
            query=query,
            ids=ids,
            strict=strict,
            searched=has_text(parsed.root),
            problems=_problems(parsed, ranking),
            took_ms=clock.took_ms(),
            suggestion=found.query if (found := self._suggestion(parsed, strict)) else "",
            brought=_brought(ranking),
        )

    def search(
        self,
        query: str,
        *,
        limit: int,
        offset: int,
        order: str | None = None,
        count: Callable[[Sequence[int], ZoneInfo], Facets] | None = None,
    ) -> SearchPage:
        """One page of results with their snippets, and with the facets that `count` counts."""
        clock = SearchClock()
        clock.load()
        parsed = self.parse(query)
        ids, strict, ranking = self._ordered(parsed, order, page=limit)
        chosen = list(ids[offset : offset + limit])
        hits = {hit.id: hit for hit in ranking.hits(offset, limit)} if ranking else {}
        with self._database.read() as db:
            rows = reading.summaries(db, chosen)
            passages = self._passages(parsed, self._texts(chosen))
        results = tuple(
            Result(
                row=row,
                score=hits[row.id].score if hits else 0.0,
                match=hits[row.id].match if hits else "text",
                snippet=passages[row.id].body,
            )
            for row in rows
            if row.id in passages
        )
        return SearchPage(
            query=query,
            total=strict,
            related=len(ids) - strict,
            took_ms=clock.took_ms(),
            problems=_problems(parsed, ranking) + _meant(self._suggestion(parsed, strict)),
            results=results,
            facets=count(ids[:strict], ZoneInfo(self.config.search.timezone)) if count else None,
        )

    def _suggestion(self, parsed: Query, strict: int) -> Suggestion | None:
        """The query in a spelling that finds more, where it found little; else None.

        A suggestion is tried before it is made. None can help a pasted text, which matches nothing.
        """
        from index.query.ast import has_text, is_pasted  # noqa: PLC0415 - the index's own modules

        if strict >= LITTLE or not has_text(parsed.root) or is_pasted(parsed.root):
            return None
        names = self._naming.names()
        found = self._asked(lambda engine: engine.suggest(parsed.source, names))
        if found is None:
            return None
        other = self.parse(found.query)
        more = self._asked(lambda engine: engine.matching(other, state=self, texts=self))
        return found if len(more) > strict else None

    def matching(self, query: str) -> tuple[list[int], tuple[Problem, ...]]:
        """The ids of all strict matches, and what was not understood.

        They are in the order that `sort:` asks for; without it, newest first for a query of
        conditions alone, else by id.
        """
        from index.query.ast import Order, has_text  # noqa: PLC0415 - the index's own modules

        parsed = self.parse(query)
        if not has_text(parsed.root):
            return list(self._by_state(parsed, parsed.order or Order.NEWEST)), _problems(parsed)
        if parsed.order is not None:
            ids, strict, ranking = self._ordered(parsed, None, page=0)
            return list(ids[:strict]), _problems(parsed, ranking)
        found = self._asked(lambda engine: engine.matching(parsed, state=self, texts=self))
        return sorted(int(one) for one in found), _problems(parsed)

    def _ordered(
        self,
        parsed: Query,
        order: str | None,
        *,
        page: int,
        cancelled: Asked | None = None,
    ) -> tuple[Sequence[int], int, Ranking | None]:
        """All ids in order, how many of them are strict, and the ranking behind them.

        Raises:
            Cancelled: `cancelled` said so.
        """
        from index.errors import SearchCancelled  # noqa: PLC0415 - the index's own modules
        from index.query.ast import Order, has_text  # noqa: PLC0415 - the index's own modules

        words = has_text(parsed.root)
        asked = parsed.order or (Order(order) if order else None)
        chosen = asked or (Order.RELEVANCE if words else Order.NEWEST)
        if not words:
            ids = self._by_state(parsed, chosen)
            return ids, len(ids), None
        dated = chosen is not Order.RELEVANCE
        try:
            ranking = self._asked(
                lambda engine: engine.rank(
                    parsed,
                    order=chosen,
                    state=self,
                    texts=self,
                    now=int(time.time()),
                    recency=self.config.search.recency,
                    relaxed=not dated,
                    aids=self._aids(),
                    page=page,
                    cancelled=cancelled,
                )
            )
        except SearchCancelled as error:
            raise Cancelled("the search was cancelled") from error
        return ranking.ids.tolist(), ranking.strict, ranking

    def _asked(self, question: Callable[[Engine], Answer]) -> Answer:
        """The index's answer; where its files turn out to be damaged, that of the one made anew.

        A search trusts what lies on the disk: damage inside a file shows as any kind of error.
        """
        from index.errors import SearchCancelled  # noqa: PLC0415 - the index's own modules

        try:
            return question(self._engine())
        except (SearchCancelled, DigestError):
            raise
        except Exception:
            if not self._mended():
                raise
            return question(self._engine())

    def _aids(self) -> Aids:
        """What may find related articles, as configured."""
        from index.dictionary.dictionary import Dictionary  # noqa: PLC0415 - the index's own modules
        from index.related import Aids  # noqa: PLC0415 - the index's own modules

        settings = self.config.search
        return Aids(
            names=self._naming.names(),
            dictionary=Dictionary.load() if settings.dictionary else None,
            neighbours=self._neighbours(),
        )

    def _by_state(self, parsed: Query, order: str) -> list[int]:
        """All ids that meet a query without words; by relevance they all are alike: newest."""
        wanted = criterion(parsed.root, self.vocabulary())
        with self._database.read() as db:
            return matching(db, wanted, order="oldest" if order == "oldest" else "newest")

    # what the index asks back ---------------------------------------------------------------

    def ids(self, condition_: Filter) -> Ids:
        """The ids for which a condition holds (`index.model.State`); remembered until a change."""
        import numpy as np  # noqa: PLC0415 - the index has it loaded by now

        wanted = condition(condition_, self.vocabulary())
        now = self._database.version()
        with self._guard:
            if self._answers_at != now:
                self._answers, self._answers_at = {}, now
            if wanted in self._answers:
                return self._answers[wanted]
        with self._database.read() as db:
            found = np.array(matching(db, wanted), dtype=np.int64)
        with self._guard:
            if self._answers_at == now:
                self._answers[wanted] = found
        return found

    def texts(self, ids: Sequence[int]) -> Mapping[int, Text]:
        """Texts as written (`index.model.Texts`)."""
        return self._texts([int(one) for one in ids])

    # the text as written --------------------------------------------------------------------

    def passages(self, query: str, ids: Sequence[int]) -> dict[int, Passages]:
        """Title and best piece of each article, with the query's hits marked."""
        return self._passages(self.parse(query), self._texts(ids))

    def marks(self, query: str, texts: Sequence[str]) -> list[tuple[Mark, ...]]:
        """Where the query's words stand in each of `texts`."""
        from index.snippets import Highlighter  # noqa: PLC0415 - the index's own modules

        found = Highlighter(self.parse(query)).marks(texts)
        return [tuple(Mark(*one) for one in marks) for marks in found]

    def _texts(self, ids: Sequence[int]) -> dict[int, Text]:
        from index.model import Text  # noqa: PLC0415 - numpy

        with self._database.read() as db:
            return {one: Text(*found) for one, found in reading.texts(db, ids).items()}

    def _passages(self, parsed: Query, texts: Mapping[int, Text]) -> dict[int, Passages]:
        from index.snippets import Highlighter  # noqa: PLC0415 - the index's own modules

        highlighter = Highlighter(parsed)
        found = {one: highlighter.passages(text) for one, text in texts.items()}
        return {
            one: Passages(_snippet(passages.title), _snippet(passages.body))
            for one, passages in found.items()
        }


def _snippet(passage: Passage) -> Snippet:
    return Snippet(passage.text, tuple(Mark(*mark) for mark in passage.marks))


def _meant(suggestion: Suggestion | None) -> tuple[Problem, ...]:
    """A suggestion as a remark on the query."""
    if suggestion is None:
        return ()
    return (Problem(f"did you mean: {suggestion.query}", suggestion.start, suggestion.end),)


def _problems(parsed: Query, ranking: Ranking | None = None) -> tuple[Problem, ...]:
    found = (*parsed.problems, *(ranking.problems if ranking else ()))
    return tuple(Problem(one.message, one.start, one.end) for one in found)


def _brought(ranking: Ranking | None) -> dict[int, str]:
    """What brought each of the related articles."""
    if ranking is None:
        return {}
    related = ranking.hits(ranking.strict, len(ranking.ids))
    return {hit.id: hit.match for hit in related}
