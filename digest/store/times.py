"""Times between Python (aware, UTC) and the database (whole seconds since the epoch)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload


@overload
def to_epoch(moment: datetime) -> int: ...
@overload
def to_epoch(moment: None) -> None: ...
def to_epoch(moment: datetime | None) -> int | None:
    """Whole seconds since the epoch; None stays None."""
    return None if moment is None else int(moment.timestamp())


@overload
def from_epoch(seconds: int) -> datetime: ...
@overload
def from_epoch(seconds: None) -> None: ...
def from_epoch(seconds: int | None) -> datetime | None:
    """An aware time in UTC; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
