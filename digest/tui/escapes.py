"""Escape and a key right after it, which terminals send just as they send Alt and that key.

Textual's reader of the terminal knows such a pair with a letter; before a sign it drops the Escape.
So the pairs with signs are put into its table of sequences, as `alt+colon` and the like.
"""

from __future__ import annotations

import string
from typing import NamedTuple, cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from digest.tui.keys import key_name

# What a terminal answers begins with Escape and one of these, or ends with the backslash (ECMA-48).
_ANSWERS = "[]\\^_"
_SIGNS = {f"alt+{key_name(sign)}": sign for sign in string.punctuation if sign not in _ANSWERS}


class _Named(NamedTuple):
    """A key as the table has it, where Textual's own are members of an enumeration."""

    value: str


def learn() -> None:
    """Have Textual's reader know Escape and a sign."""
    table = cast("dict[str, tuple[_Named, ...]]", ANSI_SEQUENCES_KEYS)
    table.update({f"\x1b{sign}": (_Named(key),) for key, sign in _SIGNS.items()})


def behind(event: events.Key) -> str:
    """The character of the key that was pressed with Alt or right after Escape, "" without one."""
    if not event.key.startswith("alt+"):
        return ""
    return _SIGNS.get(event.key) or (event.character or "" if event.is_printable else "")
