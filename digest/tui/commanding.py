"""The `:` line: what was typed, as something to do."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from digest.tui.actions import ACTIONS, BY_ID
from digest.tui.i18n import _

COMMANDS = (
    *("tag", "search", "fetch", "add", "link", "gloss", "catchup", "sort", "group", "theme"),
    *("export", "note", "feeds", "story", "brief", "who", "plot", "help", "q"),
)
_SHORT = {
    "q": "quit",
    "quit": "quit",
    "help": "help.open",
    "note": "article.note",
    "feeds": "feeds.check",
    "rescue": "article.rescue",
    "star": "article.star",
    "read": "article.toggle_read",
    "open": "article.open",
}
_WITH_WORDS = frozenset(
    (
        *("tag", "search", "fetch", "add", "link", "gloss", "catchup", "sort", "group", "theme"),
        *("story", "brief", "who", "plot", "export"),
    )
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that was understood: an action by its id, or a verb with words."""

    action: str = ""
    verb: str = ""
    words: tuple[str, ...] = ()
    rest: str = ""


class CommandError(ValueError):
    """What was typed is no command; the message says what is near."""


def parse_command(typed: str, own: Collection[str] = ()) -> Command | None:
    """Read a line typed after `:`; None for an empty one. `own` are the user's `[commands]`.

    Raises:
        CommandError: there is no such command.
    """
    line = typed.strip().removeprefix(":").strip()
    if not line:
        return None
    name, _space, rest = line.partition(" ")
    if name in own:
        return Command(verb="run", rest=name)
    if name.lower() in _WITH_WORDS:
        return Command(verb=name.lower(), words=_words(rest), rest=rest.strip())
    name = name.lower()
    if name in BY_ID:
        return Command(action=name)
    if name in _SHORT:
        return Command(action=_SHORT[name])
    raise CommandError(_unknown(name))


def suggestions() -> list[str]:
    """What the line completes: verbs, then the ids of all actions."""
    return [*COMMANDS, *(action.id for action in ACTIONS)]


def tag_words(words: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """`+a -b c` as what to add and what to take away; a bare word is added."""
    add: list[str] = []
    remove: list[str] = []
    for word in words:
        sign = word[0].translate(_WIDE)
        name = word[1:] if sign in "+-" else word
        if name := name.lstrip("#＃"):
            (remove if sign == "-" else add).append(name)
    return add, remove


_WIDE = str.maketrans("＋－", "+-")


def _words(rest: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(rest))
    except ValueError:
        return tuple(rest.split())


def _unknown(name: str) -> str:
    near = get_close_matches(name, suggestions(), n=1)
    if near:
        return _("There is no command {name}. Did you mean {near}?").format(name=name, near=near[0])
    return _("There is no command {name}. Press ? for all of them.").format(name=name)
