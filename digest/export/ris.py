"""Articles as RIS, which EndNote, Zotero, Mendeley and most libraries read.

Tags follow the list that reference managers share: `TY - NEWS`, one field a line, `ER` at the end,
lines ended by CR LF. `C1` holds the checksum of the text that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from digest.export.people import PersonName
from digest.export.reference import Reference, reference
from digest.model import Article

_END = "\r\n"


def records(articles: Iterable[Article], zone: tzinfo) -> Iterator[str]:
    """The records one by one."""
    for article in articles:
        yield record(reference(article, zone))


def record(source: Reference) -> str:
    """One record, with an empty line behind it."""
    day = source.issued
    fields = [
        ("TY", "NEWS"),
        ("ID", source.key),
        ("TI", source.title),
        *(("AU", _author(name)) for name in source.authors),
        ("T2", source.outlet),
        ("PY", f"{day:%Y}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("Y2", f"{source.accessed:%Y/%m/%d}"),
        ("UR", source.url),
        ("LA", source.lang),
        *(("KW", tag) for tag in source.tags),
        ("C1", f"SHA-256 of the text as read: {source.sha256}"),
    ]
    lines = [f"{tag}  - {value}{_END}" for tag, value in fields if value]
    return "".join([*lines, f"ER  - {_END}{_END}"])


def _author(name: PersonName) -> str:
    """`Family, Given`; a whole name has no comma, so that nothing is turned around."""
    return name.whole.replace(",", " ") if name.whole else f"{name.family}, {name.given}"
