"""How long the desk waits before it does something by itself, in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """The waits.

    Attributes:
        read_after: an opened article that was on the screen for so long is read.
        preview_after: the cursor has to rest for so long before its article is shown.
        search_after: the fingers have to rest for so long before a search starts.
        save_after: a note is saved so long after the last key.
        poll_every: how often changes by other processes are looked for; 0 for never.
        warm_after: the sentence model is loaded once the desk has stood for so long, or a search
            is begun; 0 for never.
        look_every: whether a fetch is due is looked at so often.
    """

    read_after: float = 1.0
    preview_after: float = 0.06
    search_after: float = 0.12
    save_after: float = 0.6
    poll_every: float = 2.0
    warm_after: float = 3.0
    look_every: float = 60.0
