"""Two real libraries brought together."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.anchors import Quote
from digest.errors import LibraryDamaged, LibraryNewer, SourceError, UsageError
from digest.library import Library
from digest.store import migrations
from digest.store.database import connect
from tests.library.conftest import CONFIG, PIECES, bring

MORE = {
    "title": "柏崎刈羽原発6号機、再稼働へ",
    "text": "東京電力は柏崎刈羽原子力発電所6号機の再稼働を申請した。台湾の電力会社も視察する。" * 2,
    "lang": "ja",
    "url": "https://toa.example/9",
    "feed": "東亜新報",
}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 8, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Two:
    """Two machines of one person; both know the pieces, each in an order of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.desk = Library.open(folder / "desk", CONFIG, clock=self.clock)
        self.laptop = Library.open(folder / "laptop", CONFIG, clock=self.clock)
        bring(self.desk, folder, PIECES)
        bring(self.laptop, folder, [MORE, *reversed(PIECES)])

    def close(self) -> None:
        self.desk.close()
        self.laptop.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    opened = Two(tmp_path)
    yield opened
    opened.close()


def there(library: Library, title: str) -> int:
    """The number of an article in a library."""
    (found,) = [row.id for row in library.rows(library.listing("").ids) if row.title == title]
    return found


def everything(library: Library) -> dict[str, Any]:
    """All that a person can see of a library, by title, without its numbers."""
    found = {}
    for row in library.rows(library.listing("").ids):
        article = library.article(row.id)
        found[row.title] = (
            (row.url, row.feed, row.author, row.lang, row.published, row.read, row.starred),
            row.tags,
            article.note,
            article.blocks,
            tuple((one.quote, one.comment, one.paragraph) for one in article.highlights),
            tuple(version.blocks for version in library.versions(row.id)),
        )
    return found


def test_what_is_unknown_comes_with_all_that_a_person_did(two: Two) -> None:
    ident = there(two.laptop, MORE["title"])
    two.laptop.tag([ident], ["原発", "Energie"])
    two.laptop.mark([ident], "star")
    two.laptop.mark([ident], "read")
    two.laptop.set_note(ident, "台電會跟進嗎？")
    two.laptop.highlights.keep(ident, Quote("再稼働を申請した", "", "", 0), "6號機")
    two.laptop.edit(ident, author="記者 佐藤", title="柏崎刈羽、再稼働申請")
    report = two.desk.merge(two.laptop.home)
    assert (report.new, report.failed) == (1, ())
    assert everything(two.desk) == everything(two.laptop)
    assert there(two.desk, "柏崎刈羽、再稼働申請")
    assert two.desk.matching("視察")[0] == two.desk.matching("note:台電")[0] != []
    assert two.desk.matching("tag:原発 is:starred is:read who:台湾")[0] != []


def test_what_both_have_is_united(two: Two) -> None:
    zh, ja = PIECES[1]["title"], PIECES[2]["title"]
    here, other = there(two.desk, zh), there(two.laptop, zh)
    two.desk.tag([here], ["海巡", "Taipei"])
    two.laptop.tag([other], ["海上", "ＴＡＩＰＥＩ"])
    two.desk.set_note(here, "熱線的號碼？")
    two.laptop.set_note(other, "電話番号は？")
    two.desk.highlights.keep(here, Quote("設立熱線", "", "", 0), "誰接？")
    two.laptop.highlights.keep(other, Quote("設立熱線", "", "", 0))
    two.laptop.highlights.keep(other, Quote("海上救難的經驗", "", "", 0), "経験とは")
    two.laptop.edit(there(two.laptop, ja), title="台日ホットライン", date="2026-11-07")
    report = two.desk.merge(two.laptop.home)
    article = two.desk.article(here)
    assert set(article.summary.tags) == {
        "Taipei",
        "海上",
        "海巡",
    }
    assert article.note == "熱線的號碼？\n\n---\n\n電話番号は？"
    assert [(one.quote, one.comment) for one in article.highlights] == [
        ("設立熱線", "誰接？"),
        ("海上救難的經驗", "経験とは"),
    ]
    assert two.desk.article(there(two.desk, "台日ホットライン")).summary.published is not None
    assert (report.new, report.changed, report.same) == (1, 2, 2)
    assert two.desk.matching("note:電話番号")[0] == [here]


def test_twice_changes_nothing_more_and_both_ways_come_to_the_same(two: Two) -> None:
    zh = PIECES[1]["title"]
    two.desk.set_note(there(two.desk, zh), "一")
    two.laptop.set_note(there(two.laptop, zh), "二")
    two.laptop.mark([there(two.laptop, zh)], "star")
    two.desk.merge(two.laptop.home)
    first, token = everything(two.desk), two.desk.undo()
    assert two.desk.redo() == token == "merged the library laptop"
    again = two.desk.merge(two.laptop.home)
    assert (again.new, again.changed, again.same) == (0, 0, 5)
    assert everything(two.desk) == first
    two.laptop.merge(two.desk.home)
    assert everything(two.laptop) == first
    assert two.laptop.merge(two.desk.home).changed == 0


