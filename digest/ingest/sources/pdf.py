"""Government papers and reports as PDF: their text, title and date."""

from __future__ import annotations

import logging
import math
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import SourceError
from digest.ingest.extract.titles import is_sound
from digest.ingest.extract.values import Hints
from digest.ingest.sources.options import AddOptions, Reading
from digest.ingest.sources.plain import draft_of_text
from digest.model import Draft
from digest.text import TEXT_LIMIT, clean_line

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

Matrix = Sequence[float]

MAX_PAGES = 400
_MAX_PAGE = 200_000
# What has been read by then is kept, and the rest of a very long paper left.
_SECONDS = 40.0
_MAX_PIECES = 2000
_LONGEST_TITLE = 200
_STANDS_OUT = 1.25
# Titles that word processors give unasked.
_UNASKED = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\s*-|untitled|スライド|投影片|word 文書|powerpoint)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r".*\.(?:docx?|pptx?|xlsx?|pdf|indd|ai|jtd|odt|rtf)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^\s*[-–—]?\s*(?:p\.?\s*)?\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF file's; some have noise before their head."""
    return b"%PDF-" in data[:1024]


def paper_draft(data: bytes, *, url: str, hints: Hints) -> Draft:
    """The paper at an address, as `hints` of the list or feed that leads there describe it.

    Raises:
        SourceError: as `read_pdf` does.
    """
    now = hints.now or datetime.now(UTC)
    name = urlsplit(url).path.rpartition("/")[2]
    reading = Reading(name, hints.published or now, now, hints.zone, AddOptions())
    draft = read_pdf(data, reading)
    return replace(
        draft,
        title=hints.title or draft.title,
        author=draft.author or hints.author,
        lang=draft.lang or hints.lang,
        published=hints.published or draft.published,
    )


def read_pdf(data: bytes, reading: Reading) -> Draft:
    """The text of a PDF file.

    Raises:
        SourceError: it is broken, locked, or holds pictures of text only.
        MemoryError: it takes more than the process may.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        title, created, text, cut = _read(data)
    except (SourceError, MemoryError):
        raise
    # pypdf raises what it likes on broken files; whatever it is, this one cannot be read.
    except Exception as error:
        raise SourceError("This PDF is broken and cannot be read.") from error
    if not text.strip():
        raise SourceError("This PDF has no text in it; it may be a scan.")
    draft = draft_of_text(text, reading, title=title)
    return Draft(
        title=draft.title,
        blocks=draft.blocks,
        lang=draft.lang,
        published=draft.published or created,
        partial=draft.partial or cut,
    )


def _read(data: bytes) -> tuple[str, datetime | None, str, bool]:
    from pypdf import PdfReader  # noqa: PLC0415 - 100 ms, for PDF files alone

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError("This PDF is locked with a password.")
    pages: list[str] = []
    size = 0
    ends = time.monotonic() + _SECONDS
    for page in reader.pages:
        text = page.extract_text()[:_MAX_PAGE]
        pages.append(_PAGE_NUMBER.sub("", text))
        size += len(text)
        if len(pages) == MAX_PAGES or size > TEXT_LIMIT or time.monotonic() > ends:
            break
    title = _title(reader) or (_largest(reader.pages[0]) if pages and pages[0].strip() else "")
    return title, _created(reader), "\n".join(pages), len(pages) < len(reader.pages)


def _title(reader: PdfReader) -> str:
    title = clean_line(str(reader.metadata.title or "")) if reader.metadata else ""
    sound = is_sound(title) and not _UNASKED.match(title) and not _FILE_NAME.fullmatch(title)
    return title if sound else ""


def _largest(page: PageObject) -> str:
    """What the first page sets in the largest letters, where they stand out of the rest."""
    pieces: list[tuple[float, str]] = []

    def see(text: str, cm: Matrix, tm: Matrix, _font: object, size: float | None) -> None:
        if text.strip() and len(pieces) < _MAX_PIECES:
            scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
            pieces.append((round(float(size or 0) * scale, 1), text))

    page.extract_text(visitor_text=see)
    letters: Counter[float] = Counter()
    for size, text in pieces:
        letters[size] += len(text.strip())
    if not letters:
        return ""
    largest, usual = max(letters), letters.most_common(1)[0][0]
    title = clean_line("".join(text for size, text in pieces if size == largest))
    stands_out = largest >= usual * _STANDS_OUT and 4 <= len(title) <= _LONGEST_TITLE
    return title if stands_out and is_sound(title) else ""


def _created(reader: PdfReader) -> datetime | None:
    try:
        created = reader.metadata.creation_date if reader.metadata else None
    except ValueError:
        return None
    if created is None:
        return None
    return (created if created.tzinfo else created.replace(tzinfo=UTC)).astimezone(UTC)
