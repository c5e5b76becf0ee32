"""What the index knows of a text to the letter."""

from __future__ import annotations

import sys
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from index.fold import fold
from index.tokens import is_cjk, runs, written_forms_of
from index.verbatim import absent, characters, is_changed, terms

UNASSIGNED = {"Cn", "Co", "Cs"}
HARD = "臺台湾灣汉漢キャヤﾊﾟバゝ々〱㍿株㈱⼀一㊀㎏の゛か\u3099ガ頼賴𠮷吉\U0002f800🈁 aÉ,"


@given(st.lists(st.text(st.sampled_from(HARD), max_size=12), min_size=3, max_size=3), st.text(HARD))
def test_each_character_that_is_written_otherwise_is_known(texts: list[str], author: str) -> None:
    whole, folded = "\n".join(texts), fold("\n".join([*texts, author]))
    forms = written_forms_of(runs(folded))
    found = {
        term for term in terms(texts, author, forms) if is_cjk(term) or is_cjk(term[1:] or "a")
    }
    written = characters(whole)
    changed = {char for char in written if is_changed(char)}
    missing = characters(folded) - written
    assert found == changed | set(map(absent, missing))


def test_no_character_of_unicode_becomes_han_or_kana_unnoticed() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if category(char) in UNASSIGNED or not characters(folded := fold(char)) or folded == char:
            continue
        assert any(map(is_cjk, "".join(terms([char], "", set())).replace("-", ""))), hex(code)
