"""Keys on their way into the desk: full-width ones, those in pairs, those in one burst."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.keys import key_to_character
from textual.widgets import Input

from digest.tui import escapes
from digest.tui.holding import LEAVING, OPENING, TURN_SECONDS, HeldKeys
from digest.tui.keys import Keyboard, Sequences, as_one, ascii_twin, key_name

if TYPE_CHECKING:
    from digest.tui.screens.desk import DeskScreen


class KeyReader(App[int]):
    """An application that reads the keyboard before anything else in it does.

    Attributes:
        keyboard: the keys of every action.
        touched: when the last key was pressed or the mouse moved, on the monotonic clock.
    """

    keyboard: Keyboard
    touched: float = 0.0
    _desk: DeskScreen | None = None

    def learn(self, keyboard: Keyboard) -> None:
        """Read these keys from now on."""
        self.keyboard = keyboard
        escapes.learn()
        self._held = HeldKeys()
        self._opening = {
            as_one(keys) for action in OPENING for keys in keyboard.keys.get(action, ())
        }
        self._sequences = Sequences(keyboard.sequences())

    async def on_event(self, event: events.Event) -> None:
        """Read keys before anything else does: full-width ones, and those that come in pairs."""
        if isinstance(event, events.InputEvent):
            self.touched = time.monotonic()
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._held.waiting:
            self._held.hold(event)
        elif (behind := escapes.behind(event)) and not self._is_bound(event.key):
            await self.on_event(events.Key("escape", "\x1b"))
            await self.on_event(events.Key(key_name(behind), behind))
        else:
            await self._on_pressed(event)

    async def _on_pressed(self, event: events.Key) -> None:
        moved: Callable[[], bool] | None = None
        if not self._typing():
            event = self._narrowed(event)
            desk = self._desk if self.screen is self._desk else None
            if desk and (pressed := self._sequences.press(event.key)) is not None:
                if not pressed:
                    return
                # By the way that every key takes, or it would overtake those before it.
                event = events.Key(pressed, None)
            if self._desk is not None:
                self._desk.last_character = event.character or ""
            if desk and event.key in self._opening:
                moved = self._typing
        elif event.key in LEAVING and isinstance(self.focused, Input):
            field = self.focused
            moved = lambda: self.focused is not field  # noqa: E731 - two words about this very field
        if moved is not None:
            self._held.begin(moved)
        await super().on_event(event)
        if moved is not None:
            self.call_later(self._release)

    def _is_bound(self, key: str) -> bool:
        return any((key,) in every for every in self.keyboard.keys.values())

    async def _release(self) -> None:
        """Hand on the keys that waited, once what they are meant for has the focus."""
        if not self._held.over():
            await asyncio.sleep(TURN_SECONDS)  # the desk and the field have work to do meanwhile
            self.call_later(self._release)
            return
        waiting = self._held.take()
        for at, key in enumerate(waiting):
            await self.on_event(key)
            if self._held.waiting:  # this one moves the focus again
                for later in waiting[at + 1 :]:
                    self._held.hold(later)
                return

    def _typing(self) -> bool:
        """Whether letters go into a text field."""
        focused = self.focused
        return focused is not None and focused.check_consume_key("j", "j")

    def _narrowed(self, event: events.Key) -> events.Key:
        twin = ascii_twin(event.character or key_to_character(event.key))
        return event if twin is None else events.Key(key_name(twin), twin)
