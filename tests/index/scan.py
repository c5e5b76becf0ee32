"""What a query matches, by reading every document from end to end.

A text is a row of units: a run of Han or kana characters, or the stem of a word. Nothing here
knows pairs of characters, postings or positions in an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from index.fold import fold
from index.model import Document
from index.query.ast import (
    And,
    Dates,
    Everything,
    Filter,
    Languages,
    Named,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pasted,
    Words,
)
from index.tokens import RUN, is_cjk, stem, written_form

States = Mapping[Filter, Iterable[int]]


def matches(node: Node, document: Document, states: States) -> bool:
    """Whether a tree holds for a document."""
    match node:
        case And(children):
            return all(matches(child, document, states) for child in children)
        case Or(children):
            return any(matches(child, document, states) for child in children)
        case Not(child):
            return not matches(child, document, states)
        case Everything():
            return True
        case Nothing() | Pasted():
            return False
        case Languages(codes):
            return document.lang in codes
        case Dates(start, end):
            after = start is None or document.date >= start
            return after and (end is None or document.date < end)
        case Filter():
            return document.id in states.get(node, ())
        case Words():
            return any(holds(node, text) for text in _texts(node, document))
        case Named(written, others):
            return any(matches(one, document, states) for one in (written, *others))
        case Near(left, right, distance):
            return any(near(left, right, distance, text) for text in _texts(left, document))


def _texts(words: Words, document: Document) -> list[str]:
    parts = {
        "title": document.title,
        "body": document.body,
        "note": document.note,
        "author": document.author,
    }
    if words.field:
        return [parts[words.field]]
    if words.exact:
        del parts["author"]  # is not among the texts as written
    return list(parts.values())


def holds(words: Words, text: str) -> bool:
    """Whether a text has the words."""
    if words.exact:
        return exactly(words.text, text)
    return bool(places(words, text))


def exactly(wanted: str, text: str) -> bool:
    """Whether a text has a written form; a letter or digit beside a word is part of another."""
    for match in re.finditer(re.escape(wanted), text):
        around = (text[: match.start()][-1:], wanted[0]), (text[match.end() :][:1], wanted[-1])
        if not any(_one_word(char, edge) for char, edge in around):
            return True
    return False


def _one_word(char: str, edge: str) -> bool:
    return all(one.isalnum() and not is_cjk(one) for one in (char, edge) if one) and char != ""


def units(text: str) -> list[tuple[str, int, int]]:
    """Each run with the positions it takes: one for a word, one for each character of others."""
    found, at = [], 0
    for run in RUN.findall(fold(text)):
        size = len(run) if is_cjk(run) else 1
        found.append((run, at, at + size))
        at += size
    return found


def places(words: Words, text: str) -> list[tuple[int, int]]:
    """The positions [start, end) of the words in a text."""
    wanted = [run for run, *_ in units(words.text)]
    found = []
    have = units(text)
    for number in range(len(have) - len(wanted) + 1):
        rows = have[number : number + len(wanted)]
        starts = _first(wanted, rows, prefix=words.prefix)
        found += [(start, start + _size(wanted)) for start in starts]
    return found


def _size(wanted: list[str]) -> int:
    return sum(len(run) if is_cjk(run) else 1 for run in wanted)


def _first(wanted: list[str], rows: list[tuple[str, int, int]], *, prefix: bool) -> list[int]:
    """Where the wanted runs begin when they are the rows, from inside the first on."""
    last = len(wanted) - 1
    for number, (want, (run, *_)) in enumerate(zip(wanted, rows, strict=True)):
        if is_cjk(want) != is_cjk(run):
            return []
        if not is_cjk(want):
            begins = prefix and number == last and written_form(run).startswith(written_form(want))
            fits = begins or (not (prefix and number == last) and stem(want) == stem(run))
        elif last == 0:
            fits = want in run
        elif number == 0:
            fits = run.endswith(want)
        else:
            fits = run.startswith(want) if number == last else run == want
        if not fits:
            return []
    run, start, end = rows[0]
    if not is_cjk(run):
        return [start]
    if last:
        return [end - len(wanted[0])]
    return [start + at for at in range(len(run)) if run.startswith(wanted[0], at)]


def near(left: Words, right: Words, distance: int, text: str) -> bool:
    """Whether both stand in a text, apart from each other, with so many positions between."""
    for one in places(left, text):
        for other in places(right, text):
            (_, end), (start, _) = sorted((one, other))
            if 0 <= start - end <= distance:
                return True
    return False
