"""Figures with what they count, in English, Chinese and Japanese, and where reports disagree.

A number counts only with a unit: `30,000 people`, `三萬人`, `3万人` are one figure. Dates, ordinals
and numbers of things that have no common unit are no figures. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from digest.stories.units import DIGITS, ENGLISH_SCALES, SCALES, TENS, UNITS, WORDS

LONGEST = 6000  # characters of a text that are looked through
_MOST = 200  # figures of one text
_ROUGHLY = 0.02  # how far a rounding may be from what it rounds
_EXACT_BELOW = 1000  # smaller numbers are not taken for roundings of each other

_WIDE = str.maketrans("０１２３４５６７８９，．％", "0123456789,.%")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_HAN = "〇一二三四五六七八九十百千萬万億亿兆兩両"

_CJK_FIGURE = re.compile(
    rf"(?<![第\d.,{_HAN}])(?P<money>US\$|NT\$|[$¥￥]|新?[台臺]幣)?\s?"
    rf"(?P<number>(?:{_NUMBER})(?:[千萬万億亿兆]+(?:{_NUMBER}))*[千萬万億亿兆]*|[{_HAN}]+)"
    r"(?:多|余|餘|數)?\s?(?P<unit>個百分點|ポイント|%|パーセント|成|割"
    r"|美元|美金|米?ドル|新?[台臺]幣|[台臺]湾ドル|日[圓元幣]|円|元"
    r"|公噸|噸|トン|公里|キロメートル|海[里浬]|カイリ|公尺|メートル"
    r"|架次|艘|隻|架|機|人|名|位|[個か箇カヶ]月(?![初上中下])|小時|時間|日間|天"
    r"|年(?P<span>間|後|前|以|来|來|内|多|ぶ|半)?"
    r"|家|社|[か箇カヶ]?国|國|縣|県)"
)
_ENGLISH_FIGURE = re.compile(
    rf"(?<![\w.,-])(?P<money>US\$|NT\$|[$¥])?"
    rf"(?P<number>{_NUMBER}|(?i:{_WORD})(?:-(?i:{_WORD}))?\b)"
    r"(?:[ -]?(?P<scale>(?i:dozen|hundred|thousand|million|billion|trillion|bn|m|k))\b)?"
    r"(?:\s?(?P<percent>%|per ?cent\b)"
    r"|(?P<unit>(?:[ -][\w']+){0,2}?[ -](?i:"
    r"percentage points?|yen|(?:U\.?S\.? )?dollars?"
    r"|people|persons?|passengers|visitors|fans|spectators|residents|workers|employees"
    r"|students|officers|soldiers|troops|deaths"
    r"|tons?|tonnes?|kilomet(?:re|er)s?|km|nautical miles?|met(?:re|er)s?"
    r"|ships?|vessels?|boats?|aircraft|planes?|jets?|warplanes?|sorties"
    r"|years?|months?|days?|hours?|companies|firms|countries|nations|prefectures)\b))?"
)


class Figure(NamedTuple):
    """A number of something: its unit, its value, and how the text writes both."""

    unit: str
    value: float
    written: str


class Claim(NamedTuple):
    """A value as written, and the articles that give it."""

    written: str
    articles: tuple[int, ...]


class Dispute(NamedTuple):
    """Figures of one unit on which reports differ, the smallest first."""

    unit: str
    claims: tuple[Claim, ...]


def figures(text: str) -> list[Figure]:
    """The figures of a text, in order of the patterns of its scripts."""
    shown = text[:LONGEST].translate(_WIDE)
    found = [*_cjk(shown), *_english(shown)]
    return list(dict.fromkeys(found))[:_MOST]


def disputes(told: Mapping[int, Sequence[Figure]]) -> list[Dispute]:
    """Where reports differ: each of two gives a figure of a unit that the other does not.

    Args:
        told: the figures of each report by its article's id, the reports in order of time.
    """
    units = dict.fromkeys(one.unit for found in told.values() for one in found)
    made = (_dispute(unit, told) for unit in units)
    return [one for one in made if one is not None]


def _dispute(unit: str, told: Mapping[int, Sequence[Figure]]) -> Dispute | None:
    of_unit = {
        article: inside
        for article, found in told.items()
        if (inside := [one for one in found if one.unit == unit])
    }
    claims: dict[float, tuple[str, list[int]]] = {}
    for article, own in of_unit.items():
        for other in of_unit.values():
            mine, theirs = _lacking(own, other), _lacking(other, own)
            if mine and theirs:
                for one in mine:
                    _written, articles = claims.setdefault(one.value, (one.written, []))
                    if article not in articles:
                        articles.append(article)
    if not claims:
        return None
    ordered = (claims[value] for value in sorted(claims))
    return Dispute(unit, tuple(Claim(written, tuple(ids)) for written, ids in ordered))


def _lacking(own: Sequence[Figure], other: Sequence[Figure]) -> list[Figure]:
    return [one for one in own if not any(_same(one.value, two.value) for two in other)]


def _same(a: float, b: float) -> bool:
    """Whether both are one number, or the one a rounding of the other (`30,000` of `29,874`)."""
    if a == b:
        return True
    if min(a, b) < _EXACT_BELOW or min(a, b) < (1 - _ROUGHLY) * max(a, b):
        return False
    return _rounded(a, b) or _rounded(b, a)


def _rounded(rough: float, exact: float) -> bool:
    digits = len(f"{rough:.0f}".rstrip("0"))
    return float(f"{exact:.{max(0, digits - 1)}e}") == rough


def _cjk(text: str) -> Iterator[Figure]:
    for match in _CJK_FIGURE.finditer(text):
        value = _cjk_value(match["number"])
        raw = match["unit"]
        if value is None or _is_date(match, text, value):
            continue
        if match["span"]:
            raw = "年"
        unit = UNITS.get(match["money"] or "", "") if raw == "元" else ""
        if raw in ("成", "割"):
            value *= 10
        yield Figure(unit or UNITS[raw], value, match.group().strip())


def _is_date(match: re.Match[str], text: str, value: float) -> bool:
    """Years of the calendar, and `個月` and the like that are none of a length."""
    if not match["unit"].startswith("年"):
        return False
    after = text[match.end() : match.end() + 1]
    if value >= 1000 or after.isdigit():
        return True
    return match["number"][0].isdigit() and not match["span"]


def _cjk_value(written: str) -> float | None:
    """The value of `3万5000`, `1.2億`, `三萬`, `二十三`; None for a bare run of digits in Han."""
    total = 0.0
    rest = written
    if written[0].isdigit():
        for number, scales in re.findall(rf"({_NUMBER})([千萬万億亿兆]*)", rest):
            value = float(number.replace(",", ""))
            for scale in scales:
                value *= SCALES[scale]
            total += value
        return total
    return _han_value(written)


def _han_value(written: str) -> float | None:
    if len(written) > 1 and all(sign in DIGITS for sign in written):
        return None
    total = section = digit = 0
    for sign in written:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in TENS:
            section += (digit or 1) * TENS[sign]
            digit = 0
        else:
            total += (section + digit or 1) * SCALES[sign]
            section = digit = 0
    value = total + section + digit
    return float(value) if value > 1 else None


def _english(text: str) -> Iterator[Figure]:
    for match in _ENGLISH_FIGURE.finditer(text):
        value = _english_value(match["number"], match["scale"] or "")
        words = (match["unit"] or "").strip(" -").lower()
        if match["percent"]:
            unit = "percent"
        elif match["money"]:
            unit = UNITS[match["money"]]
        else:
            unit = _english_unit(words)
        if unit and not (unit == "years" and value >= 1000):
            kept = match["percent"] or (unit == _english_unit(words))
            end = match.end() if kept else match.start() + len(_without_unit(match))
            yield Figure(unit, value, " ".join(text[match.start() : end].split()))


def _without_unit(match: re.Match[str]) -> str:
    return match.group().removesuffix(match["unit"] or "")


def _english_unit(words: str) -> str:
    """The unit that a phrase ends with: `Japanese fans` are people."""
    parts = words.replace("-", " ").split()
    for size in (2, 1):
        name = " ".join(parts[-size:])
        if (unit := UNITS.get(name) or UNITS.get(name.removesuffix("s"))) is not None:
            return unit
    return ""


def _english_value(number: str, scale: str) -> float:
    if number[0].isdigit():
        value = float(number.replace(",", ""))
    else:
        value = float(sum(WORDS[part] for part in number.lower().split("-")))
    return value * ENGLISH_SCALES.get(scale.lower(), 1)
