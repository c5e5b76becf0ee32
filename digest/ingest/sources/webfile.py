"""Saved web pages."""

from __future__ import annotations

from digest.errors import SourceError
from digest.ingest.extract.decode import decode
from digest.ingest.extract.pages import extract_fragment, extract_page
from digest.ingest.extract.values import Extracted, Hints
from digest.ingest.sources.options import Reading
from digest.model import Draft

_MAX_RAW = 10_000_000


def read_html(data: bytes, reading: Reading) -> Draft:
    """The article of a saved page; of a piece of HTML all of it.

    Raises:
        SourceError: there is no text in it.
    """
    found = _extracted(data, reading.hints())
    return Draft(
        title=found.title,
        blocks=found.blocks,
        url=found.canonical_url,
        author=found.author,
        outlet=found.outlet,
        lang=found.lang,
        published=found.published,
        modified=found.modified,
        section=found.section,
        image=found.image,
        headline=found.headline,
        partial=found.partial,
        raw=data if len(data) <= _MAX_RAW else b"",
        raw_type="text/html",
        raw_url=found.canonical_url,
    )


def _extracted(data: bytes, hints: Hints) -> Extracted:
    if b"<body" not in data.lower():
        return extract_fragment(decode(data), url="", hints=hints)
    try:
        return extract_page(data, url="", hints=hints)
    except SourceError:
        return extract_fragment(decode(data), url="", hints=hints)
