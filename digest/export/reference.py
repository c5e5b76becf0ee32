"""What every citation format says of an article."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, tzinfo

from digest.blocks import to_text
from digest.export.forms import uri
from digest.export.people import PersonName, names
from digest.model import Article
from digest.text import clean_line

_NO_KEY = re.compile(r"[^a-z0-9]+")
_TITLE = 1000  # characters


@dataclass(frozen=True, slots=True)
class Reference:
    """One source to cite. All texts are single lines.

    Attributes:
        key: unique in the library, of ASCII letters and digits, begins with a letter.
        title: as published.
        authors: in the order of the by-line.
        outlet: the publication, "" when unknown.
        issued: the day of publication in the reader's time zone, None when unknown.
        accessed: the day the text was fetched.
        url: an http(s) URI, or "".
        lang: the BCP 47 tag, or "".
        sha256: of the whole text as `digest show --whole --json` gives it (UTF-8), which proves
            what was read.
        tags: the reader's own.
    """

    key: str
    title: str
    authors: tuple[PersonName, ...]
    outlet: str
    issued: date | None
    accessed: date
    url: str
    lang: str
    sha256: str
    tags: tuple[str, ...]


def reference(article: Article, zone: tzinfo) -> Reference:
    """The particulars of an article; days are those of `zone`."""
    row = article.summary
    issued = row.published.astimezone(zone).date() if row.published else None
    text = to_text(article.every_block)  # whatever is hidden later, the text is the same
    return Reference(
        key=_key(row.feed, issued, row.id),
        title=clean_line(row.title, _TITLE),
        authors=tuple(names(clean_line(row.author, _TITLE), row.lang)),
        outlet=clean_line(row.feed, _TITLE),
        issued=issued,
        accessed=row.fetched.astimezone(zone).date(),
        url=uri(row.url),
        lang=row.lang,
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        tags=tuple(clean_line(tag, _TITLE) for tag in row.tags),
    )


def _key(outlet: str, issued: date | None, ident: int) -> str:
    """`islandpost2026-12`: the outlet's Latin letters, the year, and the id."""
    word = _NO_KEY.sub("", outlet.lower())[:24].lstrip("0123456789") or "article"
    return f"{word}{issued.year if issued else ''}-{ident}"
