"""The user's own file of names, changed with its comments and its order kept.

Nothing is written that would not be read again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config import rewrite
from digest.config.files import locked, write_whole
from digest.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from index.names.model import Entity
    from index.names.userfile import UserNames

OPENING = "# Names of your own; docs/names.md says what may stand here.\n"
_LANGUAGES = ("en", "zh", "ja")


@dataclass(frozen=True, slots=True)
class OwnName:
    """What a person writes of a name; what is None or "" is left as it is, or left out.

    Attributes:
        kind: one of the kinds of docs/names.md.
        en: its English forms, the commonest first; capitals mark a person's surname.
        zh: its Chinese forms.
        ja: its Japanese forms.
        ambiguous: forms that others have too: found by `who:`, never widened.
        side: `taiwan`, `japan`, ...: what an article with it concerns.
        id: its stable id; made from its first form when left out.
    """

    kind: str = ""
    en: tuple[str, ...] | None = None
    zh: tuple[str, ...] | None = None
    ja: tuple[str, ...] | None = None
    ambiguous: tuple[str, ...] | None = None
    side: str = ""
    id: str = ""

    def written(self) -> dict[str, Any]:
        """Its keys as they stand in the file, but for the id."""
        found: dict[str, Any] = {"kind": self.kind} if self.kind else {}
        for key in (*_LANGUAGES, "ambiguous"):
            forms: tuple[str, ...] | None = getattr(self, key)
            if forms is not None:
                found[key] = list(forms)
        return found | ({"side": self.side} if self.side else {})


def add(path: Path, name: OwnName, taken: Callable[[str], bool]) -> str:
    """Write one more name and return its id; `taken` says which ids there are already.

    Raises:
        UsageError: its id is taken.
        ConfigError: it is no valid name, or the file is wrong or cannot be written.
    """
    from index.names.userfile import slug  # noqa: PLC0415 - the index's own modules

    forms = [form for lang in _LANGUAGES for form in getattr(name, lang) or ()]
    if not forms:
        raise UsageError("a name needs a form in one of the three languages")
    if name.id and taken(name.id):
        raise UsageError(f"there is a name with the id {name.id} already; correct it instead")
    ident = name.id or slug(forms[0])
    if taken(ident):
        ident = next(one for n in count(2) if not taken(one := f"{ident}-{n}"))
    table = {"id": ident, **name.written()}
    _change(path, lambda text, _: rewrite.add_table(text, "names", table))
    return ident


def correct(path: Path, entity: Entity, name: OwnName) -> None:
    """Write what `name` has over what the entity has, which is first copied if it is shipped.

    Raises:
        ConfigError: as in `add`.
    """
    changed = name.written()

    def change(text: str, now: UserNames) -> str:
        if entity.id not in now.rows:
            own = {lang: list(getattr(entity, lang)) for lang in _LANGUAGES}
            kept = {key: forms for key, forms in own.items() if forms}
            table = {"id": entity.id, "kind": entity.kind, **kept, **changed}
            return rewrite.add_table(text, "names", table)
        place = ("names", now.rows.index(entity.id))
        for key, value in changed.items():
            text = rewrite.set_key(text, place, key, value)
        return rewrite.set_key(text, place, "id", entity.id)

    _change(path, change)


def forget(path: Path, ident: str) -> None:
    """Take a name of the user's out of the file, or note there that a shipped one is to go.

    Raises:
        ConfigError: as in `add`.
    """
    from index.names.names import Names  # noqa: PLC0415 - the index's own modules

    shipped = Names.load().entity(ident) is not None

    def change(text: str, now: UserNames) -> str:
        if ident in now.rows:
            text = rewrite.remove_table(text, "names", now.rows.index(ident))
        return rewrite.add_table(text, "names", {"id": ident, "remove": True}) if shipped else text

    _change(path, change)


def _change(path: Path, change: Callable[[str, UserNames], str]) -> None:
    """Read, change and write under one lock, so that of two changes none is lost."""
    with locked(path.resolve().parent):
        text = _read(path)
        newline = "\r\n" if "\r\n" in text else "\n"
        text = text.replace("\r\n", "\n")
        after = change(text, _accepted(text, path))
        _accepted(after, path)
        if after != text:
            write_whole(path, after.replace("\n", newline).encode())


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode() if path.exists() else OPENING
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}. Correct the file of names.") from error


def _accepted(text: str, path: Path) -> UserNames:
    from index.names.model import NamesError  # noqa: PLC0415 - the index's own modules
    from index.names.userfile import parse_names  # noqa: PLC0415 - the index's own modules

    try:
        return parse_names(text, path)
    except NamesError as error:
        raise ConfigError(str(error)) from error
