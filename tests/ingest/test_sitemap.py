"""Sitemaps: pages and their dates out of every form the protocol knows."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.errors import SourceError
from digest.ingest.feeds.entries import Entry
from digest.ingest.feeds.sitemap import (
    FEWEST,
    Part,
    newest_parts,
    parse_sitemap,
    recent,
)

URL = "https://site.example/sitemap.xml"
NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)
LIMIT = 1_000_000
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://site.example/n/1</loc><news:news>
<news:publication><news:name>Site</news:name><news:language>ja</news:language></news:publication>
<news:publication_date>2026-11-08T10:30:00+09:00</news:publication_date>
<news:title>日台の協議 &amp; その後</news:title>
<news:keywords>外交, 台湾</news:keywords></news:news>
<image:image><image:loc>https://site.example/i.jpg</image:loc><image:title>写真</image:title>
</image:image></url>
<url><loc>/n/2</loc><lastmod>2026-11-07</lastmod></url>
<url><loc>https://site.example/</loc></url><url><loc>javascript:1</loc></url>
</urlset>"""


def parse(text: str | bytes, limit: int = LIMIT) -> tuple[Entry, ...]:
    body = text.encode() if isinstance(text, str) else text
    return parse_sitemap(body, url=URL, limit=limit, zone=ZoneInfo("Asia/Tokyo")).entries


def test_a_news_sitemap_gives_titles_and_dates() -> None:
    first, second = parse(NEWS)
    assert first.url == first.guid == "https://site.example/n/1"
    assert first.title == "日台の協議 & その後"
    assert first.published == datetime(2026, 11, 8, 1, 30, tzinfo=UTC)
    assert first.tags == ("外交", "台湾")
    assert (second.url, second.published) == ("https://site.example/n/2", None)
    assert second.updated == datetime(2026, 11, 7, 3, tzinfo=UTC)


def test_packed_utf_16_and_plain_lists_read_the_same() -> None:
    assert parse(gzip.compress(NEWS.encode())) == parse(NEWS)
    assert parse(NEWS.replace("UTF-8", "UTF-16").encode("utf-16")) == parse(NEWS)
    plain = parse("https://site.example/2026/11/08/a\nhttps://site.example/b\n")
    assert [entry.url[-2:] for entry in plain] == ["/a", "/b"]
    assert plain[0].published == datetime(2026, 11, 8, 3, tzinfo=UTC)


def test_an_index_gives_its_parts() -> None:
    index = f"""<sitemapindex {NS}><sitemap><loc>https://site.example/a.xml.gz</loc>
    <lastmod>2026-11-08T00:00:00Z</lastmod></sitemap><sitemap><loc>b.xml</loc></sitemap>
    </sitemapindex>"""
    assert parse_sitemap(index.encode(), url=URL, limit=LIMIT).parts == (
        Part("https://site.example/a.xml.gz", datetime(2026, 11, 8, tzinfo=UTC)),
        Part("https://site.example/b.xml"),
    )


def test_broken_xml_gives_what_can_be_read() -> None:
    assert len(parse(NEWS.replace("</url>\n<url><loc>/n/2", "</url>\n<url><loc>a & b /n/2"))) >= 1
    assert len(parse(NEWS[: NEWS.index("<url><loc>/n/2")])) == 1


@pytest.mark.parametrize("body", [b"", b"<html><body>x", b"nothing", b"<urlsets"])
def test_what_is_none_is_said_to_be_none(body: bytes) -> None:
    found = parse_sitemap(body, url=URL, limit=LIMIT)
    assert (found.problem, found.entries) == ("this is not a sitemap", ())


def test_broken_packing_is_refused() -> None:
    with pytest.raises(SourceError, match=r"damaged|broke off"):
        parse(gzip.compress(NEWS.encode())[:-20])


def test_a_packed_bomb_meets_the_limit() -> None:
    with pytest.raises(SourceError, match="larger than 1 MB"):
        parse(gzip.compress(bytes(30_000_000)))


def test_external_entities_are_not_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "file"
    secret.write_text("https://leak.example/", "utf-8")
    text = (
        f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<urlset {NS}><url><loc>https://site.example/&x;&b;</loc></url></urlset>"
    )
    assert "leak" not in str(parse(text))
    assert "aaaa" not in str(parse(text))


def entry(path: str, updated: datetime | None = None) -> Entry:
    return Entry(path, url=f"https://site.example/{path}", updated=updated)


def test_of_a_whole_site_the_last_thirty_days_are_news() -> None:
    pages = tuple(entry(str(n), NOW - timedelta(days=n)) for n in range(100, -1, -1))
    assert [one.guid for one in recent(pages, NOW)] == [str(n) for n in range(30)]


def test_where_nothing_is_new_the_newest_few_are_taken() -> None:
    pages = tuple(entry(str(n), NOW - timedelta(days=100 + n)) for n in range(50))
    assert [one.guid for one in recent(pages, NOW)] == [str(n) for n in range(FEWEST)]


def test_pages_without_dates_count_all_and_one_stamp_for_all_is_none() -> None:
    assert len(recent(tuple(entry(str(n)) for n in range(500)), NOW)) == 500
    stamped = tuple(entry(str(n), NOW) for n in range(3000))
    kept = [int(one.guid) for one in recent(stamped, NOW)]
    assert (len(kept), kept[0], kept[-1]) == (1000, 0, 2999)


def test_the_parts_that_hold_news_come_first() -> None:
    old, new = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 11))
    parts = (Part("x/1"), Part("x/old", old), Part("x/2"), Part("x/new", new), Part("x/news.xml"))
    urls = [part.url for part in newest_parts(parts, 4)]
    assert urls == ["x/news.xml", "x/new", "x/old", "x/1"]
