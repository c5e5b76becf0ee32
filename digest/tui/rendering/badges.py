"""Languages as signs of two cells."""

from __future__ import annotations

_SIGNS = {"en": "EN", "ja": "日", "ko": "한", "zh": "中"}
_SIMPLIFIED = frozenset(("hans", "cn", "sg", "my"))
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


def badge(lang: str) -> str:
    """Two cells for a BCP 47 tag: `EN 繁 简 日`, `中` for Chinese in an unknown script.

    Other languages show their code in capitals; an unknown language is blank.
    """
    code, *rest = lang.replace("_", "-").lower().split("-")
    if code == "zh":
        if _TRADITIONAL.intersection(rest):
            return "繁"
        if _SIMPLIFIED.intersection(rest):
            return "简"
    if sign := _SIGNS.get(code):
        return sign
    return code[:2].upper().ljust(2) if code.isascii() and code.isalpha() else "  "


def sign(code: str) -> str:
    """The badge of an ISO 639-1 code, unpadded; Chinese is taken for that in full forms."""
    return badge("zh-Hant" if code == "zh" else code).strip() or "--"
