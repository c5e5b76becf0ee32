"""The words of one language, looked up in its catalogue; English is its own.

A text is given to `gettext` (with a number, `ngettext`) where it is read by a person. Tables that
are made at import mark theirs with `N_`, and they are looked up when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Lookup = Callable[[str], str]
PluralLookup = Callable[[str, str, int], str]


def _same(message: str) -> str:
    return message


def _english_plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


@dataclass(frozen=True, slots=True)
class Words:
    """How a language is spoken.

    Attributes:
        tag: its BCP 47 tag.
        gettext: gives a text in it.
        ngettext: gives the one of two texts that a number asks for.
    """

    tag: str = "en"
    gettext: Lookup = _same
    ngettext: PluralLookup = _english_plural

    @property
    def code(self) -> str:
        """Its ISO 639-1 code."""
        return self.tag.partition("-")[0]


ENGLISH = Words()


def N_(message: str) -> str:  # noqa: N802 - the name by which catalogue tools find such texts
    """Mark `message` for the catalogue and leave it as it is."""
    return message
