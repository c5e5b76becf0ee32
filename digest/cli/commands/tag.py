"""`digest tag`: tags put on and taken off everything that matches."""

from __future__ import annotations

from collections.abc import Sequence

import click

from digest.cli.context import Session, pass_session
from digest.cli.options import as_json, typed
from digest.cli.selection import selected
from digest.errors import UsageError


class TagCommand(click.Command):
    """A command whose `-TAG` is no option: of its words only `--name` ones are options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep `+TAG` and `-TAG` from the option parser."""
        options, rest = _split(args)
        return super().parse_args(ctx, [*options, "--", *rest])


def _split(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """Options of the program (with their values), and the words that are tags and the query."""
    options: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            return options, [*rest, word, *words]
        if word.startswith("--"):
            options.append(word)
            if word in {"--home", "--config"}:
                options.extend(value for value in [next(words, None)] if value is not None)
        else:
            rest.append(word)
    return options, rest


@click.command(cls=TagCommand, options_metavar="[--json]")
@click.argument("words", metavar="+TAG ... -TAG ... -- QUERY", nargs=-1, required=True)
@as_json
@pass_session
def tag(session: Session, words: tuple[str, ...], *, json_wanted: bool) -> int:
    """Add tags (+TAG) and remove tags (-TAG) on all articles that match QUERY strictly.

    A QUERY of bare numbers means the articles with these ids. The whole change is one step for
    'digest undo'.
    """
    add, remove, query = read_words(words)
    with session.library() as library:
        chosen = selected(library, query)
        changed = library.tag(chosen.ids, add, remove)
    chosen.tell(changed, "changed the tags of", json_wanted=json_wanted)
    return chosen.exit_code


def read_words(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Tags to add, tags to remove, and the query: what follows `--`, or the first other word.

    Raises:
        UsageError: no tag, or one without a name.
    """
    words = [typed(word) for word in words]
    place = next(
        (at for at, word in enumerate(words) if word == "--" or word[:1] not in {"+", "-"}),
        len(words),
    )
    tags, query = words[:place], list(words[place:])
    if query and query[0] == "--":
        query.pop(0)
    if not tags:
        raise UsageError("name a tag: digest tag +chips -- QUERY")
    if empty := [word for word in tags if not word[1:].strip(" #")]:
        raise UsageError(f"{empty[0]!r} has no name; write +TAG or -TAG")
    add = [word[1:].lstrip("#") for word in tags if word[0] == "+"]
    remove = [word[1:].lstrip("#") for word in tags if word[0] == "-"]
    return add, remove, query
