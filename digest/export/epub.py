"""Books in EPUB 3.3: chapters in, a container out, piece by piece.

The container follows the EPUB specification's Open Container Format: an uncompressed `mimetype`
first, then `META-INF/container.xml` and the package. Nothing in a book is a script or is loaded
from elsewhere. Two runs over the same chapters give the same bytes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import SEEK_SET, BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from digest.export.style import FONTS

# XML 1.0 has no place for these, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_UNKNOWN = "und"  # BCP 47 for a language that is not known
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 18
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_STYLE = (
    """
body { line-height: 1.6; }
"""
    + FONTS
    + """
h1 { font-size: 1.5em; }
.about { font-size: .85em; margin-bottom: 1.5em; }
.about p, p.about { text-align: start; }
.about p { margin: .15em 0; }
section .about { margin: 1em 0 .3em; }
section ul { margin-top: .3em; }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #999; }
pre { white-space: pre-wrap; font-size: .9em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: .2em .5em; text-align: start; vertical-align: top; }
figure { margin: 1em 0; font-size: .9em; }
.quote { font-size: 1em; }
.quote blockquote { margin-bottom: .2em; }
.quote figcaption { font-size: .85em; }
aside { margin-top: 2em; padding-top: 1em; border-top: 1px solid #999; }
"""
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of a book; `body` is well-formed XHTML of our own making.

    A chapter of `depth` 1 stands below the one of depth 0 before it in the table of contents.
    """

    title: str
    lang: str
    body: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """The particulars of a book. `contents` is the heading above its table of contents."""

    title: str
    lang: str
    made: datetime
    contents: str = "Contents"


class _Title(NamedTuple):
    """What the table of contents says of a chapter."""

    title: str
    lang: str
    depth: int


def epub(book: Book, chapters: Iterable[Chapter]) -> Iterator[bytes]:
    """The bytes of the book, in pieces; no more than one chapter is held at a time."""
    sink = _Sink()
    titles: list[_Title] = []
    with ZipFile(sink, "w") as archive:
        _put(archive, "mimetype", "application/epub+zip", ZIP_STORED)
        _put(archive, "META-INF/container.xml", _CONTAINER)
        _put(archive, "EPUB/style.css", _STYLE)
        for chapter in chapters:
            title, lang = _visible(chapter.title), _language(chapter.lang)
            titles.append(_Title(title, lang, chapter.depth))
            _put(archive, f"EPUB/{_name(len(titles))}", _page(title, escape(lang), chapter.body))
            yield from sink.taken()
        _put(archive, "EPUB/nav.xhtml", _navigation(book, titles))
        _put(archive, "EPUB/package.opf", _package(book, titles))
    yield from sink.taken()


class _Sink(BytesIO):
    """What was written since it was last handed over, at the places it has in the whole file.

    An archive goes back only within the entry that it is writing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._behind = 0

    def tell(self) -> int:
        return self._behind + super().tell()

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        return self._behind + super().seek(offset - self._behind * (whence == SEEK_SET), whence)

    def taken(self) -> Iterator[bytes]:
        """The bytes since the last call."""
        whole = self.getvalue()
        super().seek(0)
        self.truncate()
        self._behind += len(whole)
        for start in range(0, len(whole), _CHUNK):
            yield whole[start : start + _CHUNK]


def _put(archive: ZipFile, name: str, text: str, method: int = ZIP_DEFLATED) -> None:
    """Add a file; its date is always the same, and no flags but the format's own are set."""
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, _NOT_XML.sub("", text).encode())


def _name(number: int) -> str:
    return f"chapter-{number:05d}.xhtml"


def _language(tag: str) -> str:
    return tag if _TAG.match(tag) else _UNKNOWN


def _visible(title: str) -> str:
    """A title that is not empty: a reading system lists chapters by it."""
    return _NOT_XML.sub("", title).strip() or "\N{EN DASH}"


def _page(title: str, lang: str, body: str, *, namespaces: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"{namespaces} lang="{lang}" xml:lang="{lang}">
<head>
<title>{escape(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
"""


def _navigation(book: Book, titles: list[_Title]) -> str:
    items = _contents(titles) or _entry("nav.xhtml", _Title(book.title, _language(book.lang), 0))
    body = (
        f'<nav epub:type="toc" id="toc">\n<h1>{escape(book.contents)}</h1>\n'
        f"<ol>\n{items}\n</ol>\n</nav>"
    )
    namespaces = ' xmlns:epub="http://www.idpf.org/2007/ops"'
    return _page(book.title, escape(_language(book.lang)), body, namespaces=namespaces)


def _contents(titles: list[_Title]) -> str:
    """The entries of the table of contents, those of depth 1 in a list inside the one before."""
    lines: list[str] = []
    inside = False
    for number, title in enumerate(titles, 1):
        deeper = title.depth > 0 and number > 1
        if deeper and not inside:
            lines[-1] = lines[-1].removesuffix("</li>") + "\n<ol>"
        elif inside and not deeper:
            lines.append("</ol></li>")
        inside = deeper
        lines.append(_entry(_name(number), title))
    return "\n".join([*lines, *(["</ol></li>"] if inside else [])])


def _entry(name: str, title: _Title) -> str:
    lang = escape(title.lang)
    return f'<li><a href="{name}" lang="{lang}" xml:lang="{lang}">{escape(title.title)}</a></li>'


def _package(book: Book, titles: list[_Title]) -> str:
    numbers = range(1, len(titles) + 1)
    manifest = "\n".join(
        f'<item id="c{number}" href="{_name(number)}" media-type="application/xhtml+xml"/>'
        for number in numbers
    )
    spine = "\n".join(f'<itemref idref="c{number}"/>' for number in numbers)
    modified = f"{book.made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    known = repr((book, titles))
    name = uuid.uuid5(uuid.NAMESPACE_URL, known)
    lang = escape(_language(book.lang))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
 xml:lang="{lang}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{name}</dc:identifier>
<dc:title>{escape(book.title)}</dc:title>
<dc:language>{lang}</dc:language>
<dc:date>{modified}</dc:date>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{manifest}
</manifest>
<spine>
<itemref idref="nav"/>
{spine}
</spine>
</package>
"""
