"""Books: their container, and what the format's own validator says of them."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from digest.export.chapters import article_book
from digest.model import Article, Block, BlockKind, Highlight, Span, Summary

TAIPEI = timezone(timedelta(hours=8))
MADE = datetime(2026, 11, 8, 1, 2, 3, tzinfo=UTC)
KINDS = BlockKind


def _text(kind: BlockKind, text: str, **more: object) -> Block:
    return Block(kind, (Span(text),), **more)  # type: ignore[arg-type]


BLOCKS = (
    _text(KINDS.HEADING, "小見出し & <b>", level=1),
    Block(
        KINDS.PARAGRAPH,
        (
            Span("Read "),
            Span("this\nhere", 'https://post.example/a|b?x=[1]&y=台灣&z="q"<r>{s}^`'),
            Span(" and \x0b\x1b[31mthat.\ufffe"),
        ),
    ),
    _text(KINDS.ITEM, "first", level=1, ordinal=3),
    _text(KINDS.ITEM, "below", level=2),
    _text(KINDS.ITEM, "second", level=1, ordinal=4),
    _text(KINDS.ITEM, "deep at once", level=3),
    _text(KINDS.QUOTE, "「重要な一歩だ」"),
    _text(KINDS.CODE, "if a < b && c:\n  pass"),
    Block(KINDS.ROW, cells=("甲", "乙"), header=True),
    Block(KINDS.ROW, cells=("1\n2",)),
    _text(KINDS.FIGURE, "港の写真", src="https://post.example/p.jpg"),
    Block(KINDS.FIGURE, src="https://post.example/q r.jpg"),
)


def article(ident: int, **fields: object) -> Article:
    row = {
        "id": ident,
        "title": "台日海巡 <首次> 會談 & 約定",
        "url": "https://post.example/%zz?a=1&b=2",
        "feed": "Island Post",
        "author": "",
        "lang": "zh-Hant",
        "published": MADE,
        "fetched": MADE,
        "read": True,
        "starred": False,
        "noted": True,
        "tags": ("外交",),
    }
    highlights = (Highlight(1, "重要な一歩", "why & how", 6),)
    summary = Summary(**{**row, **fields})  # type: ignore[arg-type]
    return Article(summary, BLOCKS, None, "a note\nof <mine>", highlights, (), ())


def book(*articles: Article) -> bytes:
    return b"".join(article_book(articles, TAIPEI, title="半導體 & chips", made=MADE))


ARTICLES = (article(1), article(2, lang="ja", title="海"), article(3, lang="", title="\x07"))


@pytest.mark.parametrize("articles", [ARTICLES, ()], ids=["three", "none"])
def test_the_formats_own_validator_finds_nothing(
    articles: tuple[Article, ...], tmp_path: Path
) -> None:
    checker, java = shutil.which("epubcheck"), shutil.which("java")
    if checker is None or java is None:
        pytest.skip("epubcheck or java is not installed: on Debian, apt install epubcheck")
    path = tmp_path / "book.epub"
    path.write_bytes(book(*articles))
    ran = subprocess.run(
        [java, "-jar", checker, "--failonwarnings", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_document_is_xml_in_its_own_language() -> None:
    with ZipFile(io.BytesIO(book(*ARTICLES))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert archive.testzip() is None
        pages = [name for name in archive.namelist() if "chapter" in name]
        roots = [etree.fromstring(archive.read(name)) for name in pages]
        assert [root.get("lang") for root in roots] == ["zh-Hant", "ja", "und"]
        assert all("script" not in archive.read(name).decode() for name in archive.namelist())
        navigation = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    links = navigation.iterfind(".//{http://www.w3.org/1999/xhtml}a")
    assert [link.get("href") for link in links] == [name.removeprefix("EPUB/") for name in pages]


def test_the_same_articles_make_the_same_book() -> None:
    assert book(*ARTICLES) == book(*ARTICLES)
