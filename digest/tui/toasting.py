"""Where toasts are laid over a screen."""

from __future__ import annotations

from typing import Any

from textual.geometry import Region
from textual.screen import Screen
from textual.widgets._toast import ToastRack

_LEAST = 24  # cells that a toast has at least


def keep_within(screen: Screen[Any], pane: Region) -> None:
    """Keep the toasts of a screen over one pane of it, where there is room.

    Textual draws what lies over the edge of a pane in two pieces, and blanks a Chinese or Japanese
    character that has a half in each.
    """
    if pane.width < _LEAST:
        pane = screen.region
    for rack in screen.query(ToastRack):
        rack.styles.padding = (0, screen.size.width - pane.right, 0, pane.x)
