"""The library: one facade over the store, the index and ingest. The only owner of state."""

from digest.library.facade import Library

__all__ = ["Library"]
