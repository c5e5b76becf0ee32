"""A brief looked over before it is written: dropped from, put in order, remarked on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.worker import get_current_worker

from digest.model import Gathering
from digest.tui.briefs import BriefMade, Moved, Plan, Written, delivered, forms_of, gathered
from digest.tui.i18n import _, ngettext
from digest.tui.library_words import retold
from digest.tui.messages import Said
from digest.tui.rendering.brief import brief_lines, gathering_words, tabs
from digest.tui.rendering.dates import full_time
from digest.tui.rendering.parts import Part, part_at
from digest.tui.screen_keys import BRIEF, ScreenKey, bindings
from digest.tui.screens.view import View, ViewLines
from digest.tui.widgets.prompt_bar import PromptBar

if TYPE_CHECKING:
    from digest.library import Library
    from digest.model import Brief, BriefStory, Summary
    from digest.stories.drafts import Draft
    from digest.tui.screens.desk import DeskScreen

_TABS = 1  # the line of the periods


class BriefScreen(View[None]):
    """Shows the stories of a period or of a named brief, and writes what is left of them.

    Args:
        desk: the desk below.
        plans: what can be shown, and which of them is first.
    """

    KEYS: ClassVar[Sequence[ScreenKey]] = BRIEF
    BINDINGS: ClassVar[list[BindingType]] = bindings(BRIEF)

    def __init__(self, desk: DeskScreen, plans: tuple[list[Plan], int]) -> None:
        super().__init__(desk)
        self._plans, self._plan = plans
        self._brief: Brief | None = None
        self._draft: Draft | None = None
        self._at = 0
        self._now = Gathering()  # while the brief is being made
        self._tabs: list[Part] = []
        self._owners: list[int] = []  # of each line the story it belongs to, -1 for none

    def on_mount(self) -> None:
        """Gather the stories."""
        self._read()

    def on_unmount(self) -> None:
        """Whoever leaves has no use for the rest; what was put to stories stays so."""
        self.work.cancel("brief")

    @property
    def plan(self) -> Plan:
        """What is shown."""
        return self._plans[self._plan]

    def _read(self) -> None:
        self._brief = self._draft = None
        plan = self.plan
        self._now = Gathering()

        def job(library: Library) -> Message:
            worker = get_current_worker()
            return gathered(
                library,
                plan,
                lambda now: self.post_message(Moved(plan.key, now)),
                lambda: worker.is_cancelled,
            )

        self.work.read(job, group="brief", to=self)

    @on(Moved)
    def _moved(self, message: Moved) -> None:
        if message.key == self.plan.key and self._brief is None:
            self._now = message.now
            self.draw()

    @on(BriefMade)
    def _loaded(self, message: BriefMade) -> None:
        if message.key != self.plan.key:
            return
        self._brief, self._draft = message.brief, message.draft
        if message.waiting:
            told = _("{n} articles are not in stories yet; open the brief again for the rest.")
            self.desk.say(told.format(n=f"{message.waiting:,}"))
        for words in message.problems:
            self.desk.say(retold(words), warning=True)
        self.draw()

    # drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the stories."""
        room = self.columns - 2
        head = self._tabs = [
            Part(" ", "text"),
            *tabs([one.title for one in self._plans], self._plan, room),
        ]
        shown = self._arranged
        if shown is None or self._draft is None:
            words = gathering_words(self._now, "Esc")
            self.lines.show([[], head, [], [Part(f"  {words}", "about")]])
            self.say_at_foot()
            return
        zone = self.desk.zone
        span = f"  {full_time(shown.start, zone)} - {full_time(shown.end, zone)}"
        top = [[], head, [], [Part(span, "about")], []]
        self._at = max(0, min(self._at, len(shown.stories) - 1))
        sheet = brief_lines(shown, self._draft, room, self._at)
        margin = Part(" ", "text")
        lines = sheet.lines or [[Part(" " + _("No stories in this time."), "about")]]
        self.lines.show([*top, *([margin, *line] for line in lines)], keep=True)
        self._owners = [-1] * len(top) + sheet.owners
        first = len(top) + sheet.first if sheet.first else 0
        self.lines.into_view(first, len(top) + sheet.last + 1)
        left = len(self._edited.stories) if self._edited else 0
        words = ngettext("{n} story", "{n} stories", left).format(n=left)
        dropped = len(shown.stories) - left
        rest = _("{n} dropped").format(n=dropped) if dropped else ""
        self.say_at_foot(words, rest)

    @property
    def _arranged(self) -> Brief | None:
        from digest.stories.briefs import headed, primary  # noqa: PLC0415 - when a brief is shown
        from digest.stories.drafts import arranged  # noqa: PLC0415 - as above

        if self._brief is None or self._draft is None:
            return None
        return headed(arranged(self._brief, self._draft), primary(self.plan.lang))

    @property
    def _edited(self) -> Brief | None:
        from digest.stories.drafts import edited  # noqa: PLC0415 - when a brief is shown

        if self._brief is None or self._draft is None:
            return None
        return edited(self._brief, self._draft)

    @property
    def here(self) -> BriefStory | None:
        """The story under the cursor."""
        shown = self._arranged
        return shown.stories[self._at] if shown and shown.stories else None

    # moving ---------------------------------------------------------------------------------

    @on(ViewLines.Clicked)
    def _clicked(self, event: ViewLines.Clicked) -> None:
        """Show a period; go to a story, or open it where one is there already."""
        if event.line == _TABS:
            titles = [one.title for one in self._plans]
            at = part_at(self._tabs, event.cell)
            if at >= 0 and (words := self._tabs[at].text.strip()) in titles:
                self.action_across(titles.index(words) - self._plan)
        elif event.line < len(self._owners) and (at := self._owners[event.line]) >= 0:
            if at == self._at:
                self.action_open()
            else:
                self.action_move(at - self._at)

    def action_move(self, step: int) -> None:
        """Go to another story."""
        self._at += step
        self.draw()

    def action_across(self, step: int) -> None:
        """Show another period or named brief."""
        self._plan = (self._plan + step) % len(self._plans)
        self._at = 0
        self._read()
        self.draw()

    def action_open(self) -> None:
        """Show the story language by language; what is opened there is opened on the desk."""
        from digest.tui.screens.story import StoryScreen  # noqa: PLC0415 - only when asked for

        here = self.here
        if here is None:
            return

        def chosen(row: Summary | None) -> None:
            if row is not None:
                self.dismiss(None)
                self.desk.call_later(self.desk.telling.read, row)

        self.app.push_screen(StoryScreen(self.desk, here.first, here.id or 0), chosen)

    # editing --------------------------------------------------------------------------------

    def _keep(self, draft: Draft) -> None:
        """Take in a change; it is on the disk before anything that is asked for later."""
        self._draft = draft
        key = self.plan.key

        def job(library: Library) -> None:
            library.briefs.keep_draft(key, draft)

        self.work.write(job, to=self)
        self.draw()

    def action_drop(self) -> None:
        """Leave the story out, or take it in again."""
        from digest.stories.drafts import key_of, toggled  # noqa: PLC0415 - when a brief is shown

        if self.here is not None and self._draft is not None:
            draft = toggled(self._draft, key_of(self.here))
            self._at += 1
            self._keep(draft)

    def action_shift(self, step: int) -> None:
        """Put the story further down or up."""
        from digest.stories.drafts import key_of, moved  # noqa: PLC0415 - when a brief is shown

        if self.here is None or self._draft is None or self._brief is None:
            return
        key = key_of(self.here)
        draft = moved(self._brief, self._draft, key, step)
        self._draft = draft
        shown = self._arranged
        keys = [key_of(story) for story in shown.stories] if shown else []
        self._at = keys.index(key)
        self._keep(draft)

    def action_annotate(self) -> None:
        """Write a remark on the story."""
        if self.here is not None:
            self.prompt.ask("remark", _("Remark: "), self.here.comment)

    @on(PromptBar.Answered)
    def _remarked(self, message: PromptBar.Answered) -> None:
        from digest.stories.drafts import commented, key_of  # noqa: PLC0415 - as above

        self.set_focus(None)
        if self.here is not None and self._draft is not None:
            self._keep(commented(self._draft, key_of(self.here), message.text))

    def action_reset(self) -> None:
        """Forget what was dropped, moved and remarked."""
        from digest.stories.drafts import Draft  # noqa: PLC0415 - when a brief is shown

        if self._draft is not None and self._draft != Draft():
            self._keep(Draft())
            self.desk.say(_("The brief is as it was gathered."))

    # writing --------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Choose a format, and write the brief."""
        from digest.tui.screens.choose import ChooseScreen  # noqa: PLC0415 - only when asked for

        if self._edited is None:
            return
        if not self._edited.stories:
            self.desk.say(_("There is no story to write."), warning=True)
            return
        rows = forms_of(self.plan.named)
        self.app.push_screen(ChooseScreen(_("Write the brief as"), rows), self._write)

    def _write(self, chosen: str | None) -> None:
        brief, plan = self._edited, self.plan
        if chosen is None or brief is None:
            return
        form, _plus, send = chosen.partition("+")

        def job(library: Library) -> Message | None:
            return delivered(library, plan, brief, form, send=bool(send))

        if send:  # a program may take its time, and writings must not wait for it
            self.desk.say(_("Writing"))
            self.work.read(job, group="command", exclusive=False, to=self)
        else:
            self.work.write(job, to=self)

    @on(Written)
    def _written(self, message: Written) -> None:
        self.desk.say(message.words)
        if message.key == self.plan.key:
            self._read()
            self.draw()

    @on(Said)
    def _said(self, message: Said) -> None:
        self.desk.say(message.words, warning=message.warning)
