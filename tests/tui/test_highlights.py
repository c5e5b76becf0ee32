"""Quotes that are kept in the reader: selected, commented, listed, undone."""

from __future__ import annotations

from pathlib import Path

from textual import events

from digest.model import Block, BlockKind, Span
from digest.tui.rendering.article import Page
from digest.tui.rendering.runs import Links, moved, run_of, unmoved
from digest.tui.rendering.selecting import Point, word_at
from tests.tui.desk import NEVER_READ, Desk, open_desk


def kept(desk: Desk) -> list[tuple[str, str]]:
    ident = desk.screen.articles.current
    assert ident is not None
    return [(one.quote, one.comment) for one in desk.library.article(ident).highlights]


def selected(desk: Desk) -> bool:
    return desk.screen.reader.selecting


async def test_a_paragraph_is_kept_with_a_comment_shown_and_undone(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("j", "j", "enter", "v", "H")
        await desk.type("ask him")
        await desk.press("enter")
        await desk.until(lambda: bool(kept(desk)))
        assert kept(desk) == [("台湾と日本は金曜日、半導体に関する覚書に署名した。", "ask him")]
        await desk.until(lambda: "ask him" in desk.text)
        await desk.press("ctrl+z")
        await desk.until(lambda: not kept(desk))
        await desk.until(lambda: "ask him" not in desk.text)


async def test_several_paragraphs_are_one_quote(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("j", "j", "enter", "v", "j", "H", "enter")
        await desk.until(lambda: bool(kept(desk)))
        [(quote, comment)] = kept(desk)
        assert quote.startswith("台湾と日本は")
        assert quote.endswith("「重要な一歩だ」と外相は述べた。")
        assert comment == ""


async def test_escape_gives_a_selection_up_and_stays_in_the_reader(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("enter", "v")
        assert selected(desk)
        await desk.press("escape")
        assert not selected(desk)
        assert desk.screen.pane == "reader"


async def test_the_mouse_selects_words_by_their_place(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("j", "j", "enter")
        reader = desk.screen.reader
        line = next(at for at, text in enumerate(desk.lines()) if "金曜日" in text)
        y = line - reader.region.y
        x = (reader.size.width - reader.page.columns) // 2
        await desk.pilot.mouse_down(reader, offset=(x + 12, y))
        await desk.pilot._post_mouse_events(
            [events.MouseMove], reader, offset=(x + 18, y), button=1
        )
        await desk.pilot.mouse_up(reader, offset=(x + 18, y))
        assert reader.quote is not None
        assert reader.quote.text == "金曜日"
        await desk.press("c")
        assert "> 金曜日\n" in desk.app.clipboard
        assert "港日報" in desk.app.clipboard


async def test_notes_and_highlights_of_the_list_are_found_opened_and_removed(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("M")
        assert "Nothing in this list has a note or a highlight." in desk.toasts
        await desk.press("j", "j", "enter", "v", "H")
        await desk.type("first remark")
        await desk.press("enter", "escape", "j", "enter", "v", "H")
        await desk.type("second remark")
        await desk.press("enter", "escape", "M")
        await desk.until(lambda: "2 notes and highlights" in desk.text)
        await desk.type("second")
        assert "first remark" not in desk.text
        await desk.press("down", "enter")
        assert desk.screen.pane == "reader"
        assert desk.screen.reader.article is not None
        assert "brackets" in desk.screen.reader.article.blocks[0].text
        await desk.press("M", "ctrl+d")
        assert desk.toasts[-1] == "Go to a highlight first."
        await desk.press("down", "ctrl+e")
        await desk.type(", longer")
        await desk.press("enter", "M")
        await desk.until(lambda: "first remark, longer" in desk.text)
        await desk.press("down", "ctrl+d")
        await desk.until(lambda: "1 note or highlight" in desk.text)


# places -----------------------------------------------------------------------------------------


def test_places_in_a_text_survive_the_numbers_of_links() -> None:
    spans = (
        Span("See "),
        Span("the report", "https://a.example/"),
        Span(" of "),
        Span("it", "https://b.example/"),
    )
    run = run_of(spans, "text", Links())
    assert run.text == "See the report[1] of it[2]"
    source = "".join(span.text for span in spans)
    for offset in range(len(source)):
        at = moved(offset, run.shifts)
        assert run.text[at] == source[offset]
        assert unmoved(at, run.shifts) == offset
    assert unmoved(run.text.index("[1]") + 1, run.shifts) == source.index(" of")
    assert unmoved(len(run.text), run.shifts) == len(source)
    assert moved(14, run.shifts, end=True) == 14


def test_a_word_is_of_one_script() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, (Span("TSMCは熊本のファブを、well-known だ"),)),)

    def word(offset: int) -> str:
        found = word_at(blocks, Point(0, offset))
        return blocks[0].text[found.start : found.end]

    assert [word(at) for at in (1, 5, 6, 8, 14)] == ["TSMC", "熊本", "熊本", "ファブ", "well-known"]
    assert word(11) == "を"
    assert Page(10).kept == ()
