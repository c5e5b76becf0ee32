"""Writing a brief: in a form, and to a file of its own in the library's exports folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from digest.export.briefs import pieces
from digest.export.files import unused, write_whole
from digest.languages.words import Words
from digest.model import Brief

if TYPE_CHECKING:
    from digest.library.facade.library import Library


def written(
    library: Library, brief: Brief, form: str, words: Words, to: str = ""
) -> Iterable[str] | Iterable[bytes]:
    """The brief in a form, for a reader of a language; programs get the names as they are kept."""
    told = brief if form == "json" else library.briefs.called(brief, words.code)
    return pieces(told, form, library.zone, words, to)


def write_brief(
    library: Library, brief: Brief, form: str, words: Words, *, name: str, to: str = ""
) -> Path:
    """Write the brief; returns the path, `NAME-2026-11-08.FORM`, numbered where that is taken.

    Raises:
        DigestError: it cannot be written.
    """
    day = f"{brief.end.astimezone(library.zone):%Y-%m-%d}"
    path = unused(library.export_path(f"{name or 'brief'}-{day}.{form}"))
    write_whole(path, written(library, brief, form, words, to))
    return path
