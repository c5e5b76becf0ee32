from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.ingest.extract.pages import extract_fragment
from tests.ingest.extract.pages import HINTS, TWO_PARAGRAPHS, article

TEXT = "<h1>台日関係の進展</h1>" + TWO_PARAGRAPHS


def meta(**contents: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">'
        for name, content in contents.items()
    )


def linked(**data: Any) -> str:
    source = json.dumps({"@type": "NewsArticle", **data})
    return f'<script type="application/ld+json">{source}</script>'


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


# Titles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("台日関係の進展", ""),
        ("台日関係の進展 | 見本新聞", ""),
        ("台日関係の進展 - 政治 - 見本新聞", meta(og__site_name="見本新聞")),
        ("見本新聞｜台日関係の進展", meta(og__site_name="見本新聞")),
        ("見本新聞", meta(og__title="台日関係の進展 ｜ 見本新聞", og__site_name="見本新聞")),
        ("見本新聞", linked(headline="台日関係の進展")),
    ],
)
def test_the_title_is_the_headline_without_the_site(title: str, head: str) -> None:
    assert article(TEXT, title=title, head=head).title == "台日関係の進展"


def test_a_heading_that_is_the_site_is_no_title() -> None:
    body = "<h1>見本新聞</h1><h2>台日関係の進展</h2>" + TWO_PARAGRAPHS
    found = article(body, title="台日関係の進展 :: 見本新聞")
    assert found.title == "台日関係の進展"


@pytest.mark.parametrize(
    ("hint", "title"),
    [
        ("速報：台日関係が進展", "速報：台日関係が進展"),
        ("台日関係の…", "台日関係の進展"),
        ("台日関係の...", "台日関係の進展"),
        ("別の見出し…", "別の見出し…"),
        ("20261108-0001", "台日関係の進展"),
        ("https://example.jp/a", "台日関係の進展"),
        ("Untitled", "台日関係の進展"),
        ("", "台日関係の進展"),
    ],
)
def test_a_sound_title_of_the_feed_wins(hint: str, title: str) -> None:
    found = article(TEXT, title="台日関係の進展", hints=replace(HINTS, title=hint))
    assert found.title == title


def test_without_any_title_the_first_sentence_is_one() -> None:
    assert (
        extract_fragment(TWO_PARAGRAPHS, url="", hints=HINTS).title
        == "頼総統は8日、日本の議員団と会談した"
    )


def test_the_text_does_not_repeat_the_title() -> None:
    found = article(TEXT, title="台日関係の進展")
    assert found.blocks[0].text.startswith("頼総統は")


# Authors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        (linked(author={"@type": "Person", "name": "山田太郎"}), "", "山田太郎"),
        (linked(author=[{"name": "王大明"}, {"name": "陳小華"}]), "", "王大明, 陳小華"),
        (linked(author="John Smith and Mary Jones"), "", "John Smith, Mary Jones"),
        ('<meta name="author" content="記者 王大明／台北報導">', "", "王大明"),
        ('<meta name="author" content="見本新聞">' + meta(og__site_name="見本新聞"), "", ""),
        ('<meta name="author" content="https://example.jp/u/1">', "記者王大明", "王大明"),
        ("", "文／林美玲", "林美玲"),
        ("", "［記者陳志明／綜合報導］", "陳志明"),
        ("", "By Jane Doe - Apr 16, 2026 8:02 pm", "Jane Doe"),
        ("", "執筆：鈴木一郎", "鈴木一郎"),
        ("", "", ""),
    ],
)
def test_authors(head: str, byline: str, author: str) -> None:
    body = f'<h1>台日関係の進展</h1><p class="byline">{byline}</p>{TWO_PARAGRAPHS}'
    assert article(body, head=head).author == author


def test_the_author_of_the_feed_wins() -> None:
    found = article(TEXT, head=linked(author="他の人"), hints=replace(HINTS, author="佐藤花子"))
    assert found.author == "佐藤花子"


# Dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "line", "published"),
    [
        (linked(datePublished="2026-11-08T09:00:00+09:00"), "", utc(2026, 11, 8)),
        (linked(datePublished="2026-11-08T09:00:00"), "", utc(2026, 11, 8, 1)),
        (meta(article__published_time="2026-11-08T10:30:00Z"), "", utc(2026, 11, 8, 10, 30)),
        (
            linked(datePublished="2026-11-08") + meta(date="2026-11-08 10:30"),
            "",
            utc(2026, 11, 8, 2, 30),
        ),
        ("", "<time datetime='2026-11-08T08:00:00+08:00'>今日</time>", utc(2026, 11, 8)),
        ("", "<p class='date'>中華民國115年11月8日</p>", utc(2026, 11, 8, 4)),
        ("", "<p class='date'>令和8年11月8日</p>", utc(2026, 11, 8, 4)),
        ("", "<p class='date'>令和元年5月1日</p>", utc(2019, 5, 1, 4)),
        ("", "<p>2026年11月8日 15時30分</p>", utc(2026, 11, 8, 7, 30)),
        ("", "<p class='pubdate'>2026/11/08 下午3:05</p>", utc(2026, 11, 8, 7, 5)),
        ("", "<p class='date'>115.11.08</p>", utc(2026, 11, 8, 4)),
        ("", "<p class='date'>11月8日</p>", utc(2026, 11, 8, 4)),
        ("", "<p class='date'>12月30日</p>", None),
        ("", "", None),
        (linked(datePublished="2036-01-01"), "", None),
        (linked(datePublished="soon"), "", None),
    ],
)
def test_dates_of_publication(head: str, line: str, published: datetime | None) -> None:
    body = f"<h1>台日関係の進展</h1>{line}{TWO_PARAGRAPHS}"
    assert article(body, head=head).published == published


def test_the_year_of_a_day_follows_from_the_present() -> None:
    hints = replace(HINTS, now=utc(2027, 1, 3))
    found = article(f"<h1>会談</h1><p class='date'>12月30日</p>{TWO_PARAGRAPHS}", hints=hints)
    assert found.published == utc(2026, 12, 30, 4)


@pytest.mark.parametrize("line", ["11月8日 15:30", "11月8日（六）15:30", "11月8日 下午3:30"])
def test_the_year_of_a_day_follows_from_the_feed(line: str) -> None:
    hints = replace(HINTS, published=utc(2025, 11, 8))  # the feed knows the day alone
    found = article(f"<h1>会談</h1><p class='date'>{line}</p>{TWO_PARAGRAPHS}", hints=hints)
    assert found.published == utc(2025, 11, 8, 7, 30)


@pytest.mark.parametrize(
    ("given", "published"),
    [
        (utc(2026, 11, 8, 3, 15), utc(2026, 11, 8, 3, 15)),
        (utc(2026, 11, 8), utc(2026, 11, 8, 1, 30)),
        (utc(2026, 10, 1), utc(2026, 10, 1)),
    ],
    ids=["time-known", "day-only", "another-day"],
)
def test_the_date_of_the_feed_wins_unless_it_lacks_the_time(
    given: datetime, published: datetime
) -> None:
    head = linked(datePublished="2026-11-08T09:30:00+08:00")
    assert article(TEXT, head=head, hints=replace(HINTS, published=given)).published == published


def test_modified() -> None:
    head = linked(
        datePublished="2026-11-08T09:00:00+09:00", dateModified="2026-11-09T09:00:00+09:00"
    )
    assert article(TEXT, head=head).modified == utc(2026, 11, 9)
    assert article(TEXT).modified is None


@pytest.mark.parametrize(
    ("head", "modified"),
    [
        (meta(article__modified_time="2026-11-09T09:00:00+09:00"), utc(2026, 11, 9)),
        (meta(article__modified_time="2026-11-09T09:00:00Z"), utc(2026, 11, 9, 9)),
        (meta(article__modified_time="2026-11-09T09:00:00"), utc(2026, 11, 9, 1)),
        (meta(og__updated_time="民國115年11月9日 09:00"), utc(2026, 11, 9, 1)),
        (meta(lastmod="令和8年11月9日"), utc(2026, 11, 9, 4)),
        (meta(lastmod="yesterday"), None),
    ],
)
def test_modified_as_machines_are_told(head: str, modified: datetime | None) -> None:
    assert article(TEXT, head=head).modified == modified


