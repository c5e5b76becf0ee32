"""Terms of any kind are told apart, and numbered the same however many come at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segments import vocabulary
from index.segments.vocabulary import Vocabulary

# Scattered, these two words have the same 40 high bits.
TWINS = ["hmqfkjzr", "cwewvthz"]

LETTERS = st.text(st.sampled_from("ab台\0\ud800"), max_size=11)
WORDS = st.one_of(st.sampled_from(["", "a", "abaababa", "abaababab", *TWINS]), LETTERS)
TEXTS = st.lists(WORDS, max_size=8)
KEYS = st.lists(st.binary(max_size=10), max_size=8)


def check(documents: Sequence[list[str] | list[bytes]]) -> None:
    taken = Vocabulary()
    for document in documents:
        taken.add(document)
    tokens = [
        term.encode("utf-8", "surrogatepass") if isinstance(term, str) else term
        for document in documents
        for term in document
    ]
    assert taken.tokens == len(tokens)
    terms, ranks = taken.ranked()
    assert terms == sorted(set(tokens))
    assert [terms[ranks[number]] for number in taken.numbers] == tokens


@given(st.lists(st.one_of(TEXTS, KEYS), max_size=12), st.sampled_from([1, 5, 1000]))
def test_each_token_has_the_place_of_its_term(
    documents: list[list[str] | list[bytes]], batch: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_BATCH", batch)
        check(documents)


def test_words_that_begin_alike_when_scattered_stay_apart() -> None:
    check([[*TWINS, *reversed(TWINS), *TWINS], TWINS])


def test_many_documents_are_numbered_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_BATCH", 64)
    check([[f"{number * number % 300}", "台灣", "government's"] for number in range(500)])
