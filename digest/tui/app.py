"""The reading desk as an application, and how it is started."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.worker import Worker, WorkerState

from digest.config.settings import Config
from digest.errors import DigestError, LibraryError
from digest.languages.catalogues import words_of
from digest.tui import colours, garbage, hangup
from digest.tui.i18n import _, install
from digest.tui.key_reader import KeyReader
from digest.tui.keys import resolve
from digest.tui.screens.opening import OpeningScreen
from digest.tui.themes import DEFAULTS, OWN, SETS
from digest.tui.timing import Timing
from digest.tui.work import Opener, Work

if TYPE_CHECKING:
    from textual.message import Message

    from digest.library import Library
    from digest.tui.sample import SampleEdition
    from digest.tui.screens.desk import DeskScreen

_LOG = logging.getLogger(__name__)

# A key is handled by three threads in turn, and each may wait so long for every other that is at
# work (fetching, indexing): Python's own 5 ms add up to what a finger feels.
SWITCH_SECONDS = 0.0005


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def desk_commands() -> type[Provider]:
    """What the palette offers."""
    from digest.tui.palette import DeskCommands  # noqa: PLC0415 - when the palette is opened

    return DeskCommands


class DeskApp(KeyReader):
    """Opens the library behind the desk, reads the keyboard, and tells what went wrong.

    Args:
        library_opener: opens the library; called in a thread once the desk is on the screen.
        config: the configuration.
        now: the clock.
        timing: how long the desk waits before it does something by itself.
        own_process: whether the process has nothing else to do, so that its garbage is the desk's.
    """

    TITLE = "Taiwan-Japan Digest"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {desk_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "command_palette", show=False, priority=True, id="palette.open"),
    ]
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        library_opener: Opener,
        config: Config | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        timing: Timing | None = None,
        own_process: bool = False,
    ) -> None:
        # With NO_COLOR colours are left out altogether, and not made grey.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.set_class(self.no_color, "-no-color", update=False)
        self._begins_collecting = own_process
        self.config = config or Config()
        self.words = words_of(self.config.ui.language)
        install(self.words)
        self.learn(resolve(self.config.ui.keys, self.config.keys))
        self.work = Work(self)
        self.failure: DigestError | None = None
        self._opener = library_opener
        self._now = now
        self._timing = timing or Timing()
        self._sample: SampleEdition | None = None
        self._seen: int | None = None
        for theme in SETS.get(self.console.color_system or "", OWN):
            self.register_theme(theme)
        self._begin_with(self._known_theme(self.config.ui.theme))
        if self.config.ui.keys != "vim" or self.config.keys:
            self.set_keymap(self.keyboard.keymap())

    def _known_theme(self, name: str) -> str:
        return name if name in self.available_themes else "paper"

    def _begin_with(self, name: str) -> None:
        """Start with a theme: setting it later would read all style sheets a second time."""
        theme = self.available_themes[name]
        if theme.ansi:
            self.theme = name
            return
        self.set_reactive(App.theme, name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that Textual's own themes do not have."""
        return dict(DEFAULTS)

    def get_default_screen(self) -> OpeningScreen:
        """What is shown until the desk is loaded."""
        return OpeningScreen(self.keyboard)

    @property
    def lang(self) -> str:
        """The language of the interface by its ISO 639-1 code."""
        return self.words.code

    @property
    def desk(self) -> DeskScreen:
        """The desk; there once the library is being opened."""
        assert self._desk is not None  # noqa: S101 - narrows the type
        return self._desk

    # starting and ending --------------------------------------------------------------------

    def on_mount(self) -> None:
        """Load the desk and open the library once the frame is on the screen."""
        self.call_after_refresh(self.call_later, self._load)
        if not self.is_headless:
            hangup.on_signal(self._leave)
            self.set_interval(hangup.EVERY, self._leave_with_the_terminal)

    def _leave_with_the_terminal(self) -> None:
        if hangup.gone():
            self._leave()

    async def _load(self) -> None:
        from digest.tui.messages import Opened  # noqa: PLC0415 - after the first frame
        from digest.tui.screens.desk import DeskScreen  # noqa: PLC0415 - after the first frame

        desk = self._desk = DeskScreen(
            work=self.work,
            keyboard=self.keyboard,
            timing=self._timing,
            zone=ZoneInfo(self.config.search.timezone),
            now=self._now,
        )
        self.work.report_to(desk)
        self.app_suspend_signal.subscribe(self, lambda _app: desk.noting.flush())
        self.add_mode("desk", lambda: desk)  # Textual's first screen cannot be switched
        await self.switch_mode("desk")
        self.work.open(self._open, Opened())
        if self._timing.poll_every:
            self.set_interval(self._timing.poll_every, self.look_for_changes)
        self._report_keys()

    def _open(self) -> Library:
        """In a thread: open the library. What is indexed from then on is noticed."""
        library = self._opener()
        self._seen = library.change_token()
        return library

    def _report_keys(self) -> None:
        for clash in self.keyboard.clashes:
            words = _("The key {key} is wanted twice: {kept} has it, {lost} does not.")
            self._warn(words.format(key=clash.key, kept=clash.kept, lost=clash.lost))
        for name in self.keyboard.unknown:
            self._warn(_("[keys]: there is no action or preset {name}.").format(name=name))

    async def action_quit(self) -> None:
        """Close, with everything that was typed kept."""
        self._leave()

    def _leave(self) -> None:
        if not self.is_headless and hangup.gone():
            hangup.let_go(self)
        if self._desk is None:
            self.exit(0)
        else:
            self._desk.leave()

    def close_library(self) -> None:
        """Finish what is being written and let go of the library."""
        self.work.close()
        if self._sample is not None:
            self._sample.close()

    # changes by others ----------------------------------------------------------------------

    def at_work(self) -> None:
        """What there is has been shown: what the start left alone can be done."""
        if self._begins_collecting:
            self._begins_collecting = False
            garbage.begin()
            self.set_interval(garbage.LOOK_SECONDS, self._collect)

    def _collect(self) -> None:
        garbage.collect(time.monotonic() - self.touched)

    def look_for_changes(self) -> None:
        """Ask the library whether anything has changed since the last time."""
        self.desk.tell()  # how far the background is
        self.desk.listing.keep_pace()

        from digest.tui.messages import ChangedElsewhere  # noqa: PLC0415 - after the first frame

        def job(library: Library) -> Message | None:
            token = library.change_token()
            seen, self._seen = self._seen, token
            return ChangedElsewhere() if seen is not None and seen != token else None

        self.work.watch(job)

    # the sample edition ---------------------------------------------------------------------

    def open_sample(self) -> None:
        """Make the sample edition in a thread and show it instead of the library."""
        from digest.tui.messages import SampleOpened  # noqa: PLC0415 - on demand only
        from digest.tui.sample import SampleEdition  # noqa: PLC0415 - on demand only

        sample = self._sample or SampleEdition()
        self._sample = sample
        self.desk.fetch_bar.start(_("Printing the sample edition"))
        config, now = self.config, self._now()
        self.work.read(lambda _own: SampleOpened(sample.open(config, now)), group="sample")

    def show_library(self, library: Library) -> None:
        """Go on with another library."""
        self.work.exchange(library)
        self._seen = None

    # trouble --------------------------------------------------------------------------------

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        """The one place where failed work ends up."""
        if event.state is not WorkerState.ERROR:
            return
        from digest.tui.library_words import retold  # noqa: PLC0415 - when something fails

        error = event.worker.error
        if event.worker.group == "sample":
            self.desk.fetch_bar.stop()
        if event.worker.group == "open":
            self._cannot_open(error)
        elif isinstance(error, DigestError):
            self._warn(retold(str(error)))
        else:
            _LOG.error("work failed: %s", event.worker.group, exc_info=error)
            self._warn(
                _("Something went wrong ({error}). digest.log has the details.").format(
                    error=type(error).__name__
                )
            )

    def _cannot_open(self, error: BaseException | None) -> None:
        """Without a library there is nothing to do: say why on the command line."""
        if not isinstance(error, DigestError):
            _LOG.error("the library cannot be opened", exc_info=error)
            error = LibraryError(f"the library cannot be opened: {error}")
        self.failure = error
        self.exit(error.exit_code)

    def _warn(self, words: str) -> None:
        self.desk.say(words, warning=True)

    def pop_screen(self) -> AwaitComplete:
        """Close the uppermost screen; the desk itself stays.

        A screen that was told to close twice, by two quick keys, would take the desk along.
        """
        if len(self.screen_stack) <= 1:
            return AwaitComplete()
        return super().pop_screen()

    def action_command_palette(self) -> None:
        """Open the palette over the desk."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(id="--command-palette", placeholder=_("Search for a command"))
            )

    def search_themes(self) -> None:
        """Choose a theme from a list; each is tried on as it is passed."""
        self.push_screen(
            CommandPalette(providers=[ThemeProvider], placeholder=_("Search for a theme"))
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's own: the table of actions has them."""
        del screen
        return ()


def run(home: Path, config_file: Path | None) -> int:
    """Open the desk on the library in `home`; returns the exit code.

    Raises:
        ConfigError: the configuration is wrong.
        LibraryError: the library cannot be opened.
    """
    from digest.config.load import load  # noqa: PLC0415 - the configuration is read when needed

    config = load(home, config_file)

    def opener() -> Library:
        from digest.library import Library  # noqa: PLC0415 - SQLite, after the first paint

        return Library.open(home, config, background=True)

    if colours.none_here(os.environ):
        os.environ["NO_COLOR"] = "1"  # all that Textual goes by; for programs that are started too
    else:
        os.environ.pop("NO_COLOR", None)  # an empty one says nothing
    sys.setswitchinterval(SWITCH_SECONDS)
    app = DeskApp(opener, config, own_process=True)
    try:
        code = app.run()
    finally:
        app.close_library()
    if app.failure is not None:
        raise app.failure
    return code if code is not None else (app.return_code or 0)
