"""Files of notes: what is written is read again, and of two versions none is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.export.markdown import escaped, quoted
from digest.notefiles import Written, hash_of, highlight_part, merged, note_part, read_parts

# What a note or quote is when the library has cleaned it.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n"),
    max_size=60,
)
TRICKY = "<!-- digest: note 0123456789ab -->\n<!--  digest: x\n> quoted\n\n    code\n---\n# head"


def even(text: str) -> str:
    return text.strip("\n").rstrip()


@given(TEXTS, TEXTS, TEXTS)
@example(TRICKY, "a\n\n> b\n\\*c*_d_ & 1. <e>", TRICKY)
@example("", "一句話", "")
def test_what_is_written_is_read_again(note: str, quote: str, comment: str) -> None:
    parts = [note_part(note), highlight_part(7, quoted(escaped(quote)), comment)]
    for newline in ("\n", "\r\n"):
        file = f"# [title](<x>)\n\n{parts[0]}\n\n{parts[1]}\n".replace("\n", newline)
        found = read_parts(file, 3, "title", "x")
        assert isinstance(found, Written)
        assert found.note == even(note)
        assert found.base == hash_of(note)
        (kept,) = found.highlights
        assert kept.id == 7
        assert kept.quote.split() == quote.split()
        assert kept.comment == even(comment)


def test_a_file_without_its_mark_is_none_of_ours() -> None:
    assert read_parts("# Title\n\nA text.\n", 1, "t", "") is None


@pytest.mark.parametrize(
    ("current", "incoming", "written", "result"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),  # changed in the file
        ("b", "a", "a", "b"),  # changed in the library
        ("b", "c", "a", "b\n\n---\n\nc"),  # changed in both
        ("b\n\n---\n\nc", "c", "a", "b\n\n---\n\nc"),  # and brought in once more
        ("b", "b and more", "a", "b and more"),  # both the same way, one further
        ("", "a", "a", "a"),  # gone from the library, or another library
        ("a", "", "a", ""),  # emptied in the file
        ("b", "", "a", "b"),  # but changed here
        ("", "", "", ""),
    ],
)
def test_of_two_versions_none_is_lost(
    current: str, incoming: str, written: str, result: str
) -> None:
    assert merged(current, incoming, hash_of(written)) == result


@given(TEXTS, TEXTS, TEXTS)
def test_a_merge_is_settled_after_one_time(current: str, incoming: str, written: str) -> None:
    once = merged(current, incoming, hash_of(written))
    assert merged(once, incoming, hash_of(written)) in {once, even(once)}
    if even(current) != even(written) and incoming.strip():
        assert even(incoming) in once or hash_of(incoming) == hash_of(written)
        assert even(current) in once