FIRST, LATER = utc(2026, 11, 8, 2), utc(2026, 11, 9, 4, 30)


@pytest.mark.parametrize(
    ("lines", "modified"),
    [
        (["公開日：2026年11月8日 10:00　更新日：2026年11月9日 12:30"], LATER),
        (["更新日：2026年11月9日 12:30　公開日：2026年11月8日 10:00"], LATER),
        (["最終更新：11月9日 12:30", "2026年11月8日 10:00"], LATER),
        (["2026/11/08 10:00", "最後更新 2026/11/09 12:30"], LATER),
        (["發布時間：民國115年11月8日 10:00", "最新更新時間：民國115年11月9日 12:30"], LATER),
        (["Published Nov 8, 2026 11:00 JST | Updated Nov 9, 2026 13:30 JST"], LATER),
        (["2026年11月8日 10:00 更新"], None),
        (["2026年11月8日 10:00", "前回の更新：2026年11月1日"], None),
    ],
)
def test_published_and_modified_as_readers_see_them(
    lines: list[str], modified: datetime | None
) -> None:
    shown = "".join(f'<p class="date">{line}</p>' for line in lines)
    found = article(f"<h1>台日関係の進展</h1>{shown}{TWO_PARAGRAPHS}")
    assert (found.published, found.modified) == (FIRST, modified)


# The rest -----------------------------------------------------------------------------------------


def test_json_that_is_nearly_json_is_read() -> None:
    head = '<script type="application/ld+json">\n{"@graph":[{"@type":"WebSite","name":"s"},'
    head += '{"@type":["Thing","ReportageNewsArticle"],"headline":"A\nheadline","author":"林"}]};'
    head += "</script>"
    found = article("<h1>x</h1>" + TWO_PARAGRAPHS, head=head, title="s")
    assert (found.title, found.author) == ("A headline", "林")


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        (
            "/politics/2026/story.html?utm_source=x",
            "https://news.example.jp/politics/2026/story.html",
        ),
        ("https://www.example.jp/story", "https://www.example.jp/story"),
        ("https://news.example.jp/", ""),
        ("https://other.example.com/story", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_canonical_address(href: str, canonical: str) -> None:
    found = article(TEXT, head=f'<link rel="canonical" href="{href}">')
    assert found.canonical_url == canonical


@pytest.mark.parametrize(
    ("declared", "text", "lang"),
    [
        ("en", "<p>賴總統今天會見日本議員團。</p><p>雙方對半導體合作交換意見。</p>", "zh-Hant"),
        ("zh-TW", "<p>頼総統は8日に会談した。</p><p>双方は協力で一致した。</p>", "ja"),
        ("ja", "<p>日台首相会談実施</p><p>半導体協力合意</p>", "ja"),
        ("zh-TW", "<p>日台首相會談</p><p>合作大有可為</p>", "zh-Hant"),
        ("ja", "<p>The two sides met on Sunday and agreed that the talks go on.</p>" * 2, "en"),
    ],
)
def test_language_by_the_script_then_by_what_the_page_declares(
    declared: str, text: str, lang: str
) -> None:
    assert article(text, lang=declared, title="x").lang == lang


def test_outlet() -> None:
    head = meta(og__site_name="見本新聞")
    assert article(TEXT, head=head).outlet == "見本新聞"
    assert article(TEXT, head=linked(publisher={"name": "見本通信"})).outlet == "見本通信"
    assert (
        article(TEXT, head=head, hints=replace(HINTS, outlet="私のフィード")).outlet
        == "私のフィード"
    )


@pytest.mark.parametrize(
    ("head", "end", "partial"),
    [
        ("", "", False),
        (linked(isAccessibleForFree=False), "", True),
        (linked(isAccessibleForFree="False"), "", True),
        (linked(isAccessibleForFree=True), "", False),
        ("", "<p>この記事は有料会員限定です。残り1,234文字</p>", True),
        ("", "<p>訂閱後即可閱讀全文。</p>", True),
        ("", "<p>外相は次のように述べた…</p>", True),
        ("", "<p>Subscribe to continue reading this article.</p>", True),
    ],
)
def test_an_article_known_to_be_cut_says_so(head: str, end: str, partial: bool) -> None:
    assert article(TEXT + end, head=head).partial is partial


# Section and lead picture -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (meta(article__section="政治"), "政治"),
        ('<meta itemprop="articleSection" content="國際">', "國際"),
        (linked(articleSection="Politics"), "Politics"),
        (linked(articleSection=["World", "Politics"]) + meta(article__section="x"), "World"),
        (meta(og__site_name="見本新聞", article__section="見本新聞"), ""),
        (meta(article__section="https://example.jp/politics"), ""),
        (meta(article__section="、".join(["政治", "経済", "社会", "国際"] * 9)), ""),
        ("", ""),
    ],
)
def test_section(head: str, section: str) -> None:
    assert article(TEXT, head=head).section == section


