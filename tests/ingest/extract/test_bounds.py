from __future__ import annotations

import pytest

from digest.blocks import MAX_BLOCKS, MAX_CHARACTERS
from digest.errors import SourceError
from digest.ingest.extract.pages import extract_fragment, extract_page
from digest.ingest.extract.values import Extracted
from tests.ingest.extract.pages import HINTS, URL

# Each of these takes minutes, gigabytes or the stack where nothing bounds it.
BOMBS = {
    "deep-div": "<div>" * 100_000 + "text of the article " * 20,
    "deep-inline": "<p>" + "<b>" * 100_000 + "text of the article " * 20,
    "many-paragraphs": "<p>text</p>" * 60_000,
    "nested-lists": "<ul><li>a" * 30_000,
    "nested-tables": "<table><tr><td>a" * 20_000,
    "nested-quotes": "<blockquote>q" * 30_000,
    "nested-figures": "<figure>" * 30_000 + "text",
    "many-figures": "<figure><img src=/a alt=b><figcaption>c d</figcaption></figure><p>text</p>"
    * 20_000,
    "nested-captions": "<div class=caption><img src=/a><span class=caption>a" * 20_000,
    "many-captions": "<div><img src=/a><p class=caption>c d</p></div><p>text</p>" * 5_000,
    "many-attributes": "<p " + "".join(f'a{n}="x>" ' for n in range(200_000)) + ">text",
    "one-giant-text": "<p>" + "台湾と日本の関係。" * 400_000,
    "deep-json": '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>text</p>",
    "open-tags": "<" * 1_000_000,
    "entities": "<p>" + "&#x1b;[31m&zwj;&nbsp;" * 100_000,
    "nulls": "\x00" * 100_000,
}


def outcome(html: str, *, whole: bool) -> Extracted | None:
    try:
        if whole:
            return extract_page(html.encode(), url=URL, hints=HINTS)
        return extract_fragment(html, url=URL, hints=HINTS)
    except SourceError:
        return None


@pytest.mark.parametrize("whole", [True, False], ids=["page", "fragment"])
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_the_limits(name: str, whole: bool) -> None:
    found = outcome(BOMBS[name], whole=whole)
    if found is not None:
        assert len(found.blocks) <= MAX_BLOCKS
        assert sum(len(block.text) for block in found.blocks) <= MAX_CHARACTERS
        assert len(found.title) <= 500


def test_what_is_cut_says_so() -> None:
    found = extract_fragment(BOMBS["many-paragraphs"], url=URL, hints=HINTS)
    assert found.partial


@pytest.mark.parametrize("tag", ["font", "b", "span"])
def test_tags_nobody_closed_lose_no_text(tag: str) -> None:
    source = "".join(f"<{tag}>第{n}段落の文章である。<br><br>" for n in range(600))
    found = extract_fragment(source, url=URL, hints=HINTS)
    assert found.blocks[-1].text == "第599段落の文章である。"
    assert len(found.blocks) == 600
