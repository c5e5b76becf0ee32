"""Spellings of Japanese that mean the same word, as alternatives for a query.

They are applied to what is asked for and never to what is indexed, so that every two characters
of a text stay findable as they stand. All texts here are folded: small katakana is large already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

MAX_ALTERNATIVES = 5

_LONGER = Path(__file__).with_name("data") / "okurigana.txt"

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_REPEATED = re.compile(f"([{_HAN}])々")
_DOUBLE = re.compile(f"([{_HAN}])\\1")
_KANA_REPEATED = re.compile("([ぁ-ゖァ-ヺ])([ゝゞヽヾ])")
# A long vowel at the end of a katakana word of more than two syllables may go unwritten
# (サーバー, サーバ).
_LONG_END = re.compile("(?<=[ァ-ヺー]{3})ー(?![ァ-ヺー])")
_V = {
    "ヴヤ": "ビヤ",
    "ヴユ": "ビユ",
    "ヴヨ": "ビヨ",
    "ヴア": "バ",
    "ヴイ": "ビ",
    "ヴエ": "ベ",
    "ヴオ": "ボ",
    "ヴ": "ブ",
}
_FROM_V = re.compile("|".join(_V))
_B = {b: v for v, b in _V.items()}
# 霞ヶ関, 霞が関; 一ヶ月, 一か月, 一カ月. Small ヶ and ヵ are folded to large ones.
_BETWEEN = re.compile(f"(?<=[{_HAN}0-9])[ケカがか](?=[{_HAN}])")
# 取り組み, 取組; 受け入れ, 受入れ, 受入. These kana end parts of verbs and are no particles.
_ENDS = "えきぎけげせちびみめりれ"
_JOINT = re.compile(f"(?<=[{_HAN}])[{_ENDS}](?=[{_HAN}])")
_END = re.compile(f"(?<=[{_HAN}])[{_ENDS}](?![ぁ-ゖ])")
_FROM_B = re.compile("ビ[ヤユヨ]|[バビブベボ]")
_KATAKANA = re.compile("[ァ-ヺー]{4}")


def _voiced(kana: str, mark: str) -> str:
    """A kana repeated by a mark: ゝ and ヽ without, ゞ and ヾ with the voicing sign."""
    from unicodedata import normalize  # noqa: PLC0415 - such marks are rare

    bare = normalize("NFD", kana)[0]
    return normalize("NFC", bare + "\u3099") if mark in "ゞヾ" else bare


def _without_endings(text: str) -> str:
    """A text in which the parts of compounds are joined without kana (送り仮名の付け方, 通則6)."""
    return _END.sub("", _JOINT.sub("", text)) if _JOINT.search(text) else text


@cache
def _longer_forms() -> tuple[dict[str, str], int]:
    """What words written with fewer kana are with all of them, and the longest of these words."""
    lines = _LONGER.read_text(encoding="utf-8").splitlines()
    forms = dict(line.split("\t") for line in lines)
    return forms, max(map(len, forms))


def _with_endings(text: str) -> str:
    """A text in which words that JMdict also has with more kana have these (取組, 取り組み)."""
    forms, longest = _longer_forms()
    found, at = [], 0
    while at < len(text):
        parts = (text[at : at + size] for size in range(longest, 1, -1))
        part = next((part for part in parts if part in forms), text[at])
        found.append(forms.get(part, part))
        at += len(part)
    return "".join(found)


_RULES: tuple[Callable[[str], str], ...] = (
    lambda text: _LONG_END.sub("", text),
    lambda text: _REPEATED.sub(r"\1\1", text),
    lambda text: _DOUBLE.sub(r"\1々", text),
    lambda text: _KANA_REPEATED.sub(lambda found: found[1] + _voiced(found[1], found[2]), text),
    lambda text: _BETWEEN.sub("ケ", text),
    lambda text: _BETWEEN.sub("が", text),
    lambda text: _BETWEEN.sub("か", text),
    lambda text: _BETWEEN.sub("カ", text),
    lambda text: _FROM_V.sub(lambda found: _V[found[0]], text),
    lambda text: _FROM_B.sub(lambda found: _B[found[0]], text) if _KATAKANA.search(text) else text,
    _without_endings,
    _with_endings,
)


def spellings(folded: str) -> tuple[str, ...]:
    """`folded` itself and up to four other ways to write it."""
    if folded.isascii():
        return (folded,)
    found = dict.fromkeys([folded, *(rule(folded) for rule in _RULES)])
    return tuple(found)[:MAX_ALTERNATIVES]
