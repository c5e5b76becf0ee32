"""Names that no list has: by how they sound, and by what the articles themselves say they are."""

from index.unlisted.unlisted import Unlisted

__all__ = ["Unlisted"]
