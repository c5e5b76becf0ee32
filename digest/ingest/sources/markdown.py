"""Markdown files, with the front matter that note takers and site generators put before them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from digest import notefiles
from digest.errors import SourceError
from digest.ingest.canonical import canonical_url
from digest.ingest.extract.dates import parse_date
from digest.ingest.extract.decode import decode
from digest.ingest.extract.pages import extract_fragment
from digest.ingest.sources.options import Reading, language_tag
from digest.ingest.sources.plain import date_of_text, draft_of_text
from digest.model import Block, BlockKind, Draft, Span
from digest.text import TEXT_LIMIT, clean_line

_FRONT = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.{0,20000}?)\r?\n\1[ \t]*(?:\r?\n|$)(.*)", re.DOTALL
)
_ENTRY = re.compile(r"^([A-Za-z_][\w-]*)\s*:\s*(.*)$")
_LIST_ITEM = re.compile(r"^\s*-\s+(.*)$")
_MAX_NESTING = 20
_DIGITS = 18  # of an id
# The parser takes quadratic time over the marks of one paragraph; nobody writes as many as this.
_NEW_BLOCK = r"\n[ \t]*(?:\n|[-+|#]|\*\s|\d+[.)]\s)"
_SLOW = re.compile(
    rf"(?:(?!{_NEW_BLOCK})[\[\]*_`<!~&\\](?:(?!{_NEW_BLOCK})[^\[\]*_`<!~&\\]){{0,200}}+){{4000}}"
)

Front = Mapping[str, list[str]]


def read_markdown(data: bytes, reading: Reading) -> Draft:
    """A Markdown file: the title is the front matter's, else its first heading of level 1.

    Raises:
        SourceError: there is no text in it.
    """
    text = decode(data)
    cut = len(text) > TEXT_LIMIT
    front, source = split_front_matter(text[:TEXT_LIMIT])
    title = clean_line(_one(front, "title"))
    if _one(front, notefiles.KEY) == notefiles.VALUE:
        return _note(front, source, title, reading)
    if _SLOW.search(source):
        return replace(draft_of_text(source, reading, title=title), partial=cut)
    found = extract_fragment(_html(source), url="", hints=reading.hints(title=title))
    blocks = found.blocks
    written = _one(front, "date") or _one(front, "published")
    return Draft(
        title=title or found.title,
        blocks=blocks,
        url=canonical_url(_one(front, "url") or _one(front, "source")),
        author=clean_line(", ".join(front.get("author", front.get("authors", ())))),
        lang=language_tag(_one(front, "lang") or _one(front, "language")) or found.lang,
        published=parse_date(written, zone=reading.zone) or date_of_text(blocks, reading),
        tags=tuple(
            clean_line(tag.lstrip("#"), 100) for tag in front.get("tags", ()) if tag.strip("# ")
        ),
        partial=found.partial or cut,
    )


def _note(front: Front, source: str, title: str, reading: Reading) -> Draft:
    """A file of notes: what it has of its article are the quotes."""
    ident, url = _one(front, "id"), canonical_url(_one(front, "url"))
    article = int(ident) if ident.isdecimal() and len(ident) <= _DIGITS else 0
    written = notefiles.read_parts(source, article, title, url)
    if written is None or not title:
        raise SourceError(
            "This file of notes has lost its title or its <!-- digest: note … --> line; "
            "write it out again with 'digest note export'."
        )
    quotes = tuple(Block(BlockKind.QUOTE, (Span(one.quote),)) for one in written.highlights)
    return Draft(
        title=title,
        blocks=quotes or (Block(BlockKind.PARAGRAPH, (Span(title),)),),
        url=url,
        author=clean_line(_one(front, "author")),
        outlet=clean_line(_one(front, "feed")),
        lang=language_tag(_one(front, "lang")),
        published=parse_date(_one(front, "published"), zone=reading.zone),
        tags=tuple(clean_line(tag, 100) for tag in front.get("tags", ()) if tag.strip()),
        partial=True,
        written=written,
    )


def split_front_matter(text: str) -> tuple[Front, str]:
    """The entries before the text (YAML's plain values and lists, or TOML), and the text."""
    match = _FRONT.fullmatch(text)
    if match is None:
        return {}, text
    entries = _toml(match[2]) if match[1] == "+++" else _yaml(match[2])
    return (entries, match[3]) if entries else ({}, text)


def _toml(source: str) -> Front:
    try:
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        name.lower(): [str(item) for item in (value if isinstance(value, list) else [value])]
        for name, value in table.items()
        if not isinstance(value, dict)
    }


def _yaml(source: str) -> Front:
    """Top-level `name: value`, `name: [a, b]` and `name:` with `- item` lines below."""
    entries: dict[str, list[str]] = {}
    name = ""
    for line in source.splitlines():
        if entry := _ENTRY.match(line):
            name = entry[1].lower()
            entries[name] = _yaml_values(entry[2].strip())
        elif name and (item := _LIST_ITEM.match(line)):
            entries[name].append(_unquoted(item[1]))
    return entries


def _yaml_values(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        with suppress(ValueError, RecursionError):
            return [str(item) for item in json.loads(value)]
        return [_unquoted(item) for item in value[1:-1].split(",") if item.strip()]
    return [_unquoted(value)] if value and value not in {"|", ">", "null", "~"} else []


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"') and value.endswith('"'):
        with suppress(ValueError):
            return str(json.loads(value))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.split(" #")[0].strip()


def _one(front: Front, name: str) -> str:
    return next(iter(front.get(name, ())), "")


def _html(source: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 20 ms, for Markdown files alone

    renderer = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(
        ["table", "strikethrough"]
    )
    try:
        return str(renderer.render(source))
    except (RecursionError, IndexError) as error:
        raise SourceError("This Markdown cannot be read.") from error
