"""What all forms of an article share: times, language codes, safe JSON, links."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

# What may not stand as itself in output that a terminal could show: DEL, C1, bidirectional
# controls and separators; and lone surrogates, which UTF-8 cannot hold.
_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_WEB = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second, with `Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def language_code(tag: str) -> str | None:
    """The primary subtag (ISO 639-1 where there is one) of a BCP 47 tag: `zh` of `zh-Hant`."""
    return tag.replace("_", "-").partition("-")[0].lower() or None


def json_text(value: object) -> str:
    r"""`value` as JSON on one line, as written but for characters that could steer a terminal.

    Those, and lone surrogates, are escaped as `\uXXXX`, so that nothing of them is lost.
    """
    return _UNSAFE_IN_JSON.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def web_link(address: str) -> str:
    """`address` where it is http or https and free of white space, else ""."""
    return address if _WEB.match(address) else ""
