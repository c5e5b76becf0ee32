"""`digest note`: the reader's own words on an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.editor import edited
from digest.cli.options import article_id, text_option
from digest.errors import DigestError, UsageError
from digest.export.files import write_whole
from digest.notefiles import would_be_lost

if TYPE_CHECKING:
    from digest.library import Library

_EXPORT = "export"


@click.command(options_metavar="")
@click.argument("what", metavar="ID [--text TEXT | --edit] | export DIR")
@click.argument("folder", metavar="", required=False, type=click.Path(path_type=Path))
@text_option("--text", "The note, in Markdown; an empty one is removed.")
@click.option("--edit", "in_editor", is_flag=True, help="Write the note in $VISUAL or $EDITOR.")
@pass_session
def note(
    session: Session, what: str, folder: Path | None, text: str | None, *, in_editor: bool
) -> int:
    """Write a note on an article, or print the one it has.

    'digest note export DIR' writes every article's note and highlights to a file in DIR;
    'digest add DIR' brings in what was edited there.
    """
    if what == _EXPORT:
        if folder is None or text is not None or in_editor:
            raise UsageError("write it like this: digest note export DIR")
        return _export(session, folder)
    if folder is not None:
        raise UsageError(f"{str(folder)!r} is one word too many; did you mean --text?")
    if text is not None and in_editor:
        raise UsageError("give either --text or --edit")
    _one(session, article_id(what), text, in_editor=in_editor)
    return 0


def _one(session: Session, ident: int, text: str | None, *, in_editor: bool) -> None:
    with session.library() as library:
        before = library.article(ident).note
        if in_editor:
            with edited(before, f"note-{ident}") as written:
                _save(library, ident, before, written)
        elif text is not None:
            _save(library, ident, before, text)
        elif before:
            output.line(before.rstrip("\n"))
        else:
            output.talk(f"article {ident} has no note")


def _save(library: Library, ident: int, before: str, text: str) -> None:
    if text == before:
        output.talk("the note is as it was")
        return
    library.set_note(ident, text)
    output.talk(f"{'noted' if text.strip() else 'removed the note on'} article {ident}")


def _export(session: Session, folder: Path) -> int:
    """Write every note; a file that was edited outside and not brought in is left as it is."""
    from digest.export.markdown import note_markdown  # noqa: PLC0415 - only for the export
    from digest.export.names import file_name  # noqa: PLC0415 - only for the export

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or "").lower()
        raise DigestError(f"{folder} cannot be made: {why}; name another folder") from error
    left = 0
    with session.library() as library:
        ids, _ = library.matching("is:noted")
        for ident in ids:
            article = library.article(ident)
            file = folder / file_name(article, "md")
            text = note_markdown(article)
            if _is_free(file, text):
                write_whole(file, [text])
            else:
                left += 1
                output.complain(f"{file} was edited; bring it in first: digest add {folder}")
    number = len(ids) - left
    output.talk(f"{number:,} note{'' if number == 1 else 's'} in {folder}")
    return 1 if left else 0


def _is_free(file: Path, text: str) -> bool:
    """Whether `text` may be written there without losing anything."""
    try:
        there = file.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return there == text or not would_be_lost(there, text)
