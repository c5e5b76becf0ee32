"""Feeds of every dialect and in every state, as bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.ingest.feeds.dates import parse_date
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.feeds.parse import parse_feed
from tests.ingest.writing import item, rss

URL = "https://wire.example/news/feed.xml"
TAIPEI = timezone(timedelta(hours=8))
TITLE = "頼清徳総統、日本との協力を語る"
CHINESE = "賴清德總統談台灣與日本的合作關係"


def parse(body: bytes | str, content_type: str = "application/rss+xml") -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=URL, headers={"content-type": content_type})


def test_an_rss_entry_whole() -> None:
    extra = "<category>外交</category><category>Trade</category><author>王小明</author>"
    feed = parse(
        rss(
            [
                item(
                    TITLE,
                    "/a?id=1",
                    guid="g1",
                    summary="<p>短い<b>要約</b></p>",
                    content="<p>全文</p>",
                    extra=extra,
                )
            ]
        )
    )
    assert (feed.title, feed.link, feed.problem) == ("Strait Wire", "https://wire.example/", "")
    entry = feed.entries[0]
    assert entry.guid == "g1"
    assert entry.url == "https://wire.example/a?id=1"
    assert entry.title == TITLE
    assert entry.author == "王小明"
    assert entry.published == datetime(2026, 8, 31, 3, tzinfo=UTC)
    assert entry.summary_html == "<p>短い<b>要約</b></p>"
    assert entry.content_html == "<p>全文</p>"
    assert entry.tags == ("外交", "Trade")


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><title>海峡</title>
<link href="https://kaikyo.example/"/><entry><id>tag:1</id>
<title type="html">&lt;b&gt;日台&lt;/b&gt; &amp;amp; 交流</title>
<link rel="alternate" href="item/1"/><updated>2026-08-31T12:00:00+09:00</updated>
<author><name>佐藤花子</name></author><author><name>Lin Mei</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>本文</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>速報</title>
<link>https://sokuho.example/</link></channel><item rdf:about="https://sokuho.example/1">
<title>那覇で会談</title><link>https://sokuho.example/1</link><dc:date>2026-08-31T12:00+09:00</dc:date>
<dc:creator>東京支局</dc:creator></item></rdf:RDF>"""


def test_atom() -> None:
    feed = parse(ATOM, "application/atom+xml")
    entry = feed.entries[0]
    assert (feed.title, feed.lang) == ("海峡", "ja")
    assert entry.title == "日台 & 交流"
    assert entry.url == "https://wire.example/news/item/1"
    assert entry.author == "佐藤花子, Lin Mei"
    assert entry.published == entry.updated == datetime(2026, 8, 31, 3, tzinfo=UTC)
    assert "<p>本文</p>" in entry.content_html


def test_rdf() -> None:
    entry = parse(RDF).entries[0]
    assert (entry.title, entry.url, entry.author) == (
        "那覇で会談",
        "https://sokuho.example/1",
        "東京支局",
    )
    assert entry.published == datetime(2026, 8, 31, 3, tzinfo=UTC)


