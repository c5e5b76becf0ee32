"""Names of authors out of what pages put beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from digest.text import clean_line

_MAX_NAMES = 8
_MAX_NAME = 60
_MAX_WORDS = 6
_LEAD = re.compile(
    r"^(?:by|written by|posted by|reported by|text by|author[:：]?|記者|记者|編輯|编辑|責任編輯"
    r"|责任编辑|文字|文|撰文|作者|執筆|筆者|著者|取材|取材・文|構成)(?:\s*[:：／/|｜\s]\s*|(?=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)
# What follows a name in Chinese by-lines: the place and the word for reporting.
_DATELINE = re.compile(
    r"\s*[／/](?:\s*[^\s／/]{2,8})?\s*(?:報導|报导|報道|报道|電|特稿|攝影|摄影)$|\d{1,2}日電$"
)
_SPLIT = re.compile(r"\s*(?:[,、;；，]|\s/\s|\s&\s|\s+and\s+|\s\|\s)\s*")
# What a by-line says behind the name: when it was.
_WHEN = re.compile(
    r"\s*(?:[-–—|•·@]\s*)?(?:\d{1,2}\s+)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d.*$"
    r"|\s*(?:[-–—|•·]\s*)?\d{4}[-/年.].*$|\s+[•·]\s+\d.*$|\d+$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^[\[(（【〔［].*[\])）】〕］]$")
_BRACKETS = re.compile(r"^[\[(（【〔［]+|[\])）】〕］]+$")
_NOT_A_NAME = re.compile(r"https?:|www\.|@|^\W*$|^\d+$|[<>{}]|^by$|profile$", re.IGNORECASE)
_EMPTY = frozenset(
    str.split(
        """
        admin administrator author editor staff unknown none null webmaster anonymous guest
        管理者 編集部
        """
    )
)


def author_line(sources: Iterable[Callable[[], Iterable[str]]], *, outlets: Iterable[str]) -> str:
    """The names that the first of `sources` with any gives, joined with ", ".

    The sources are called in turn until one has names. The name of an outlet is no author, nor are
    addresses and placeholders.
    """
    shunned = {outlet.casefold() for outlet in outlets if outlet} | _EMPTY
    for source in sources:
        names: dict[str, str] = {}
        for written in source():
            for part in _SPLIT.split(_WHEN.sub("", clean_line(written, 300))):
                name = _name(part)
                if name and name.casefold() not in shunned:
                    names.setdefault(name.casefold(), name)
        if names:
            return ", ".join(list(names.values())[:_MAX_NAMES])
    return ""


def _name(written: str) -> str:
    name = (
        _BRACKETS.sub("", written.strip()) if _BRACKETED.match(written.strip()) else written.strip()
    )
    name = _DATELINE.sub("", _LEAD.sub("", name)).strip(" :：-–—|／/•·")
    if (
        not name
        or len(name) > _MAX_NAME
        or len(name.split()) > _MAX_WORDS
        or _NOT_A_NAME.search(name)
    ):
        return ""
    return name
