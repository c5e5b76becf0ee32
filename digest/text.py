"""Cleaning of strangers' text, and its measure in terminal columns.

What comes from outside is cleaned once, here, before it is stored: nothing that steers a terminal,
reorders what is read or hides in zero width passes. Newlines and ordinary words pass unchanged
but for NFC and squeezed white space. All functions are pure and idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from digest.shown import MARK, STACKS

LINE_LIMIT = 500
TEXT_LIMIT = 2_000_000
HEADLINE_LIMIT = 120
# Input longer than this many times its limit is cut before any other work is done on it.
_SLACK = 8

# Escape sequences after ECMA-48: CSI with its parameters; OSC, DCS, SOS, PM and APC with their
# string, which ends with BEL or ST; and the two-character escapes. A string without an end loses
# its introducer only, so that it cannot swallow the rest of an article.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\r\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[\]PX^_\[]"
    r"|\x1b[ -/]{0,4}[0-~]?"
)


def _code_points(*ranges: tuple[int, int]) -> list[int]:
    return [point for first, last in ranges for point in range(first, last + 1)]


_NEWLINES = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_REMOVED = _code_points(
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),  # a soft hyphen hides inside words and breaks searching
    (0x61C, 0x61C),
    (0x115F, 0x1160),  # Hangul fillers: letters without a shape
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE00FF),
)
_TABLE: dict[int, str | None] = dict.fromkeys(_REMOVED)
_TABLE.update(dict.fromkeys(_NEWLINES, "\n"))
_TABLE.update({0x2800: " ", 0x3000: " "})
# Text of these characters alone, which is nearly all there is, has nothing to be cleaned of.
_SUSPECT = re.compile(
    "[^\x20-\x7e\n\xa0-\xac\xae-\xff\u2010-\u2027"
    "\u3001-\u3029\u3030-\u3098\u309b-\u3130\u3190-\ud7a3\uff01-\uff9f]"
)

_SURROGATES = re.compile("[\ud800-\udfff]")
# Joiners mean something between two signs of an emoji and between letters of the scripts from
# Arabic to Myanmar; anywhere else they only hide.
_JOINING = "\u0620-\u064a\u066e-\u06d5\u06fa-\u0e30\u0e50-\u109f\u1780-\u17ff"
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
_IDLE_JOINERS = re.compile(
    f"(?<![{_JOINING}{_PICTURES}])(?<![{_PICTURES}]\ufe0f)\u200d|\u200d(?![{_JOINING}{_PICTURES}])"
    f"|(?<![{_JOINING}])\u200c|\u200c(?![{_JOINING}])"
)
_HEADLESS = re.compile(f"(?m)^[{MARK}]+|(?<=[ \t])[{MARK}]+")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """`text` as one clean line of at most `limit` characters.

    Controls, whole escape sequences, bidirectional controls, idle zero-width characters and lone
    surrogates go; stacks of combining marks keep four; every run of white space (the ideographic
    space too) becomes one space; the result is NFC.
    """
    text = scrub(text[: limit * _SLACK])
    return " ".join(text.split())[:limit].rstrip()


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` cleaned as by `clean_line`, its lines kept; at most one blank line in a row."""
    text = _SPACES.sub(" ", scrub(text[: limit * _SLACK]))
    text = _BLANK_LINES.sub("\n\n", _AROUND_NEWLINE.sub("\n", text))
    return text.strip()[:limit].rstrip()


def clean_code(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` cleaned with its indentation kept, tabs as four spaces, for code blocks."""
    text = text[: limit * _SLACK].replace("\t", "    ")
    lines = [line.rstrip() for line in scrub(text).split("\n")]
    return "\n".join(lines).strip("\n")[:limit].rstrip()


def without_escapes(text: str) -> str:
    """`text` without whole escape sequences, where the rest is cleaned later."""
    return _ESCAPES.sub("", text)


def scrub(text: str) -> str:
    """`text` without anything that steers, hides or piles up; spaces and line ends stay.

    For pieces of running text that are joined before their white space is squeezed.
    """
    text = text.replace("\r\n", "\n")
    if not _SUSPECT.search(text):
        return text
    text = _SURROGATES.sub("", _ESCAPES.sub("", text).translate(_TABLE))
    if "\u200c" in text or "\u200d" in text:
        text = _IDLE_JOINERS.sub("", text)
    text = STACKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", _HEADLESS.sub("", text))


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"} or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def display_width(text: str) -> int:
    """How many terminal columns `text` takes: wide and full-width signs two, marks none.

    Ambiguous signs count one, as in Unicode's recommendation for non-East-Asian contexts (UAX 11).
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def truncate(text: str, columns: int) -> str:
    """`text` in at most `columns` terminal columns, ended with an ellipsis where it was cut."""
    if display_width(text) <= columns:
        return text
    if columns <= 0:
        return ""
    used = 0
    for place, char in enumerate(text):
        used += _columns(char)
        if used > columns - 1:
            return text[:place].rstrip() + "…"
    return text


_ABBREVIATIONS = (
    "adm|apr|aug|capt|co|col|corp|dec|dept|dr|etc|feb|fri|gen|gov|inc|jan|jr|jul|jun|lt|ltd|maj|mar"
    "|messrs|mon|mr|mrs|ms|no|nov|oct|pres|prof|rep|rev|sat|sen|sep|sept|sgt|sr|st|sun|thu|thur"
    "|thurs|tue|tues|u\\.k|u\\.n|u\\.s|vs|wed|[a-z]"
)
_ABBREVIATED = re.compile(rf"(?:^|[\s(“\"‘'.-])(?:{_ABBREVIATIONS})$", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"[。！？!?．]+[」』”’）)\"']*|\.[”’)\"']*(?=\s+[“‘\"'(]?[^\Wa-z_]|\s*$)|\n"
)
# A quotation that ends so is only a part of the sentence around it.
_GOES_ON = re.compile(r"[と、，,\u3041-\u3096]|\s+[a-z]|\S(?<![^\x21-\x7e])")
_CLAUSE_END = "、，；：,;:–—-(（「『“‘ "


def first_sentence(text: str) -> str:
    """The first sentence of `text`, on one line; the whole where no end is found."""
    text = text.strip()
    for end in _SENTENCE_END.finditer(text):
        sign, before = end[0][0], text[max(0, end.start() - 12) : end.start()]
        if sign == "." and _ABBREVIATED.search(before):
            continue
        if (sign in "!?" or len(end[0]) > 1) and _GOES_ON.match(text, end.end()):
            continue
        return clean_line(text[: end.end()], len(text) + 1)
    return clean_line(text, len(text) + 1)


def cut_headline(text: str, limit: int = HEADLINE_LIMIT) -> str:
    """A headline for text that has none: its first sentence, cut near `limit` characters.

    It is cut at a word, in running Chinese or Japanese at a character, and then ends with an
    ellipsis. A full stop at the end goes.
    """
    sentence = first_sentence(text[: limit * 20])
    if len(sentence) <= limit:
        return re.sub(r"[.。．]$", "", sentence)
    room = sentence[:limit]
    at_word = room.rfind(" ")
    if not sentence[limit].isspace() and at_word > limit // 2:
        room = room[:at_word]
    return room.rstrip(_CLAUSE_END) + "…"
