from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.config.settings import Feed
from digest.ingest.canonical import canonical_url
from digest.ingest.decide import Action, Decision, candidates, decide
from digest.ingest.feeds.entries import Entry

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST = NOW - timedelta(hours=1)
FEED = Feed("https://a.example/feed")
ENTRY = Entry("g1", "https://a.example/1", "Title", summary_html="<p>s</p>")


def decided(
    *entries: Entry,
    feed: Feed = FEED,
    full_text: bool = True,
    known: Collection[str] = (),
    claimed: Collection[str] = (),
    last_good: datetime | None = LAST,
) -> list[Decision]:
    return decide(
        candidates(entries, 3, canonical_url),
        feed=feed,
        full_text=full_text,
        known=known,
        claimed=claimed,
        last_good=last_good,
        now=NOW,
    )


def action(entry: Entry, **arguments: object) -> Action:
    return decided(entry, **arguments)[0].action  # type: ignore[arg-type]


def test_a_new_entry_is_read_from_its_page() -> None:
    assert action(ENTRY) is Action.PAGE


def test_full_text_is_asked_of_the_feed_first() -> None:
    assert action(ENTRY, full_text=False) is Action.FEED_TEXT
    assert action(ENTRY, feed=replace(FEED, full_text=False)) is Action.FEED_TEXT
    assert action(ENTRY, feed=replace(FEED, full_text=True), full_text=False) is Action.PAGE


def test_what_there_is_decides() -> None:
    assert action(replace(ENTRY, url="")) is Action.FEED_TEXT
    assert action(replace(ENTRY, summary_html=""), full_text=False) is Action.PAGE
    assert action(Entry("g", title="alone")) is Action.SKIP
    assert action(Entry("g")) is Action.SKIP


def test_a_known_entry_is_left_alone() -> None:
    assert action(ENTRY, known={"https://a.example/1"}) is Action.KNOWN
    assert action(ENTRY, known={"3:g1"}) is Action.KNOWN
    assert action(ENTRY, known={"4:g1"}) is Action.PAGE


def test_tracking_makes_no_new_address() -> None:
    tracked = replace(ENTRY, url="https://a.example/1?utm_source=rss#top")
    assert action(tracked, known={"https://a.example/1"}) is Action.KNOWN


def test_what_another_feed_brings_is_a_duplicate() -> None:
    address = {"https://a.example/1"}
    assert action(ENTRY, claimed=address) is Action.DUPLICATE
    # Also when the other one's article has been stored by now.
    assert action(ENTRY, claimed=address, known=address) is Action.DUPLICATE
    both = decided(ENTRY, known={"3:g1"}, claimed={"https://a.example/1"})
    assert both[0].action is Action.KNOWN


def test_entries_without_an_address_are_nobodys_duplicates() -> None:
    assert action(replace(ENTRY, url=""), claimed={""}) is Action.FEED_TEXT


def test_one_feed_brings_each_address_once() -> None:
    found = decided(ENTRY, replace(ENTRY, guid="g2"), replace(ENTRY, url="https://a.example/2"))
    assert [d.candidate.entry.guid for d in found] == ["g1"]


def test_a_known_entry_that_was_changed_is_read_again() -> None:
    changed = replace(ENTRY, updated=NOW - timedelta(minutes=5))
    found = decided(changed, known={"3:g1", "https://a.example/1"})
    assert (found[0].action, found[0].again) == (Action.PAGE, True)


def test_no_other_claim_of_change_counts() -> None:
    known = {"3:g1", "https://a.example/1"}
    before = replace(ENTRY, updated=LAST - timedelta(minutes=5))
    nonsense = replace(ENTRY, updated=NOW + timedelta(days=5))
    changed = replace(ENTRY, updated=NOW - timedelta(minutes=5))
    assert action(before, known=known) is Action.KNOWN
    assert action(nonsense, known=known) is Action.KNOWN
    assert action(changed, known=known, last_good=None) is Action.KNOWN
    assert action(changed, known={"https://a.example/1"}) is Action.KNOWN


def numbered(count: int, *, same_stamp: bool) -> list[Entry]:
    return [
        Entry(
            f"g{n}",
            f"https://a.example/{n}",
            "T",
            updated=NOW - timedelta(seconds=0 if same_stamp else n + 1),
        )
        for n in range(count)
    ]


def test_a_feed_that_stamps_everything_says_nothing() -> None:
    entries = numbered(5, same_stamp=True)
    found = decided(*entries, known={f"3:g{n}" for n in range(5)})
    assert {d.action for d in found} == {Action.KNOWN}


def test_few_are_read_again_at_a_time() -> None:
    entries = numbered(50, same_stamp=False)
    found = decided(*entries, known={f"3:g{n}" for n in range(50)})
    assert sum(d.again for d in found) == 20


def test_a_topic_feed_keeps_everything() -> None:
    assert action(ENTRY, feed=replace(FEED, scope="topic")) is Action.PAGE
