"""How each role of a drawn text looks: its colours, by their names in the theme, and its style.

The roles are kept here and not in the style sheet, where each would be a node of its own whose
style is worked out again for every widget, at the start and with every change of focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.style import Style
from textual.color import Color

from digest.tui.themes import DEFAULTS


class Ink(NamedTuple):
    """The looks of a role; what is left out is taken from what lies under it.

    Attributes:
        color: of the letters, by its name in the theme (`primary`).
        ground: of the ground; `primary 20%` lets four fifths of what is under it through.
        style: as Rich writes it (`bold`, `none`), None for what is under it.
    """

    color: str = ""
    ground: str = ""
    style: str | None = None


Inks = Mapping[str, Ink]

INKS: Inks = {
    "read": Ink("muted"),
    "unread": Ink(style="bold"),
    "unread-sign": Ink("primary", style="none"),
    "sign": Ink("primary", style="none"),
    "star": Ink("accent", style="none"),
    "note": Ink("success", style="none"),
    "time": Ink("muted", style="none"),
    "badge": Ink("secondary", style="none"),
    "outlet": Ink("secondary", style="none"),
    "tag": Ink("success", style="none"),
    "snippet": Ink("muted", style="none"),
    "day": Ink("primary", "surface", "bold"),
    "related": Ink(style="italic"),
    "hit": Ink("hit-foreground", "hit-background", "bold"),
    "hit-here": Ink("hit-foreground", "hit-background", "bold underline"),
    "selected": Ink(ground="primary 20%"),
    "current": Ink(ground="primary 15%"),
    "cursor": Ink("block-cursor-foreground", "block-cursor-background"),
    "heading": Ink("primary", style="bold"),
    "quote": Ink(),  # told by its bar; slanted Han and kana are hard to read
    "code": Ink(ground="panel"),
    "figure": Ink("secondary"),
    "header": Ink(style="bold"),
    "rule": Ink("muted"),
    "number": Ink("accent", style="none"),
    "link": Ink(style="underline"),
    "address": Ink("secondary"),
    "about": Ink("muted"),
    "warning": Ink("warning", style="bold"),
    "removed": Ink("error", style="strike"),
    "added": Ink("success", style="underline"),
    "group": Ink("secondary", style="bold"),
    "count": Ink("muted", style="none"),
    "trouble": Ink("error", style="bold"),
}
"""Every role that looks otherwise than the text around it, wherever it is drawn."""

READING: Inks = {
    **INKS,
    "title": Ink("primary", style="bold"),
    "kept": Ink(ground="warning 25%", style="underline"),
    "selected": Ink(ground="primary 35%"),
}
"""The same in the reader."""

VIEWING: Inks = {
    **INKS,
    "stress": Ink("accent", style="bold underline"),
    "stress-here": Ink(
        "block-cursor-foreground", "block-cursor-background", style="bold underline"
    ),
    "series-0": Ink("primary", style="bold"),
    "series-1": Ink("accent", style="bold"),
    "series-2": Ink("success", style="bold"),
    "series-3": Ink("error", style="bold"),
    "series-4": Ink("secondary", style="bold"),
}
"""The same on the screens of stories, briefs and people."""


COLOURLESS: Inks = {
    "cursor": Ink(style="reverse"),
    "selected": Ink(style="reverse"),
    "current": Ink(style="underline"),
    "hit": Ink(style="bold underline"),
    "hit-here": Ink(style="bold reverse"),
    "stress-here": Ink(style="bold reverse"),
}
"""What tells these roles apart where there are no colours."""


def laid_over(inks: Inks, roles: Sequence[str]) -> Ink:
    """The looks of several roles, the first undermost; roles without an ink change nothing."""
    color = ground = ""
    style: str | None = None
    for ink in (inks[role] for role in roles if role in inks):
        color, ground = ink.color or color, ink.ground or ground
        style = style if ink.style is None else ink.style
    return Ink(color, ground, style)


def mixed(ink: Ink, theme: Mapping[str, str], paper: Color, letters: Color) -> Style:
    """An ink as a style.

    Args:
        ink: the looks.
        theme: the theme's colours by name, as Textual writes them.
        paper: the colour it is written on.
        letters: the colour of letters that the ink leaves alone.
    """
    ground = paper + _color(ink.ground, theme, paper) if ink.ground else paper
    color = _color(ink.color, theme, ground) if ink.color else letters
    if color == ground:  # in a theme of sixteen colours nothing shows through
        color = letters
    style = Style.parse(ink.style) if ink.style else Style.null()
    return style + Style.from_color((ground + color).rich_color, ground.rich_color)


def _color(named: str, theme: Mapping[str, str], ground: Color) -> Color:
    """`primary 20%` in a theme; `auto 87%` there is what can be read on the ground."""
    name, _space, share = named.partition(" ")
    value, _space, own_share = theme.get(name, DEFAULTS.get(name, "")).partition(" ")
    alpha = _portion(share) * _portion(own_share)
    if value == "auto":
        return ground.get_contrast_text(alpha)
    return Color.parse(value).multiply_alpha(alpha)


def _portion(percent: str) -> float:
    return float(percent.rstrip("%")) / 100 if percent else 1.0
