"""Articles as BibTeX, in the words of biblatex (`@online`).

Titles stand in double braces, so that no style changes their case, and a name that cannot be taken
apart in braces of its own, so that none turns it around. The language is that of biblatex's
`langid`, in the names that babel and polyglossia know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from digest.export.people import PersonName
from digest.export.reference import Reference, reference
from digest.model import Article

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts escaped braces too
    "}": r"\textbraceright{}",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX = str.maketrans(_SIGNS)
# A verbatim field may hold anything but unbalanced braces and, for BibTeX itself, backslashes.
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_LANGUAGES = {"en": "english", "ja": "japanese", "zh": "chinese"}


def bibliography(articles: Iterable[Article], zone: tzinfo) -> Iterator[str]:
    """The entries one by one, with an empty line between two."""
    before = ""
    for article in articles:
        yield before + entry(reference(article, zone))
        before = "\n"


def entry(source: Reference) -> str:
    """One `@online` entry."""
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        "author": " and ".join(_author(name) for name in source.authors),
        "organization": f"{{{_tex(source.outlet)}}}" if source.outlet else "",
        "date": source.issued.isoformat() if source.issued else "",
        "url": source.url.translate(_ADDRESS),
        "urldate": source.accessed.isoformat(),
        "langid": _LANGUAGES.get(source.lang.partition("-")[0].lower(), ""),
        "keywords": ", ".join(_tex(tag.replace(",", " ")) for tag in source.tags),
        "note": f"SHA-256 of the text as read: {source.sha256}",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{{source.key},\n{''.join(lines)}}}\n"


def _author(name: PersonName) -> str:
    if name.whole:
        return f"{{{_tex(name.whole)}}}"
    return f"{_part(name.family)}, {_part(name.given)}"


def _part(text: str) -> str:
    """A part of a name; in braces where BibTeX would read a comma or an `and` in it."""
    written = _tex(text)
    return f"{{{written}}}" if "," in text or " and " in f" {text.lower()} " else written


def _tex(text: str) -> str:
    return text.translate(_TEX)
