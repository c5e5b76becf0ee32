"""A story as each language reports it, and what a person does to it: compare, part, join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from digest.errors import UnknownStory
from digest.tui.i18n import _, ngettext
from digest.tui.layout.cells import fit, plain
from digest.tui.library_words import retold
from digest.tui.messages import Changed, Said
from digest.tui.rendering.coverage import (
    Place,
    Sheet,
    coverage_lines,
    side_by_side,
    tab_at,
)
from digest.tui.rendering.parts import Part
from digest.tui.screen_keys import STORY, ScreenKey, bindings
from digest.tui.screens.view import View, ViewLines

if TYPE_CHECKING:
    from digest.library import Library
    from digest.library.storying import Neighbour
    from digest.model import Summary
    from digest.stories.coverage import Coverage
    from digest.tui.screens.desk import DeskScreen


@dataclass
class StoryRead(Message):
    """A story by language; None where there is none, and why."""

    story: Coverage | None
    why: str = ""


@dataclass
class OthersRead(Message):
    """The stories that another may be joined from."""

    others: Sequence[Neighbour]


class StoryScreen(View["Summary | None"]):
    """Shows a story; closes with the article to open, None when it was left.

    Args:
        desk: the desk below.
        article: one of its articles, on which the cursor stands; 0 for the first.
        story: its id, 0 for the story of the article.
    """

    KEYS: ClassVar[Sequence[ScreenKey]] = STORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(STORY)

    def __init__(self, desk: DeskScreen, article: int = 0, story: int = 0) -> None:
        super().__init__(desk)
        self.story: Coverage | None = None
        self._article = article
        self._wanted = story
        self._why = ""
        self.place = Place()
        self._sheet = Sheet()
        self.ticked: set[int] = set()

    def on_mount(self) -> None:
        """Read the story."""
        self._read()

    # reading --------------------------------------------------------------------------------

    def _read(self) -> None:
        article, wanted, lang = self._article, self._wanted, self.desk.desk_app.lang

        def job(library: Library) -> Message:
            story = wanted
            rows = library.rows([article]) if not story else []
            if rows and rows[0].story is None:
                library.group(_GROUP_SECONDS, span=(rows[0].at, rows[0].at))
                rows = library.rows([article])
            if rows:
                story = rows[0].story or 0
            if not story:
                return StoryRead(None, _("This article is in no story yet."))
            try:
                return StoryRead(library.coverage(story, lang))
            except UnknownStory as error:
                return StoryRead(None, retold(str(error)))

        self.work.read(job, group="story", to=self)

    @on(StoryRead)
    def _loaded(self, message: StoryRead) -> None:
        story = self.story = message.story
        self._why = message.why
        if story is not None:
            self._wanted = story.id
            there = {one.row.id for one in story.reports}
            self.ticked &= there
            if self._article in there:
                self.place = _place_of(story, self._article)
            else:
                self.place = _inside(story, self.place)
        self.draw()

    # drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the columns."""
        story = self.story
        if story is None:
            self.show_words(self._why or _("Reading the story"))
            self.say_at_foot()
            return
        sheet = self._sheet = coverage_lines(
            story, self._room, self.desk.zone, self.place, self.ticked
        )
        margin = Part(" ", "text")
        self.lines.show([[], *([margin, *line] for line in sheet.lines)], keep=True)
        self.lines.into_view(sheet.first, sheet.last + 1)
        many = ngettext("{n} report", "{n} reports", len(story.reports))
        words = [
            _("Story {n}").format(n=story.id),
            many.format(n=len(story.reports)),
            _("{n} ticked").format(n=len(self.ticked)) if self.ticked else "",
        ]
        self.say_at_foot(*words)

    @property
    def _room(self) -> int:
        return self.columns - 2

    @property
    def here(self) -> Summary | None:
        """The report under the cursor."""
        if self.story is None:
            return None
        return self.story.columns[self.place.column].reports[self.place.report].row

    # moving ---------------------------------------------------------------------------------

    def _go(self, place: Place) -> None:
        if self.story is not None:
            self.place = _inside(self.story, place)
            here = self.here
            self._article = here.id if here else 0
            self.draw()

    @on(ViewLines.Clicked)
    def _clicked(self, event: ViewLines.Clicked) -> None:
        """Go to a report or a language; where one is at the report already, open it."""
        if self.story is None:
            return
        line, cell = event.line - 1, event.cell - 1  # inside the margins
        place = self._sheet.place_at(line, cell)
        if place == self.place:
            self.action_open()
        elif place is not None:
            self._go(place)
        elif line == 0 and not side_by_side(self.story, self._room):
            column = tab_at(self._sheet.lines[0], cell)
            if 0 <= column < len(self.story.columns):
                self._go(self.place._replace(column=column))

    def action_move(self, step: int) -> None:
        """Go to another report of this language."""
        self._go(self.place._replace(report=self.place.report + step))

    def action_across(self, step: int) -> None:
        """Go to another language."""
        if self.story is not None:
            column = self.place.column + step
            if not side_by_side(self.story, self._room):
                column %= len(self.story.columns)
            self._go(Place(column, self.place.report))

    def action_tick(self) -> None:
        """Tick the report, or take the tick away."""
        if self.here is not None:
            self.ticked ^= {self.here.id}
            self.draw()

    def action_open(self) -> None:
        """Open the article on the desk."""
        if self.here is not None:
            self.dismiss(self.here)

    # two side by side -----------------------------------------------------------------------

    def action_pair(self) -> None:
        """Show two reports side by side."""
        from digest.tui.screens.pair import PairScreen  # noqa: PLC0415 - only when asked for

        pair = self._two()
        if pair is None:
            self.desk.say(_("The story has one report only."))
        else:
            self.app.push_screen(PairScreen(self.desk, pair), self._from_pair)

    def _two(self) -> tuple[int, int] | None:
        """The two that are ticked; else the one under the cursor beside another.

        The other is the one that is ticked, or the first of another language, or of this one.
        """
        here, story = self.here, self.story
        if here is None or story is None:
            return None
        in_order = [one.row.id for one in story.reports]
        ticked = [one for one in in_order if one in self.ticked]
        if len(ticked) >= 2:
            return ticked[0], ticked[1]
        others = [
            column.reports[0].row.id
            for at, column in enumerate(story.columns)
            if at != self.place.column
        ]
        for other in (*ticked, *others, *in_order):
            if other != here.id:
                return (other, here.id) if other in ticked else (here.id, other)
        return None

    def _from_pair(self, ident: int | None) -> None:
        rows = [one.row for one in self.story.reports if one.row.id == ident] if self.story else []
        if rows:
            self.dismiss(rows[0])

    # parting and joining --------------------------------------------------------------------

    def action_split(self) -> None:
        """Part the ticked reports (or the one under the cursor) from the story, undoably."""
        here, story = self.here, self.story
        if here is None or story is None:
            return
        apart = [one.row.id for one in story.reports if one.row.id in self.ticked] or [here.id]
        ident, undo = story.id, self.desk.keyboard.first("undo")
        if len(apart) == len(story.reports):
            self.desk.say(_("Leave some report in the story."), warning=True)
            return

        def job(library: Library) -> Message:
            made = library.stories.split(ident, apart)
            words = ngettext(
                "{n} report is story {story} now. {undo} takes it back.",
                "{n} reports are story {story} now. {undo} takes it back.",
                len(apart),
            )
            return Changed(apart, words.format(n=len(apart), story=made, undo=undo), len(apart))

        if self._article in apart:
            self._article = 0
        self.ticked.clear()
        self.work.write(job, to=self)

    def action_merge(self) -> None:
        """Choose another story of these days and join it to this one."""
        if self.story is not None:
            ident = self.story.id
            self.work.read(
                lambda library: OthersRead(library.stories.near(ident)), group="others", to=self
            )

    @on(OthersRead)
    def _choose_other(self, message: OthersRead) -> None:
        from digest.tui.rendering.badges import badge  # noqa: PLC0415 - as below
        from digest.tui.screens.choose import ChooseScreen  # noqa: PLC0415 - only when asked for

        if not message.others:
            self.desk.say(_("There is no other story of these days."))
            return
        rows = []
        for one in message.others:
            day = f"{one.row.at.astimezone(self.desk.zone):%m-%d}"
            badges = fit(" ".join(badge(lang).strip() for lang in one.langs), 8)
            rows.append((str(one.story), f"{day}  {badges}  {plain(one.row.title)}"))
        self.app.push_screen(
            ChooseScreen(_("Join which story to this one?"), rows), self._merge_with
        )

    def _merge_with(self, chosen: str | None) -> None:
        if chosen is None or self.story is None:
            return
        ident, other, undo = self.story.id, int(chosen), self.desk.keyboard.first("undo")

        def job(library: Library) -> Message:
            number = library.stories.merge(ident, other)
            words = ngettext(
                "{n} report of story {story} joined. {undo} takes it back.",
                "{n} reports of story {story} joined. {undo} takes it back.",
                number,
            )
            return Changed((), words.format(n=number, story=other, undo=undo), number)

        self.work.write(job, to=self)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.desk.curating.undo(to=self)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self.desk.curating.redo(to=self)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        self.desk.curating.changed(message)
        self._read()

    @on(Said)
    def _said(self, message: Said) -> None:
        self.desk.say(message.words, warning=message.warning)


_GROUP_SECONDS = 20.0


def _place_of(story: Coverage, article: int) -> Place:
    for at, column in enumerate(story.columns):
        for number, report in enumerate(column.reports):
            if report.row.id == article:
                return Place(at, number)
    return Place()


def _inside(story: Coverage, place: Place) -> Place:
    """The nearest place that there is."""
    column = max(0, min(place.column, len(story.columns) - 1))
    return Place(column, max(0, min(place.report, len(story.columns[column].reports) - 1)))
