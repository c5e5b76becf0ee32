"""The desk's own themes: paper for the day, night for the evening, contrast for weak eyes."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

PAPER = Theme(
    name="paper",
    primary="#1f4e79",
    secondary="#5b6b7a",
    accent="#a4400a",
    warning="#8a5a00",
    error="#a31621",
    success="#2c6e3f",
    foreground="#22201c",
    background="#faf7f0",
    surface="#f3eee3",
    panel="#e8e1d2",
    dark=False,
    variables={
        "hit-background": "#f5d76e",
        "hit-foreground": "#22201c",
        "muted": "#6a6458",
        "input-selection-background": "#1f4e79 25%",
        "block-cursor-background": "#1f4e79",
        "block-cursor-foreground": "#faf7f0",
    },
)

NIGHT = Theme(
    name="night",
    primary="#7aa2c8",
    secondary="#8a97a6",
    accent="#e0a15e",
    warning="#d9b25f",
    error="#e07a7a",
    success="#8fbf8f",
    foreground="#d8d4cb",
    background="#14171c",
    surface="#1a1e25",
    panel="#242a33",
    dark=True,
    variables={
        "hit-background": "#6b5a1e",
        "hit-foreground": "#fff4cf",
        "muted": "#8f8a80",
        "input-selection-background": "#7aa2c8 30%",
        "block-cursor-background": "#7aa2c8",
        "block-cursor-foreground": "#14171c",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#202020",
    dark=True,
    text_alpha=1.0,
    variables={
        "hit-background": "#ffff00",
        "hit-foreground": "#000000",
        "muted": "#e0e0e0",
        "input-selection-background": "#00ffff 50%",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
    },
)

OWN = (PAPER, NIGHT, CONTRAST)

# Of 256 colours the nearest to warm paper is a glaring yellow, to a quiet night a plain blue. The
# grounds are greys there, such as Rich takes for greys.
MANY = (
    replace(PAPER, background="#ffffff", surface="#f2f2f2", panel="#e8e8e8", success="#005f00"),
    replace(NIGHT, background="#121212", surface="#1c1c1c", panel="#262626"),
    CONTRAST,
)

# Quiet colours all become the same grey where there are sixteen: these are among the sixteen, as
# Rich knows them. Terminals that draw bold letters brighter still show them.
FEW = (
    replace(
        PAPER,
        primary="#0000aa",
        secondary="#555555",
        accent="#aa0000",
        warning="#aa0000",
        error="#aa0000",
        success="#aa00aa",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ffffff",
        variables={
            "hit-background": "#ffff55",
            "hit-foreground": "#000000",
            "muted": "#555555",
            "input-selection-background": "#aaaaaa",
            "block-cursor-background": "#0000aa",
            "block-cursor-foreground": "#ffffff",
        },
    ),
    replace(
        NIGHT,
        primary="#55ffff",
        secondary="#00aaaa",
        accent="#ffff55",
        warning="#ffff55",
        error="#ff5555",
        success="#55ff55",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        variables={
            "hit-background": "#ffff55",
            "hit-foreground": "#000000",
            "muted": "#aaaaaa",
            "input-selection-background": "#555555",
            "block-cursor-background": "#0000aa",
            "block-cursor-foreground": "#ffffff",
        },
    ),
    CONTRAST,
)

SETS = {"standard": FEW, "256": MANY}
"""The desk's own themes where a terminal, in Rich's words, has fewer colours than they want."""

# What the inks and the style sheets ask for and Textual's own themes do not define.
DEFAULTS = {"hit-background": "#d9b25f", "hit-foreground": "#000000", "muted": "#7f7f7f"}
