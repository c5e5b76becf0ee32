"""Durations as people write them: `36h`, `30d`, `2w`, `6m`, `1y`."""

from __future__ import annotations

import re
from datetime import timedelta

DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST = timedelta(days=100 * 365)
SHORTEST = timedelta(minutes=5)


def parse_interval(text: str) -> timedelta:
    """How often something is done: as a duration, but `m` is minutes, and five at least.

    Raises:
        ValueError: it is none, or is shorter than five minutes.
    """
    found = re.fullmatch(r"([0-9]{1,7})m", text.strip().lower())
    span = timedelta(minutes=int(found[1])) if found else parse_duration(text)
    if not SHORTEST <= span <= LONGEST:
        raise ValueError(f"must be from 5m (minutes) to 100y, not {text!r}")
    return span


def parse_duration(text: str) -> timedelta:
    """Read a whole number and a unit: h hours, d days, w weeks, m months of 30 days, y of 365.

    Raises:
        ValueError: it is not one, or is longer than a hundred years.
    """
    found = re.fullmatch(r"([0-9]{1,7})([hdwmy])", text.strip().lower())
    if found is None:
        raise ValueError(f"must be a number with a unit, like 12h, 30d, 2w, 6m or 1y, not {text!r}")
    count, unit = int(found[1]), found[2]
    span = timedelta(hours=count) if unit == "h" else timedelta(days=count * DAYS[unit])
    if span > LONGEST:
        raise ValueError(f"must not be longer than 100y, not {text!r}")
    return span