def test_json_feed() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "岛 News",
        "home_page_url": "https://isle.example/",
        "language": "zh-TW",
        "items": [
            {
                "id": 7,
                "url": "/7",
                "title": CHINESE,
                "content_text": "第一段 <x>\n\n第二段",
                "summary": "摘要",
                "date_published": "2026-08-31T12:00:00+08:00",
                "authors": [{"name": "陳美玲"}, {"url": "x"}],
                "tags": ["日本", 3],
            },
            {"id": "8", "content_html": "<p>x</p>", "author": {"name": "A"}},
            "nonsense",
        ],
    }
    feed = parse(json.dumps(document), "application/feed+json")
    first, second = feed.entries
    assert (feed.title, feed.link, feed.lang) == ("岛 News", "https://isle.example/", "zh-TW")
    assert (first.guid, first.url, first.title) == ("7", "https://isle.example/7", CHINESE)
    assert first.content_html == "<p>第一段 &lt;x&gt;</p><p>第二段</p>"
    assert (first.author, first.tags) == ("陳美玲", ("日本",))
    assert first.published == datetime(2026, 8, 31, 4, tzinfo=UTC)
    assert (second.guid, second.url, second.author) == ("8", "", "A")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TITLE, "utf-8"),
        (TITLE, "utf-8-sig"),
        (TITLE, "utf-16"),
        (TITLE, "utf-16-le"),
        (TITLE, "cp932"),
        (TITLE, "euc-jp"),
        (TITLE, "iso-2022-jp"),
        (CHINESE, "big5"),
        (CHINESE, "big5hkscs"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("declared", ["xml", "http", "conflict", "nowhere"])
def test_every_encoding_however_it_is_declared(text: str, encoding: str, declared: str) -> None:
    name = {"utf-8-sig": "utf-8", "cp932": "shift_jis", "big5hkscs": "big5-hkscs"}.get(
        encoding, encoding
    )
    says = {"xml": name, "http": "", "conflict": "iso-8859-1", "nowhere": ""}[declared]
    head = f'<?xml version="1.0" encoding="{says}"?>' if says else '<?xml version="1.0"?>'
    body = rss([item(f"{text} {n}", f"/{n}") for n in range(5)]).partition("?>")[2]
    charset = f"; charset={name}" if declared in ("http", "conflict") else ""
    feed = parse((head + body).encode(encoding), f"application/rss+xml{charset}")
    assert [entry.title for entry in feed.entries] == [f"{text} {n}" for n in range(5)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Service temporarily unavailable", "not a feed"),
        (b"<?xml version='1.0'?><opml><body/></opml>", "not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not a feed"),
        (b"%PDF-1.7 ...", "not a feed"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "web page, not a feed"),
        (b"<html><head><title>Blocked</title></head></html>", "web page, not a feed"),
        (b"<!-- x --><HTML><p>", "web page, not a feed"),
        (b'{"version": "x"', "not well formed"),
        (b'{"version": "x"}', "not a JSON Feed"),
        (b"[" * 100_000, "not well formed"),
        (b"<rss><channel><title>x</title><item", "broken"),
    ],
)
def test_what_is_no_feed_is_said_in_words(body: bytes, words: str) -> None:
    feed = parse(body)
    assert words in feed.problem
    assert not feed.entries


def test_a_page_in_place_of_a_feed_names_the_feed_it_links_to() -> None:
    page = (
        "<html><head><link rel=alternate type='application/rss+xml' href='/rss?a=1&amp;b=2'>"
        "</head><body>news</body></html>"
    )
    assert "https://wire.example/rss?a=1&b=2" in parse(page, "text/html").problem


@pytest.mark.parametrize(
    ("head", "linked"),
    [
        ("<link rel=alternate href=/rss.xml>", "https://wire.example/rss.xml"),
        ("<link rel='alternate' type='text/xml' href='/a/rss'>", "https://wire.example/a/rss"),
        ("<link rel=feed href=/updates>", "https://wire.example/updates"),
        (
            (
                "<base href='https://wire.example/en/'><link rel=alternate"
                " type=application/rss+xml href=all>"
            ),
            "https://wire.example/en/all",
        ),
        ("<link rel=alternate hreflang=ja href=/ja/>", ""),
        ("<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/5>", ""),
    ],
)
def test_a_page_names_its_feed_in_many_ways(head: str, linked: str) -> None:
    feed = parse(f"<!doctype html><html><head>{head}</head><body>", "text/html")
    assert feed.linked == linked


def test_a_feed_without_entries_is_no_problem() -> None:
    feed = parse(rss([]))
    assert (feed.title, feed.entries, feed.problem) == ("Strait Wire", (), "")


def test_broken_xml_gives_what_can_be_read_and_a_remark() -> None:
    body = rss([item("First", "/1"), item("Second & <third>", "/2")])
    feed = parse(body.replace("&amp;", "&").replace("</channel></rss>", ""))
    assert [entry.url for entry in feed.entries] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]
    assert "not well formed" in feed.problem


@pytest.mark.parametrize("noise", ["\n\n ", "\x0b", "<b>Warning</b>: mysql in x.php\n"[3:]])
def test_noise_before_a_feed_does_not_hide_it(noise: str) -> None:
    assert len(parse(noise + rss([item("First", "/1")])).entries) == 1


