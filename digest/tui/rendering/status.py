"""The words at the foot of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from digest.tui.i18n import N_, _
from digest.tui.keys import Keyboard
from digest.tui.layout.cells import cut, width

# While something is typed keys mean themselves, but for these.
_TYPING = {
    "search": (("Enter", N_("to the list")), ("Tab", N_("complete")), ("Esc", N_("leave"))),
    "note": (("Esc", N_("close the note")),),
    "prompt": (("Enter", N_("done")), ("Tab", N_("complete")), ("Esc", N_("leave"))),
}
_GAP = "   "
_BETWEEN = "  "
_TITLE = 20  # cells of a title that are shown before anything else
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


def place_words(position: Position) -> list[str]:
    """`Unread`, `3 of 120`, `2 selected`."""
    words = [position.title]
    if position.total:
        words.append(
            _("{at} of {total}").format(at=f"{position.at:,}", total=f"{position.total:,}")
        )
    if position.selected:
        words.append(_("{n} selected").format(n=f"{position.selected:,}"))
    return words


def progress_words(position: Position) -> list[str]:
    """What goes on behind the desk: `Making the index: 300 of 20,000`."""
    words: list[str] = []
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
    return words


def hints(pane: str, keyboard: Keyboard) -> list[str]:
    """What can be pressed here: `Enter open`, `/ search`.

    `pane` is one of the desk, or what is typed in: `search`, `note`, `prompt`.
    """
    if typing := _TYPING.get(pane):
        return [f"{key} {_(words)}" for key, words in typing]
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
    return [f"{key} {words[action]}" for action in _HINTS[pane] if (key := keyboard.first(action))]


def at_foot(parts: Sequence[str], pressed: Sequence[str], room: int) -> tuple[str, str]:
    """What stands at the left and at the right of the foot.

    Args:
        parts: in order of importance. Those that do not fit are left out whole, from the end; only
            the first, a title or a query, is cut, to a third of the room where others need more.
        pressed: hints, for which there is what the parts leave; the last one, which leads to all
            others, goes last.
        room: in cells.
    """
    kept = list(parts)
    if len(kept) > 1 and width(_GAP.join(kept)) > room:
        kept[0] = cut(kept[0], max(_TITLE, room // 3))
    while len(kept) > 1 and width(_GAP.join(kept)) > room:
        kept.pop()
    left = _GAP.join(kept) if len(kept) > 1 else cut("".join(parts[:1]), room)
    right = list(pressed)
    while right and width(_BETWEEN.join(right)) > room - width(left) - len(_GAP):
        right.pop(-2 if len(right) > 1 else 0)
    return left, _BETWEEN.join(right)
