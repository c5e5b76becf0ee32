"""The library: one facade over the store, the index and ingest. The only owner of state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.library.facade.library import Library

__all__ = ["Library"]


def __getattr__(name: str) -> Any:
    """Load the facade when it is first asked for; the values beside it cost little without it."""
    if name != "Library":
        raise AttributeError(name)
    from digest.library.facade.library import Library  # noqa: PLC0415 - sqlite3 and more

    return Library
