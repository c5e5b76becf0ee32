from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.config.opml import NAMESPACE, write_opml
from digest.config.settings import Feed
from digest.config.subscriptions import read_subscriptions
from digest.errors import SourceError
from tests.config.making import feed_lists

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
HEAD = '<?xml version="1.0"?><opml version="1.0"><head/><body>'
TAIL = "</body></opml>"


def by_address(feeds: Sequence[Feed]) -> dict[str, tuple[Feed, set[str]]]:
    plain = [Feed(**{n: getattr(f, n) for n in Feed.__slots__ if n != "groups"}) for f in feeds]
    return {f.url: (p, set(f.groups)) for p, f in zip(plain, feeds, strict=True)}


@given(feed_lists.filter(bool))
@example([Feed("https://a.example/", label="&#0; and &amp;")])
@settings(max_examples=100, deadline=None)
def test_a_round_trip_keeps_everything(feeds: list[Feed]) -> None:
    found = read_subscriptions(write_opml(feeds, NOW))
    assert by_address(found.feeds) == by_address(feeds)
    assert found.remarks == ()


def test_other_readers_find_what_they_know() -> None:
    feed = Feed("https://a.example/?x=1&y=2", name="新聞 <1>", lang="zh-Hant", groups=("A", "B"))
    root = ET.fromstring(write_opml([feed], NOW))
    outlines = root.findall("./body/outline/outline")
    assert [folder.get("text") for folder in root.findall("./body/outline")] == ["A", "B"]
    assert {outline.get("xmlUrl") for outline in outlines} == {feed.url}
    assert outlines[0].get("text") == outlines[0].get("title") == "新聞 <1>"
    assert outlines[0].get("language") == "zh-Hant"
    assert outlines[0].get(f"{{{NAMESPACE}}}lang") == "zh-Hant"
    assert root.findtext("./head/dateCreated") == "Wed, 04 Mar 2026 05:06:00 +0000"


def test_a_strangers_list_is_read() -> None:
    opml = (
        f'{HEAD}<outline text="Asia"><outline title="日本"><outline type="rss" '
        'text="朝日" XMLURL="https://a.example/"/></outline></outline>'
        '<outline text="Japan"><outline text="again" xmlUrl=" https://a.example/ "/></outline>'
        '<outline text="https://b.example/" xmlUrl="https://b.example/" language="ja"/>'
        f'<outline text="a note without a feed"/>{TAIL}'
    )
    assert read_subscriptions(opml.encode()).feeds == (
        Feed("https://a.example/", name="朝日", groups=("Asia", "日本", "Japan")),
        Feed("https://b.example/", lang="ja"),
    )


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "euc-jp", "utf-16", "gb18030"])
def test_other_encodings_are_read(encoding: str) -> None:
    opml = (HEAD + f'<outline text="日本" xmlUrl="https://a.example/"/>{TAIL}').replace(
        'version="1.0"?', f'version="1.0" encoding="{encoding}"?'
    )
    assert read_subscriptions(opml.encode(encoding)).feeds[0].name == "日本"


def test_an_encoding_that_is_none_counts_as_utf_8() -> None:
    opml = (HEAD + f'<outline text="日本" xmlUrl="https://a.example/"/>{TAIL}').replace(
        "?>", ' encoding="punycode"?>', 1
    )
    assert read_subscriptions(opml.encode()).feeds[0].name == "日本"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ('<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>', "DTD or entities"),
        ('<!DOCTYPE opml SYSTEM "http://a.example/x.dtd"><opml/>', "DTD or entities"),
        ("<opml>" + "<outline text='a'>" * 30, "nested more than 20"),
        ("<opml><body></opml>", "line 1: this is not well-formed OPML"),
        ("<rss><channel/></rss>", "not an OPML list"),
        (f"{HEAD}{TAIL}", "no feed in this list"),
        ('<opml><outline xmlUrl="file:///etc/passwd"/></opml>', "begins with http"),
        ("", "no feed in this list"),
        ("<" + "a" * 5_000_001, "larger than 5,000,000 bytes"),
        (
            "<opml>" + "".join(f'<outline xmlUrl="http://a.example/{n}"/>' for n in range(5001)),
            "more than 5,000 feeds",
        ),
    ],
)
def test_hostile_lists_are_refused(raw: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_subscriptions(raw.encode())


def test_what_could_steer_a_terminal_is_cleaned() -> None:
    opml = (
        f'{HEAD}<outline text="g\x1b[31m\u202e"><outline text="a\x00&#27;[2J&#x1b;]0;x&#7;b" '
        'xmlUrl="https://a.example/"/><outline text="\x1b[0m" xmlUrl="javascript:1"/></outline>'
        f"{TAIL}"
    )
    found = read_subscriptions(opml.encode())
    [feed] = found.feeds
    seen = feed.name + "".join(feed.groups) + "".join(found.remarks)
    assert seen.isprintable()
    assert "\u202e" not in seen
    assert len(found.remarks) == 1


def test_a_strangers_list_cannot_ask_for_a_secret_or_bad_settings() -> None:
    opml = (
        f'<opml xmlns:digest="{NAMESPACE}"><outline text="a" xmlUrl="https://a.example/" '
        'digest:secret="work" digest:scope="everything" digest:kind="page" digest:items="" '
        'digest:tags="[[[" digest:full_text="3" digest:lang="x y z" digest:url="http://b.example"/>'
        "</opml>"
    )
    assert read_subscriptions(opml.encode()).feeds == (Feed("https://a.example/", name="a"),)
    assert b"work" not in write_opml([Feed("https://a.example/", secret="work")], NOW)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<opml>{text}".encode()))
@settings(max_examples=150, deadline=None)
def test_no_bytes_do_more_than_fail(raw: bytes) -> None:
    try:
        found = read_subscriptions(raw).feeds
    except SourceError:
        return
    assert all(feed.url.lower().startswith(("http://", "https://")) for feed in found)
    assert found


def test_newsboats_urls_are_read() -> None:
    raw = (
        "# my feeds\n\n"
        'https://a.example/feed "~The Asia Desk" asia "news from Taiwan" !\n'
        'http://b.example/?a="quoted" "~say \\"hi\\"" "!hidden"\n'
        '"query:Unread:unread = \\"yes\\""\n'
        "exec:~/bin/feed.sh news\n"
        "filter:cat:https://c.example/\n"
        "https://日本.example/rss 日本\r\n"
        "not-an-address\n"
        'https://d.example/ "unfinished\n'
    )
    found = read_subscriptions(raw.encode())
    assert found.feeds == (
        Feed("https://a.example/feed", name="The Asia Desk", groups=("asia", "news from Taiwan")),
        Feed("http://b.example/?a=", name='say "hi"', groups=("quoted",)),
        Feed("https://日本.example/rss", groups=("日本",)),
        Feed("https://d.example/", groups=("unfinished",)),
    )
    assert len(found.remarks) == 4
    assert "line 5: left out a query feed" in found.remarks[0]
