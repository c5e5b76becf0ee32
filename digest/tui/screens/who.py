"""People, places and bodies: who is named, in which words, when, where and beside whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message

from digest.errors import ConfigError, UsageError
from digest.tui.i18n import _
from digest.tui.kinds import KINDS
from digest.tui.rendering.parts import Part
from digest.tui.rendering.who import name_lines, profile_lines
from digest.tui.screen_keys import WHO, ScreenKey, bindings
from digest.tui.screens.view import View, ViewLines
from digest.tui.widgets.prompt_bar import PromptBar

if TYPE_CHECKING:
    from digest.library import Library
    from digest.library.profiles import Known, Profile
    from digest.tui.screens.desk import DeskScreen

MOST = 300  # names in the list
BESIDE = 100  # columns from which the profile stands beside the list
SHOWN = ("", "person", "place", "agency", "organisation", "company", "party")
Forms = dict[str, str]


@dataclass
class NamesRead(Message):
    """The names that are listed."""

    names: Sequence[Known]


@dataclass
class ProfileRead(Message):
    """What is known of the name under the cursor."""

    profile: Profile


@dataclass
class NameWritten(Message):
    """A name is in the user's file; else `why` it is not, and what was typed over `before`."""

    name: str = ""
    why: str = ""
    ident: str = ""
    before: Forms = field(default_factory=dict)
    typed: Forms = field(default_factory=dict)


