"""What all forms of an article share: times, language codes, safe JSON, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from digest.model import Summary

BYTE_ORDER_MARK = "\ufeff"
# What may not stand as itself in output that a terminal could show: DEL, C1, bidirectional
# controls and separators; and lone surrogates, which UTF-8 cannot hold.
_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_PARTS = re.compile(r"(?P<scheme>https?://)(?P<host>[^/?#\\]+)(?P<rest>.*)\Z", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w.~!$&'()*+,;=:@-]+|\[[0-9A-Fa-f:.]+\](?::\d+)?)\Z", re.ASCII)
_SAFE = "%/?:@!$&'()*+,;=-._~"
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WEB = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second, with `Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def language_code(tag: str) -> str | None:
    """The primary subtag (ISO 639-1 where there is one) of a BCP 47 tag: `zh` of `zh-Hant`."""
    return tag.replace("_", "-").partition("-")[0].lower() or None


def report_object(row: Summary) -> dict[str, Any]:
    """An article as one of the reports of a story; None where something is unknown."""
    return {
        "id": row.id,
        "title": row.title,
        "feed": row.feed or None,
        "lang": language_code(row.lang),
        "url": row.url or None,
        "published": iso(row.published),
        "copy_of": row.copy_of,
    }


def json_text(value: object) -> str:
    r"""`value` as JSON on one line, as written but for characters that could steer a terminal.

    Those, and lone surrogates, are escaped as `\uXXXX`, so that nothing of them is lost.
    """
    return _UNSAFE_IN_JSON.sub(_escape, json.dumps(value, ensure_ascii=False))


def json_array(values: Iterable[object]) -> Iterator[str]:
    """One JSON array in pieces, a value a line, so that it need not be held whole."""
    before = "[\n"
    for value in values:
        yield before + json_text(value)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def uri(address: str) -> str:
    """`address` as a URI (RFC 3986) where it is http or https and has a host, else "".

    What a URI may not hold is percent-encoded as UTF-8, and so is a `%` that encodes nothing; a
    host in other scripts becomes Punycode.
    """
    match = _PARTS.match(web_link(address))
    if match is None:
        return ""
    try:
        host = match["host"].encode("ascii" if match["host"].isascii() else "idna").decode()
    except UnicodeError:
        return ""
    if not _HOST.match(host):
        return ""
    path, mark, fragment = match["rest"].partition("#")
    rest = quote(path, safe=_SAFE) + mark + quote(fragment, safe=_SAFE)
    return match["scheme"] + host + _STRAY.sub("%25", rest)


def web_link(address: str) -> str:
    """`address` where it is http or https and free of white space, else ""."""
    return address if _WEB.match(address) else ""
