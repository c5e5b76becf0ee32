"""Articles as CSL-JSON, the input of citeproc, pandoc and Zotero.

Shapes follow the CSL-JSON schema, version 1.0: names as `family` and `given` or `literal`, dates as
`date-parts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from typing import Any

from digest.export.forms import json_array
from digest.export.people import PersonName
from digest.export.reference import Reference, reference
from digest.model import Article


def items(articles: Iterable[Article], zone: tzinfo) -> Iterator[str]:
    """One JSON array in pieces, an item a line."""
    return json_array(item(reference(article, zone)) for article in articles)


def item(source: Reference) -> dict[str, Any]:
    """One item of type `article-newspaper`."""
    fields: dict[str, Any] = {
        "id": source.key,
        "type": "article-newspaper",
        "title": source.title,
        "author": [_name(name) for name in source.authors],
        "container-title": source.outlet,
        "issued": _day(source.issued),
        "accessed": _day(source.accessed),
        "URL": source.url,
        "language": source.lang,
        "keyword": ", ".join(source.tags),
        "note": f"SHA-256 of the text as read: {source.sha256}",
    }
    return {name: value for name, value in fields.items() if value}


def _day(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _name(name: PersonName) -> dict[str, str]:
    if name.whole:
        return {"literal": name.whole}
    return {"family": name.family, "given": name.given}
