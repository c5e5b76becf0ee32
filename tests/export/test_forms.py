from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from digest.export.csvout import guarded, table
from digest.export.forms import iso, json_text, language_code, uri, web_link
from digest.export.fragment import body_html
from digest.export.html import article_page
from digest.export.jsonout import article_object
from digest.export.markdown import article_markdown, body_markdown, note_markdown
from digest.export.names import file_name
from digest.export.notes import note_html
from digest.export.text import article_text
from digest.model import Article, Block, BlockKind, Highlight, Revision, Span, Summary

TAIPEI = timezone(timedelta(hours=8))
EVENING = datetime(2026, 11, 7, 20, 30, tzinfo=UTC)  # the next day in Taipei


def _block(kind: BlockKind, text: str = "", **more: object) -> Block:
    return Block(kind, (Span(text),) if text else (), **more)  # type: ignore[arg-type]


def _article(*blocks: Block, **more: object) -> Article:
    row = {
        "id": 7,
        "title": "賴清德會見日本議員團",
        "url": "https://daoyu.example/lai?a=1&b=2",
        "feed": "島嶼新聞",
        "author": "",
        "lang": "zh-Hant",
        "published": EVENING,
        "fetched": EVENING + timedelta(hours=1),
        "read": False,
        "starred": True,
        "noted": True,
        "tags": ("外交", "talks"),
    }
    summary = Summary(**{**row, **more})  # type: ignore[arg-type]
    return Article(
        summary=summary,
        blocks=blocks,
        modified=None,
        note="**mine**",
        highlights=(Highlight(3, "一句話", "why", 0),),
        revisions=(Revision(2, EVENING, "before"),),
        copies=(9,),
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("https://a.example/台灣|x#a#b", "https://a.example/%E5%8F%B0%E7%81%A3%7Cx#a%23b"),
        ("https://a.example/%zz%20", "https://a.example/%25zz%20"),
        ("https://台灣.example:8080/", "https://xn--kpry57d.example:8080/"),
        ("https://[2001:db8::1]:80/?[x]", "https://[2001:db8::1]:80/?%5Bx%5D"),
        ("https://[oops/", ""),
        ("https:///path", ""),
        ("javascript:alert(1)", ""),
        ("https://a b/", ""),
    ],
)
def test_an_address_is_a_uri_or_nothing(address: str, expected: str) -> None:
    assert uri(address) == expected


def test_times_are_utc_to_the_second() -> None:
    local = datetime(2026, 11, 8, 4, 30, 0, 999, tzinfo=TAIPEI)
    assert iso(local) == "2026-11-07T20:30:00Z"
    assert iso(None) is None


@pytest.mark.parametrize(
    ("tag", "code"), [("zh-Hant", "zh"), ("ZH_TW", "zh"), ("ja", "ja"), ("", None)]
)
def test_language_codes(tag: str, code: str | None) -> None:
    assert language_code(tag) == code


def test_json_keeps_every_character_and_steers_no_terminal() -> None:
    text = "台湾\x1b\x9b\x7f\u202e\u2028\ud800\x00é"
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    assert "台湾" in written
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e\u2028\ud800]", written)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://a b", ""])
def test_only_web_addresses_become_links(address: str) -> None:
    assert web_link(address) == ""
    block = Block(BlockKind.PARAGRAPH, (Span("text", address),), src=address)
    assert body_html([block]) == "<p>text</p>"
    assert body_markdown([block]) == "text"


def test_json_object_of_an_article() -> None:
    found = article_object(_article(_block(BlockKind.PARAGRAPH, "一"), _row("a", "b")))
    assert found["text"] == "一\n\na\tb"
    assert found["published"] == "2026-11-07T20:30:00Z"
    assert (found["author"], found["modified"]) == (None, None)
    assert found["highlights"] == [{"id": 3, "quote": "一句話", "comment": "why", "paragraph": 0}]
    assert found["revisions"] == [{"id": 2, "fetched": "2026-11-07T20:30:00Z", "title": "before"}]
    assert found["copies"] == [9]


def _row(*cells: str, header: bool = False) -> Block:
    return Block(BlockKind.ROW, cells=cells, header=header)


