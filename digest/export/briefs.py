"""A brief in its forms: JSON, Markdown, HTML, a book, and a mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from digest.export.brief_json import brief_json
from digest.export.brief_pages import brief_book, brief_html, brief_mail
from digest.export.brief_text import brief_markdown
from digest.languages.words import Words
from digest.model import Brief


def pieces(
    brief: Brief, form: str, zone: tzinfo, words: Words, to: str = ""
) -> Iterable[str] | Iterable[bytes]:
    """The brief as `md`, `html`, `epub`, `json` or `eml`; `to` is whom a mail is addressed to.

    Its own words are those of its reader's language; JSON has none.
    """
    match form:
        case "json":
            return [brief_json(brief)]
        case "html":
            return [brief_html(brief, zone, words)]
        case "epub":
            return brief_book(brief, zone, words)
        case "eml":
            return [brief_mail(brief, zone, words, to)]
        case _:
            return [brief_markdown(brief, zone, words)]
