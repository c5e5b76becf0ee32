"""What a publisher changed in an article, laid out in lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from itertools import groupby

from digest.comparing import Kind, Passage, Piece, compare
from digest.model import Version
from digest.tui.i18n import ngettext
from digest.tui.layout.kinsoku import wrap
from digest.tui.rendering.dates import full_time
from digest.tui.rendering.parts import Part

# Removed text is struck through and added text underlined, and each has its sign at the edge, so
# that the two are told apart without colours.
_SIGNS = {Kind.REMOVED: "- ", Kind.ADDED: "+ ", Kind.SAME: "  "}
_BOTH = "~ "


def change_lines(old: Version, new: Version, columns: int, zone: tzinfo) -> list[list[Part]]:
    """The changes from `old` to `new` in lines of at most `columns` cells."""
    times = f"{full_time(old.fetched, zone)} → {full_time(new.fetched, zone)}"
    lines = [[Part(times, "about")], []]
    if old.title != new.title:
        lines += [*_passage(compare([old.title], [new.title]), columns), []]
    passages = compare(_paragraphs(old), _paragraphs(new))
    for changed, group in groupby(passages, key=lambda passage: passage.changed):
        found = list(group)
        if changed:
            lines += _passage(found, columns)
        else:
            words = ngettext(
                "{count} paragraph as it was", "{count} paragraphs as they were", len(found)
            )
            lines += [[Part(f"  {words.format(count=len(found))}", "about")], []]
    return lines


def _paragraphs(version: Version) -> list[str]:
    return [block.text for block in version.blocks if block.text]


def _passage(passages: Iterable[Passage], columns: int) -> list[list[Part]]:
    lines: list[list[Part]] = []
    for passage in passages:
        kinds = {piece.kind for piece in passage.pieces}
        sign = _SIGNS[kinds.pop()] if len(kinds) == 1 else _BOTH
        lines += [*_wrapped(passage.pieces, sign, columns), []]
    return lines


def _wrapped(pieces: Sequence[Piece], sign: str, columns: int) -> list[list[Part]]:
    """The pieces run together and broken into lines, each piece in its role."""
    text = "".join(piece.text for piece in pieces).replace("\n", " ").replace("\t", " ")
    ends, place = [], 0
    for piece in pieces:
        place += len(piece.text)
        ends.append(place)
    lines = []
    for start, end in wrap(text, max(4, columns - len(sign))):
        line = [Part(sign, "sign")]
        for piece, last in zip(pieces, ends, strict=True):
            first = last - len(piece.text)
            cut = text[max(first, start) : min(last, end)]
            if cut and first < end and last > start:
                line.append(Part(cut, "text" if piece.kind is Kind.SAME else piece.kind.value))
        lines.append(line)
    return lines
