from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.store import articles, changes, criteria
from digest.store.changes import Change
from digest.store.criteria import Criterion
from digest.store.database import Database
from tests.store.making import NOW, draft

LANGS = ("en", "zh-Hant", "ja", "")


@dataclass(frozen=True)
class Known:
    """What the test knows of one stored article."""

    id: int
    at: int
    lang: str
    read: bool
    starred: bool
    tag: int | None


@pytest.fixture
def library(database: Database) -> list[Known]:
    found = []
    with database.write() as db:
        for number in range(24):
            lang = LANGS[number % 4]
            at = 1_700_000_000 + 7 * (number * 5 % 24)
            text = f"{number} " + "text of some length " * 9
            made = draft(
                f"No. {number}", text, lang=lang, published=datetime.fromtimestamp(at, UTC)
            )
            ident = articles.save(db, made, NOW).id
            read, starred, tagged = number % 2 == 0, number % 3 == 0, number % 5 == 0
            done = [Change("read", ident, "", None, 1)] * read
            done += [Change("star", ident, "", None, 1)] * starred
            done += [Change("tag", ident, "chips", None, 1)] * tagged
            changes.do(db, done, 1)
            found.append(Known(ident, at, lang, read, starred, 1 if tagged else None))
    return found


def holds(criterion: Criterion, one: Known) -> bool:
    """The meaning of a criterion, spelled out in Python."""
    match criterion:
        case criteria.Everything():
            return True
        case criteria.Nothing():
            return False
        case criteria.Is(what):
            return {
                "read": one.read,
                "unread": not one.read,
                "starred": one.starred,
                "tagged": one.tag is not None,
            }.get(what, False)
        case criteria.Tagged(tags):
            return one.tag in tags
        case criteria.InLanguages(codes):
            return one.lang.partition("-")[0] in codes
        case criteria.Dated(start, end):
            return (start is None or one.at >= start) and (end is None or one.at < end)
        case criteria.OneOf(ids):
            return one.id in ids
        case criteria.All(parts):
            return all(holds(part, one) for part in parts)
        case criteria.Any(parts):
            return any(holds(part, one) for part in parts)
        case criteria.Not(part):
            return not holds(part, one)
        case _:
            raise AssertionError(criterion)


TIMES = st.none() | st.integers(1_699_999_990, 1_700_000_180)
LEAVES: st.SearchStrategy[Criterion] = st.one_of(
    st.just(criteria.Everything()),
    st.just(criteria.Nothing()),
    st.builds(criteria.Is, st.sampled_from(["read", "unread", "starred", "tagged", "copy"])),
    st.builds(criteria.Tagged, st.lists(st.integers(1, 2), max_size=2).map(tuple)),
    st.builds(
        criteria.InLanguages, st.lists(st.sampled_from(["en", "zh", "ja"]), max_size=2).map(tuple)
    ),
    st.builds(criteria.Dated, TIMES, TIMES),
    st.builds(criteria.OneOf, st.lists(st.integers(1, 30), max_size=6).map(tuple)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(criteria.All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(criteria.Any, st.lists(inner, max_size=3).map(tuple)),
        st.builds(criteria.Not, inner),
    ),
    max_leaves=6,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tree=TREES, order=st.sampled_from(["newest", "oldest", "id"]))
def test_sqlite_finds_what_the_condition_means(
    database: Database, library: list[Known], tree: Criterion, order: str
) -> None:
    wanted = [one for one in library if holds(tree, one)]
    if order != "id":
        wanted.sort(key=lambda one: (one.at, one.id), reverse=order == "newest")
    with database.read() as db:
        assert criteria.matching(db, tree, order=order) == [one.id for one in wanted]
        assert criteria.count(db, tree) == len(wanted)
