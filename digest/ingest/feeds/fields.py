"""One field of a feed made safe: bounded, clean, of the right kind."""

from __future__ import annotations

import hashlib
import html
import re
from urllib.parse import urljoin, urlsplit

from digest.ingest.feeds.entries import MAX_GUID, MAX_HTML, MAX_NAME, MAX_TAGS, MAX_TITLE, MAX_URL
from digest.text import clean_line

_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]{0,2000}>", re.DOTALL)
_READING = re.compile(r"<r[tp]\b[^<>]*>.*?</r[tp]>", re.DOTALL | re.IGNORECASE)


def plain(markup: str, limit: int = MAX_TITLE) -> str:
    """HTML as one clean line: tags and the readings of ruby go, entities become characters."""
    text = _TAG.sub("", _READING.sub("", markup[: limit * 8]))
    return clean_line(html.unescape(text), limit)


def line(text: object, limit: int = MAX_TITLE) -> str:
    """Any value as one clean line; what is no text or number becomes ""."""
    return clean_line(str(text), limit) if isinstance(text, str | int | float) else ""


def markup(text: object) -> str:
    """HTML as it came, bounded; it is cleaned when it is read as an article."""
    return text[:MAX_HTML].strip() if isinstance(text, str) else ""


def web_address(text: object, base: str = "") -> str:
    """`text` as an absolute http(s) address, "" when it is none."""
    if not isinstance(text, str) or len(text) > MAX_URL:
        return ""
    try:
        address = urljoin(base, text.strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return clean_line(address, MAX_URL).replace(" ", "%20")


def identity(guid: object, url: str, *content: str) -> str:
    """What tells the entry from others of its feed: its id, its address, or what it says."""
    written = line(guid, MAX_GUID)
    if written or url:
        return written or url
    return "sha256:" + hashlib.sha256("\0".join(content).encode()).hexdigest()


def names(found: list[str]) -> str:
    """Names joined with ", ", each once."""
    cleaned = (plain(name, MAX_NAME) for name in found[:MAX_TAGS])
    return clean_line(", ".join(dict.fromkeys(name for name in cleaned if name)), MAX_TITLE)


def tags(found: list[object]) -> tuple[str, ...]:
    """Categories, each once."""
    cleaned = (plain(tag, MAX_NAME) for tag in found[: MAX_TAGS * 5] if isinstance(tag, str))
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:MAX_TAGS]
