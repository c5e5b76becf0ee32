"""`digest config`: where the configuration is, what is in force, and whether it is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.groups import Commands
from digest.cli.options import as_json
from digest.errors import ConfigError
from digest.paths import shipped_config

if TYPE_CHECKING:
    from digest.config.source import Problem


@click.group(cls=Commands)
def config() -> None:
    """Show and check the configuration."""


@config.command()
@pass_session
def path(session: Session) -> None:
    """Print the file that is in force: yours, else the one that comes with the program."""
    output.line(str(_file(session)))


@config.command()
@as_json
@pass_session
def show(session: Session, *, json_wanted: bool) -> None:
    """Print everything that is in force, your file laid over the shipped one, as TOML."""
    from digest.config.show import as_data, as_toml  # noqa: PLC0415 - tomlkit

    if json_wanted:
        output.document(as_data(session.config))
    else:
        output.write(as_toml(session.config))


@config.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@as_json
@pass_session
def check(session: Session, file: Path | None, *, json_wanted: bool) -> int:
    """Name everything that is wrong in the configuration file in force, or in FILE."""
    from digest.config.load import check as problems_in  # noqa: PLC0415 - not needed for --help

    checked = file or _file(session)
    problems = problems_in(checked)
    if file is None and not problems:
        problems = _refused_secrets(session, checked)
    for problem in problems:
        output.complain(str(problem))
    if json_wanted:
        output.document(
            {
                "file": str(checked),
                "problems": [
                    {"line": one.line or None, "message": one.message} for one in problems
                ],
            }
        )
    elif not problems:
        output.line(f"{checked}: nothing is wrong")
    return 2 if problems else 0


def _refused_secrets(session: Session, file: Path) -> list[Problem]:
    """What is wrong with the secrets that feeds name: without them these cannot be fetched."""
    from digest.config.secrets import secrets_of  # noqa: PLC0415 - not needed for --help
    from digest.config.source import Problem  # noqa: PLC0415 - not needed for --help

    secrets = secrets_of(session.folder, session.config.source)
    found: dict[str, Problem] = {}
    for feed in session.config.feeds:
        try:
            secrets.named(feed.secret)
        except ConfigError as error:
            found.setdefault(str(error), Problem(file, 0, str(error)))
    return list(found.values())


def _file(session: Session) -> Path:
    from digest.config.load import user_file  # noqa: PLC0415 - not needed for --help

    return user_file(session.folder, session.config_file) or shipped_config()
