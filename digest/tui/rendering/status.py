"""The words at the foot of the desk."""

from __future__ import annotations

from typing import NamedTuple

from digest.tui.i18n import _
from digest.tui.keys import Keyboard

_HINTS = {
    "list": ("article.open", "search.open", "article.tag", "fetch.all", "help.open"),
    "reader": ("back", "article.page", "article.note", "article.tag", "help.open"),
    "sidebar": ("article.open", "sidebar.toggle", "help.open"),
}


class Position(NamedTuple):
    """Where a person is: `at` counts from 1, 0 in an empty list.

    `vectors` is how many articles of how many have been read for finding by meaning, `indexed` how
    many of how many the index has taken in; None while nothing is to be done.
    """

    title: str
    at: int
    total: int
    selected: int = 0
    vectors: tuple[int, int] | None = None
    indexed: tuple[int, int] | None = None


def place_words(position: Position) -> str:
    """`Unread   3 of 120   2 selected`."""
    words = [position.title]
    if position.total:
        words.append(
            _("{at} of {total}").format(at=f"{position.at:,}", total=f"{position.total:,}")
        )
    if position.selected:
        words.append(_("{n} selected").format(n=f"{position.selected:,}"))
    if position.indexed is not None:
        done, total = position.indexed
        words.append(
            _("Making the index: {done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        )
    if position.vectors is not None:
        done, total = position.vectors
        words.append(
            _("Reading for meaning: {done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        )
    return "   ".join(words)


def hints(pane: str, keyboard: Keyboard) -> str:
    """What can be pressed here: `Enter open  / search`."""
    words = {
        "article.open": _("open"),
        "search.open": _("search"),
        "article.tag": _("tag"),
        "fetch.all": _("fetch"),
        "help.open": _("help"),
        "back": _("back"),
        "article.page": _("page"),
        "article.note": _("note"),
        "sidebar.toggle": _("sidebar"),
    }
    return "  ".join(
        f"{key} {words[action]}" for action in _HINTS[pane] if (key := keyboard.first(action))
    )