class _Outline(HTMLParser):
    """What a browser would see: opening and closing tags, and whether they fit."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":  # HTML and XML both know `<br/>`
            return
        assert self.open.pop() == tag


ALL_KINDS = (
    _block(BlockKind.HEADING, "見出し", level=1),
    Block(BlockKind.PARAGRAPH, (Span("one\ntwo "), Span("link", "https://a.example/(x)?q=<b>"))),
    _block(BlockKind.ITEM, "a", level=1),
    _block(BlockKind.ITEM, "a.1", level=2, ordinal=1),
    _block(BlockKind.ITEM, "a.1.x", level=4),
    _block(BlockKind.ITEM, "b", level=1),
    _block(BlockKind.ITEM, "third", level=1, ordinal=3),
    _block(BlockKind.QUOTE, "said\nso"),
    _block(BlockKind.QUOTE, "and so"),
    _block(BlockKind.CODE, "```\n  <x>"),
    _row("名", "數|量", header=True),
    _row("茶"),
    Block(BlockKind.FIGURE, (Span("港"),), src="https://a.example/i.png"),
    Block(BlockKind.FIGURE),
)


def test_html_is_well_formed_for_every_kind_of_block() -> None:
    outline = _Outline()
    outline.feed(article_page(_article(*ALL_KINDS), TAIPEI))
    assert outline.open == []
    kinds = {"h2", "p", "ul", "ol", "blockquote", "pre", "table", "th", "td", "figure", "a"}
    assert kinds <= set(outline.seen)
    assert not {"script", "img", "iframe", "link"} & set(outline.seen)


def test_html_escapes_what_strangers_wrote() -> None:
    evil = '<script>alert("1")</script>&amp;'
    page = article_page(
        _article(
            _block(BlockKind.PARAGRAPH, evil),
            _row(evil),
            _block(BlockKind.CODE, evil),
            title=evil,
            feed=evil,
            author=evil,
            tags=(evil,),
            lang='zh" onload="x',
            url='https://a.example/"onmouseover="x',
        ),
        TAIPEI,
    )
    outline = _Outline()
    outline.feed(page)
    assert "script" not in outline.seen
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;" in page


def test_html_names_the_language_and_fonts_of_both_scripts() -> None:
    page = article_page(_article(), TAIPEI)
    assert '<html lang="zh-Hant">' in page
    assert re.search(r":lang\(zh-Hant\)[^{]*\{[^}]*Noto Serif TC", page)
    assert re.search(r":lang\(ja\)[^{]*\{[^}]*Noto Serif JP", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert "default-src &#x27;none&#x27;" in page
    assert '<time datetime="2026-11-07T20:30:00Z">2026-11-08</time>' in page


MARKDOWN = r"""
## 見出し

