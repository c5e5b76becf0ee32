from __future__ import annotations

from datetime import timedelta

import pytest

from digest.config.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "days"),
    [("24h", 1), ("30d", 30), ("2w", 14), ("6m", 180), ("1y", 365), (" 3D ", 3), ("0d", 0)],
)
def test_units(text: str, days: int) -> None:
    assert parse_duration(text) == timedelta(days=days)


@pytest.mark.parametrize(
    "text", ["", "d", "30", "-1d", "1.5d", "3 d", "1d2h", "３d", "101y", "9999999w", "1s"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must"):
        parse_duration(text)
