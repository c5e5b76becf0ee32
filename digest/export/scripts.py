"""The language that a text without one is set in, told by its script."""

from __future__ import annotations

import re
from html import escape

_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def script_language(text: str) -> str:
    """`ja` where there is kana, `zh-Hant` where there is Han alone, else ""."""
    return "ja" if _KANA.search(text) else "zh-Hant" if _HAN.search(text) else ""


def lang_attributes(tag: str) -> str:
    """`lang` and `xml:lang` for a start tag, with a space before them; "" for no language."""
    safe = escape(tag)
    return f' lang="{safe}" xml:lang="{safe}"' if tag else ""


def scripted(text: str) -> str:
    """`lang_attributes` of the language that a text's script tells."""
    return lang_attributes(script_language(text))
