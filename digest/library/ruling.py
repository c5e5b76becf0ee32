"""The configured rules, carried out once on each article that comes in."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from digest.config.settings import Rule
from digest.ingest.ports import Clock
from digest.library import state
from digest.library.values import Problem
from digest.model import Summary
from digest.store import fresh, journal, reading
from digest.store.changes import Change, do
from digest.store.database import Database
from digest.store.tagging import MUTED

_log = logging.getLogger("digest.rules")

Matching = Callable[[str], tuple[list[int], tuple[Problem, ...]]]


class RuleTrial(NamedTuple):
    """What a rule would do.

    Attributes:
        rule: as configured.
        articles: what of the last 30 days it matches and would change, newest first.
        problems: what of its query is not understood; such a rule does nothing.
    """

    rule: Rule
    articles: tuple[Summary, ...]
    problems: tuple[Problem, ...]


class Rules:
    """Carries rules out in one library. Safe to use from any thread."""

    def __init__(self, database: Database, matching: Matching, clock: Clock) -> None:
        self._database = database
        self._matching = matching
        self._clock = clock
        self._at_work = threading.Lock()

    def apply(self, rules: Sequence[Rule]) -> int:
        """Carry the rules out on what is new and indexed; returns how many articles changed.

        It is one change for undo. An article is looked at once, so that nothing a person does or
        undoes afterwards is done again.
        """
        if not self._at_work.acquire(blocking=False):
            return 0
        try:
            with self._database.read() as db:
                ids = fresh.waiting(db)
            if not ids:
                return 0
            chosen = [(rule, self._matches(rule, set(ids))) for rule in rules]
            with self._database.write() as db:
                return self._carry_out(db, chosen, fresh.settle(db, ids))
        finally:
            self._at_work.release()

    def trial(self, rules: Sequence[Rule]) -> list[RuleTrial]:
        """What each rule would do to the articles of the last 30 days."""
        found = []
        for rule in rules:
            ids, problems = self._matching(f"({rule.when}) newer:30d sort:newest")
            with self._database.read() as db:
                touched = {change.article for change in self._changes(db, rule, ids)}
                rows = reading.summaries(db, [one for one in ids if one in touched])
            found.append(RuleTrial(rule, () if problems else tuple(rows), problems))
        return found

    def _matches(self, rule: Rule, new: set[int]) -> list[int]:
        ids, problems = self._matching(rule.when)
        if problems:
            _log.warning("the rule %r is not carried out: %s", rule.when, problems[0].message)
            return []
        return [one for one in ids if one in new]

    def _carry_out(
        self, db: sqlite3.Connection, chosen: Sequence[tuple[Rule, list[int]]], new: set[int]
    ) -> int:
        now = int(self._clock().timestamp())
        done: list[Change] = []
        for rule, ids in chosen:
            changes = self._changes(db, rule, [one for one in ids if one in new])
            do(db, changes, now)
            done += changes
        number = len({change.article for change in done})
        if done:
            journal.record(db, f"rules changed {state.counted(number)}", done, now)
        return number

    def _changes(self, db: sqlite3.Connection, rule: Rule, ids: Sequence[int]) -> list[Change]:
        """What a rule changes of these articles; their copies are articles of their own."""
        muted = [MUTED] if "mute" in rule.then else []
        add = [name[1:] for name in rule.then if name.startswith("+")] + muted
        remove = [name[1:] for name in rule.then if name.startswith("-")]
        now = int(self._clock().timestamp())
        found = state.tagging_of(db, ids, add, remove)
        if "star" in rule.then:
            found += state.marking(db, ids, "star", now)
        if "read" in rule.then or muted:
            found += state.marking(db, ids, "read", now)
        wanted = set(ids)
        return [change for change in found if change.article in wanted]
