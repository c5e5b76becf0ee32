"""Articles as a table for spreadsheets (RFC 4180, with a byte order mark so that they read UTF-8).

A cell that a spreadsheet would take for a formula gets an apostrophe in front, after OWASP's
page on CSV injection; the full-width signs count too in Japanese and Chinese settings.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from digest.export.forms import BYTE_ORDER_MARK, iso, language_code
from digest.model import Article

COLUMNS = (
    "id",
    "published",
    "fetched",
    "lang",
    "feed",
    "author",
    "title",
    "url",
    "tags",
    "read",
    "starred",
    "note",
    "copy_of",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(articles: Iterable[Article]) -> Iterator[str]:
    """The byte order mark, then the lines of the table one by one, the header first."""
    yield BYTE_ORDER_MARK
    yield _line(COLUMNS)
    for article in articles:
        yield _line(_cells(article))


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _cells(article: Article) -> list[str]:
    row = article.summary
    return [
        str(row.id),
        iso(row.published) or "",
        iso(row.fetched) or "",
        language_code(row.lang) or "",
        row.feed,
        row.author,
        row.title,
        row.url,
        " ".join(row.tags),
        "yes" if row.read else "no",
        "yes" if row.starred else "no",
        article.note,
        "" if row.copy_of is None else str(row.copy_of),
    ]


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return buffer.getvalue()
