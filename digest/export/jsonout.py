"""An article as the JSON object of `digest show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from digest.blocks import to_text
from digest.export.forms import iso, json_array, language_code, web_link
from digest.export.fragment import body_html
from digest.model import Article, Highlight, Revision


def article_object(article: Article) -> dict[str, Any]:
    """The `show` object, keys in the order of the contract; None where something is unknown."""
    row = article.summary
    return {
        "id": row.id,
        "url": row.url or None,
        "title": row.title,
        "feed": row.feed or None,
        "author": row.author or None,
        "lang": language_code(row.lang),
        "published": iso(row.published),
        "modified": iso(article.modified),
        "fetched": iso(row.fetched),
        "text": to_text(article.blocks),
        "html": body_html(article.blocks),
        "tags": list(row.tags),
        "read": row.read,
        "starred": row.starred,
        "note": article.note,
        "highlights": [_highlight(one) for one in article.highlights],
        "revisions": [_revision(one) for one in article.revisions],
        "copy_of": row.copy_of,
        "copies": list(article.copies),
        "story": row.story,
        "relevance": {
            "score": article.relevance.score,
            "why": list(article.relevance.why),
        },
        "entities": [asdict(one) for one in article.entities],
        "partial": row.partial,
        "hidden": len(article.hidden),
        "section": article.section or None,
        "image": web_link(article.image) or None,
    }


def array(articles: Iterable[Article]) -> Iterator[str]:
    """All articles as one array of `show` objects, in pieces."""
    return json_array(article_object(article) for article in articles)


def _highlight(one: Highlight) -> dict[str, Any]:
    return {
        "id": one.id,
        "quote": one.quote,
        "comment": one.comment,
        "paragraph": one.paragraph,
    }


def _revision(one: Revision) -> dict[str, Any]:
    return {"id": one.id, "fetched": iso(one.fetched), "title": one.title}
