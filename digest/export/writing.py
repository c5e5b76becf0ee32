"""Articles in any form there is, for whoever asks for one by its name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from digest.languages.words import Words
from digest.text import clean_line

if TYPE_CHECKING:
    from digest.model import Article

FORMS = ("md", "json", "csv", "bibtex", "ris", "csl-json", "epub")
ENDINGS = {"bibtex": "bib"}
"""The endings of files where they are not the form's name."""
_TITLE = 80  # characters of a query in a book's title


def pieces(
    form: str, articles: Iterator[Article], zone: tzinfo, title: str, words: Words
) -> Iterator[str] | Iterator[bytes]:
    """The articles in a form, piece by piece; each form is loaded when it is wanted.

    Args:
        form: one of `FORMS`.
        articles: in order.
        zone: the zone their times are told in.
        title: of a book.
        words: its reader's, for what is read by people.
    """
    match form:
        case "json":
            from digest.export.jsonout import array  # noqa: PLC0415 - only in this form

            return array(articles)
        case "csv":
            from digest.export.csvout import table  # noqa: PLC0415 - only in this form

            return table(articles)
        case "bibtex":
            from digest.export.bibtex import bibliography  # noqa: PLC0415 - only in this form

            return bibliography(articles, zone)
        case "ris":
            from digest.export.ris import records  # noqa: PLC0415 - only in this form

            return records(articles, zone)
        case "csl-json":
            from digest.export.csl import items  # noqa: PLC0415 - only in this form

            return items(articles, zone)
        case "epub":
            from digest.export.chapters import article_book  # noqa: PLC0415 - only in this form

            name = clean_line(title, _TITLE) or "taiwan-japan-digest"
            made = datetime.now(UTC)
            return article_book(articles, zone, title=name, made=made, words=words)
        case _:
            from digest.export.markdown import documents  # noqa: PLC0415 - only in this form

            return documents(articles, words)
