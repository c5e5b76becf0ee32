"""The library facade: the one object that the command line and the desk talk to."""

from digest.library.facade.core import utc_now
from digest.library.facade.library import Library

__all__ = ["Library", "utc_now"]
