from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config.settings import Feed
from digest.errors import UnknownArticle
from digest.model import Block, BlockKind, Saved, SaveStatus, Span
from digest.store import articles, feeds, outbox, reading
from digest.store.database import Database
from digest.store.migrations import migrate
from tests.store.making import NOW, TEXTS, draft

URL = "https://news.example/coast-guards"


def save(database: Database, *args: object, **fields: object) -> Saved:
    with database.write() as db:
        return articles.save(db, draft(*args, **fields), NOW)  # type: ignore[arg-type]


def test_a_new_article_comes_back_as_it_went_in(database: Database) -> None:
    blocks = (
        Block(BlockKind.HEADING, (Span("會談"),), level=2),
        Block(BlockKind.PARAGRAPH, (Span("台日"), Span("海巡", "https://news.example/cga"))),
        Block(BlockKind.ROW, cells=("年", "件數"), header=True),
        Block(BlockKind.FIGURE, (Span("港"),), src="https://news.example/p.jpg"),
    )
    with database.write() as db:
        wanted = replace(draft("台日海巡會談"), blocks=blocks, author="林 某", lang="zh-Hant")
        saved = articles.save(db, replace(wanted, published=NOW, tags=("海巡", "#海巡")), NOW)
    with database.read() as db:
        found = reading.article(db, saved.id)
    assert saved.status is SaveStatus.NEW
    assert found.blocks == blocks
    assert found.summary.title == "台日海巡會談"
    assert (found.summary.author, found.summary.lang) == ("林 某", "zh-Hant")
    assert found.summary.published == NOW
    assert found.summary.tags == ("海巡",)
    assert not found.summary.read


def test_the_same_address_with_the_same_text_is_a_duplicate(database: Database) -> None:
    first = save(database, url=URL)
    again = save(database, "Coast  guards\u3000meet", url=URL)
    assert again == Saved(first.id, SaveStatus.DUPLICATE)
    with database.read() as db:
        assert reading.article(db, first.id).revisions == ()


def test_the_same_text_under_another_address_is_a_duplicate_and_known_from_then_on(
    database: Database,
) -> None:
    first = save(database, url=URL)
    again = save(database, text="  ".join(TEXTS["en"].split()), url="https://other.example/1")
    assert again == Saved(first.id, SaveStatus.DUPLICATE)
    with database.read() as db:
        assert articles.known(db, [URL, "https://other.example/1", "https://other.example/2"]) == {
            URL,
            "https://other.example/1",
        }


def test_a_text_without_an_address_gets_that_of_where_it_is_met_next(database: Database) -> None:
    first = save(database)
    assert save(database, url=URL).status is SaveStatus.DUPLICATE
    save(database, url="https://other.example/1")
    with database.read() as db:
        assert reading.article(db, first.id).summary.url == URL


def test_short_texts_with_different_titles_are_different_articles(database: Database) -> None:
    first = save(database, "Photo: Taipei", "Photo: Reuters")
    second = save(database, "Photo: Tokyo", "Photo: Reuters")
    assert (first.status, second.status) == (SaveStatus.NEW, SaveStatus.NEW)


def test_a_changed_text_is_a_revision_and_the_old_one_is_kept(database: Database) -> None:
    first = save(database, url=URL)
    changed = save(database, "Coast guards met", TEXTS["ja"], url=URL)
    with database.read() as db:
        found = reading.article(db, first.id)
    assert changed == Saved(first.id, SaveStatus.UPDATED)
    assert found.summary.title == "Coast guards met"
    assert [one.title for one in found.revisions] == ["Coast guards meet"]


def test_a_changed_headline_alone_is_a_revision(database: Database) -> None:
    first = save(database, url=URL)
    changed = save(database, "Coast guards fall out", url=URL)
    with database.read() as db:
        found = reading.article(db, first.id)
        waiting, _last = outbox.pending(db, 10)
    assert changed == Saved(first.id, SaveStatus.UPDATED)
    assert found.summary.title == "Coast guards fall out"
    assert [one.title for one in found.revisions] == ["Coast guards meet"]
    assert waiting == [first.id]


@pytest.mark.parametrize("text", [TEXTS["en"], "Photo: Reuters"], ids=["whole", "short"])
def test_the_title_of_the_feed_is_no_change_of_the_page(database: Database, text: str) -> None:
    first = save(database, "Breaking: guards meet", text, url=URL, headline="Coast guards meet")
    alone = {"url": URL, "headline": "Coast guards meet"}
    again = save(database, "Coast guards meet", text, **alone)
    changed = save(database, "Coast guards meet", TEXTS["ja"], **alone)
    with database.read() as db:
        found = reading.article(db, first.id)
    assert (again.status, changed.status) == (SaveStatus.DUPLICATE, SaveStatus.UPDATED)
    assert found.summary.title == "Breaking: guards meet"


