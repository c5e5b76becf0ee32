"""Looking words up, and the user's own commands, a translator among them."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import DigestError
from digest.tui.i18n import _
from digest.tui.layout.cells import cut, plain
from digest.tui.messages import Changed, Glossed, Said

if TYPE_CHECKING:
    from textual.message import Message

    from digest.anchors import Quote
    from digest.library import Library
    from digest.model import Article
    from digest.tui.screens.desk import DeskScreen

TRANSLATE = "translate"
_SECONDS = 120
_LONGEST = 200_000


class LookingUpPart:
    """The gloss on what is selected, and programs that are handed an article or a passage."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk

    def gloss(self) -> None:
        """Look up what is selected; without a selection, ask for a word."""
        quote = self.desk.reader.quote
        if quote is not None and quote.text:
            self.look_up(quote.text)
        else:
            self.desk.prompt.ask("gloss", _("Look up: "))

    def look_up(self, text: str) -> None:
        """Show what the tables know of a word."""
        article = self.desk.reading.article
        lang = article.summary.lang if article is not None and self.desk.reader.quote else ""

        def job(library: Library) -> Message:
            return Glossed(text, library.gloss(text, lang))

        if text.strip():
            self.desk.work.read(job, group="gloss")

    def show(self, message: Glossed) -> None:
        """Show what was found."""
        from digest.tui.screens.gloss import GlossScreen  # noqa: PLC0415 - only when asked for

        self.desk.app.push_screen(GlossScreen(message.text, message.found))

    # the user's own commands ----------------------------------------------------------------

    def translate(self) -> None:
        """Have the selected passage (or paragraph) translated by the user's `translate`."""
        command = self.desk.commands.get(TRANSLATE)
        reader = self.desk.reader
        if command is None:
            words = _(
                'No translator is set: put translate = ["program"] under [commands] in config.toml.'
            )
            self.desk.say(words, warning=True)
            return
        article = self.desk.reading.in_sight()
        if article is None:
            return
        if reader.quote is None:
            reader.select_block()
        quote = reader.quote
        if quote is None or not quote.text:
            self.desk.say(_("Open an article and select a passage first."))
            return
        self.desk.say(_("Translating"))

        def job(library: Library) -> Message:
            said = _run(command, article, quote.text)
            if not said:
                return Said(_("The translator answered nothing."), warning=True)
            library.highlights.keep(article.id, quote, said)
            return Changed([article.id], _("The translation is kept below the passage."), 1)

        reader.deselect()
        self.desk.work.read(job, group="command", exclusive=False)

    def run(self, name: str) -> None:
        """Hand the articles to the command of this name, one after another."""
        command = self.desk.commands[name]
        ids = self.desk.curating.targets()
        quote = self.desk.reader.quote if self.desk.pane == "reader" else None

        def job(library: Library) -> Message:
            said = [_run(command, library.article(one), _given(quote)) for one in ids]
            last = next((text for text in reversed(said) if text), "")
            words = _("{name} is done.").format(name=name)
            return Said(f"{words} {cut(plain(last.splitlines()[0]), 200)}" if last else words)

        if ids:
            self.desk.say(_("Running {name}").format(name=name))
            self.desk.work.read(job, group="command", exclusive=False)


def _given(quote: Quote | None) -> str:
    return quote.text if quote is not None else ""


def _run(command: Sequence[str], article: Article, text: str) -> str:
    """Run a program without a shell, `text` (else the article) on its stdin; returns its stdout.

    Raises:
        DigestError: it cannot be started, fails, or takes too long.
    """
    from digest.blocks import to_text  # noqa: PLC0415 - only when a command is run
    from digest.export.markdown import article_markdown  # noqa: PLC0415
    from digest.export.names import file_name  # noqa: PLC0415

    name = Path(command[0]).name
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        title = article.summary.title
        if title.startswith("-"):  # never an option of the program: the hyphen is no minus
            title = f"\u2010{title[1:]}"
        values = {"{url}": article.summary.url, "{title}": title, "{file}": ""}
        if any("{file}" in word for word in command):
            path = Path(folder) / file_name(article, "md")
            path.write_text(article_markdown(article), encoding="utf-8")
            values["{file}"] = str(path)
        try:
            done = subprocess.run(  # noqa: S603 - the user's own program, and no shell
                [command[0], *(_filled(word, values) for word in command[1:])],
                input=(text or to_text(article.blocks)).encode(),
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            words = _("{name} did not finish within {n} seconds.")
            raise DigestError(words.format(name=name, n=_SECONDS)) from error
        except (OSError, ValueError) as error:
            words = _("{name} cannot be started ({why}); see [commands].")
            why = getattr(error, "strerror", None) or error
            raise DigestError(words.format(name=name, why=why)) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        words = _("{name} failed ({code}): {why}")
        why = cut(plain(said[-1]), 160) if said else ""
        raise DigestError(words.format(name=name, code=done.returncode, why=why))
    return _clean(done.stdout[:_LONGEST].decode("utf-8", "replace"))


def _filled(word: str, values: dict[str, str]) -> str:
    """A word of the command with its places filled; what is put in is not looked at again."""
    for place, value in values.items():
        if place in word:
            before, _place, after = word.partition(place)
            return _filled(before, values) + value.replace("\0", "") + _filled(after, values)
    return word


def _clean(text: str) -> str:
    return "\n".join(plain(line).rstrip() for line in text.split("\n")).strip()