one\
two [link](<https://a.example/(x)?q=%3Cb%3E>)

- a

   1. a.1

         - a.1.x
- b

3. third

> said\
> so
>
> and so

````
```
  <x>
````

| 名 | 數\|量 |
| --- | --- |
| 茶 |  |

[image](<https://a.example/i.png>) 港
"""


def test_markdown_of_every_kind_of_block() -> None:
    assert body_markdown(ALL_KINDS) == MARKDOWN.strip("\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("2026. A year", "2026\\. A year"),
        ("1) one", "1\\) one"),
        ("> no quote", "\\> no quote"),
        ("=====", "\\====="),
        ("*stars* and `ticks`", "\\*stars\\* and \\`ticks\\`"),
        ("[link](x) <b>", "\\[link\\](x) \\<b>"),
        ("snake_case stays, _this_ not", "snake_case stays, \\_this\\_ not"),
        ("AT&T &amp; co", "AT&T \\&amp; co"),
        ("3.5 percent", "3.5 percent"),
        ("台湾・日本", "台湾・日本"),
    ],
)
def test_markdown_reads_as_it_was_written(text: str, written: str) -> None:
    assert body_markdown([_block(BlockKind.PARAGRAPH, text)]) == written


def test_markdown_has_front_matter_that_reads_back() -> None:
    article = _article(title='Say "hi": [red] \x85')
    picture = "https://daoyu.example/a.jpg"
    text = article_markdown(replace(article, section="政治", image=picture))
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    fields = {
        name: json.loads(value)
        for name, value in (line.split(": ", 1) for line in head.split("\n"))
    }
    assert fields["title"] == 'Say "hi": [red] \x85'
    assert fields["tags"] == ["外交", "talks"]
    assert fields["published"] == "2026-11-07T20:30:00Z"
    assert (fields["section"], fields["image"]) == ("政治", picture)
    assert "author" not in fields
    assert "\n## Note\n\n**mine**\n" in body
    assert "\n> 一句話\n\nwhy\n" in body


def test_a_note_by_itself_links_to_its_article() -> None:
    text = note_markdown(_article())
    assert (
        "\n# [賴清德會見日本議員團](<https://daoyu.example/lai?a=1&b=2>)\n\n<!-- digest: note "
        in text
    )
    assert "\n\n**mine**\n" in text
    assert "\n> 一句話\n\nwhy\n" in text


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
@example("yes", ["no", "1_000", "2026-11-08", "~", "#x", "a: b", "- c", "{d}", "*e", "&f", "!g"])
def test_front_matter_is_yaml_that_says_what_was_meant(title: str, tags: list[str]) -> None:
    text = note_markdown(_article(title=title, feed=title, tags=tuple(tags)))
    head = text.removeprefix("---\n").split("\n---\n")[0]
    found = yaml.safe_load(head)
    assert found["id"] == 7
    assert found["digest"] == "note"
    assert (found.get("title", ""), found.get("feed", "")) == (title, title)
    assert found.get("tags", []) == tags
    assert isinstance(found["published"], str)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_csv_cells_run_no_formula(start: str) -> None:
    assert guarded(f"{start}1") == f"'{start}1"
    written = "".join(table([_article(title=f"{start}cmd", author="a")]))
    (row,) = csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert row["title"] == f"'{start}cmd"


def test_csv_begins_with_a_mark_and_its_columns() -> None:
    lines = "".join(table([_article(copy_of=3)])).splitlines(keepends=True)
    assert lines[0].startswith("\ufeffid,published,fetched,lang,")
    assert all(line.endswith("\r\n") for line in lines)
    assert lines[1].startswith("7,2026-11-07T20:30:00Z,")
    assert lines[1].endswith(",**mine**,3\r\n")


def test_text_shows_what_blocks_are() -> None:
    text = article_text(_article(*ALL_KINDS), TAIPEI)
    assert text.startswith("賴清德會見日本議員團\n\n島嶼新聞\n2026-11-08 04:30 +0800\n")
    assert "\n- a\n  1. a.1\n      - a.1.x\n- b\n3. third\n\n> said\n> so\n\n" in text
    assert "\n名\t數|量\n茶\n" in text
    assert "\n[港]\n\n[image]\n" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("賴清德：會見（日本）", "7-賴清德-會見-日本.md"),
        ("../../etc/passwd", "7-etc-passwd.md"),
        ("CON", "7-con.md"),
        ("???", "7.md"),
        ("\u202egpj.exe", "7-gpj-exe.md"),
        ("a" * 500, f"7-{'a' * 60}.md"),
        ("台" * 500, f"7-{'台' * 20}.md"),
    ],
)
def test_file_names_are_made_of_letters_alone(title: str, name: str) -> None:
    assert file_name(_article(title=title), "md") == name


def test_a_note_is_rendered_and_stays_harmless() -> None:
    page = note_html(
        "**whom** <script>1</script> ![p](http://x.example/p.png) [j](javascript:alert(1))\n"
        "次の行 [web](https://post.example/?a=1&b=2)"
    )
    root = etree.fromstring(page)
    assert [one.text for one in root.iter("strong")] == ["whom"]
    links = [one.get("href") for one in root.iter("a")]  # a picture is a link to it
    assert links == ["http://x.example/p.png", "https://post.example/?a=1&b=2"]
    assert not list(root.iter("script", "img"))
    assert root.get("lang") == "ja"
