"""Documents, a state and texts in memory for tests of the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from index.engine import Engine
from index.model import Document, Ids, Passage, Ranking, Text
from index.names.names import Names
from index.query.ast import Filter, Order, Query
from index.query.parser import parse
from index.related import NO_AIDS, Aids
from index.widen import widened

TAIPEI = ZoneInfo("Asia/Taipei")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=TAIPEI)
DAY = 86_400


def asked(source: str, saved: Mapping[str, str] | None = None) -> Query:
    """A query parsed at noon of 22 November 2026 in Taipei."""
    return parse(source, now=NOW, zone=TAIPEI, saved=saved or {})


def seconds(*date: int) -> int:
    """The beginning of a day in Taipei, in seconds since the epoch."""
    year, month, day = date
    return int(datetime(year, month, day, tzinfo=TAIPEI).timestamp())


def document(
    id_: int,
    title: str,
    body: str = "",
    *,
    age: int = 0,
    lang: str = "en",
    note: str = "",
    author: str = "",
) -> Document:
    """A document that is `age` days old."""
    date = int(NOW.timestamp()) - age * DAY
    return Document(id_, title, body, note, author, lang=lang, date=date)


@dataclass
class Library:
    """What a search asks the rest of the program: states by condition, texts by id."""

    documents: dict[int, Document] = field(default_factory=dict)
    states: dict[Filter, list[int]] = field(default_factory=dict)
    read: list[int] = field(default_factory=list)  # ids whose texts were asked for

    def ids(self, condition: Filter) -> Ids:
        return np.array(self.states.get(condition, []), np.int64)

    def texts(self, ids: Sequence[int]) -> dict[int, Text]:
        self.read += ids
        known = [self.documents[id_] for id_ in ids if id_ in self.documents]
        return {one.id: Text(one.title, one.body, one.note) for one in known}


@dataclass
class Desk:
    """An engine and its library, kept in step."""

    engine: Engine
    library: Library = field(default_factory=Library)
    names: Names | None = None
    aids: Aids = NO_AIDS

    def asked(self, source: str) -> Query:
        """A query, widened when there are names."""
        query = asked(source)
        return query if self.names is None else widened(query, self.names)

    def update(self, add: Iterable[Document] = (), remove: Iterable[int] = ()) -> None:
        add, remove = [self._marked(one) for one in add], list(remove)
        self.engine.update(add, remove)
        for id_ in remove:
            self.library.documents.pop(id_, None)
        self.library.documents |= {one.id: one for one in add}

    def _marked(self, one: Document) -> Document:
        """A document with the entities it names, when there are names."""
        if self.names is None:
            return one
        return replace(one, entities=tuple(self.names.entities(one.title, one.body)))

    def rank(
        self,
        source: str,
        *,
        order: Order = Order.RELEVANCE,
        recency: float = 0.0,
        relaxed: bool = False,
        page: int = 20,
    ) -> Ranking:
        return self.engine.rank(
            self.asked(source),
            order=order,
            state=self.library,
            texts=self.library,
            now=int(NOW.timestamp()),
            recency=recency,
            relaxed=relaxed,
            aids=self.aids,
            page=page,
        )

    def order(self, source: str, order: Order = Order.RELEVANCE) -> list[int]:
        """The ids of all strict matches in order."""
        ranking = self.rank(source, order=order)
        return [int(id_) for id_ in ranking.ids[: ranking.strict]]

    def find(self, source: str) -> set[int]:
        """The ids of all strict matches."""
        query = self.asked(source)
        found = self.engine.matching(query, state=self.library, texts=self.library)
        return {int(id_) for id_ in found}

    def shown(self, source: str, id_: int) -> tuple[str, str]:
        """Title and piece of text of a document, each hit in double brackets."""
        texts = self.library.texts([id_])
        passages = self.engine.passages(self.asked(source), texts)[id_]
        return bracketed(passages.title), bracketed(passages.body)


def bracketed(passage: Passage) -> str:
    """A passage with each of its marks in double brackets."""
    shown, at = "", 0
    for start, end in passage.marks:
        shown += f"{passage.text[at:start]}[[{passage.text[start:end]}]]"
        at = end
    return shown + passage.text[at:]