def test_illegal_control_characters_do_not_break_a_feed() -> None:
    feed = parse(rss([item("Be\x0bfore\x1b[31m", "/1", summary="a\x00b")]))
    assert feed.entries[0].title == "Before[31m"
    assert feed.problem == ""


def test_text_steers_no_terminal() -> None:
    feed = parse(rss([item("safe&#x9b;31m \u202eevil\u2066", "/1")]))
    assert feed.entries[0].title.isprintable()


def test_of_many_entries_the_thousand_newest_stay() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    items = [
        item(
            f"Story {n}",
            f"/{n}",
            date=(start + timedelta(hours=n * 7919 % 3000)).strftime("%a, %d %b %Y %H:%M:%S GMT"),
        )
        for n in range(3000)
    ]
    entries = parse(rss(items)).entries
    assert len(entries) == 1000
    assert min(e.published for e in entries if e.published) == start + timedelta(hours=2000)
    numbers = [int(entry.title.split()[1]) for entry in entries]
    assert numbers == sorted(numbers)


def test_without_dates_the_first_thousand_are_the_newest() -> None:
    entries = parse(rss([item(f"Story {n}", f"/{n}", date="") for n in range(1200)])).entries
    assert [entry.title for entry in entries] == [f"Story {n}" for n in range(1000)]


def test_fields_are_bounded() -> None:
    long = "長" * 1_100_000
    entry = parse(rss([item(long, "https://x.example/" + "a" * 5000, guid=long, summary=long)]))
    first = entry.entries[0]
    assert len(first.title) == 500
    assert len(first.guid) == 1000
    assert len(first.summary_html) == 1_000_000
    assert first.url == ""


def test_one_entry_twice_counts_once_and_the_first_counts() -> None:
    feed = parse(rss([item("New", "/1", guid="g"), item("Old", "/1", guid="g")]))
    assert [entry.title for entry in feed.entries] == ["New"]


def test_an_entry_without_id_is_known_by_its_address_or_by_what_it_says() -> None:
    feed = parse(rss([item("A", "/1"), item("B"), item("C")]))
    guids = [entry.guid for entry in feed.entries]
    assert guids[0] == "https://wire.example/1"
    assert guids[1].startswith("sha256:")
    assert len(set(guids)) == 3


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example"]
)
def test_links_lead_to_the_web_only(link: str) -> None:
    assert parse(rss([item("A", link, guid="g")])).entries[0].url == ""


def test_external_entities_are_not_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("x") / "secret.txt"
    secret.write_text("hunter2")
    doctype = f'<!DOCTYPE rss [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    body = rss([item("A &leak; B", "/1")]).replace("&amp;leak;", "&leak;")
    feed = parse(body.replace("<rss", doctype + "<rss", 1))
    assert "hunter2" not in str(feed)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_entities_for_plain_characters_are_kept(quote: str) -> None:
    doctype = f"<!DOCTYPE rss [<!ENTITY tw {quote}&#21488;{quote}> <!ENTITY jp {quote}日{quote}>]>"
    body = rss([item("A &jp;&tw; B", "/1")]).replace("&amp;", "&")
    feed = parse(body.replace("<rss", doctype + "<rss", 1))
    assert (feed.entries[0].title, feed.problem) == ("A 日台 B", "")


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    body = rss([item("A &j; B", "/1")]).replace("&amp;j;", "&j;")
    feed = parse(body.replace("<rss", f"<!DOCTYPE rss [{entities}]><rss", 1))
    assert len(str(feed)) < 10_000


PIECES = st.sampled_from(
    [b"<item>", b"</item>", b"<title>", b"]]>", b"<![CDATA[", b"&#x;", b"&lt;", b"<", b">",
     b"\x1b$B", b"\xff\xfe", b"<?xml encoding='utf-7'?>", b"<!DOCTYPE x [", b"<content:encoded>",
     b"\x00",
     b"<pubDate>99999</pubDate>", b"<link>http://[</link>", b"<a href='//['>", "頼😀".encode()]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=30), st.integers(0, 400))
