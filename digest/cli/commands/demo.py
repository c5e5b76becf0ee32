"""`digest demo`: the sample edition in a throw-away library, brought in as any other news is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.interrupt import stoppable
from digest.cli.progress import Progress
from digest.errors import UsageError


@click.command()
@pass_session
def demo(session: Session) -> int:
    """Open the desk on a sample edition: short pieces in three languages, written for this.

    The library is a throw-away one and is removed at the end. With --home DIR it is made in DIR,
    which has to be new or empty, and stays.
    """
    from digest.sample.server import serving  # noqa: PLC0415 - http.server, only for the demo

    with _place(session) as home, serving(datetime.now(UTC)) as address:
        articles = _fill(home, address)
        if output.on_terminal():
            return session.open_desk(home, home / "config.toml")
        stays = "it stays there" if session.home else "it is removed now"
        output.line(
            f"The sample edition, {articles} articles, is in a library in {home}; {stays}. "
            "Run digest demo in a terminal to read it."
        )
        return 0


@contextmanager
def _place(session: Session) -> Iterator[Path]:
    """The folder of the library: the one that was named, else one that vanishes afterwards."""
    if session.home is not None:
        home = session.folder
        if home.exists() and any(home.iterdir()):
            raise UsageError(f"{home} is not empty; name a new folder for the demo, or none")
        yield home
        return
    home = Path(tempfile.mkdtemp(prefix="digest-demo-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _fill(home: Path, address: str) -> int:
    """Fetch the sample from the server at `address` into a new library in `home`."""
    from digest.config.load import load  # noqa: PLC0415 - not needed for --help
    from digest.library import Library  # noqa: PLC0415 - sqlite3, not needed for --help
    from digest.sample.demo import settle_demo  # noqa: PLC0415 - only for the demo

    home.mkdir(parents=True, exist_ok=True)
    config = settle_demo(home, address, load(home))
    with (
        Library.open(home, config) as library,
        stoppable() as stopped,
        Progress("fetching the sample edition") as progress,
    ):
        report = library.fetch(report=progress.fetch, cancelled=stopped)
    return sum(one.new for one in report.feeds)
