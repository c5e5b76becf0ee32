"""Whom and what the articles name: forms, weeks, languages, outlets, and whom beside."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import ConfigError, UnknownName, UsageError
from digest.library import Library
from digest.library.own_names import OwnName
from tests.library.conftest import CONFIG, bring


def piece(title: str, text: str, lang: str, day: str, feed: str) -> dict[str, str]:
    return {
        "title": title,
        "text": text,
        "lang": lang,
        "published": day,
        "feed": feed,
        "url": f"https://{feed.lower().replace(' ', '')}.example/{day[:10]}{lang}",
    }


PIECES = (
    piece(
        "Lai Ching-te receives Aso",
        "Lai Ching-te thanked Taro Aso in Taipei.",
        "en",
        "2026-11-02T02:00:00Z",  # a Monday
        "Herald",
    ),
    piece("賴清德接見麻生太郎", "總統賴清德表示感謝。", "zh-Hant", "2026-11-03T02:00:00Z", "島嶼"),
    # Still Sunday in UTC, Monday the 23rd in Taipei.
    piece("頼清徳総統の演説", "総統が演説した。", "ja", "2026-11-22T17:00:00Z", "東亜"),
    piece("Rain over Yonaguni", "Nothing but rain.", "en", "2026-11-04T02:00:00Z", "Herald"),
)
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Library:
    library = Library.open(home, CONFIG, clock=lambda: NOW)
    bring(library, tmp_path, PIECES)
    return library


def test_a_profile_counts_articles_and_mentions_in_every_language(desk: Library) -> None:
    with desk:
        (known,) = desk.who.meant("頼清徳")
        found = desk.who.profile(known.id)
    assert known.id == "lai-ching-te"
    assert {"賴清德"} <= set(known.forms["zh"])
    assert {"頼清徳"} <= set(known.forms["ja"])
    assert found.who.articles == 3
    assert found.mentions == 2 + 2 + 1
    assert found.languages == {"en": 1, "ja": 1, "zh": 1}
    assert found.feeds == {"Herald": 1, "島嶼": 1, "東亜": 1}
    assert found.articles == (3, 2, 1)
    assert found.first == datetime(2026, 11, 2, 2, tzinfo=UTC)


def test_weeks_are_in_a_row_up_to_this_one_and_those_of_the_zone(desk: Library) -> None:
    with desk:
        weeks = desk.who.profile("lai-ching-te").weeks
        one = desk.who.profile("lai-ching-te", weeks=1).weeks
    assert [(week.start, week.articles, week.mentions) for week in weeks] == [
        ("2026-11-02", 2, 4),
        ("2026-11-09", 0, 0),
        ("2026-11-16", 0, 0),
        ("2026-11-23", 1, 1),
    ]
    assert weeks[0].name == "2026-W45"
    assert weeks[0].languages == {"en": 1, "zh": 1}
    assert weeks[0].feeds == {"Herald": 1, "島嶼": 1}
    assert [week.start for week in one] == ["2026-11-23"]


def test_after_a_long_silence_the_weeks_end_with_the_last_mention(desk: Library) -> None:
    with desk:
        weeks = desk.who.profile("yonaguni", weeks=3).weeks
    assert [week.start for week in weeks] == ["2026-11-02"]


def test_who_appears_beside_whom(desk: Library) -> None:
    with desk:
        beside = {one.id: one.count for one in desk.who.profile("lai-ching-te").beside}
    assert beside["taro-aso"] == 2
    assert beside["taipei"] == 1
    assert "lai-ching-te" not in beside
    assert "yonaguni" not in beside


def test_a_query_narrows_what_counts(desk: Library) -> None:
    with desk:
        ids, _ = desk.matching("lang:zh")
        found = desk.who.profile("lai-ching-te", ids)
        named = [one.id for one in desk.who.named(ids)]
    assert found.who.articles == 1
    assert found.languages == {"zh": 1}
    assert set(named) == {"lai-ching-te", "taro-aso"}


def test_those_whom_most_name_come_first_and_a_kind_alone(desk: Library) -> None:
    with desk:
        first, *_ = desk.who.named()
        places = desk.who.named(kind="place")
    assert (first.id, first.articles) == ("lai-ching-te", 3)
    assert {one.id for one in places} >= {"taipei", "yonaguni"}
    assert {one.kind for one in places} == {"place"}


def test_deleted_articles_do_not_count(desk: Library) -> None:
    with desk:
        desk.delete([1])
        assert desk.who.profile("lai-ching-te").who.articles == 2
        assert {one.id: one.articles for one in desk.who.named()}["lai-ching-te"] == 2


def test_a_profile_names_a_query_for_its_articles(desk: Library) -> None:
    with desk:
        for known in desk.who.named(limit=50):
            assert sorted(desk.matching(known.query)[0]) == sorted(
                desk.who.profile(known.id).articles
            )


def test_an_id_that_is_no_name_is_looked_up_as_an_id(desk: Library) -> None:
    with desk:
        assert [one.id for one in desk.who.meant("acer-2")] == ["acer-2"]
        assert desk.who.meant("no-such-name") == []
        with pytest.raises(UnknownName):
            desk.who.profile("no-such-name")


def test_a_name_of_ones_own_is_found_in_what_is_there(desk: Library) -> None:
    with desk:
        made = desk.who.add(OwnName(kind="event", en=("Nothing but rain",), ja=("雨のみ",)))
        assert made.id == "nothing-but-rain"
        assert desk.who.profile(made.id).articles == (4,)
        with pytest.raises(UsageError, match="already"):
            desk.who.add(OwnName(en=("Other rain",), id=made.id))
        again = desk.who.add(OwnName(en=("Nothing but rain!",)))
        assert again.id == "nothing-but-rain-2"


def test_a_correction_keeps_the_comments_and_the_other_languages(desk: Library, home: Path) -> None:
    file = home / "names.toml"
    file.write_text(
        "# mine\r\n\r\n[[names]] # a minister\r\nkind = 'person'\r\nen = ['WANG Hsiao-ming']\r\n"
        "zh = [\r\n  '王小明', # wrong\r\n]\r\n\r\n# the end\r\n",
        newline="",
    )
    with desk:
        desk.who.correct("wang-hsiao-ming", OwnName(zh=("王曉明",), side="taiwan"))
        (known,) = desk.who.meant("王曉明")
        assert known.forms["en"] == ("Wang Hsiao-ming", "Hsiao-ming Wang")
        desk.who.correct("taro-aso", OwnName(ja=("麻生",)))
        (aso,) = desk.who.meant("taro-aso")
        assert aso.forms["ja"] == ("麻生",)
        assert "麻生太郎" in aso.forms["zh"]
        desk.who.correct("taro-aso", OwnName(ja=("麻生太郎", "麻生")))
        assert desk.who.meant("taro-aso")[0].forms["ja"] == ("麻生太郎", "麻生")
    text = file.read_bytes().decode()
    assert "# mine\r\n" in text
    assert "[[names]] # a minister\r\n" in text
    assert "# the end" in text
    assert text.count("taro-aso") == 1
    assert "\n" not in text.replace("\r\n", "")


def test_a_forgotten_name_is_no_name_until_the_file_says_so(desk: Library, home: Path) -> None:
    with desk:
        desk.who.forget("yonaguni")
        assert not [one for one in desk.who.named() if one.id == "yonaguni"]
        made = desk.who.add(OwnName(en=("Nothing but rain",)))
        desk.who.forget(made.id)
        with pytest.raises(UnknownName):
            desk.who.profile(made.id)
    assert "nothing" not in (home / "names.toml").read_text()


def test_nothing_is_written_that_would_not_be_read(desk: Library, home: Path) -> None:
    with desk:
        with pytest.raises(ConfigError, match="kind is one of"):
            desk.who.add(OwnName(kind="persn", en=("Nobody",)))
        with pytest.raises(UsageError):
            desk.who.add(OwnName(kind="person"))
        with pytest.raises(ConfigError):
            desk.who.correct("taro-aso", OwnName(en=("a|b",)))
        assert not (home / "names.toml").exists()
        (home / "names.toml").write_text("names = 3\n")
        with pytest.raises(ConfigError):
            desk.who.add(OwnName(en=("Nobody",)))
        assert (home / "names.toml").read_text() == "names = 3\n"
