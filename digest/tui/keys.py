"""Which key does what: the presets, a user's own `[keys]`, and keys that come in pairs.

A key is written as on a keyboard (`t`, `?`, `ctrl+r`, `Ctrl-R`, `space`), alternatives with commas
between them (`j,down`), one key after another with a space (`g g`); the comma is `comma`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from digest.tui.actions import ACTIONS, BY_ID, SHARED

Keys = tuple[str, ...]
"""One key after another, in Textual's names."""

PRESETS: Mapping[str, Mapping[str, str]] = {
    "vim": {},
    "newsboat": {
        "article.next_unread": "n",
        "article.previous_unread": "p",
        "hit.next": "n",
        "hit.previous": "p",
        "article.toggle_read": "N",
        "article.star": "ctrl+e",
        "article.export": "s",
        "article.tag": "ctrl+t,t,+,-",
        "fetch.feed": "r",
        "fetch.all": "R",
    },
    "elfeed": {
        "list.next": "n,j,down",
        "list.previous": "p,k,up",
        "list.wider": "ctrl+right",
        "list.narrower": "ctrl+left",
        "list.top": "<,home",
        "list.bottom": ">,end",
        "list.refresh": "g",
        "hit.next": "]",
        "hit.previous": "[",
        "article.next_unread": "]",
        "article.previous_unread": "[",
        "article.star": "m",
        "article.toggle_read": "r,u",
        "article.browse": "b,o",
        "search.open": "s,/",
        "sidebar.toggle": "B",
        "fetch.all": "G",
    },
}

_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_ALIASES = {"esc": "escape", "return": "enter", "spacebar": "space", "del": "delete"}
_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
}


class Clash(NamedTuple):
    """A key that two actions wanted: the one that has it now, and the one that lost it."""

    key: str
    kept: str
    lost: str


@dataclass(frozen=True, slots=True)
class Keyboard:
    """What each key does.

    Attributes:
        keys: the keys of each action, in the order they are shown; none for an action that lost
            its only one.
        clashes: keys that were wanted twice.
        unknown: names in `[keys]` that are no action, and a preset that is none.
    """

    keys: Mapping[str, tuple[Keys, ...]]
    clashes: tuple[Clash, ...] = ()
    unknown: tuple[str, ...] = ()

    def shown(self, action: str) -> str:
        """The keys of an action for people: `j Down`, `g g`; "" without one."""
        return "  ".join(shown(keys) for keys in self.keys.get(action, ()))

    def first(self, action: str) -> str:
        """The first key of an action for people, "" without one."""
        return next((shown(keys) for keys in self.keys.get(action, ())), "")

    def sequences(self) -> frozenset[Keys]:
        """What takes one key after another."""
        return frozenset(keys for every in self.keys.values() for keys in every if len(keys) > 1)

    def keymap(self) -> dict[str, str]:
        """For `App.set_keymap`: the keys of every action, a sequence as one key (`as_one`).

        An action without a key gets a name that no key has: an empty string would leave it the
        key it had before.
        """
        return {
            action: ",".join(map(as_one, every)) or f"no-key-{action}"
            for action, every in self.keys.items()
        }


def as_one(keys: Keys) -> str:
    """The name under which keys that were pressed one after another are handed on as one."""
    return " ".join(keys)


def key_name(character: str) -> str:
    """The name that Textual gives the key of a printable character."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _NAMES.get(name, name)


def parse(written: str) -> tuple[Keys, ...]:
    """The alternatives that `written` names, each one key after another."""
    return tuple(
        tuple(_one(key) for key in part.split()) for part in written.split(",") if part.strip()
    )


def _one(key: str) -> str:
    if len(key) == 1:
        return key_name(key)
    *modifiers, last = key.replace("-", "+").split("+")
    if not last:
        return key_name(key[-1])
    if not modifiers:
        low = last.lower()
        return _ALIASES.get(low, low)
    names = [{"c": "ctrl", "s": "shift", "m": "alt"}.get(m.lower(), m.lower()) for m in modifiers]
    plain = last.lower()
    return "+".join([*names, _ALIASES.get(plain, plain if plain.isalnum() else key_name(plain))])


def shown(keys: Keys) -> str:
    """Keys for people: `?`, `Ctrl-R`, `g g`."""
    return " ".join(_shown(key) for key in keys)


def _shown(key: str) -> str:
    *modifiers, last = key.split("+")
    name = _SHOWN.get(last) or _CHARACTERS.get(last, last)
    if not modifiers:
        return name
    return "-".join([*(m.capitalize() for m in modifiers), name.upper()])


_CHARACTERS = {key_name(chr(code)): chr(code) for code in range(0x21, 0x7F)}


def resolve(preset: str = "vim", own: Mapping[str, str] | None = None) -> Keyboard:
    """The keyboard of a preset with a user's own keys over it.

    A user's own key wins over the preset's, and of two own ones the earlier in the table of
    actions; who loses its key keeps its others.
    """
    own = own or {}
    unknown = [name for name in own if name not in BY_ID]
    if preset not in PRESETS:
        unknown.insert(0, preset)
    chosen = PRESETS.get(preset, {})
    wanted = {
        action.id: parse(own.get(action.id, chosen.get(action.id, action.keys)))
        for action in ACTIONS
    }
    ranked = sorted(wanted, key=lambda name: (name not in own, name not in chosen))
    return _seated(wanted, ranked, tuple(unknown))


def _seated(
    wanted: Mapping[str, tuple[Keys, ...]], ranked: Iterable[str], unknown: tuple[str, ...]
) -> Keyboard:
    taken: dict[Keys, list[str]] = {}
    clashes: list[Clash] = []
    seated: dict[str, tuple[Keys, ...]] = {}
    for action in ranked:
        kept: list[Keys] = []
        for keys in wanted[action]:
            holder = _holder(taken, keys, action)
            if holder:
                clashes.append(Clash(shown(keys), holder, action))
                continue
            taken.setdefault(keys, []).append(action)
            kept.append(keys)
        seated[action] = tuple(kept)
    in_order = {action.id: seated[action.id] for action in ACTIONS}
    return Keyboard(in_order, tuple(clashes), unknown)


def _holder(taken: Mapping[Keys, list[str]], keys: Keys, action: str) -> str:
    """Who stands in the way of giving `keys` to `action`: the same keys, or a start of them."""
    for others, holders in taken.items():
        shorter = min(len(keys), len(others))
        if keys[:shorter] != others[:shorter]:
            continue
        for holder in holders:
            if holder != action and frozenset((holder, action)) not in SHARED:
                return holder
    return ""


def ascii_twin(character: str | None) -> str | None:
    """The ASCII sign of a full-width one (`ｊ` is `j`, `／` is `/`), None for any other."""
    if character is None or len(character) != 1:
        return None
    code = ord(character)
    if code == 0x3000:
        return " "
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else None


class Sequences:
    """Follows keys that come one after another (`g g`)."""

    def __init__(self, known: Collection[Keys]) -> None:
        self._known = known
        self._held: Keys = ()

    def press(self, key: str) -> str | None:
        """Take a key.

        Returns:
            The sequence that is complete, as one key; "" while more keys are awaited; None when
            the key is not part of a sequence and means what it means alone.
        """
        keys = (*self._held, key)
        self._held = ()
        if keys in self._known:
            return as_one(keys)
        if any(others[: len(keys)] == keys for others in self._known):
            self._held = keys
            return ""
        return None

    def forget(self) -> None:
        """Await nothing any more."""
        self._held = ()
