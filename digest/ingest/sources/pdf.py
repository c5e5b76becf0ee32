"""Government papers and reports as PDF: their text, title and date."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from digest.errors import SourceError
from digest.ingest.extract.titles import is_sound
from digest.ingest.sources.options import Reading
from digest.ingest.sources.plain import draft_of_text
from digest.model import Draft
from digest.text import TEXT_LIMIT, clean_line

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 400
_MAX_PAGE = 200_000
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


def read_pdf(data: bytes, reading: Reading) -> Draft:
    """The text of a PDF file.

    Raises:
        SourceError: it is broken, locked, or holds pictures of text only.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        title, created, text, cut = _read(data)
    except SourceError:
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
    for page in reader.pages:
        text = page.extract_text()[:_MAX_PAGE]
        pages.append(_PAGE_NUMBER.sub("", text))
        size += len(text)
        if len(pages) == MAX_PAGES or size > TEXT_LIMIT:
            break
    return _title(reader), _created(reader), "\n".join(pages), len(pages) < len(reader.pages)


def _title(reader: PdfReader) -> str:
    title = clean_line(str(reader.metadata.title or "")) if reader.metadata else ""
    sound = is_sound(title) and not _UNASKED.match(title) and not _FILE_NAME.fullmatch(title)
    return title if sound else ""


def _created(reader: PdfReader) -> datetime | None:
    try:
        created = reader.metadata.creation_date if reader.metadata else None
    except ValueError:
        return None
    if created is None:
        return None
    return (created if created.tzinfo else created.replace(tzinfo=UTC)).astimezone(UTC)
