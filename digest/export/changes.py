"""What a publisher changed in an article, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from itertools import pairwise

from digest.comparing import Kind, Passage, Piece, compare
from digest.model import Version

_FORMS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}


def changes_text(versions: Sequence[Version], zone: tzinfo) -> str:
    """Each change under its times, in order; only the paragraphs that differ; times in `zone`."""
    parts: list[str] = []
    for old, new in pairwise(versions):
        times = [f"{one.fetched.astimezone(zone):%Y-%m-%d %H:%M %z}" for one in (old, new)]
        parts.append(" -> ".join(times))
        parts += _changed([old.title], [new.title])
        parts += _changed(_paragraphs(old), _paragraphs(new))
    return "\n\n".join(parts or ["Its publisher has not changed this text."]) + "\n"


def _paragraphs(version: Version) -> list[str]:
    return [block.text for block in version.blocks if block.text]


def _changed(old: Sequence[str], new: Sequence[str]) -> list[str]:
    return [_form(passage) for passage in compare(old, new) if passage.changed]


def _form(passage: Passage) -> str:
    return "".join(map(_piece, passage.pieces))


def _piece(piece: Piece) -> str:
    return _FORMS[piece.kind].format(piece.text)
