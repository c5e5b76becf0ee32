"""Rows, pages, tables, dates and the sidebar as plain values."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.settings import Feed, View
from digest.languages.catalogues import words_of
from digest.library.values import Counts, FeedInfo
from digest.model import Article, Block, BlockKind, FeedState, Mark, Snippet, Span, Summary
from digest.tui.i18n import install
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, plain, width
from digest.tui.rendering.article import HEAD, Page, lay_out, plain_lines
from digest.tui.rendering.badges import badge
from digest.tui.rendering.citation import citation
from digest.tui.rendering.dates import day_in_words
from digest.tui.rendering.outline import outline, quoted
from digest.tui.rendering.parts import text_of
from digest.tui.rendering.rows import (
    BROUGHT,
    Head,
    blank_parts,
    columns,
    day_parts,
    head_parts,
    row_parts,
    snippet_parts,
)
from digest.tui.rendering.status import at_foot

TAIPEI = ZoneInfo("Asia/Taipei")
ROW = Summary(
    id=1,
    title="台日簽署半導體合作備忘錄 with TSMC",
    url="https://example.org/1",
    feed="中央社 CNA",
    author="王小明",
    lang="zh-Hant",
    published=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    fetched=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    read=False,
    starred=True,
    noted=True,
    tags=("chips", "台海"),
    copies=2,
)


def article(*blocks: Block, note: str = "", row: Summary = ROW) -> Article:
    return Article(row, blocks, None, note, (), (), ())


def text(words: str, href: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, (Span(words, href),))


# rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("total", [40, 52, 80, 120])
@pytest.mark.parametrize("grouped", [True, False])
def test_rows_are_as_wide_as_the_list(total: int, grouped: bool) -> None:
    grid = columns(total, grouped=grouped)
    snippet = Snippet("雙方將在熊本合作興建晶圓廠。" * 4, (Mark(40, 44),))
    for parts in (
        row_parts(ROW, grid, TAIPEI),
        row_parts(replace(ROW, lang="en", tags=(), copies=0), grid, TAIPEI, cursor=True),
        row_parts(replace(ROW, title="標題" * 60), grid, TAIPEI, selected=True),
        snippet_parts(snippet, grid),
        snippet_parts(None, grid),
        *(snippet_parts(snippet, grid, brought) for brought in BROUGHT),
        day_parts("Sunday 22 November", total),
        blank_parts(total),
    ):
        assert width(text_of(parts)) == total


def test_a_row_shows_what_it_should() -> None:
    shown = text_of(row_parts(ROW, columns(100, grouped=True), TAIPEI, cursor=True))
    for part in (
        "›",
        signs.UNREAD,
        signs.STAR,
        signs.NOTE,
        "16:30",
        "繁",
        "中央社 CNA",
        "#chips",
        "+2",
    ):
        assert part in shown
    read = replace(ROW, read=True, starred=False, noted=False)
    shown = text_of(row_parts(read, columns(100, grouped=True), TAIPEI))
    assert not {signs.UNREAD, signs.STAR, signs.NOTE} & set(shown)


def test_hits_in_a_row_stand_where_they_are_in_the_title() -> None:
    parts = row_parts(ROW, columns(100, grouped=False), TAIPEI, title_marks=(Mark(4, 7),))
    assert [part.text for part in parts if part.role == "hit"] == ["半導體"]


def test_a_passage_shows_its_hit_however_far_in_it_is() -> None:
    words = "前言" * 40 + "台灣" + "後記" * 40
    parts = snippet_parts(Snippet(words, (Mark(80, 82),)), columns(60, grouped=False))
    assert [part.text for part in parts if part.role == "hit"] == ["台灣"]


def test_a_passage_is_cut_between_words_and_with_our_own_sign() -> None:
    words = "…over the sea, Kumamoto and its neighbours have brought many engineers from Taiwan."
    at = words.index("Taiwan")
    parts = snippet_parts(Snippet(words, (Mark(at, at + 6),)), columns(60, grouped=False))
    shown = "".join(part.text for part in parts)
    assert "⋯ from Taiwan" in shown or "⋯from Taiwan" in shown
    begun = snippet_parts(Snippet(words, (Mark(1, 5),)), columns(60, grouped=False))
    assert "…" not in "".join(part.text for part in begun)


def test_signs_have_an_unambiguous_width() -> None:
    for sign in signs.ALL:
        assert unicodedata.east_asian_width(sign) in ("N", "Na"), sign
        assert width(sign) == 1


def test_control_characters_never_reach_the_screen() -> None:
    evil = replace(
        ROW, title="a\x1b[31mred\x07\u202eevil\x9b2J", feed="f\x1b]0;x\x07", tags=("t\x1bx",)
    )
    drawn = "".join(part.text for part in row_parts(evil, columns(100, grouped=True), TAIPEI))
    page = lay_out(article(text("b\x1b[2Jody\u2066"), row=evil), 72, TAIPEI)
    for found in (drawn, *plain_lines(page), *(p.text for line in page.lines for p in line.parts)):
        assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in found), repr(found)


@given(st.text(max_size=60), st.integers(0, 40))
def test_fit_is_exact_and_cut_never_wider(words: str, cells: int) -> None:
    assert width(cut(plain(words), cells)) <= cells
    assert width(fit(plain(words), cells)) == cells


@pytest.mark.parametrize(
    ("lang", "sign"),
    [
        ("en", "EN"),
        ("en-GB", "EN"),
        ("zh-Hant", "繁"),
        ("zh-TW", "繁"),
        ("zh-Hans", "简"),
        ("zh-CN", "简"),
        ("zh", "中"),
        ("ja", "日"),
        ("fr", "FR"),
        ("", "  "),
    ],
)
def test_badges(lang: str, sign: str) -> None:
    assert badge(lang) == sign
    assert width(badge(lang)) == 2


def test_days_in_words() -> None:
    today = date(2026, 11, 22)
    assert day_in_words(today, today) == "Today, Sunday 22 November"
    assert day_in_words(date(2026, 11, 21), today) == "Yesterday, Saturday 21 November"
    assert day_in_words(date(2025, 1, 2), today) == "Thursday 2 January 2025"


@pytest.mark.parametrize("total", range(8, 60))
def test_a_long_name_of_a_group_is_cut_and_its_number_stays(total: int) -> None:
    head = Head("台日海巡設立熱線，雙方同意：與那國島 near Yonaguni\u202e", 1234)
    line = text_of(head_parts(head, total))
    assert width(line) == total
    assert "\u202e" not in line
    if total >= 12:
        assert line.rstrip().endswith("   1,234")


def test_citation() -> None:
    assert citation(ROW, TAIPEI) == (
        "王小明. “台日簽署半導體合作備忘錄 with TSMC” 中央社 CNA, 2026-11-21. https://example.org/1"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh-Hant",
            "王小明，〈台日簽署半導體合作備忘錄 with TSMC〉，《中央社 CNA》，2026年11月21日。",
        ),
        ("ja", "王小明「台日簽署半導體合作備忘錄 with TSMC」『中央社 CNA』2026年11月21日"),
    ],
)
def test_a_citation_is_written_as_the_language_of_the_desk_does(lang: str, words: str) -> None:
    install(words_of(lang))
    assert citation(ROW, TAIPEI) == f"{words} https://example.org/1"


# pages --------------------------------------------------------------------------------------


def lines_of(*blocks: Block, cells: int = 40) -> list[str]:
    """The lines of the body, without the head and the foot."""
    page = lay_out(article(*blocks), cells, TAIPEI)
    shown = zip(page.lines, plain_lines(page), strict=True)
    body = [words for line, words in shown if 0 <= line.block < len(blocks)]
    return body[1:] if body and not body[0] else body


def test_blocks_have_their_forms() -> None:
    assert lines_of(
        Block(BlockKind.HEADING, (Span("Heading"),), level=2),
        text("Paragraph."),
        Block(BlockKind.ITEM, (Span("first"),), level=1),
        Block(BlockKind.ITEM, (Span("inner"),), level=2, ordinal=3),
        Block(BlockKind.QUOTE, (Span("said"),)),
        Block(BlockKind.CODE, (Span("x = 1\n  y"),)),
    ) == [
        "Heading",
        "",
        "Paragraph.",
        "",
        "- first",
        "  3. inner",
        "",
        "❘ said",
        "",
        "  x = 1",
        "    y",
    ]


def test_paragraphs_are_broken_by_the_rules() -> None:
    assert lines_of(text("台湾有事は、日本有事。「重要だ」と述べた。"), cells=12) == [
        "台湾有事は、",
        "日本有事。",
        "「重要だ」と",
        "述べた。",
    ]


def test_tables_align_by_width() -> None:
    rows = [
        Block(BlockKind.ROW, cells=("年", "Trade"), header=True),
        Block(BlockKind.ROW, cells=("2025", "台日")),
    ]
    assert lines_of(*rows) == ["年    Trade", "----  -----", "2025  台日"]


def test_a_table_too_wide_wraps_its_cells() -> None:
    rows = [Block(BlockKind.ROW, cells=("short", "台灣與日本簽署半導體合作備忘錄"))]
    lines = lines_of(*rows, cells=24)
    assert len(lines) == 2
    assert max(width(line) for line in lines) <= 24


def test_links_are_numbered_and_listed() -> None:
    block = Block(
        BlockKind.PARAGRAPH,
        (
            Span("See "),
            Span("the paper", "https://a.example/1"),
            Span(" and "),
            Span("more", "https://b.example/2"),
            Span("."),
        ),
    )
    page = lay_out(article(block), 72, TAIPEI)
    lines = plain_lines(page)
    assert "See the paper[1] and more[2]." in lines
    assert "[2] https://b.example/2" in lines
    assert page.links == ("https://a.example/1", "https://b.example/2")


def test_a_figure_shows_caption_and_link() -> None:
    block = Block(BlockKind.FIGURE, (Span("Ministers meet"),), src="https://a.example/p.jpg")
    assert lines_of(block) == ["[Figure] Ministers meet picture[1]"]


def test_hits_are_numbered_in_order_and_survive_link_numbers() -> None:
    block = Block(BlockKind.PARAGRAPH, (Span("台灣", "https://a.example"), Span(" and 台灣 again")))
    page = lay_out(
        article(block), 72, TAIPEI, marks={HEAD: (Mark(0, 2),), 0: (Mark(0, 2), Mark(7, 9))}
    )
    assert hits_of(page) == [(0, "台日"), (1, "台灣"), (2, "台灣")]
    assert len(page.hits) == 3
    assert page.hits[1] == page.hits[2] > page.hits[0]


def hits_of(page: Page) -> list[tuple[int, str]]:
    return [(part.hit, part.text) for line in page.lines for part in line.parts if part.hit >= 0]


def test_partial_text_and_notes_are_told() -> None:
    page = lay_out(
        article(text("x"), note="think\nagain", row=replace(ROW, partial=True)), 60, TAIPEI
    )
    lines = plain_lines(page)
    assert any("Only a part" in line for line in lines)
    assert "✎ think" in lines
    assert "  again" in lines


@given(st.lists(st.text("台灣日本、。「」 abc\n\t-", max_size=80), max_size=6), st.integers(8, 72))
def test_no_line_of_a_page_is_too_wide(words: Sequence[str], cells: int) -> None:
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE)
    blocks = [
        Block(kinds[at % 4], (Span(some, "https://a.example" if at % 2 else ""),), level=at)
        for at, some in enumerate(words)
    ]
    page = lay_out(article(*blocks), cells, TAIPEI)
    # What hangs (an indent, a number) may leave four cells to the text, not fewer.
    assert max(width(line) for line in plain_lines(page)) <= max(cells, 20)


def test_a_place_is_found_again_after_another_layout() -> None:
    blocks = [text(f"Paragraph {n} " + "台灣與日本 " * 20) for n in range(30)]
    wide, narrow = (lay_out(article(*blocks), cells, TAIPEI) for cells in (72, 30))
    line = wide.lines[wide.line_at(17, 0)]
    assert line.block == 17
    found = narrow.lines[narrow.line_at(line.block, line.offset)]
    assert found.block == 17
    assert found.offset == 0


# the sidebar --------------------------------------------------------------------------------


def info(ident: int, name: str, lang: str, group: str = "", failures: int = 0) -> FeedInfo:
    feed = Feed(
        url=f"https://{ident}.example", name=name, lang=lang, groups=(group,) if group else ()
    )
    return FeedInfo(feed, FeedState(id=ident, url=feed.url, name=name, failures=failures))


def test_outline() -> None:
    counts = Counts(
        all=9,
        unread=5,
        today=1,
        starred=2,
        noted=3,
        views={"Chips": 4},
        feeds={1: (1, 2), 2: (2, 2), 3: (2, 5)},
        tags=(("台海", 1, 3), ("two words", 0, 1)),
    )
    feeds = [
        info(1, "NHK", "ja", failures=2),
        info(2, "CNA 政治", "zh", "CNA"),
        info(3, "CNA 國際", "zh", "CNA"),
    ]
    entries = outline(counts, feeds, [View("Chips", "chip*")], date(2026, 11, 22))
    assert [(one.title, one.query, one.count, one.depth) for one in entries] == [
        ("Unread", "is:unread", 5, 0),
        ("Today", "date:2026-11-22", 1, 0),
        ("Starred", "is:starred", 2, 0),
        ("With a note", "is:noted", 3, 0),
        ("All articles", "", 9, 0),
        ("Views", None, None, 0),
        ("Chips", "chip*", 4, 0),
        ("Feeds", None, None, 0),
        ("中  Chinese", "lang:zh", 4, 0),
        ("CNA", "feed:CNA", 4, 1),
        ("CNA 政治", 'feed:"CNA 政治"', 2, 2),
        ("CNA 國際", 'feed:"CNA 國際"', 2, 2),
        ("日  Japanese", "lang:ja", 1, 0),
        ("NHK", "feed:NHK", 1, 1),
        ("Tags", None, None, 0),
        ("#台海", "tag:台海", 1, 0),
        ("#two words", 'tag:"two words"', 0, 0),
    ]
    assert [one.title for one in entries if one.trouble] == ["NHK"]


def test_quoting_keeps_a_name_in_one_piece() -> None:
    assert quoted("NHK") == "NHK"
    assert quoted('a "b" c') == '"a  b  c"'
    assert quoted("(x)") == '"(x)"'


def test_the_head_names_the_section_and_links_the_lead_picture() -> None:
    found = replace(article(text("雙方會談。")), section="政治", image="https://example.org/a.jpg")
    page = lay_out(found, 72, TAIPEI)
    head = [text_of(line.parts) for line in page.lines if line.block == HEAD]
    assert any("中央社 CNA   政治" in line for line in head)
    assert any("picture" in line for line in head)
    assert page.links == ("https://example.org/a.jpg",)


def test_a_lead_picture_that_stands_in_the_text_is_not_repeated() -> None:
    figure = Block(BlockKind.FIGURE, (Span("會談"),), src="https://example.org/a.jpg")
    page = lay_out(replace(article(figure), image=figure.src), 72, TAIPEI)
    assert sum("picture" in text_of(line.parts) for line in page.lines) == 1


# the foot -----------------------------------------------------------------------------------

FOOT = (
    "台灣",
    "1 of 5,733",
    "EN 1,234  繁 4,000  日 499",
    "2026-01-05 ▁▃█▂▁▃█▂",
    "Making the index",
)
HINTS = ("Enter open", "/ search", "? help")


def test_the_foot_has_everything_where_there_is_room() -> None:
    left, right = at_foot(FOOT, HINTS, 140)
    assert left == "   ".join(FOOT)
    assert right == "Enter open  / search  ? help"


def test_hints_go_before_any_part_the_last_one_last() -> None:
    room = width("   ".join(FOOT)) + 3
    assert at_foot(FOOT, HINTS, room + len("Enter open  ? help")) == (
        "   ".join(FOOT),
        "Enter open  ? help",
    )
    assert at_foot(FOOT, HINTS, room + len("? help")) == ("   ".join(FOOT), "? help")
    assert at_foot(FOOT, HINTS, room) == ("   ".join(FOOT), "")


@given(st.integers(0, 120))
def test_what_does_not_fit_the_foot_is_left_out_whole_from_the_end(room: int) -> None:
    left, right = at_foot(FOOT, HINTS, room)
    assert width(left) + (3 + width(right) if right else 0) <= room
    title, *rest = left.split("   ")
    assert title == FOOT[0] or room < width(FOOT[0])
    assert tuple(rest) == FOOT[1 : len(rest) + 1]
    assert all(hint in HINTS for hint in right.split("  ") if hint)


def test_a_long_query_is_cut_so_that_the_number_of_hits_is_seen() -> None:
    query = "(半導體 OR chip*) newer:30d lang:zh,ja -feed:Reuters sort:newest"
    left, _right = at_foot((query, *FOOT[1:]), HINTS, 78)
    assert left.startswith("(半導體 OR chip*)")
    assert left.endswith("⋯   1 of 5,733   EN 1,234  繁 4,000  日 499")
