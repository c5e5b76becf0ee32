"""Pages that list articles: what a selector finds on them, and which selector is proposed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import SourceError
from digest.ingest.extract.tree import parse
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.feeds.listing import parse_list, selected
from digest.ingest.feeds.proposing import propose

URL = "https://www.ministry.example/press/index.html"
NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)
TOKYO, TAIPEI = ZoneInfo("Asia/Tokyo"), ZoneInfo("Asia/Taipei")

# The shapes in which ministries and offices in both countries list what they publish.
DEFINITIONS = """<html lang="ja"><head><title>報道発表</title></head><body>
<div id="header"><ul class="global-nav"><li><a href="/a">会談・訪問・外遊について</a></li>
<li><a href="/b">外交政策のページへようこそ</a></li>
<li><a href="/c">国・地域のページへようこそ</a></li></ul></div>
<div id="main"><h2>報道発表</h2><dl class="title-list">
<dt>11月8日</dt><dd><ul class="link-list">
<li><a href="r/p1.html">日台民間会議の開催について</a></li>
<li><a href="/press/r/p2.html">半導体分野の協力に関する意見交換</a></li></ul></dd>
<dt>11月7日</dt><dd><ul class="link-list">
<li><a href="r/p3.pdf">海洋安全保障に関する報告書の公表（PDF：523KB）</a></li></ul></dd>
<dt>12月28日</dt><dd><ul class="link-list">
<li><a href="r/p4.html">年末の報道発表について</a></li></ul></dd>
</dl></div></body></html>"""
TABLE = """<html lang="zh-TW"><body>
<nav><a href="1">首頁首頁首頁首頁</a><a href="2">關於我們關於我們</a>
<a href="3">聯絡我們聯絡我們</a></nav>
<table class="list"><tr><th>日期</th><th>標題</th></tr>
<tr><td>115-11-08</td>
<td class="c"><a href="News.aspx?n=1&amp;s=11">外交部感謝日本友人的支持</a></td></tr>
<tr><td>115-11-07</td>
<td class="c"><a href="News.aspx?n=1&amp;s=12">台日漁業會談今日於台北舉行</a></td></tr>
<tr><td>115/11/06</td>
<td class="c"><a href="News.aspx?n=1&amp;s=13">第三屆台日海洋事務對話會</a></td></tr>
</table></body></html>"""
CARDS = (
    '<html lang="en"><body><div class="news css-8f7a21">'
    + "".join(
        f'<article class="card"><a class="pic" href="/n/{n}"><img alt=""></a>'
        f'<time datetime="2026-11-0{n}T09:00:00+09:00">Nov. {n}</time>'
        f'<h3 class="card__title"><a href="/n/{n}">Statement {n} on the talks in Tokyo</a></h3>'
        f'<p>A lead.</p><a href="/n/{n}#more">Read more</a></article>'
        for n in range(1, 8)
    )
    + '</div><aside class="ranking"><ul>'
    + "".join(
        f'<li><a href="/n/{n}">An old story with a long headline {n}</a>' for n in range(20, 26)
    )
    + "</ul></aside></body></html>"
)
WHOLE_ITEM = """<html><body><div class="news"><ul>
<li><a href="/a1"><span>2026.11.09</span><span>お知らせ</span>
<p class="ttl">台湾フェアの開催</p></a></li>
<li><a href="/a2"><span>2026.11.01</span><span>募集</span>
<p class="ttl">NEW 研究員の募集</p></a></li>
<li><a href="/a3"><span>令和8年10月1日</span><span>報告</span><p class="ttl">交流の報告</p></a></li>
</ul></div></body></html>"""


def read(page: str, items: str, zone: ZoneInfo = TOKYO) -> list[tuple[str, str, str]]:
    feed = parse_list(page.encode(), url=URL, items=items, zone=zone, now=NOW)
    return [
        (
            f"{entry.published.astimezone(zone):%Y-%m-%d}" if entry.published else "",
            entry.title,
            entry.url.removeprefix("https://www.ministry.example"),
        )
        for entry in feed.entries
    ]


@pytest.mark.parametrize("items", ["ul.link-list a", "ul.link-list li", "#main dd li"])
def test_one_date_above_several_links(items: str) -> None:
    assert read(DEFINITIONS, items) == [
        ("2026-11-08", "日台民間会議の開催について", "/press/r/p1.html"),
        ("2026-11-08", "半導体分野の協力に関する意見交換", "/press/r/p2.html"),
        ("2026-11-07", "海洋安全保障に関する報告書の公表", "/press/r/p3.pdf"),
        ("2025-12-28", "年末の報道発表について", "/press/r/p4.html"),
    ]


@pytest.mark.parametrize("items", ["table.list a", "table.list tr"])
def test_years_of_the_republic_in_the_cell_beside(items: str) -> None:
    assert read(TABLE, items, TAIPEI) == [
        ("2026-11-08", "外交部感謝日本友人的支持", "/press/News.aspx?n=1&s=11"),
        ("2026-11-07", "台日漁業會談今日於台北舉行", "/press/News.aspx?n=1&s=12"),
        ("2026-11-06", "第三屆台日海洋事務對話會", "/press/News.aspx?n=1&s=13"),
    ]


def test_of_a_card_its_heading_and_its_marked_time() -> None:
    feed = parse_list(CARDS.encode(), url=URL, items="article.card", zone=TOKYO, now=NOW)
    assert len(feed.entries) == 7
    assert feed.entries[0].title == "Statement 1 on the talks in Tokyo"
    assert feed.entries[0].published == datetime(2026, 11, 1, tzinfo=UTC)


def test_a_link_around_everything_gives_its_title_alone() -> None:
    assert read(WHOLE_ITEM, "div.news a") == [
        ("2026-11-09", "台湾フェアの開催", "/a1"),
        ("2026-11-01", "研究員の募集", "/a2"),
        ("2026-10-01", "交流の報告", "/a3"),
    ]


@pytest.mark.parametrize(
    ("page", "encoding"),
    [(DEFINITIONS, "cp932"), (DEFINITIONS, "euc_jp"), (TABLE, "big5")],
)
def test_pages_of_old_encodings(page: str, encoding: str) -> None:
    body = page.encode(encoding)
    (first, *_) = parse_list(body, url=URL, items="dd a, td a", zone=TOKYO, now=NOW).entries
    assert first.title in {"日台民間会議の開催について", "外交部感謝日本友人的支持"}


def test_relative_links_go_by_the_pages_base() -> None:
    page = (
        '<html><head><base href="/de/"></head><body><p><a href="x">Ein Titel</a></p></body></html>'
    )
    assert read(page, "p a")[0][2] == "/de/x"


def test_links_to_elsewhere_than_the_web_and_empty_ones_are_left_out() -> None:
    page = (
        "<ul><li><a href='javascript:alert(1)'>One</a><li><a href='mailto:a@b.example'>Two</a>"
        "<li><a href='/3'></a><li><a href='/4' title='Four'>詳細はこちら</a><li><a>Five</a></ul>"
    )
    assert read(page, "li") == [("", "Four", "/4")]


def test_a_day_to_come_is_no_date_of_publication() -> None:
    page = "<ul><li><a href='/1'>A symposium</a> 2026-12-24</ul>"
    assert read(page, "li") == [("", "A symposium", "/1")]


def test_a_selector_that_finds_nothing_says_so() -> None:
    feed = parse_list(TABLE.encode(), url=URL, items="ul.gone a", now=NOW)
    assert not feed.entries
    assert "nothing on this page fits items = 'ul.gone a'" in feed.problem


@pytest.mark.parametrize("items", ["li >", ":nth-child(", "a:unknown(b)", "a" + ":not(b)" * 5000])
def test_what_is_no_selector_is_said_to_be_none(items: str) -> None:
    with pytest.raises(SourceError):
        selected(parse(TABLE), items)


@pytest.mark.parametrize(
    ("page", "items", "count"),
    [
        (DEFINITIONS, "ul.link-list a", 4),
        (TABLE, "td.c a", 3),
        (CARDS, "h3.card__title a", 7),
        (WHOLE_ITEM, "div.news a", 3),
    ],
)
def test_the_list_of_articles_is_proposed_first(page: str, items: str, count: int) -> None:
    first = propose(parse(page), url=URL, zone=TOKYO, now=NOW)[0]
    assert (first.items, len(first.entries)) == (items, count)
    assert all(entry.published for entry in first.entries)


def test_a_page_of_navigation_alone_proposes_nothing() -> None:
    page = TABLE[: TABLE.index("<table")]
    assert propose(parse(page), url=URL, now=NOW) == ()


@given(st.binary(max_size=400), st.sampled_from(["a", "li", "body *", "p > a"]))
def test_no_bytes_raise(body: bytes, items: str) -> None:
    page = b"<html><body><ul><li><a href='/1'>" + body + b"</a></ul>"
    assert isinstance(parse_list(page, url=URL, items=items, now=NOW), ParsedFeed)
