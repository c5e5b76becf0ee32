"""Keeps the catalogues of the interface in step with its texts: `make translations`.

Takes every text that goes through `_`, `gettext`, `ngettext` or `N_` into each catalogue, drops
those that are not used any more, and compiles them. New texts stand there untranslated, and are
named here and by the tests. Catalogues are sorted and carry no dates or line numbers, so that two
people who add texts rarely meet in one line.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from digest.languages.catalogues import FOLDER, LANGUAGES, compile_catalogue

TEXTS = Path(__file__).parents[1] / "digest"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Every text of the interface."""
    found = Catalog(project="taiwan-japan-digest", creation_date=_BEGUN, charset="utf-8")
    for _file, _line, message, _comments, _context in extract_from_dir(
        TEXTS, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message)
    return found


def read(folder: str) -> Catalog:
    """The catalogue in a folder of `locale`."""
    path = FOLDER / folder / "LC_MESSAGES" / "digest.po"
    if not path.exists():
        return Catalog(locale=folder)
    with path.open("rb") as file:
        return read_po(file, locale=folder)


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that have no translation yet, or one that was only guessed."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not message.string or "" in tuple(message.string))
    ]


def main() -> int:
    """Write and compile every catalogue; 1 when something is untranslated."""
    wanted = template()
    lacking = 0
    for folder in LANGUAGES.values():
        catalogue = read(folder)
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.creation_date = catalogue.revision_date = _BEGUN
        catalogue.header_comment = ""
        catalogue.fuzzy = False
        catalogue.project, catalogue.version = "taiwan-japan-digest", "digest"
        catalogue.msgid_bugs_address = ""
        catalogue.last_translator = catalogue.language_team = "taiwan-japan-digest"
        path = FOLDER / folder / "LC_MESSAGES" / "digest.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, no_location=True,
                     ignore_obsolete=True)  # fmt: skip
        path.with_suffix(".mo").write_bytes(compile_catalogue(path))
        for text in untranslated(catalogue):
            lacking += 1
            sys.stderr.write(f"{folder}: not translated: {text}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
