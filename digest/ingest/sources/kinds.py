"""The kinds of files, by their ending or their content, and who reads each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import PurePath

from digest.ingest.sources.mail import read_mail
from digest.ingest.sources.markdown import read_markdown
from digest.ingest.sources.options import Reading
from digest.ingest.sources.pdf import read_pdf
from digest.ingest.sources.plain import read_plain
from digest.ingest.sources.webfile import read_html
from digest.model import Draft


class Kind(StrEnum):
    """A kind of file, named by its usual ending."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    MAIL = "eml"
    PDF = "pdf"
    JSONL = "jsonl"


_OTHER_ENDINGS = {
    "text": Kind.TEXT,
    "markdown": Kind.MARKDOWN,
    "htm": Kind.HTML,
    "xhtml": Kind.HTML,
    "ndjson": Kind.JSONL,
}
READERS: Mapping[Kind, Callable[[bytes, Reading], Draft]] = {
    Kind.TEXT: read_plain,
    Kind.MARKDOWN: read_markdown,
    Kind.HTML: read_html,
    Kind.MAIL: read_mail,
    Kind.PDF: read_pdf,
}
# Read by large libraries, which may take any time and memory over a file made for that.
APART = frozenset((Kind.HTML, Kind.MAIL, Kind.PDF))

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype html|html|head|body|article|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n")
_MAIL_FIELD = re.compile(
    rb"^(?:from|subject|received|mime-version|return-path):", re.IGNORECASE | re.MULTILINE
)
_HEAD = 20_000


def kind_of_name(name: str) -> Kind | None:
    """The kind a file's ending tells, None for an unknown ending."""
    ending = PurePath(name).suffix.removeprefix(".").lower()
    try:
        return Kind(ending)
    except ValueError:
        return _OTHER_ENDINGS.get(ending)


def kind_of_content(data: bytes) -> Kind:
    """The kind the first bytes tell; plain text when they tell nothing."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if _HTML.match(head):
        return Kind.HTML
    fields = _MAIL.match(head)
    if fields is not None and len(_MAIL_FIELD.findall(fields[0])) >= 2:
        return Kind.MAIL
    return Kind.JSONL if _is_json_line(data) else Kind.TEXT


def _is_json_line(data: bytes) -> bool:
    line = next((line for line in data[: _HEAD * 50].split(b"\n") if line.strip()), b"")
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(entry, dict) and bool({"title", "text", "html"} & entry.keys())
