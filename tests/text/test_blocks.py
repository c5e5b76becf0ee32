from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.blocks import MAX_BLOCKS, MAX_CHARACTERS, bounded, from_json, to_json, to_text
from digest.model import Block, BlockKind, Span

P, ITEM, ROW = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW
spans = st.builds(Span, st.text(max_size=20), st.sampled_from(["", "https://example.com/a"]))
blocks = st.lists(
    st.builds(
        Block,
        kind=st.sampled_from(BlockKind),
        spans=st.lists(spans, max_size=3).map(tuple),
        level=st.integers(0, 6),
        ordinal=st.integers(0, 99),
        cells=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        header=st.booleans(),
        src=st.sampled_from(["", "https://example.com/i.jpg"]),
    ),
    max_size=8,
).map(tuple)


def paragraph(text: str, kind: BlockKind = P) -> Block:
    return Block(kind, (Span(text),))


def test_plain_text_separates_blocks_and_cells() -> None:
    article = [
        Block(BlockKind.HEADING, (Span("見出し"),), level=2),
        Block(P, (Span("台湾と"), Span("日本", "https://example.com/"), Span("。"))),
        paragraph("一", ITEM),
        paragraph("二", ITEM),
        Block(ROW, cells=("年", "額"), header=True),
        Block(ROW, cells=("2025", "3")),
        Block(BlockKind.FIGURE, src="https://example.com/i.jpg"),
        paragraph("終わり"),
    ]
    assert to_text(article) == "見出し\n\n台湾と日本。\n\n一\n二\n\n年\t額\n2025\t3\n\n終わり"


@given(blocks)
def test_json_brings_the_same_blocks_back(article: tuple[Block, ...]) -> None:
    assert from_json(to_json(article)) == article


@pytest.mark.parametrize("source", ["", "{}x", '[{"kind":"song"}]', "[1]", "[{}]", '{"a":1}', "3"])
def test_json_of_something_else_is_refused(source: str) -> None:
    with pytest.raises(ValueError):
        from_json(source)


def test_json_has_no_defaults() -> None:
    assert json.loads(to_json([paragraph("x")])) == [{"kind": "paragraph", "spans": [["x"]]}]


def test_what_is_within_the_limits_stays() -> None:
    article = (paragraph("a"), paragraph("b"))
    assert bounded(article) == (article, False)


def test_a_flood_of_blocks_is_cut() -> None:
    kept, cut = bounded(paragraph("x") for _ in range(MAX_BLOCKS + 5))
    assert (len(kept), cut) == (MAX_BLOCKS, True)


def test_a_giant_block_is_cut_and_not_dropped() -> None:
    kept, cut = bounded([paragraph("a"), paragraph("題" * MAX_CHARACTERS), paragraph("b")])
    assert cut
    assert sum(len(block.text) for block in kept) == MAX_CHARACTERS


def test_levels_are_bounded() -> None:
    ((deep,), cut) = bounded([Block(ITEM, (Span("x"),), level=60)])
    assert (deep.level, cut) == (6, False)
