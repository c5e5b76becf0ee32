"""The catalogues: which language a person reads, and where its words are.

`locale/LANGUAGE/LC_MESSAGES/digest.po` is what translators edit. A wheel holds only the compiled
`digest.mo`; in a checkout one that is missing or older than its source is compiled in memory, so
that an edited translation is seen at the next start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from digest.languages.words import ENGLISH, Words

if TYPE_CHECKING:
    from gettext import GNUTranslations

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = {"zh-Hant": "zh_Hant", "ja": "ja"}
"""The folder of each language beside English, by its tag in `[ui] language`."""
TAGS = (ENGLISH.tag, *LANGUAGES)


def words_of(wanted: str, environ: Mapping[str, str] | None = None) -> Words:
    """The words of a language.

    Args:
        wanted: one of `TAGS`, or `auto` for what the terminal's locale says.
        environ: the environment the locale is read from.
    """
    tag = from_locale(os.environ if environ is None else environ) if wanted == "auto" else wanted
    catalogue = _load(FOLDER / LANGUAGES[tag] / "LC_MESSAGES") if tag in LANGUAGES else None
    return ENGLISH if catalogue is None else Words(tag, catalogue.gettext, catalogue.ngettext)


def from_locale(environ: Mapping[str, str]) -> str:
    """The language of the interface for a POSIX locale; every Chinese reader gets 繁體中文."""
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((found for found in names if found), "C")
    if name.partition(".")[0] not in ("C", "POSIX"):
        # As in gettext: LANGUAGE goes first, unless the locale is the plain one.
        name = environ.get("LANGUAGE", "").partition(":")[0] or name
    code = name.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return {"zh": "zh-Hant", "ja": "ja"}.get(code, "en")


def _load(folder: Path) -> GNUTranslations | None:
    from gettext import GNUTranslations  # noqa: PLC0415 - English needs none

    source, compiled = folder / "digest.po", folder / "digest.mo"
    if source.exists() and not _is_newer(compiled, source):
        return GNUTranslations(BytesIO(compile_catalogue(source)))
    if not compiled.exists():
        return None
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def _is_newer(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def compile_catalogue(source: Path) -> bytes:
    """The compiled form of a catalogue."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - in a checkout only
    from babel.messages.pofile import read_po  # noqa: PLC0415

    made = BytesIO()
    with source.open("rb") as file:
        write_mo(made, read_po(file))
    return made.getvalue()
