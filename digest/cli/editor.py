"""Text written in the user's own editor, started without a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import DigestError, UsageError

_USUAL = ("sensible-editor", "nano", "vim", "vi")


@contextmanager
def edited(text: str, name: str) -> Iterator[str]:
    """`text` as the user left it; the file is kept when what is done with it inside fails.

    Raises:
        UsageError: there is no editor.
        DigestError: the editor failed or left no text; the error says where the file is.
    """
    folder = Path(tempfile.mkdtemp(prefix="digest-"))
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    try:
        _run([*_editor(), str(path)])
        written = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(f"{path} cannot be read as UTF-8 text; it is left there") from error
    except UsageError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        yield written.replace("\r\n", "\n").removesuffix("\n")
    except BaseException as error:  # at Ctrl-C too, what was not taken over stays on the disk
        if isinstance(error, DigestError):
            raise type(error)(f"{error}; what you wrote is in {path}") from error
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _editor() -> list[str]:
    """The command of `$VISUAL` or `$EDITOR`, else an editor that is there."""
    for name in ("VISUAL", "EDITOR"):
        if written := os.environ.get(name, "").strip():
            try:
                return shlex.split(written)
            except ValueError as error:
                raise UsageError(f"${name} cannot be understood: {written}") from error
    found = next((path for one in _USUAL if (path := shutil.which(one))), None)
    if found is None:
        raise UsageError("no editor is known; set $EDITOR to yours, or use --text")
    return [found]


def _run(command: list[str]) -> None:
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor, no shell
    except OSError as error:
        raise UsageError(f"the editor {command[0]!r} cannot be started; set $EDITOR") from error
    if code:
        raise DigestError(
            f"the editor ended with {code}; the note is as it was, and the text in {command[-1]}"
        )
