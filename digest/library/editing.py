"""What a person types for a field, as the store keeps it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from digest.errors import UsageError
from digest.store.articles import outlet
from digest.text import clean_line

_NOON = time(12)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 120


def moment(written: str, zone: ZoneInfo) -> datetime:
    """A date or time as ISO 8601; a date alone is noon, and a time without zone is, in `zone`.

    Raises:
        UsageError: it is no date.
    """
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError as error:
        raise UsageError(f"{written!r} is no date; write it like 2026-11-08") from error
    if len(written.strip()) <= len("2026-11-08"):
        found = datetime.combine(found.date(), _NOON)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def language(written: str) -> str:
    """A BCP 47 tag in its usual case.

    Raises:
        UsageError: it is none.
    """
    from digest.ingest.sources.options import language_tag  # noqa: PLC0415 - extraction's values

    if not (tag := language_tag(written.strip())):
        raise UsageError(f"{written!r} is no language tag; write it like zh-Hant, ja or en")
    return tag


def stored_values(
    db: sqlite3.Connection, article: int, fields: Mapping[str, str], zone: ZoneInfo
) -> dict[str, str]:
    """Fields as typed (`title date lang author feed`) under the store's names and in its form.

    Raises:
        UsageError: a value is none of its kind.
    """
    found: dict[str, str] = {}
    for field, written in fields.items():
        match field:
            case "date":
                found["published"] = str(int(moment(written, zone).timestamp()))
            case "lang":
                found["lang"] = language(written)
            case "feed":
                (url,) = db.execute("SELECT url FROM articles WHERE id = ?", (article,)).fetchone()
                found["outlet"] = str(outlet(db, None, clean_line(written), url))
            case "title":
                if not (line := clean_line(written)):
                    raise UsageError("a title cannot be empty")
                found["title"] = line
            case _:
                found[field] = clean_line(written)
    return found


def safe_name(name: str) -> str:
    """A file name made of any text: one path component, without what file systems refuse."""
    line = _UNSAFE.sub(" ", clean_line(name)).strip(" .")
    while len(line.encode()) > _LONGEST_NAME:
        line = line[:-1]
    return line.strip(" .")
