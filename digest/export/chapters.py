"""Articles as the chapters of a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from digest.export.epub import Book, Chapter, epub
from digest.export.html import article_inside
from digest.languages.words import ENGLISH, Words
from digest.model import Article


def article_book(
    articles: Iterable[Article],
    zone: tzinfo,
    *,
    title: str,
    made: datetime,
    words: Words = ENGLISH,
) -> Iterator[bytes]:
    """An EPUB with a chapter for each article, in the order given; at least one."""
    book = Book(title, words.tag, made, words.gettext("Contents"))
    return epub(book, (_chapter(article, zone, words) for article in articles))


def _chapter(article: Article, zone: tzinfo, words: Words) -> Chapter:
    row = article.summary
    return Chapter(row.title, row.lang, article_inside(article, zone, words))
