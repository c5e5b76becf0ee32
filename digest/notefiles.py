"""Notes and highlights as Markdown files that come back: written, read, and merged. Pure.

Below a file's front matter and title, a comment that readers of Markdown do not show begins each
part: `<!-- digest: note HASH -->` the note, `<!-- digest: highlight ID HASH -->` a quote with the
comment below it. HASH tells the text as it was written out, and so whether it was changed in the
file, in the library, or in both; then both are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

_MARK = re.compile(
    r"^<!-- digest: (note|highlight)(?: (\d{1,18}))? ([0-9a-f]{12}) -->[ \t]*$", re.MULTILINE
)
_LIKE_A_MARK = re.compile(r"^<!--( +)digest: ", re.MULTILINE)
_STUFFED = re.compile(r"^<!-- ( +)digest: ", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
KEY = "digest"  # of the front matter
VALUE = "note"


class WrittenHighlight(NamedTuple):
    """A quote in a file, the comment below it, and the hash of that as it was written out."""

    id: int
    quote: str
    comment: str
    base: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote on an article, as a file has it.

    Attributes:
        article: the id of the article in the library that wrote the file, 0 when it is not told.
        title: the article's title.
        url: its address, "" without one.
        note: the note.
        base: the hash of the note as it was written out.
        highlights: the quotes.
    """

    article: int
    title: str
    url: str
    note: str
    base: str
    highlights: tuple[WrittenHighlight, ...]


def hash_of(text: str) -> str:
    """What tells a text from others, whatever blank lines surround it."""
    return sha256(_even(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def note_part(note: str) -> str:
    """The part of a file that has the note."""
    return f"<!-- digest: note {hash_of(note)} -->\n\n{_stuffed(note)}".rstrip("\n")


def highlight_part(ident: int, quote: str, comment: str) -> str:
    """The part of a file that has a highlight; `quote` is a quotation in Markdown."""
    head = f"<!-- digest: highlight {ident} {hash_of(comment)} -->"
    return f"{head}\n\n{quote}\n\n{_stuffed(comment)}".rstrip("\n")


def read_parts(text: str, article: int, title: str, url: str) -> Written | None:
    """What stands below the front matter of a file; None when it has no note part."""
    note, base, highlights = "", "", []
    text = text.replace("\r\n", "\n")
    marks = list(_MARK.finditer(text))
    starts = [mark.start() for mark in marks]
    for mark, end in zip(marks, [*starts[1:], len(text)], strict=False):
        part = text[mark.end() : end]
        if mark[1] == "note":
            note, base = _plain(part), mark[3]
        else:
            quote, comment = _parted(part)
            highlights.append(WrittenHighlight(int(mark[2] or 0), quote, comment, mark[3]))
    return Written(article, title, url, note, base, tuple(highlights)) if base else None


def would_be_lost(there: str, new: str) -> bool:
    """Whether a file has what is not in the one to be written in its place.

    That is a text that was changed in the file and not brought in, or a file that is none of ours.
    """
    found, fresh = read_parts(there, 0, "", ""), read_parts(new, 0, "", "")
    if found is None or fresh is None:
        return True
    kept = {one.id: one.comment for one in fresh.highlights}
    parts = [(found.note, found.base, fresh.note)]
    parts += [(one.comment, one.base, kept.get(one.id, "")) for one in found.highlights]
    return any(hash_of(text) != base and text not in now for text, base, now in parts)


def merged(current: str, incoming: str, base: str) -> str:
    """What a text becomes when a file brings another version of it.

    The one that was changed since the file was written; where both were, both, parted by a line.
    A text that is gone from the library comes back.
    """
    now, new = _even(current), _even(incoming)
    if not now or not new:
        return new if not now or hash_of(now) == base else current
    if new in now or hash_of(new) == base:
        return current
    return new if hash_of(now) == base or now in new else f"{now}\n\n---\n\n{new}"


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n").rstrip()


def _stuffed(text: str) -> str:
    """A line that looks like a mark of ours gets one more space."""
    return _LIKE_A_MARK.sub(lambda match: f"<!-- {match[1]}digest: ", _even(text))


def _plain(text: str) -> str:
    return _even(_STUFFED.sub(lambda match: f"<!--{match[1]}digest: ", text))


def _parted(part: str) -> tuple[str, str]:
    """The quotation at the beginning of a part, as it was before it was Markdown, and the rest."""
    lines = part.strip("\n").split("\n")
    size = next((at for at, line in enumerate(lines) if not line.startswith(">")), len(lines))
    quote = "\n".join(line[1:].removeprefix(" ") for line in lines[:size])
    return _ESCAPED.sub(r"\1", quote), _plain("\n".join(lines[size:]))
