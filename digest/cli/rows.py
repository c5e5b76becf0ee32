"""Articles and tables as rows that line up; Chinese and Japanese signs take two columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from digest.cli import output
from digest.text import display_width, truncate

if TYPE_CHECKING:
    from digest.model import Summary

_SIGNS = {"en": "EN", "ja": "日"}
_CHINESE = {"hant": "繁", "tw": "繁", "hk": "繁", "mo": "繁", "hans": "简", "cn": "简", "sg": "简"}
_FEED_COLUMNS = 16
_NARROW = 80  # columns of a terminal below which the feed gets half of that
_ROOM_FOR_TITLE = 20


def badge(lang: str) -> str:
    """A language in two columns: `EN`, `繁`, `简`, `中`, `日`, else its code in capitals."""
    code, *rest = lang.replace("_", "-").lower().split("-")
    if code == "zh":
        return next((_CHINESE[part] for part in rest if part in _CHINESE), "中")
    return _SIGNS.get(code) or padded(code[:2].upper(), 2)


def padded(text: str, columns: int) -> str:
    """`text` in exactly `columns` columns."""
    shown = truncate(output.clean(text), columns)
    return shown + " " * (columns - display_width(shown))


def day(moment: datetime, zone: tzinfo) -> str:
    """`2026-11-08`."""
    return f"{moment.astimezone(zone):%Y-%m-%d}"


def article_line(row: Summary, zone: tzinfo, remark: str = "") -> output.Rich:
    """An article on one line: id, day, language, feed, title, tags."""
    signs = ("*" if row.starred else " ") + (" " if row.read else "+")
    front = f"{row.id:>6} {signs} {day(row.at, zone)} {badge(row.lang)} "
    tail = "".join(f" #{tag}" for tag in row.tags) + (f" ({remark})" if remark else "")
    title = row.title
    width = output.columns()
    feed_columns = _FEED_COLUMNS if width is None or width >= _NARROW else _FEED_COLUMNS // 2
    if width is not None:
        room = width - display_width(front) - feed_columns - 1
        tail = truncate(tail, max(room - _ROOM_FOR_TITLE, 0))
        title = truncate(title, max(room - display_width(tail), 1))
    feed = padded(row.feed, feed_columns)
    return output.Rich().plain(front).dim(f"{feed} ").bold(title).dim(tail)


def table(head: Sequence[str], body: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Rows of cells in columns as wide as their widest cell; columns in `right` align there."""
    rows = [head, *body]
    widths = [
        max(display_width(output.clean(row[place])) for row in rows) for place in range(len(head))
    ]
    for number, row in enumerate(rows):
        cells = [
            _aligned(cell, widths[place], to_right=place in right) for place, cell in enumerate(row)
        ]
        text = "  ".join(cells).rstrip()
        if (screen := output.columns()) is not None:
            text = truncate(text, screen)
        styled = output.Rich()
        (styled.dim if number == 0 else styled.plain)(text).end()


def _aligned(cell: str, columns: int, *, to_right: bool) -> str:
    text = " ".join(output.clean(cell).split("\n"))
    space = " " * (columns - display_width(text))
    return space + text if to_right else text + space