class WhoScreen(View["tuple[str, str] | None"]):
    """Lists names; closes with a query and a title for the desk's list, None when it was left.

    Args:
        desk: the desk below.
        asked: a name to look for, "" for those that most articles name.
    """

    KEYS: ClassVar[Sequence[ScreenKey]] = WHO
    BINDINGS: ClassVar[list[BindingType]] = bindings(WHO)

    def __init__(self, desk: DeskScreen, asked: str = "") -> None:
        super().__init__(desk)
        self._asked = asked
        self._kind = 0
        self._names: Sequence[Known] | None = None
        self._profile: Profile | None = None
        self._at = 0

    def compose(self) -> ComposeResult:
        """The names beside what is known of one."""
        with Horizontal(id="who"):
            yield ViewLines(name="view-lines")
            yield ViewLines(name="who-profile")
        yield self.prompt
        yield self.foot

    def on_mount(self) -> None:
        """Read the names."""
        self._read()

    def on_resize(self) -> None:
        """The profile beside the names, or below them."""
        self.query_one("#who").set_class(self.app.size.width < BESIDE, "-below")

    # reading --------------------------------------------------------------------------------

    def _read(self) -> None:
        asked, kind = self._asked, SHOWN[self._kind]

        def job(library: Library) -> Message:
            if asked:
                return NamesRead(library.who.meant(asked)[:MOST])
            return NamesRead(library.who.named(kind=kind, limit=MOST))

        self.work.read(job, group="names", to=self)

    @on(NamesRead)
    def _listed(self, message: NamesRead) -> None:
        here = self.here
        self._names = message.names
        ids = [one.id for one in message.names]
        self._at = ids.index(here.id) if here is not None and here.id in ids else 0
        self._go(0)

    @property
    def here(self) -> Known | None:
        """The name under the cursor."""
        return self._names[self._at] if self._names else None

    def _go(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._names or ()) - 1))
        here = self.here
        if here is None:
            self._profile = None
        else:
            ident, lang = here.id, self.desk.desk_app.lang
            self.work.read(
                lambda library: ProfileRead(library.who.profile(ident, lang=lang)),
                group="profile",
                to=self,
            )
        self.draw()

    @on(ProfileRead)
    def _profiled(self, message: ProfileRead) -> None:
        if self.here is not None and message.profile.who.id == self.here.id:
            self._profile = message.profile
            self.draw()

    # drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw both sides."""
        profile = self.get_widget_by_id("who-profile", ViewLines)
        kind = _(KINDS[SHOWN[self._kind]]) if SHOWN[self._kind] else _("all kinds")
        about = _("Names like “{name}”").format(name=self._asked) if self._asked else kind
        self.say_at_foot(_("Names"), about)
        if self._names is None:
            self.show_words(_("Counting the names"))
            return
        if not self._names:
            self.show_words(_("Nobody is named so."))
            profile.show([])
            return
        lines = name_lines(self._names, self.columns, self._at, self.desk.desk_app.lang)
        self.lines.show(lines, keep=True)
        self.lines.into_view(self._at, self._at + 1)
        found = self._profile
        if found is None or self.here is None or found.who.id != self.here.id:
            return
        words = _(KINDS[found.who.kind]) if found.who.kind in KINDS else found.who.kind
        room = max(20, profile.scrollable_content_region.width - 3)
        margin = Part("  ", "text")
        made = profile_lines(found, words, room, self.desk.zone, self.desk.desk_app.lang)
        profile.show([[], *([margin, *line] for line in made)])

    # keys -----------------------------------------------------------------------------------

    @on(ViewLines.Clicked, "#view-lines")
    def _clicked(self, event: ViewLines.Clicked) -> None:
        """Go to a name; where one is there already, list its articles."""
        if event.line >= len(self._names or ()):
            return
        if event.line == self._at:
            self.action_open()
        else:
            self._go(event.line - self._at)

    def action_move(self, step: int) -> None:
        """Go to another name."""
        self._go(step)

    def action_page(self, step: int) -> None:
        """Scroll what is known of the name."""
        profile = self.get_widget_by_id("who-profile", ViewLines)
        profile.scroll_by(step * max(1, profile.size.height - 2))

    def action_kind(self, step: int) -> None:
        """List names of another kind."""
        self._kind = (self._kind + step) % len(SHOWN)
        self._asked = ""
        self._at, self._names = 0, None
        self._read()
        self.draw()

    def action_open(self) -> None:
        """List the articles on the desk."""
        if self.here is not None:
            self.dismiss((self.here.query, self.here.name))

    def action_find(self) -> None:
        """Ask for a name."""
        self.prompt.ask("name", _("Name: "))

    @on(PromptBar.Answered)
    def _found(self, message: PromptBar.Answered) -> None:
        self.set_focus(None)
        self._asked = message.text.strip()
        self._at, self._names = 0, None
        self._read()
        self.draw()

    # names of one's own ---------------------------------------------------------------------

    def action_add(self) -> None:
        """Write a new name."""
        self._edit("", {"kind": "person", "zh": self._asked} if self._asked else {"kind": "person"})

    def action_correct(self) -> None:
        """Correct the forms of the name."""
        here = self.here
        if here is not None:
            forms = {lang: "; ".join(here.forms.get(lang, ())) for lang in ("en", "zh", "ja")}
            self._edit(here.id, {"kind": here.kind, **forms})

    def _edit(self, ident: str, before: Forms, typed: Forms | None = None) -> None:
        from digest.tui.screens.name import NameScreen  # noqa: PLC0415 - only when one is written

        def keep(values: Forms | None) -> None:
            if values:
                self._write(ident, before, values)

        self.app.push_screen(NameScreen(typed or before, new=not ident), keep)

    def _write(self, ident: str, before: Forms, values: Forms) -> None:
        changed = {key: text for key, text in values.items() if text != before.get(key, "")}
        if ident and not changed:
            return
        given = changed if ident else values

        def job(library: Library) -> Message:
            from digest.library.own_names import OwnName  # noqa: PLC0415 - only when one is written

            en, zh, ja = (
                forms_of(given[key]) if key in given else None for key in ("en", "zh", "ja")
            )
            own = OwnName(given.get("kind", ""), en, zh, ja)
            try:
                known = library.who.correct(ident, own) if ident else library.who.add(own)
            except (UsageError, ConfigError) as error:
                return NameWritten("", str(error), ident, before, values)
            return NameWritten(known.name)

        self.work.write(job, to=self)

    @on(NameWritten)
    def _written(self, message: NameWritten) -> None:
        if message.why:
            self.desk.say(message.why, warning=True)
            self._edit(message.ident, message.before, message.typed)
            return
        self.desk.say(
            _("{name} is in names.toml. The articles are marked anew.").format(name=message.name)
        )
        self._asked = message.name
        self._read()


def forms_of(text: str) -> tuple[str, ...]:
    """The forms in a field, which `;` or `、` divides."""
    parts = text.replace("；", ";").replace("、", ";").split(";")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
