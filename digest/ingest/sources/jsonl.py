"""JSON lines: an article a line; a bad line is reported and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO

from digest.blocks import bounded, to_text
from digest.errors import SourceError
from digest.ingest.canonical import canonical_url
from digest.ingest.extract.dates import parse_date
from digest.ingest.extract.language import language
from digest.ingest.extract.pages import extract_fragment
from digest.ingest.sources.options import Reading, language_tag, with_options
from digest.ingest.sources.paragraphs import blocks_of_text
from digest.ingest.sources.plain import draft_of_text
from digest.model import Draft
from digest.text import clean_line

MAX_LINE = 10_000_000
_MAX_TAGS = 50
_STRINGS = ("title", "text", "html", "url", "lang", "feed")


def read_bytes(
    data: bytes, source: str, reading: Reading
) -> Iterator[tuple[str, Draft | SourceError]]:
    """As `read`, of what was read already."""
    yield from read(BytesIO(data), source, reading)


def read(
    stream: BinaryIO, source: str, reading: Reading
) -> Iterator[tuple[str, Draft | SourceError]]:
    """A draft or an error for each line that is not empty, under the name `source:LINE`."""
    number = 0
    found = False
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        where = f"{source}:{number}"
        if len(line) > MAX_LINE:
            _skip_line(stream, line)
            yield where, SourceError(f"The line is longer than {MAX_LINE // 1_000_000} MB.")
            found = True
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            found = True
            yield where, _outcome(line, reading)
    if not found:
        raise SourceError("There is nothing in it.")


def _skip_line(stream: BinaryIO, piece: bytes) -> None:
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(MAX_LINE)


def _outcome(line: bytes, reading: Reading) -> Draft | SourceError:
    try:
        entry = json.loads(line.decode("utf-8-sig"))
        return with_options(_draft(entry, reading), reading.options)
    except SourceError as error:
        return error
    except UnicodeDecodeError:
        return SourceError("The line is not in UTF-8.")
    except (ValueError, RecursionError):
        return SourceError("The line is not valid JSON.")


def _draft(entry: Any, reading: Reading) -> Draft:
    if not isinstance(entry, dict):
        raise SourceError('The line is no object; write {"title": …, "text": …}.')
    given = {name: _string(entry, name) for name in _STRINGS}
    title = clean_line(given["title"])
    if given["html"].strip():
        draft = _of_html(given["html"], title, given["url"], reading)
    elif given["text"].strip():
        draft = _of_text(given["text"], title, reading)
    else:
        raise SourceError('The line has neither "text" nor "html".')
    return replace(
        draft,
        url=canonical_url(given["url"]) or draft.url,
        author=_names(entry.get("author")) or draft.author,
        outlet=clean_line(given["feed"]) or draft.outlet,
        lang=language_tag(given["lang"]) or draft.lang,
        published=_moment(entry.get("published"), reading) or draft.published,
        tags=_tags(entry.get("tags")),
    )


def _of_text(text: str, title: str, reading: Reading) -> Draft:
    if not title:
        return draft_of_text(text, reading)
    blocks, cut = bounded(blocks_of_text(text))
    if not blocks:
        raise SourceError('There is no text in "text".')
    return Draft(title, blocks, lang=language(f"{title}\n{to_text(blocks)}"), partial=cut)


def _of_html(html: str, title: str, url: str, reading: Reading) -> Draft:
    found = extract_fragment(html, url=canonical_url(url), hints=reading.hints(title=title))
    return Draft(
        title=title or found.title,
        blocks=found.blocks,
        author=found.author,
        lang=found.lang,
        published=found.published,
        modified=found.modified,
        section=found.section,
        image=found.image,
        partial=found.partial,
    )


def _string(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SourceError(f'"{name}" is no string.')
    return value


def _names(value: Any) -> str:
    if value is None or isinstance(value, str):
        return clean_line(value or "")
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return clean_line(", ".join(value))
    raise SourceError('"author" is neither a string nor a list of strings.')


def _moment(value: Any, reading: Reading) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            raise SourceError('"published" is no time.') from None
    found = parse_date(value, zone=reading.zone) if isinstance(value, str) else None
    if found is None:
        raise SourceError('"published" is no date; write it like 2026-11-08T09:00:00+08:00.')
    return found


def _tags(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    tags = value.split(",") if isinstance(value, str) else value
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise SourceError('"tags" is no list of strings.')
    clean = (clean_line(tag.strip().removeprefix("#"), 100) for tag in tags[:_MAX_TAGS])
    return tuple(dict.fromkeys(tag for tag in clean if tag))