def test_section_and_picture_are_kept_and_filled_in_later(database: Database) -> None:
    picture = "https://news.example/p.jpg"
    first = save(database, url=URL)
    save(database, url=URL, section="Politics", image=picture)
    save(database, text=TEXTS["zh-Hant"], url=URL)
    with database.read() as db:
        found = reading.article(db, first.id)
    assert (found.section, found.image) == ("Politics", picture)
    assert len(found.revisions) == 1


def test_a_summary_never_takes_the_place_of_a_whole_text(database: Database) -> None:
    first = save(database, url=URL)
    again = save(database, text="The two coast guards met …", url=URL, partial=True)
    with database.read() as db:
        found = reading.article(db, first.id)
    assert again.status is SaveStatus.DUPLICATE
    assert found.blocks[0].text == TEXTS["en"]


def test_the_feeds_own_id_is_known_for_that_feed_alone(database: Database) -> None:
    with database.write() as db:
        one = feeds.remember(db, Feed("https://one.example/rss", name="One")).id
        two = feeds.remember(db, Feed("https://two.example/rss", name="Two")).id
    first = save(database, feed=one, guid="7", text=TEXTS["en"])
    again = save(database, feed=one, guid="7", text=TEXTS["en"], url="https://one.example/moved")
    other = save(database, feed=two, guid="7", text=TEXTS["ja"])
    assert again == Saved(first.id, SaveStatus.DUPLICATE)
    assert other.status is SaveStatus.NEW


def test_articles_bear_the_configured_name_of_their_feed_also_after_renaming(
    database: Database,
) -> None:
    with database.write() as db:
        ident = feeds.remember(db, Feed("https://one.example/rss", name="One")).id
    saved = save(database, feed=ident, outlet="Something Else", url=URL)
    with database.write() as db:
        feeds.rename(db, [Feed("https://one.example/rss", name="中央社")])
    with database.read() as db:
        assert reading.article(db, saved.id).summary.feed == "中央社"


def test_every_stored_change_is_announced_to_the_index(database: Database) -> None:
    first = save(database, url=URL)
    second = save(database, "台湾", TEXTS["ja"])
    save(database, "Coast guards met", TEXTS["zh-Hant"], url=URL)
    with database.read() as db:
        ids, last = outbox.pending(db, 100)
    assert ids == [first.id, second.id]
    with database.write() as db:
        outbox.settle(db, last)
        assert outbox.size(db) == 0


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), database.write() as db:
        articles.save(db, draft(url=URL), NOW)
        raise Stop
    with database.read() as db:
        assert articles.known(db, [URL]) == set()
        assert outbox.size(db) == 0


def test_an_unknown_id_says_so(database: Database) -> None:
    with database.read() as db, pytest.raises(UnknownArticle, match="no article 7"):
        reading.article(db, 7)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@settings(max_examples=60, deadline=None)
@given(title=TEXT, pieces=st.lists(TEXT, min_size=1, max_size=4), author=TEXT)
def test_any_text_survives_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory, title: str, pieces: list[str], author: str
) -> None:
    path = tmp_path_factory.mktemp("round") / "library.db"
    migrate(path)
    database = Database(path)
    try:
        blocks = tuple(Block(BlockKind.PARAGRAPH, (Span(piece),)) for piece in pieces)
        with database.write() as db:
            wanted = replace(draft(title), blocks=blocks, author=author)
            ident = articles.save(db, wanted, NOW).id
        with database.read() as db:
            found = reading.article(db, ident)
        assert (found.summary.title, found.summary.author) == (title, author)
        assert found.blocks == blocks
    finally:
        database.close()


def test_what_is_remembered_of_a_feed_comes_back_whole(database: Database) -> None:
    feed = Feed("https://one.example/rss", name="One")
    with database.write() as db:
        state = feeds.remember(db, feed)
        wanted = replace(
            state,
            location="https://two.example/rss",
            etag='"a"',
            last_modified="Sun, 08 Nov 2026 09:30:00 GMT",
            content_hash="ab",
            checked=NOW,
            succeeded=NOW,
            next_check=NOW,
            failures=2,
            error="the server answered 503",
            gone=True,
            moving="https://three.example/rss",
            moves=1,
        )
        feeds.save(db, wanted)
    with database.write() as db:
        assert feeds.remember(db, feed) == wanted
    with database.read() as db:
        assert feeds.states(db) == {feed.url: wanted}
