"""The language that a text without one is set in, told by its script."""

from __future__ import annotations

import re
from html import escape

_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def script_language(text: str, around: str = "") -> str:
    """`ja` where there is kana; where there is Han alone `zh-Hant`; else "".

    In a document in Chinese or Japanese, whose tag is `around`, Han alone is of its language.
    """
    if _KANA.search(text):
        return "ja"
    if not _HAN.search(text):
        return ""
    return around if around.partition("-")[0] in ("zh", "ja") else "zh-Hant"


def lang_attributes(tag: str) -> str:
    """`lang` and `xml:lang` for a start tag, with a space before them; "" for no language."""
    safe = escape(tag)
    return f' lang="{safe}" xml:lang="{safe}"' if tag else ""


def scripted(text: str, around: str = "") -> str:
    """`lang_attributes` of the language that a text's script tells, in a document in `around`."""
    return lang_attributes(script_language(text, around))
