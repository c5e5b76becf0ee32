"""The three widths of the desk, in columns.

wide     sidebar | list | reader     from 140
middle   list | reader               from 100, the sidebar when asked for
narrow   one of the three
"""

from __future__ import annotations

MIDDLE = 100
WIDE = 140
BREAKPOINTS = ((0, "-narrow"), (MIDDLE, "-middle"), (WIDE, "-wide"))


def class_for(columns: int) -> str:
    """The class of a screen that is so wide."""
    return next(name for at, name in reversed(BREAKPOINTS) if columns >= at)
