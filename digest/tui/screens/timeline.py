"""How often something is written of: one query by language, or several beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from digest.tui.i18n import N_, _
from digest.tui.library_words import retold
from digest.tui.rendering.badges import sign
from digest.tui.rendering.parts import Part
from digest.tui.rendering.plot import MOST, legend_lines, plot_lines
from digest.tui.screen_keys import TIMELINE, ScreenKey, bindings
from digest.tui.screens.view import View
from digest.tui.widgets.prompt_bar import PromptBar

if TYPE_CHECKING:
    from digest.export.courses import Course
    from digest.library import Library
    from digest.library.values import Stats
    from digest.tui.screens.desk import DeskScreen

PERIODS = {"day": N_("By day"), "week": N_("By week"), "month": N_("By month")}
_LEAST = 5  # rows of the plot
_DAYS, _WEEKS = timedelta(weeks=6), timedelta(weeks=156)  # up to which days and weeks are told


@dataclass
class Counted(Message):
    """The counts of queries, by which period: a course of all of them, or of one by language."""

    asked: tuple[object, ...]
    by: str
    course: Course
    problems: Sequence[str]


class TimelineScreen(View["tuple[str, str] | None"]):
    """Plots queries; closes with a query and a title for the desk's list, None when it was left.

    Args:
        desk: the desk below.
        queries: what is counted, at least one; changed as the person adds and removes.
    """

    KEYS: ClassVar[Sequence[ScreenKey]] = TIMELINE
    BINDINGS: ClassVar[list[BindingType]] = bindings(TIMELINE)

    def __init__(self, desk: DeskScreen, queries: list[str]) -> None:
        super().__init__(desk)
        self.queries = queries
        self._by = ""  # by the span of what is counted, until the person chooses
        self._shown_by = ""
        self._split = True
        self._course: Course | None = None
        self._at = 0

    def on_mount(self) -> None:
        """Count."""
        self._read()

    # counting -------------------------------------------------------------------------------

    @property
    def by_language(self) -> bool:
        """Whether the one query is shown by language."""
        return self._split and len(self.queries) == 1

    def _read(self) -> None:
        queries, by, split = tuple(self.queries), self._by, self.by_language
        asked = self._asked

        def job(library: Library) -> Message:
            from digest.export.courses import course, merged  # noqa: PLC0415 - only when plotted

            every, told = _counts(library, queries, by, "lang" if split else "")
            buckets = [
                (period, series if split else query, number)
                for query, stats in zip(queries, every, strict=True)
                for period, series, number in stats.buckets
            ]
            found = course(buckets, () if split else queries)
            problems = [one.message for stats in every for one in stats.problems]
            return Counted(asked, told, merged(found, MOST, "+") if split else found, problems)

        self.work.read(job, group="timeline", to=self)

    @property
    def _asked(self) -> tuple[object, ...]:
        return (tuple(self.queries), self._by, self.by_language)

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        if message.asked != self._asked:
            return
        self._course, self._shown_by = message.course, message.by
        for words in dict.fromkeys(message.problems):
            self.desk.say(retold(words), warning=True)
        self.draw()

    # drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the legend over the plot."""
        found = self._course
        by = _(PERIODS[self._shown_by]) if found is not None else ""
        what = _("by language") if self.by_language else ""
        self.say_at_foot(by, what)
        if found is None:
            self.show_words(_("Counting"))
            return
        room = self.columns - 2
        here = -1 if self.by_language else self._at
        legend = legend_lines(found, self._titles(found), room, here)
        head = [[Part(self._title(one), "heading")] for one in self.queries if self.by_language]
        height = max(_LEAST, self.lines.size.height - len(legend) - len(head) - 5)
        plot = plot_lines(found, room, height)
        nothing = [[], [Part(" " + _("Nothing to count."), "about")]]
        margin = Part(" ", "text")
        lines = [[], *head, *legend, [], *(plot or nothing)]
        self.lines.show([[margin, *line] for line in lines], keep=True)

    def _titles(self, found: Course) -> dict[str, str]:
        if self.by_language:
            return {code: sign(code) if code != "+" else _("others") for code in found.series}
        return {query: self._title(query) for query in self.queries}

    @staticmethod
    def _title(query: str) -> str:
        return query or _("All articles")

    # keys -----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._course = None
        self._at = max(0, min(self._at, len(self.queries) - 1))
        self._read()
        self.draw()

    def action_move(self, step: int) -> None:
        """Go to another query."""
        self._at = max(0, min(self._at + step, len(self.queries) - 1))
        self.draw()

    def action_by(self, period: str) -> None:
        """Count by days, weeks or months."""
        self._by = period
        self._changed()

    def action_split(self) -> None:
        """Show the one query by language, or as a whole."""
        if len(self.queries) > 1:
            self.desk.say(_("One query alone can be shown by language."))
            return
        self._split = not self._split
        self._changed()

    def action_add(self) -> None:
        """Ask for another query."""
        if len(self.queries) >= MOST:
            self.desk.say(_("{n} queries at most are shown together.").format(n=MOST))
            return
        self.prompt.ask("query", _("Another query: "))

    @on(PromptBar.Answered)
    def _added(self, message: PromptBar.Answered) -> None:
        self.set_focus(None)
        query = " ".join(message.text.split())
        if not query or query in self.queries:
            return
        if self.queries == [""]:  # beside all articles nothing would be seen
            self.queries.clear()
        self.queries.append(query)
        self._at = len(self.queries) - 1
        self._changed()

    def action_remove(self) -> None:
        """Take the query away; without any, all articles are counted."""
        del self.queries[self._at]
        if not self.queries:
            self.queries.append("")
        self._changed()

    def action_open(self) -> None:
        """List the articles of the query on the desk."""
        query = self.queries[self._at]
        self.dismiss((query, self._title(query)))


def _counts(
    library: Library, queries: Sequence[str], by: str, split: str
) -> tuple[list[Stats], str]:
    """What is counted of each query, and by which period: a fitting one where none is asked for."""

    def counted(period: str) -> list[Stats]:
        return [library.stats(one, by=period, split=split) for one in queries]

    every = counted(by or "week")
    fits = by or fitting(every)
    return (every if fits in (by, "week") else counted(fits)), fits


def fitting(every: Sequence[Stats]) -> str:
    """The period that makes a course of some forty to some 160 steps of what was counted."""
    first = min((one.first for one in every if one.first), default=None)
    last = max((one.last for one in every if one.last), default=None)
    if first is None or last is None:
        return "week"
    return "day" if last - first <= _DAYS else "week" if last - first <= _WEEKS else "month"
