"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from digest import __version__
from digest.cli.context import Session
from digest.errors import UnknownArticle, UsageError

_LARGEST_ID = 2**63 - 1


def article_id(written: str) -> int:
    """The article id that was typed.

    Raises:
        UsageError: it is no whole number.
        UnknownArticle: it is one that no article can have.
    """
    if not written.isdecimal():
        raise UsageError(f"{written!r} is no article id; ids are whole numbers")
    number = int(written) if len(written) <= len(str(_LARGEST_ID)) else 0
    if not 0 < number <= _LARGEST_ID:
        raise UnknownArticle(f"there is no article {written}; 'digest search' shows the ids")
    return number


def _id_of(_ctx: click.Context, _param: click.Parameter, value: str) -> int:
    return article_id(value)


id_argument = click.argument("article_id", metavar="ID", callback=_id_of)


class WholeNumber(click.IntRange):
    """A whole number from `min` to `max`, refused in plain words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was typed."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(
                f"it takes a whole number {self._describe_range()}, not {value!r}", param, ctx
            )

    def _describe_range(self) -> str:
        """Its bounds; click asks for them, too, for an option's help."""
        return f"from {self.min} to {self.max}" if self.max is not None else f"from {self.min} up"


as_json = click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document.")


def query_words(*, required: bool = True) -> Callable[[Any], Any]:
    """A query: all remaining words, joined by spaces with `joined`."""
    return click.argument("words", metavar="QUERY", nargs=-1, required=required)


def joined(words: Sequence[str]) -> str:
    """The query that was typed as several words."""
    return typed(" ".join(words))


def typed(text: str) -> str:
    """Text from the command line as it was typed, UTF-8 also under a locale that is not.

    There Python hands over bytes beyond ASCII as lone surrogates; what is no UTF-8 stays so.
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def _typed(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    return None if value is None else typed(value)


def text_option(name: str, help: str, *, default: str | None = None) -> Callable[[Any], Any]:  # noqa: A002 - click's own word
    """An option for a piece of text."""
    return click.option(name, metavar="TEXT", default=default, help=help, callback=_typed)


def output_file(help: str = "The file to write; else stdout.") -> Callable[[Any], Any]:  # noqa: A002 - as above
    """The option `-o FILE`, whose value is `target`."""
    return click.option(
        "-o", "--output", "target", type=click.Path(path_type=Path), metavar="FILE", help=help
    )


def global_options(*, hidden: bool) -> list[click.Option]:
    """`--home --config -v --version`, which are accepted before and after a command's name."""
    return [
        click.Option(
            ["--home"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="The library folder; else $DIGEST_HOME, else your data folder.",
            callback=_keep_home,
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(
            ["--config", "config_file"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The configuration file; else $DIGEST_CONFIG, else config.toml in the library "
            "folder or your configuration folder.",
            callback=_keep_config,
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            help="Say more on stderr, and show where an error comes from.",
            callback=_keep_verbose,
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            help="Show the version and exit.",
            callback=_show_version,
            expose_value=False,
            hidden=hidden,
        ),
    ]


def _session(ctx: click.Context) -> Session:
    return ctx.ensure_object(Session)


def _keep_home(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _session(ctx).home = value


def _keep_config(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _session(ctx).config_file = value


def _keep_verbose(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's own call
    if value:
        _session(ctx).verbose = True


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's own call
    if value and not ctx.resilient_parsing:
        click.echo(f"digest {__version__}")
        ctx.exit()
