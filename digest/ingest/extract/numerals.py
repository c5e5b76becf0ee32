"""Numbers as dates write them: ASCII digits or Han numerals."""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_PLACES = {"十": 10, "百": 100}


def from_han(written: str) -> int:
    """`二十三`, `一百一十五`, `二〇二六` or `23` as an integer; 0 for anything else."""
    if written.isascii():
        return int(written) if written.isdecimal() else 0
    if not any(sign in _PLACES for sign in written):
        digits = [str(_DIGITS.get(sign, sign)) for sign in written]
        joined = "".join(digits)
        return int(joined) if joined.isascii() and joined.isdecimal() else 0
    total, current = 0, 0
    for sign in written:
        if sign in _PLACES:
            total += (current or 1) * _PLACES[sign]
            current = 0
        elif sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            return 0
    return total + current
