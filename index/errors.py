"""What can go wrong with an index; each message says what to do next."""

from __future__ import annotations


class IndexFailure(Exception):
    """Any failure of the search index."""


class IndexDamaged(IndexFailure):
    """The files of the index are missing, cut short, foreign or of another version: rebuild it."""


class IndexLocked(IndexFailure):
    """Another process has been writing to the index for too long: try again later."""


class SearchCancelled(IndexFailure):
    """The one who asked no longer wants the answer."""
