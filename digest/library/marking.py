"""Articles marked with whom and what they name, and marked again when the names change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from digest.ingest.ports import Recogniser
from digest.ingest.relevance.score import JUDGEMENT, ON_TOPIC, relevance
from digest.library import reprints
from digest.library.naming import Naming
from digest.model import Article, EntityCount, EntityMark, Mention
from digest.store import entities, outbox, reading, topics
from digest.store.database import Database

Progress = Callable[[int, int], None]

# Articles marked in one transaction: it keeps others from writing for some hundredths of a second.
BATCH = 50
_STAMP, _VERSION = "names_stamp", "names_version"


def marks(mentions: Iterable[Mention], recogniser: Recogniser) -> list[EntityMark]:
    """One mark for each entity that is named, in the order of their first mentions."""
    counts: dict[str, int] = {}
    places: dict[str, int] = {}
    for mention in mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
        places.setdefault(mention.entity, -1 if mention.in_title else mention.start)
    found = ((recogniser.entity(one), one) for one in counts)
    return [EntityMark(entity, counts[one], places[one]) for entity, one in found if entity]


class Marker:
    """Marks the articles of one library. Safe to use from any thread."""

    def __init__(self, database: Database, naming: Naming) -> None:
        self._database = database
        self._naming = naming

    def mark(self, db: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
        """Mark articles inside the current transaction, as they stand in it.

        Returns those that name others than they did before.
        """
        if not self._stored(db, _VERSION) and entities.are_all(db, ids):
            _note(db, self._today())  # the first articles: no other names have marked any
        texts = reading.texts(db, ids)
        changed = []
        for one in ids:
            found: list[EntityMark] = []
            if one in texts:
                mentions = self._naming.mentions(texts[one].title, texts[one].body)
                found = marks(mentions, self._naming)
                self._judge(db, one, texts[one], mentions)
            if entities.mark(db, one, found):
                changed.append(one)
        return changed

    def _judge(
        self, db: sqlite3.Connection, ident: int, text: reading.Texts, mentions: Sequence[Mention]
    ) -> None:
        """Score an article; what was off topic and no longer is comes back."""
        found = relevance(text.title, text.body, mentions, self._naming.names().side)
        topics.put(db, ident, found)
        if (found.score or 0) >= ON_TOPIC and topics.is_off_topic(db, ident):
            topics.set_off_topic(db, ident, None)
            outbox.announce(db, [ident])
            reprints.fold_in(db, ident)

    def waiting(self) -> int:
        """How many articles are to be marked anew."""
        self._notice_new_names()
        with self._database.read() as db:
            return entities.waiting(db)

    def catch_up(
        self, report: Progress | None = None, should_stop: Callable[[], bool] | None = None
    ) -> int:
        """Mark all that waits for it; returns how many articles that were.

        Args:
            report: called with how many are done and how many there are.
            should_stop: asked between two batches; the next call goes on.
        """
        self._notice_new_names()
        done = total = 0
        while should_stop is None or not should_stop():
            with self._database.read() as db:
                ids = entities.queued(db, BATCH)
                total = total or entities.waiting(db)
            if not ids:
                break
            with self._database.write() as db:
                outbox.announce(db, self.mark(db, ids))
            done += len(ids)
            if report is not None:
                report(min(done, total), total)
        return done

    def completed(self, article: Article) -> Article:
        """The article with the entities that today's names find in it.

        Marks that are still to be made are found now, and left for `catch_up` to store.
        """
        with self._database.read() as db:
            stale = entities.is_queued(db, article.id) or self._stored(db, _STAMP) != self._stamp()
            texts = reading.texts(db, [article.id]) if stale else {}
        if article.id not in texts:
            return article
        text = texts[article.id]
        found = marks(self._naming.mentions(text.title, text.body), self._naming)
        found.sort(key=lambda one: (-one.count, one.place, one.entity.id))
        counted = (EntityCount(one.entity.id, one.entity.name, one.count) for one in found)
        return replace(article, entities=tuple(counted))

    def _notice_new_names(self) -> None:
        """Queue every article when names or judgement are others than those it was marked with.

        Reading the names takes longer than asking for the files' times, so the times are asked for
        first; the content decides.
        """
        with self._database.read() as db:
            if self._stored(db, _STAMP) == self._stamp():
                return
        today = self._today()
        with self._database.write() as db:
            if self._stored(db, _VERSION) != today[_VERSION]:
                entities.queue_all(db)
                found = map(self._naming.entity, entities.known(db))
                entities.rename(db, [entity for entity in found if entity is not None])
            _note(db, today)

    def _today(self) -> dict[str, str]:
        """Stamp and version of today's names; those read are not older than their stamp."""
        stamp = self._stamp()
        return {_STAMP: stamp, _VERSION: f"{self._naming.names().version}-{JUDGEMENT}"}

    def _stamp(self) -> str:
        return f"{self._naming.stamp()} {JUDGEMENT}"

    @staticmethod
    def _stored(db: sqlite3.Connection, key: str) -> str:
        row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])


def _note(db: sqlite3.Connection, today: Mapping[str, str]) -> None:
    """Note the names by which all articles are marked, or queued to be."""
    db.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", today.items())