def test_one_undo_takes_all_of_it_back_and_it_can_come_again(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.library.merging.BATCH", 2)
    zh = there(two.laptop, PIECES[1]["title"])
    two.laptop.tag([zh], ["海"])
    two.laptop.stories.split(*_story_of(two.laptop))
    before = everything(two.desk)
    two.desk.merge(two.laptop.home)
    merged = everything(two.desk)
    assert merged != before
    assert two.desk.undo() == "merged the library laptop"
    assert everything(two.desk) == before
    assert two.desk.matching("視察")[0] == []
    assert two.desk.undo() is None
    assert two.desk.redo() == "merged the library laptop"
    assert everything(two.desk) == merged
    two.desk.undo()
    assert two.desk.merge(two.laptop.home).new == 1
    assert everything(two.desk) == merged
    two.desk.undo()
    bring(two.desk, tmp_path, [MORE])
    assert MORE["title"] in everything(two.desk), "what was undone must not keep a feed from it"
    assert two.desk.redo() == "merged the library laptop"
    assert everything(two.desk).keys() == merged.keys()
    assert len(two.desk.listing("").ids) == len(merged)


def _story_of(library: Library) -> tuple[int, list[int]]:
    library.group(10)
    ids = [there(library, PIECES[place]["title"]) for place in (0, 1, 2)]
    stories = {row.story for row in library.rows(ids)}
    first = next(iter(stories))
    assert first is not None
    for other in stories - {first}:
        assert other is not None
        library.stories.merge(first, other)
    return first, ids[:1]


def test_stories_made_by_hand_come_over(two: Two) -> None:
    two.laptop.stories.split(*_story_of(two.laptop))
    two.desk.merge(two.laptop.home)
    rows = {row.title: row.story for row in two.desk.rows(two.desk.listing("").ids)}
    en, zh, ja = (rows[PIECES[place]["title"]] for place in (0, 1, 2))
    assert zh == ja
    assert en not in {zh, None}
    assert two.desk.merge(two.laptop.home).changed == 0
    assert {row.title: row.story for row in two.desk.rows(two.desk.listing("").ids)} == rows


def test_what_was_deleted_here_stays_so_unless_somebody_worked_on_it_there(two: Two) -> None:
    chips, coast = PIECES[3]["title"], PIECES[0]["title"]
    two.desk.delete([there(two.desk, chips), there(two.desk, coast)])
    two.laptop.set_note(there(two.laptop, coast), "keep")
    two.laptop.delete([there(two.laptop, PIECES[2]["title"])])
    report = two.desk.merge(two.laptop.home)
    titles = everything(two.desk)
    assert chips not in titles
    assert titles[coast][2] == "keep"
    assert PIECES[2]["title"] in titles, "a merge deletes nothing"
    assert report.kept_away == 1
    two.desk.undo()
    assert coast not in everything(two.desk)


def test_read_and_starred_are_as_they_were_left_last(two: Two) -> None:
    titles = [str(PIECES[place]["title"]) for place in (0, 1, 3)]
    for library, what in ((two.desk, "read"), (two.laptop, "read"), (two.desk, "star")):
        library.mark([there(library, title) for title in titles], what)
    two.laptop.mark([there(two.laptop, titles[0])], "unread")
    two.desk.mark([there(two.desk, titles[1])], "unread")
    two.laptop.mark([there(two.laptop, titles[1])], "unread")
    two.laptop.mark([there(two.laptop, titles[1])], "read")
    two.desk.merge(two.laptop.home)
    rows = {row.title: row for row in two.desk.rows(two.desk.listing("").ids)}
    assert [rows[title].read for title in titles] == [False, True, True]
    assert all(rows[title].starred for title in titles)


def test_of_two_texts_the_newer_is_shown_and_the_older_kept(two: Two, tmp_path: Path) -> None:
    piece = PIECES[1]
    newer = {
        **piece,
        "text": f"{piece['text']}更正：熱線下月開通。",
        "title": "台日海巡熱線（更正）",
    }
    bring(two.laptop, tmp_path, [newer])
    ident = there(two.desk, str(piece["title"]))
    two.desk.highlights.keep(ident, Quote("設立熱線", "", "", 0))
    before = everything(two.desk)
    two.desk.merge(two.laptop.home)
    assert two.desk.article(ident).summary.title == newer["title"]
    assert [one.title for one in two.desk.versions(ident)] == [piece["title"], newer["title"]]
    assert two.desk.matching("下月開通")[0] == [ident]
    assert two.desk.merge(two.laptop.home).changed == 0
    two.laptop.merge(two.desk.home)
    assert [one.title for one in two.laptop.versions(there(two.laptop, newer["title"]))] == [
        piece["title"],
        newer["title"],
    ]
    two.desk.undo()
    assert everything(two.desk) == before
    assert two.desk.matching("下月開通")[0] == []


def test_an_older_text_there_becomes_a_revision(two: Two, tmp_path: Path) -> None:
    piece = PIECES[1]
    bring(two.desk, tmp_path, [{**piece, "text": f"{piece['text']}更正：熱線下月開通。"}])
    ident = there(two.desk, str(piece["title"]))
    two.desk.merge(two.laptop.home)
    assert "更正" in two.desk.versions(ident)[-1].blocks[-1].text
    assert len(two.desk.versions(ident)) == 2


def test_a_desk_that_is_open_sees_what_comes(two: Two) -> None:
    with Library.open(two.desk.home, CONFIG, background=True) as open_desk:
        token = open_desk.change_token()
        two.desk.merge(two.laptop.home)
        assert open_desk.change_token() != token
        assert there(open_desk, MORE["title"])


def test_a_backup_of_an_older_layout_is_read_and_left_as_it_is(two: Two, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(connect(old)) as db:
        for script in migrations.STEPS[:1]:
            db.executescript(script)
        db.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        db.execute("PRAGMA journal_mode = DELETE")
    before = old.read_bytes()
    assert two.desk.merge(old).new == 0
    assert old.read_bytes() == before
    assert [path.name for path in two.desk.home.glob(".merge*")] == []
    target = tmp_path / "laptop.backup"
    two.laptop.backup(target)
    assert two.desk.merge(target).new == 1


def test_what_is_no_library_changes_nothing(two: Two, tmp_path: Path) -> None:
    foreign, newer, broken = (tmp_path / name for name in ("foreign.db", "newer.db", "broken.db"))
    with closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE mail (id)")
    two.laptop.backup(newer)
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 99")
    two.laptop.backup(broken)
    content = bytearray(broken.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    broken.write_bytes(content)
    before = everything(two.desk)
    for path, error in (
        (foreign, SourceError),
        (tmp_path / "none", SourceError),
        (tmp_path, SourceError),
        (newer, LibraryNewer),
        (broken, (LibraryDamaged, SourceError)),
        (two.desk.home, UsageError),
    ):
        with pytest.raises(error) as caught:
            two.desk.merge(path)
        assert "\n" not in str(caught.value)
    assert everything(two.desk) == before
    assert two.desk.undo() is None


def test_an_article_that_cannot_be_read_is_named_and_the_rest_comes(
    two: Two, tmp_path: Path
) -> None:
    target = tmp_path / "laptop.db"
    two.laptop.backup(target)
    with closing(sqlite3.connect(target)) as db, db:
        db.execute("UPDATE contents SET blocks = x'00ff' WHERE article_id = 2")
        hostile = "\x1b]0;owned\x07漁業\u202e"
        db.execute("UPDATE articles SET title = ? WHERE id = 1", (hostile,))
        db.execute("UPDATE articles SET url = 'javascript:alert(1)' WHERE id = 1")
        db.execute("DELETE FROM known WHERE article_id = 1")
    report = two.desk.merge(target)
    assert [one.id for one in report.failed] == [2]
    (row,) = [row for row in two.desk.rows(two.desk.listing("").ids) if "漁業" in row.title]
    assert (row.title, row.url) == ("漁業", "")


def test_a_library_with_a_trigger_is_refused(two: Two, tmp_path: Path) -> None:
    target = tmp_path / "laptop.db"
    two.laptop.backup(target)
    with closing(sqlite3.connect(target)) as db, db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON outbox BEGIN DELETE FROM notes; END")
    with pytest.raises(LibraryDamaged, match="trigger"):
        two.desk.merge(target)
    with pytest.raises(LibraryDamaged, match="trigger"):
        Library.restore(target, tmp_path / "new")


def test_the_real_program_merges_folders(two: Two, tmp_path: Path) -> None:
    from tests.cli.program import Program  # noqa: PLC0415 - only here

    two.close()
    other = tmp_path / "筆電 library"
    shutil.copytree(two.laptop.home, other)
    program = Program(two.desk.home)
    done = program.good("merge", str(other), "--json")
    assert json.loads(done.out) == {
        "library": str(other),
        "new": 1,
        "changed": 0,
        "same": 4,
        "kept_away": 0,
        "failed": [],
    }
    assert program.search("視察")
    assert "筆電 library" in program.good("undo").out + program.good("redo").err
    assert program("merge", str(two.desk.home)).code == 2
    assert program("merge", str(tmp_path / "none")).err.count("\n") == 1
