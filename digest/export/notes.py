"""A reader's own words, which are Markdown, as HTML that is well-formed as XML too."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from digest.export.forms import uri
from digest.export.scripts import scripted

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def note_html(text: str, lang: str = "") -> str:
    """A note or comment as a block of its own; HTML in it is text, and it loads no picture.

    `lang` is the language that its reader uses the program in.
    """
    return f'<div class="own"{scripted(text, lang)}>\n{_reader().render(text)}</div>'


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where there is a note

    reader = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True, "breaks": True})
    reader.disable("image")
    reader.validateLink = _is_web  # type: ignore[method-assign]
    return reader


def _is_web(url: str) -> bool:
    return bool(uri(url))
