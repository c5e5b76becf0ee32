"""E-mails: newsletters and press releases saved as .eml."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, cast

from digest.errors import SourceError
from digest.ingest.extract.decode import decode
from digest.ingest.extract.pages import extract_fragment
from digest.ingest.sources.options import Reading
from digest.ingest.sources.plain import draft_of_text
from digest.model import Draft
from digest.text import clean_line

_MAX_PARTS = 200
_MAX_HEADER = 4000
# The parser compares each line with the boundaries of all the parts around it.
_MAX_NESTING = 100
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:(?:re|fw|fwd|aw|wg|回覆|轉寄|转发|回复|返信|転送)\s*[::]\s*)+", re.IGNORECASE
)


class _Bounded(EmailPolicy):
    """Reads so much of a header and no more: the package takes minutes for a very long one."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """A header's value, read."""
        return super().header_fetch_parse(name, value[:_MAX_HEADER])


def read_mail(data: bytes, reading: Reading) -> Draft:
    """The text of an e-mail, its HTML where it has some; attachments are left alone.

    Raises:
        SourceError: there is no text in it.
    """
    if len(_BOUNDARY.findall(data)) > _MAX_NESTING:
        raise SourceError("This e-mail is nested too deeply to be read.")
    try:
        message = cast("EmailMessage", BytesParser(policy=_Bounded()).parsebytes(data))
        html, text = _bodies(message)
        subject, sender = _header(message, "subject"), _header(message, "from")
        written = _date(message)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        OverflowError,
        RecursionError,
    ) as error:
        # The e-mail package raises any of these on headers and parts that break the standards.
        raise SourceError("This e-mail is broken and cannot be read.") from error
    title = clean_line(_PREFIX.sub("", subject))
    draft = _of_html(html, title, reading) if html.strip() else _of_text(text, title, reading)
    name, address = parseaddr(sender)
    return Draft(
        title=title or draft.title,
        blocks=draft.blocks,
        author=clean_line(name) or clean_line(address),
        lang=draft.lang,
        published=written or draft.published,
        partial=draft.partial,
    )


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """The first HTML part and the first plain part that are no attachments."""
    found = {"html": "", "plain": ""}
    for count, part in enumerate(message.walk()):
        if count > _MAX_PARTS:
            break
        kind = part.get_content_subtype()
        wanted = part.get_content_maintype() == "text" and kind in found
        if wanted and not found[kind] and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset() or ""
            if isinstance(payload, bytes):
                found[kind] = decode(payload, f"charset={charset}" if charset else "")
    return found["html"], found["plain"]


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "") or "")


def _date(message: EmailMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _of_html(html: str, title: str, reading: Reading) -> Draft:
    found = extract_fragment(html, url="", hints=reading.hints(title=title))
    return Draft(found.title, found.blocks, lang=found.lang, partial=found.partial)


def _of_text(text: str, title: str, reading: Reading) -> Draft:
    if not text.strip():
        raise SourceError("There is no text in this e-mail.")
    return draft_of_text(text, reading, title=title)
