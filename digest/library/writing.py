"""Writing a brief to a file of its own in the library's exports folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digest.export.briefs import pieces
from digest.export.files import unused, write_whole
from digest.model import Brief

if TYPE_CHECKING:
    from digest.library.facade import Library


def write_brief(library: Library, brief: Brief, form: str, *, name: str, to: str = "") -> Path:
    """Write the brief; returns the path, `NAME-2026-11-08.FORM`, numbered where that is taken.

    Raises:
        DigestError: it cannot be written.
    """
    day = f"{brief.end.astimezone(library.zone):%Y-%m-%d}"
    path = unused(library.export_path(f"{name or 'brief'}-{day}.{form}"))
    write_whole(path, pieces(brief, form, library.zone, to))
    return path
