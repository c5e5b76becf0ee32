"""The words of the interface, in the language in use.

Every text a person reads on the desk goes through `_` (or `ngettext` with a number). Tables that
are made at import mark their texts with `N_` and are translated when they are shown.
"""

from __future__ import annotations

from digest.languages.words import ENGLISH, N_, Words

__all__ = ["N_", "_", "install", "ngettext", "spoken"]


class _InUse:
    """The words in use."""

    words = ENGLISH


def install(words: Words = ENGLISH) -> None:
    """Use these words from now on."""
    _InUse.words = words


def spoken() -> Words:
    """The words in use."""
    return _InUse.words


def _(message: str) -> str:
    """`message` in the language of the interface."""
    return _InUse.words.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, whichever `count` asks for, in the language of the interface."""
    return _InUse.words.ngettext(one, many, count)
