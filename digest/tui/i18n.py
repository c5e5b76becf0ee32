"""The words of the interface, looked up in the catalogue in use (`catalogues`).

Every text a person reads goes through `_` (or `ngettext` with a number). Tables that are made at
import mark their texts with `N_` and are translated when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable

Lookup = Callable[[str], str]
PluralLookup = Callable[[str, str, int], str]


def _same(message: str) -> str:
    return message


def _english_plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


class _Catalogue:
    """The lookups in use; English is its own catalogue."""

    single: Lookup = staticmethod(_same)
    plural: PluralLookup = staticmethod(_english_plural)


def install(single: Lookup = _same, plural: PluralLookup = _english_plural) -> None:
    """Use these lookups from now on (`gettext` and `ngettext` of a translation)."""
    _Catalogue.single = staticmethod(single)
    _Catalogue.plural = staticmethod(plural)


def _(message: str) -> str:
    """`message` in the language of the interface."""
    return _Catalogue.single(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, whichever `count` asks for, in the language of the interface."""
    return _Catalogue.plural(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name by which catalogue tools find such texts
    """Mark `message` for the catalogue and leave it as it is."""
    return message
