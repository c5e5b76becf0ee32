"""Plain text to paragraphs: separated by blank lines or by lines, or wrapped at a margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.model import Block, BlockKind, Span
from digest.text import TEXT_LIMIT, clean_text, display_width

_CLOSING = re.compile(r"[.。．!！?？…:：;；][”’」』）)\"']*$")
_EAST_ASIAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
# A text wrapped at a margin has lines of nearly one width, at most this wide.
_WIDEST_MARGIN = 110
_NARROWEST_MARGIN = 36
_HYPHENATED = re.compile(r"[a-z]-$")
# More than an article may have, line ends and all, so that `bounded` sees that it is to be cut.
_LONGEST = TEXT_LIMIT * 5 // 4
_INDENT = re.compile(r"^(?:\u3000| {2,}|\t)")


def blocks_of_text(text: str) -> list[Block]:
    """The paragraphs of a plain text as blocks."""
    return [Block(BlockKind.PARAGRAPH, (Span(piece),)) for piece in paragraphs(text)]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, clean, each on one line.

    Lines are joined where the text is wrapped at a margin; else each line is a paragraph.
    """
    indented = _marked_indents(text)
    clean = clean_text(indented, _LONGEST)
    groups = [group.split("\n") for group in re.split(r"\n\s*\n", clean) if group.strip()]
    if not _is_wrapped(groups):
        return [line for group in groups for line in map(_unmarked, group) if line]
    margin = max(display_width(line) for group in groups for line in group)
    return [piece for group in groups for piece in _joined(group, margin)]


_MARK = "\ue000"


def _marked_indents(text: str) -> str:
    """Indents at the beginning of lines survive cleaning as a private sign."""
    lines = text.replace(_MARK, "").replace("\r\n", "\n").split("\n")
    return "\n".join(_INDENT.sub(_MARK, line) if line.strip() else "" for line in lines)


def _unmarked(line: str) -> str:
    return line.replace(_MARK, "").strip()


def _is_wrapped(groups: list[list[str]]) -> bool:
    """Whether lines end because of a margin: nearly all inner lines as wide as the widest."""
    inner = [line for group in groups for line in group[:-1]]
    if len(inner) < 3:
        return False
    widths = sorted(display_width(line) for line in inner)
    widest = widths[-1]
    if not _NARROWEST_MARGIN <= widest <= _WIDEST_MARGIN:
        return False
    full = sum(1 for width in widths if width >= widest * 0.75)
    closed = sum(1 for line in inner if _CLOSING.search(line))
    return full >= len(inner) * 0.6 and closed < len(inner) * 0.5


def _joined(lines: Iterable[str], margin: int) -> Iterator[str]:
    """Lines to paragraphs: one ends with its sentence on a short line or before an indent."""
    current = ""
    for line in lines:
        if line.startswith(_MARK) and current:
            yield current
            current = ""
        clean = _unmarked(line)
        current = _continued(current, clean) if current else clean
        if _CLOSING.search(clean) and display_width(clean) < margin * 0.8:
            yield current
            current = ""
    if current:
        yield current


def _continued(text: str, line: str) -> str:
    if not line:
        return text
    if _HYPHENATED.search(text) and line[0].islower():
        return text[:-1] + line
    joint = "" if _EAST_ASIAN.match(text[-1]) and _EAST_ASIAN.match(line[0]) else " "
    return text + joint + line
