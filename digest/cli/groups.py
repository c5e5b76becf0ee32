"""Groups of commands: loaded by name when used, with the global options on every level."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module

import click

from digest.cli.catalog import COMMANDS, SECTIONS, Entry
from digest.cli.options import global_options


class Commands(click.Group):
    """A group whose commands take the global options too."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command of this group."""
        super().add_command(with_global_options(cmd), name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; for an unknown one the nearest is named."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"there is no command {name!r}{hint}", ctx=ctx)
        return super().resolve_command(ctx, args)


class Program(Commands):
    """The whole program; a command's module is imported when the command is used."""

    entries: Mapping[str, Entry] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own call
        """All names, in the order of the help."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own call
        """The command of this name, None when there is none."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        module = import_module(f"digest.cli.commands.{entry.module}")
        command: click.Command = getattr(module, entry.name)
        command.short_help = entry.help
        return with_global_options(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own call
        """The commands by what they are for."""
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.help) for name, entry in entries.items()])


def with_global_options(command: click.Command) -> click.Command:
    """`command`, which from now on takes the global options too, unseen in its own help."""
    names = {param.name for param in command.params}
    command.params.extend(
        option for option in global_options(hidden=True) if option.name not in names
    )
    return command
