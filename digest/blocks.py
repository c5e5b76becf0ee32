"""Blocks as plain text and as JSON, and the limits that keep an article bounded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from digest.model import Block, BlockKind, Span

MAX_BLOCKS = 20_000
MAX_CHARACTERS = 2_000_000
MAX_LEVEL = 6
# Neighbours of these kinds belong together: lines of one list, rows of one table.
_JOINED = frozenset([BlockKind.ITEM, BlockKind.ROW])


def to_text(blocks: Sequence[Block]) -> str:
    """The blocks as plain text: a blank line between them, a tab between cells.

    Items of a list and rows of a table follow each other line by line.
    """
    pieces: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        text = block.text
        if not text:
            continue
        pieces.append(_joint(before, block.kind))
        pieces.append(text)
        before = block.kind
    return "".join(pieces)


def places_in_text(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where each block stands in `to_text(blocks)`, with what joins it to the one before."""
    places: list[tuple[int, int]] = []
    before: BlockKind | None = None
    end = 0
    for block in blocks:
        start = end
        if text := block.text:
            end += len(_joint(before, block.kind)) + len(text)
            before = block.kind
        places.append((start, end))
    return places


def _joint(before: BlockKind | None, kind: BlockKind) -> str:
    if before is None:
        return ""
    return "\n" if kind is before and before in _JOINED else "\n\n"


def bounded(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], bool]:
    """The blocks within the limits, and whether anything was cut off.

    At most `MAX_BLOCKS` blocks with `MAX_CHARACTERS` characters together; levels end at
    `MAX_LEVEL`.
    """
    kept: list[Block] = []
    room = MAX_CHARACTERS
    for block in blocks:
        size = len(block.text)
        if len(kept) == MAX_BLOCKS or size > room:
            if len(kept) < MAX_BLOCKS:
                kept += _shortened(block, room)
            return tuple(kept), True
        room -= size
        kept.append(replace(block, level=MAX_LEVEL) if block.level > MAX_LEVEL else block)
    return tuple(kept), False


def _shortened(block: Block, room: int) -> list[Block]:
    """The beginning of a block as its plain text; nothing of a row, which cannot be cut."""
    text = block.text[:room].rstrip()
    return [replace(block, spans=(Span(text),))] if block.spans and text else []


def to_json(blocks: Sequence[Block]) -> str:
    """The blocks as compact JSON; what has its default value is left out."""
    return json.dumps(
        [_packed(block) for block in blocks], ensure_ascii=False, separators=(",", ":")
    )


def from_json(source: str) -> tuple[Block, ...]:
    """The blocks that `to_json` wrote.

    Raises:
        ValueError: `source` is not what `to_json` writes.
    """
    try:
        return tuple(_unpacked(entry) for entry in json.loads(source))
    except (AttributeError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError("These are not the blocks of an article.") from error


def _packed(block: Block) -> dict[str, Any]:
    packed: dict[str, Any] = {"kind": block.kind.value}
    if block.spans:
        packed["spans"] = [list(span) if span.href else [span.text] for span in block.spans]
    if block.cells:
        packed["cells"] = list(block.cells)
    for name in ("level", "ordinal", "header", "src"):
        if value := getattr(block, name):
            packed[name] = value
    return packed


def _unpacked(entry: dict[str, Any]) -> Block:
    return Block(
        kind=BlockKind(entry["kind"]),
        spans=tuple(Span(*map(str, span)) for span in entry.get("spans", ())),
        level=int(entry.get("level", 0)),
        ordinal=int(entry.get("ordinal", 0)),
        cells=tuple(map(str, entry.get("cells", ()))),
        header=bool(entry.get("header", False)),
        src=str(entry.get("src", "")),
    )
