"""OPML 2.0 (http://opml.org/spec2.opml): the feed list that every reader can read.

Folders are groups. What OPML has no word for is kept in attributes of our own under the prefix
`digest:`, so that a round trip keeps all of a feed but `secret`, which names something on this
machine alone: a stranger's list must not be able to ask for it.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from digest.config.collecting import Collector, Imported
from digest.config.schema import LISTS
from digest.config.settings import Feed
from digest.errors import SourceError
from digest.text import clean_line

NAMESPACE: Final = "urn:taiwan-japan-digest:opml"
OWN: Final = ("scope", "lang", "tags", "kind", "items", "full_text", "label", "boilerplate")
MAX_DEPTH: Final = 20
FIELD_LIMIT: Final = 500
# Python's own names. A declared UTF-16 without its byte order mark is a mistake for UTF-8.
ENCODINGS: Final = frozenset(
    [
        "big5",
        "big5hkscs",
        "cp932",
        "cp950",
        "euc_jp",
        "euc_kr",
        "gb18030",
        "gb2312",
        "gbk",
        "iso2022_jp",
        "shift_jis",
    ]
)
# What XML 1.0 allows no document to hold, as itself or as a reference to its number.
FORBIDDEN: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
REFERENCES: Final = (
    r"&#(?:0*(?:[0-8]|1[1245-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)


def read_opml(raw: bytes) -> Imported:
    """The feeds of an OPML file; folders, also folders around folders, become groups.

    Raises:
        SourceError: it is not well-formed XML, declares entities or a DTD, is nested too deeply
            or holds too many feeds.
    """
    reader = _Reader()
    text = re.sub(f"{FORBIDDEN}|{REFERENCES}", "", _decoded(raw))
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code, "an error")
        message = f"line {error.lineno}: this is not well-formed OPML ({what})"
        raise SourceError(message) from None
    if not reader.is_opml:
        raise SourceError("this is XML, but not an OPML list of feeds")
    return reader.collector.imported()


def write_opml(feeds: Iterable[Feed], now: datetime) -> bytes:
    """An OPML document with every feed under each of its groups; `now` is its date."""
    folders: dict[str, list[Feed]] = {}
    loose: list[Feed] = []
    for feed in feeds:
        for group in feed.groups:
            folders.setdefault(group, []).append(feed)
        if not feed.groups:
            loose.append(feed)
    body = [_outline(feed, 4) for feed in loose]
    for group, members in folders.items():
        body.append(f"    <outline text={_quoted(group)} title={_quoted(group)}>")
        body += [_outline(feed, 6) for feed in members]
        body.append("    </outline>")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:digest="{NAMESPACE}">',
        "  <head>",
        "    <title>taiwan-japan-digest</title>",
        f"    <dateCreated>{format_datetime(now)}</dateCreated>",
        "  </head>",
        "  <body>",
        *body,
        "  </body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")


class _Reader:
    """Turns outlines into feeds while the parser walks through the file."""

    def __init__(self) -> None:
        self.collector = Collector()
        self.is_opml = False
        self._groups: list[str] = []
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `_groups` has one entry per open element, "" for none."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise SourceError(f"the list is nested more than {MAX_DEPTH} levels deep")
        self.is_opml = self.is_opml or tag.lower() == "opml"
        lowered = {name.lower(): value for name, value in attributes.items()}
        is_feed = tag.lower() == "outline" and lowered.get("xmlurl", "").strip() != ""
        is_folder = tag.lower() == "outline" and not is_feed
        if is_feed:
            groups = tuple(group for group in self._groups if group)
            self.collector.add(_feed(lowered, groups))
        self._groups.append(_name(lowered) if is_folder else "")

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._groups.pop()


def _feed(attributes: Mapping[str, str], groups: tuple[str, ...]) -> Feed:
    """A feed from its attributes, names in lower case; what is not valid is as if left out."""
    name, url = _name(attributes), attributes["xmlurl"].strip()
    named = "title" in attributes or name != url
    given = {key: attributes.get(f"digest:{key}") for key in OWN}
    given["lang"] = given["lang"] or attributes.get("language")
    found = {key: _valid(key, value) for key, value in given.items() if value is not None}
    if (found.get("kind") == "page") != bool(found.get("items")):
        found.update(kind=None, items=None)
    good = {key: value for key, value in found.items() if value is not None}
    return Feed(url=url, name=name if named else "", groups=groups, **good)


def _valid(key: str, written: str) -> Any:
    """The value of one of our own attributes, None when it is not valid."""
    value: object = clean_line(written, FIELD_LIMIT)
    try:
        if key in {"tags", "full_text", "boilerplate"}:
            value = json.loads(written[: FIELD_LIMIT * 20])
        return LISTS["feeds"].keys[key](value)
    except (ValueError, RecursionError):
        return None


def _name(attributes: Mapping[str, str]) -> str:
    return attributes.get("title", "").strip() or attributes.get("text", "").strip()


def _outline(feed: Feed, indent: int) -> str:
    """One feed as an element. `title` is there only when the feed has a name of its own."""
    attributes = {"type": "rss", "text": feed.title}
    if feed.name:
        attributes["title"] = feed.name
    attributes["xmlUrl"] = feed.shown
    if feed.lang:
        attributes["language"] = feed.lang
    for key in OWN:
        value = getattr(feed, key)
        if value != getattr(Feed(""), key):
            plain = isinstance(value, str)
            attributes[f"digest:{key}"] = value if plain else json.dumps(value, ensure_ascii=False)
    written = " ".join(f"{name}={_quoted(value)}" for name, value in attributes.items())
    return f"{' ' * indent}<outline {written}/>"


def _quoted(text: str) -> str:
    return quoteattr(re.sub(FORBIDDEN, "", text))


def _refuse_doctype(*_: object) -> None:
    raise SourceError("the list declares a DTD or entities, which OPML has no need of; remove them")


def _decoded(raw: bytes) -> str:
    """The text of an XML file: by its byte order mark, else as it declares, else as UTF-8."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                           (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    declared = re.match(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", raw)
    try:
        encoding = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        encoding = "utf-8"
    known = encoding in ENCODINGS or encoding.startswith(("iso8859-", "cp125"))
    return raw.decode(encoding if known else "utf-8", "replace").lstrip()
