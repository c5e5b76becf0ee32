"""Quotes that a person keeps: found by search, undone, and found again in a new text."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.anchors import Extent, Quote, find, quote_of, whole
from digest.config.settings import Config
from digest.errors import UsageError
from digest.library import Library
from digest.model import Block, BlockKind, Draft, Span
from digest.store import articles
from digest.store.times import from_epoch


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, (Span(text),)) for text in texts)


TEXT = blocks(
    "The ferry sails twice a week.",
    "「重要な一歩だ」と外相は述べた。",
    "The ferry sails twice a week, the harbour says.",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", Config())
    with opened._database.write() as db:
        articles.save(
            db,
            Draft("Ferry", TEXT, url="https://example.org/1", published=from_epoch(1)),
            opened._clock(),
        )
    opened.catch_up()
    yield opened
    opened.close()


def kept(library: Library, quote: Quote, comment: str = "") -> int:
    return library.highlights.keep(1, quote, comment)


def test_a_highlight_is_found_counted_shown_and_undone(library: Library) -> None:
    quote = quote_of(TEXT, Extent(1, 1, 1, 7))
    assert quote == Quote("重要な一歩だ", f"{TEXT[0].text}\n「", quote.after, 1)
    kept(library, quote, "quote him on Monday")
    assert library.matching("note:Monday")[0] == [1]
    assert library.matching("note:重要な一歩")[0] == [1]
    assert library.matching("is:noted")[0] == [1]
    assert library.counts().noted == 1
    [one] = library.article(1).highlights
    assert (one.quote, one.comment, one.paragraph) == ("重要な一歩だ", "quote him on Monday", 1)
    assert library.undo() == "highlighted in article 1"
    assert library.article(1).highlights == ()
    assert library.matching("note:Monday")[0] == []
    library.redo()
    assert library.article(1).highlights == (one,)


def test_a_comment_changes_and_a_highlight_goes_undoably(library: Library) -> None:
    ident = kept(library, quote_of(TEXT, whole(TEXT, 0, 0)))
    library.highlights.comment(ident, "first")
    library.highlights.comment(ident, "second")
    assert library.matching("note:second")[0] == [1]
    assert library.matching("note:first")[0] == []
    assert library.highlights.remove(ident)
    assert not library.highlights.remove(ident)
    assert library.matching("is:noted")[0] == []
    library.undo()
    assert [one.comment for one in library.article(1).highlights] == ["second"]
    assert kept(library, quote_of(TEXT, whole(TEXT, 1, 1))) != ident


def test_a_blank_selection_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="no words"):
        kept(library, Quote("  \n", "", "", 0))


def test_a_quote_finds_its_paragraph_in_a_new_text(library: Library) -> None:
    kept(library, quote_of(TEXT, Extent(2, 0, 2, 28)))
    new = blocks("A line was put in front.", "And another one.", *(block.text for block in TEXT))
    draft = Draft("Ferry", new, url="https://example.org/1", published=from_epoch(1))
    with library._database.write() as db:
        articles.save(db, draft, library._clock())
    [one] = library.article(1).highlights
    assert one.paragraph == 4


def test_all_notes_and_highlights_of_a_tag_are_one_list(library: Library) -> None:
    kept(library, quote_of(TEXT, whole(TEXT, 0, 0)), "why twice?")
    library.set_note(1, "Ask the harbour.")
    library.tag([1], ["sea"])
    [found] = library.highlights.noted(library.matching("tag:sea")[0])
    assert found.note == "Ask the harbour."
    assert [(one.quote, one.comment) for one in found.highlights] == [
        ("The ferry sails twice a week.", "why twice?")
    ]


# where a quote stands ---------------------------------------------------------------------------


def test_of_two_equal_passages_the_surroundings_tell() -> None:
    quote = quote_of(TEXT, Extent(2, 4, 2, 28))
    assert find(TEXT, quote) == Extent(2, 4, 2, 28)
    assert find(TEXT[:2], quote) == Extent(0, 4, 0, 28)


def test_white_space_and_paragraph_breaks_do_not_matter() -> None:
    quote = quote_of(TEXT, Extent(0, 20, 1, 7))
    joined = blocks("The ferry sails twice  a week.", "「重要な一歩だ」と外相は述べた。")
    assert find(joined, quote) == Extent(0, 20, 1, 7)


def test_a_quote_whose_words_were_corrected_stands_between_its_surroundings() -> None:
    old = blocks("Before it all stood this.", "The minister sayd so.", "Behind it stood that.")
    new = blocks("Before it all stood this.", "The minister said so.", "Behind it stood that.")
    assert find(new, quote_of(old, whole(old, 1, 1))) == Extent(1, 0, 1, 21)


def test_a_quote_that_is_gone_is_gone() -> None:
    quote = quote_of(TEXT, whole(TEXT, 1, 1))
    assert find(blocks("Something else."), quote) is None
    assert find((), quote) is None


@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=6),
    st.data(),
)
def test_whatever_was_selected_is_found_where_it_was_or_where_it_also_stands(
    texts: list[str], data: st.DataObject
) -> None:
    there = blocks(*texts)
    first = data.draw(st.integers(0, len(texts) - 1))
    last = data.draw(st.integers(first, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[first])))
    end = data.draw(st.integers(start if first == last else 0, len(texts[last])))
    quote = quote_of(there, Extent(first, start, last, end))
    if not quote.text:
        return
    place = find(there, quote)
    assert place is not None
    again = quote_of(there, place)
    assert again.text.split() == quote.text.split()


def test_a_comment_alone_leaves_the_quote(library: Library) -> None:
    ident = kept(library, quote_of(TEXT, whole(TEXT, 1, 1)))
    before = library.article(1).highlights[0]
    library.highlights.comment(ident, " kept ")
    assert library.article(1).highlights == (replace(before, comment="kept"),)
