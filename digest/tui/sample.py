"""The sample edition inside the desk: a throw-away library, filled through the real pipeline."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.config.settings import Config
    from digest.library import Library


class SampleEdition:
    """Owns the folder and the server of the sample for as long as it is looked at."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def open(self, config: Config, now: datetime) -> Library:
        """Make the library and fetch the edition into it. Takes a second or two.

        Raises:
            DigestError: it could not be made.
        """
        from digest.library import Library  # noqa: PLC0415 - opened on demand only
        from digest.sample.demo import settle_demo  # noqa: PLC0415
        from digest.sample.server import serving  # noqa: PLC0415

        folder = self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix="digest-sample-", ignore_cleanup_errors=True)
        )
        base = self._stack.enter_context(serving(now))
        home = Path(folder)
        library = Library.open(home, settle_demo(home, base, config), background=True)
        library.fetch()
        library.catch_up()
        return library

    def close(self) -> None:
        """Stop the server and drop the folder; the library has to be closed before."""
        self._stack.close()
