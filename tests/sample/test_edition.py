from __future__ import annotations

import re
from calendar import timegm
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from lxml import html

from digest.sample.edition import edition
from digest.sample.outlets import OUTLETS, SITE
from digest.sample.pieces import Piece, pieces_of

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PIECES = [piece for outlet in OUTLETS for piece in pieces_of(outlet, NOW)]
EVERY = pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.path)
# Forms of common characters that belong to one of the three ways of writing alone.
SIMPLIFIED = set("国会学经济发战湾关东时间这说对为来过还进运动车书长门问见观气义议员报农产业")
SHINJITAI = set("県経済発戦湾関沢広円売読単厳団図実変対帰応権歳気渋続蔵験黒竜鉄辺圧囲壊")
KYUJITAI = set("國會學經濟發戰灣關廣圓賣讀單嚴團圖實變對歸應權歲氣續藏驗鐵邊壓圍壞體與")


def tree_of(page: str) -> Any:
    return html.document_fromstring(page)


def words(piece: Piece) -> str:
    body: Any = html.fragment_fromstring(piece.body, create_parent="div")
    for aside in body.xpath(".//rt | .//rp"):
        aside.drop_tree()
    return re.sub(r"\s+", " ", str(body.text_content())).strip()


def test_there_are_enough_pieces_in_three_languages_on_many_events() -> None:
    assert len(PIECES) >= 30
    languages = Counter(piece.outlet.lang for piece in PIECES)
    assert set(languages) == {"en", "zh-Hant", "ja"}
    assert min(languages.values()) >= 8
    events = {piece.event for piece in PIECES}
    assert len(events) >= 12
    told = [{p.outlet.lang for p in PIECES if p.event == event} for event in events]
    assert sum(len(each) == 3 for each in told) >= 5
    assert sum(len(each) >= 2 for each in told) >= 11


@EVERY
def test_each_piece_is_short_and_whole(piece: Piece) -> None:
    text = words(piece)
    if piece.outlet.lang == "en":
        assert 80 <= len(text.split()) <= 220
    else:
        assert 150 <= len(text) <= 450
    assert piece.title
    assert piece.author
    assert piece.summary.endswith((".", "。"))
    assert NOW - timedelta(days=15) < piece.published < NOW


@EVERY
def test_each_piece_is_written_as_its_readers_write(piece: Piece) -> None:
    text = piece.title + piece.summary + words(piece)
    if piece.outlet.lang == "zh-Hant":
        text.replace("栃", "").encode("cp950")  # a name of a place that Big5 has no sign for
        assert not set(text) & (SIMPLIFIED | SHINJITAI)
        assert not re.search("[ぁ-ヺ]", text)
    elif piece.outlet.lang == "ja":
        text.encode("cp932")
        assert not set(text) & KYUJITAI
        assert len(re.findall("[ぁ-ゖ]", text)) > len(text) / 5
    else:
        assert text.isascii()


@EVERY
def test_each_page_says_that_it_is_a_sample(piece: Piece) -> None:
    page = edition(NOW).pages[piece.path].decode()
    assert page.count("taiwan-japan-digest") == 1
    tree = tree_of(page)
    assert [link.get("href") for link in tree.xpath("//link[@rel='canonical']")] == [
        f"{SITE}/{piece.path}"
    ]
    assert tree.xpath("string(//h1)") == piece.title
    assert re.search("sample|範例|樣本|サンプル|見本", piece.outlet.name)
    assert "$" not in re.sub(r"US\$", "", str(tree.text_content()))


def test_every_link_inside_the_edition_leads_to_a_page() -> None:
    made = edition(NOW, "http://127.0.0.1:9")
    for path, page in made.pages.items():
        tree = tree_of(page.decode())
        tree.make_links_absolute(f"{SITE}/{path}")
        for _, name, address, _ in tree.iterlinks():
            target = address.partition("#")[0].removeprefix(f"{SITE}/")
            if name == "href":
                assert target in {*made.pages, *made.feeds}, (path, address)
    for feed in made.feeds.values():
        for entry in feedparser.parse(feed).entries:
            assert entry.link.removeprefix("http://127.0.0.1:9/") in made.pages


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.key)
def test_each_feed_is_well_formed_and_complete(outlet: object) -> None:
    [key] = [each.key for each in OUTLETS if each is outlet]
    raw = edition(NOW).feeds[f"{key}/feed.xml"]
    ET.fromstring(raw)
    parsed = feedparser.parse(raw)
    pieces = [piece for piece in PIECES if piece.outlet.key == key]
    assert not parsed.bozo
    assert parsed.feed.title == pieces[0].outlet.name
    assert parsed.feed.language == pieces[0].outlet.lang
    assert [entry.title for entry in parsed.entries] == [piece.title for piece in pieces]
    assert [entry.summary for entry in parsed.entries] == [piece.summary for piece in pieces]
    assert [entry.author for entry in parsed.entries] == [piece.author for piece in pieces]
    dates = [entry.get("published_parsed") or entry.updated_parsed for entry in parsed.entries]
    assert [timegm(date) for date in dates] == [piece.published.timestamp() for piece in pieces]


def test_rss_atom_and_rdf_are_all_there() -> None:
    versions = {feedparser.parse(raw).version for raw in edition(NOW).feeds.values()}
    assert versions == {"rss20", "atom10", "rss10"}


def test_dates_follow_the_clock_and_nothing_else_does() -> None:
    later = NOW + timedelta(days=400)
    for outlet in OUTLETS:
        now, then = pieces_of(outlet, NOW), pieces_of(outlet, later)
        assert [p.published + timedelta(days=400) for p in now] == [p.published for p in then]
        assert [p.canonical for p in now] == [p.canonical for p in then]
    assert edition(NOW) == edition(NOW)


def test_the_edition_shows_every_kind_of_structure() -> None:
    bodies = "\n".join(piece.body for piece in PIECES)
    for tag in ("h2", "blockquote", "ul", "ol", "table", "figcaption", "a", "ruby"):
        assert f"<{tag}" in bodies, tag


def test_there_is_a_near_reprint() -> None:
    english = [piece for piece in PIECES if piece.outlet.lang == "en"]
    shared = [
        (one.title, other.title)
        for one, other in combinations(english, 2)
        if len(set(one.body.split("\n")) & set(other.body.split("\n"))) >= 3
    ]
    assert len(shared) == 1
    assert len(set(shared[0])) == 2
