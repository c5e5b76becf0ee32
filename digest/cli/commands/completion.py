"""`digest completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

import click

from digest.cli import output

_SHELLS = ["bash", "zsh", "fish"]


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion for bash, zsh or fish.

    Put it where your shell reads it at the start, for bash in ~/.bashrc:
    eval "$(digest completion bash)"
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - only here

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"there is no completion for {shell}")
    made = found(ctx.find_root().command, {}, "digest", "_DIGEST_COMPLETE")
    output.line(made.source())