def test_no_bytes_at_all_raise(pieces: list[bytes], place: int) -> None:
    good = rss([item(TITLE, "/1", summary="x"), item("B", "/2")]).encode()
    for body in (b"".join(pieces), good[:place] + b"".join(pieces) + good[place:]):
        feed = parse(body)
        assert feed.entries or feed.problem or b"<channel" in body or b"<rss" in body


@pytest.mark.parametrize(
    ("extra", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>soon</ttl>", 0),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            21600,
        ),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", 3600),
        ("", 0),
    ],
)
def test_how_long_a_feed_wants_to_be_left_alone(extra: str, seconds: int) -> None:
    assert parse(rss([], extra=extra)).every == seconds


def test_what_no_one_published_in_has_no_date() -> None:
    entry = parse(rss([item("A", date="1793000000")])).entries[0]
    assert entry.published is None


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("desk@wire.tokyo (Ann Author)", "Ann Author"),
        ("林美玲 &lt;mei@wire.taipei&gt;", "林美玲"),
        ("desk@wire.tokyo", ""),
    ],
)
def test_of_an_author_with_an_address_the_name_is_kept(written: str, author: str) -> None:
    feed = parse(rss([item("A", extra=f"<author>{written}</author>")]))
    assert feed.entries[0].author == author


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 31 Aug 2026 12:00:00 +0900", "2026-08-31T03:00"),
        ("Mon, 31 Aug 2026 12:00:00 GMT", "2026-08-31T12:00"),
        ("Mon, 31 Aug 2026 12:00:00", "2026-08-31T04:00"),
        ("31 Aug 26 12:00 +0800", "2026-08-31T04:00"),
        ("Monday, 31 August 2026 24:00:00 CST", "2026-08-31T16:00"),
        ("Mon, 31 Aug 2026 12:00:00 +0800 (CST)", "2026-08-31T04:00"),
        ("Mon, 31 Aug 2026 12:00:00 JST", "2026-08-31T03:00"),
        ("Mon, 31 Aug 2026 12:00:00 EST", "2026-08-31T17:00"),
        ("Mon Aug 31 12:00:00 2026", "2026-08-31T04:00"),
        ("2026-08-31T12:00:00Z", "2026-08-31T12:00"),
        ("2026-08-31T12:00:00.123+09:00", "2026-08-31T03:00"),
        ("2026-08-31 12:00:00", "2026-08-31T04:00"),
        ("2026/08/31 12:00", "2026-08-31T04:00"),
        ("2026-08-31", "2026-08-31T04:00"),
        ("民國115年8月31日", "2026-08-31T04:00"),
        ("令和8年8月31日 15時05分", "2026-08-31T07:05"),
        ("Mon, 31 Aug 2026 12:00:00 GMT+0900", "2026-08-31T03:00"),
        ("Mon Aug 31 2026 12:00:00 GMT+0900 (Japan Standard Time)", "2026-08-31T03:00"),
        ("Mon, 31 Aug 2026 12:00:00 UTC+8", "2026-08-31T04:00"),
        ("2026-08-31T12:00+09", "2026-08-31T03:00"),
        ("Mon, 31 Aug 2026 09:30 PM +0900", "2026-08-31T12:30"),
        ("2026/8/31 PM 09:30:00", "2026-08-31T13:30"),
        ("2026/8/31 下午 09:30:00", "2026-08-31T13:30"),
        ("8/31/2026 9:30:00 PM", "2026-08-31T13:30"),
    ],
)
def test_dates(written: str, expected: str) -> None:
    found = parse_date(written, TAIPEI)
    assert found is not None
    assert found.strftime("%Y-%m-%dT%H:%M") == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "Thu, 31 Jun 2026 12:00:00 GMT",
        "0" * 1000,
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "1970-01-01T08:00:00+08:00",
        "31/8/2026 9:30:00 PM",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert parse_date(written, TAIPEI) is None


def test_america_keeps_its_central_time() -> None:
    found = parse_date("Mon, 31 Aug 2026 12:00:00 CST", UTC)
    assert found == datetime(2026, 8, 31, 18, tzinfo=UTC)
