"""The errors a user can meet; each message says what happened and what to do next.

DigestError
├── UsageError            exit 2: the command or a query cannot be carried out as written
│   ├── ConfigError       exit 2: the configuration file is wrong
│   └── UnknownFeed       exit 2
├── UnknownArticle        exit 1
├── UnknownStory          exit 1
├── UnknownName           exit 1
├── Cancelled             nothing was shown: who asked no longer wants the answer
├── SourceError           exit 1: one source (feed, page, file) could not be read
└── LibraryError          exit 3: the library cannot be used
    ├── LibraryNewer      written by a newer version
    ├── LibraryLocked     another process holds it for too long
    ├── LibraryDamaged    SQLite finds the file broken
    └── DiskFull          nothing can be written
"""

from __future__ import annotations


class DigestError(Exception):
    """Root of all errors that are shown to the user as one line."""

    exit_code = 1


class UsageError(DigestError):
    """What was asked for cannot be carried out as written."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration is wrong; the message names file, line and nearest known key."""


class UnknownFeed(UsageError):
    """No configured feed has this name, address or group."""


class UnknownArticle(DigestError):
    """No article has this id."""


class UnknownStory(DigestError):
    """No story has this id."""


class UnknownName(DigestError):
    """No list of names has an entity with this id."""


class Cancelled(DigestError):
    """Who asked no longer wants the answer; nobody needs to be told."""


class SourceError(DigestError):
    """One source (a feed, a page, a file) could not be read."""


class LibraryError(DigestError):
    """The library cannot be used at all."""

    exit_code = 3


class LibraryNewer(LibraryError):
    """The library was written by a newer version and is left untouched."""


class LibraryLocked(LibraryError):
    """Another process kept the library locked for longer than we wait."""


class LibraryDamaged(LibraryError):
    """SQLite finds the database file broken."""


class DiskFull(LibraryError):
    """There is no room, or no permission, to write the library."""
