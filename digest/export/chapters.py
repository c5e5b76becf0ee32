"""Articles as the chapters of a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from digest.export.epub import Book, Chapter, epub
from digest.export.html import article_inside
from digest.model import Article


def article_book(
    articles: Iterable[Article], zone: tzinfo, *, title: str, made: datetime
) -> Iterator[bytes]:
    """An EPUB with a chapter for each article, in the order given; at least one."""
    return epub(Book(title, "en", made), (_chapter(article, zone) for article in articles))


def _chapter(article: Article, zone: tzinfo) -> Chapter:
    row = article.summary
    return Chapter(row.title, row.lang, article_inside(article, zone))
