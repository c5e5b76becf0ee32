"""Saved views that tell when something new comes in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.tui.i18n import ngettext
from digest.tui.layout.cells import plain

if TYPE_CHECKING:
    from digest.library import Library
    from digest.tui.messages import Counted
    from digest.tui.screens.desk import DeskScreen

_SECONDS = 5


class AlertingPart:
    """Compares each count of the views with the one before."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._before: Counted | None = None
        self._arrived = 0  # articles that the views may still have to find

    def forget(self) -> None:
        """Another library is shown: nothing in it is news."""
        self._before = None
        self._arrived = 0

    def counted(self, message: Counted) -> None:
        """Tell of views with `alert = true` that have more unread articles than before.

        Only while something has come in: an article is also unread when a person marks it so. A
        view finds it a moment after it is stored, and counts come in between.
        """
        before, self._before = self._before, message
        if before is None:
            return
        self._arrived += max(0, message.counts.all - before.counts.all)
        for view in message.views:
            more = message.counts.views.get(view.name, 0) - before.counts.views.get(view.name, 0)
            more = min(more, self._arrived)
            if view.alert and more > 0:
                words = ngettext("{name}: {n} new article", "{name}: {n} new articles", more)
                self._tell(words.format(name=plain(view.name), n=more))
        if message.findable:
            self._arrived = 0

    def _tell(self, words: str) -> None:
        self.desk.say(words)
        self.desk.app.bell()
        command = notifier(words)
        if command:

            def job(_library: Library) -> None:
                _notify(command)

            self.desk.work.read(job, group="notify", exclusive=False)


def notifier(words: str) -> Sequence[str]:
    """The command that shows a desktop notification here, () where there is none."""
    if sys.platform == "darwin":
        script = "on run argv\ndisplay notification (item 1 of argv)\nend run"
        return ("osascript", "-e", script, words)
    found = shutil.which("notify-send")
    return (found, "--app-name=digest", "--", "Taiwan-Japan Digest", words) if found else ()


def _notify(command: Sequence[str]) -> None:
    """Run it; a desktop that shows nothing is no trouble of the reader's."""
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell
    except (OSError, subprocess.SubprocessError):
        return
