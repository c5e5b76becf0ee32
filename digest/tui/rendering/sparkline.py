"""The languages of a result and its course over time in a few cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from digest.tui.rendering.badges import sign

if TYPE_CHECKING:
    from digest.library.values import Timeline

BARS = " ▁▂▃▄▅▆▇█"


def sparkline(counts: Sequence[int], most: int = 0) -> str:
    """A bar for each count, full at `most` (else the highest); a count above 0 always shows."""
    most = most or max(counts, default=0)
    steps = len(BARS) - 1
    return "".join(BARS[-(-count * steps // most)] if count else BARS[0] for count in counts)


def language_counts(languages: Mapping[str, int], most: int = 4) -> str:
    """`EN 12  繁 4  日 2`, the largest first; nothing where there is but one language."""
    if len(languages) < 2:
        return ""
    shown = list(languages.items())[:most]
    return "  ".join(f"{sign(code)} {number:,}" for code, number in shown)


def course_words(languages: Mapping[str, int], timeline: Timeline) -> list[str]:
    """`EN 12  繁 4` and `2026-01-05 ▁▃█`: languages; where time begins, a bar for each period."""
    bars = ""
    if len(timeline.counts) > 1:
        bars = f"{timeline.start} {sparkline(timeline.counts)}"
    return [language_counts(languages), bars]