@pytest.mark.parametrize(
    ("head", "image"),
    [
        (
            meta(og__image="https://img.example.jp/a.jpg?w=1200"),
            "https://img.example.jp/a.jpg?w=1200",
        ),
        (meta(og__image="/i/a.jpg"), "https://news.example.jp/i/a.jpg"),
        (meta(og__image="//img.example.jp/a.jpg"), "https://img.example.jp/a.jpg"),
        (linked(image="https://img.example.jp/b.jpg"), "https://img.example.jp/b.jpg"),
        (linked(image=["https://img.example.jp/b.jpg", "x"]), "https://img.example.jp/b.jpg"),
        (
            linked(image={"@type": "ImageObject", "url": "https://img.example.jp/c.jpg"}),
            "https://img.example.jp/c.jpg",
        ),
        (
            '<meta name="twitter:image" content="https://img.example.jp/d.jpg">',
            "https://img.example.jp/d.jpg",
        ),
        ('<link rel="image_src" href="/e.jpg">', "https://news.example.jp/e.jpg"),
        (
            meta(og__image="https://me:pw@img.example.jp/a.jpg"),
            "https://img.example.jp/a.jpg",
        ),
        (
            meta(og__image="/common/ogp.png") + linked(image="https://img.example.jp/f.jpg"),
            "https://img.example.jp/f.jpg",
        ),
        (meta(og__image="/img/site_logo_share.png"), ""),
        (meta(og__image="http://127.0.0.1/a.jpg"), ""),
        (meta(og__image="http://192.168.1.1:8080/a.jpg"), ""),
        (meta(og__image="http://[::1]/a.jpg"), ""),
        (meta(og__image="http://printer.local/a.jpg"), ""),
        (meta(og__image="data:image/png;base64,AAAA"), ""),
        (meta(og__image="javascript:alert(1)"), ""),
        (meta(og__image="file:///etc/passwd"), ""),
        (linked(image={"url": {"url": 1}}), ""),
        ("", ""),
    ],
)
def test_lead_picture(head: str, image: str) -> None:
    assert article(TEXT, head=head).image == image


def test_without_a_named_picture_the_first_in_the_text_leads() -> None:
    figure = "<figure><img src='/1.jpg'><figcaption>会談する両氏</figcaption></figure>"
    assert article(TEXT + figure).image == "https://news.example.jp/1.jpg"


def test_what_the_page_alone_gives_as_its_title_is_kept_beside_that_of_the_feed() -> None:
    found = article(TEXT, hints=replace(HINTS, title="速報：台日関係が進展"))
    assert (found.title, found.headline) == ("速報：台日関係が進展", "台日関係の進展")
