"""Handing articles on: the link, a citation, a file, the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.tui.i18n import N_, _, ngettext, spoken
from digest.tui.messages import Copied, Said
from digest.tui.rendering.citation import citation

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from textual.message import Message

    from digest.library import Library
    from digest.model import Summary
    from digest.tui.screens.desk import DeskScreen


FORMS: Mapping[str, str] = {
    "md": N_("Markdown"),
    "epub": N_("a book for an e-reader"),
    "csv": N_("a table"),
    "json": N_("for programs"),
    "bibtex": N_("for reference managers"),
    "ris": N_("for reference managers"),
    "csl-json": N_("for reference managers"),
}
"""The forms of `digest export`, and what each is for."""


class HandingPart:
    """What leaves the desk."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk

    def copy_link(self) -> None:
        """Copy the addresses of the articles."""
        self._copy(lambda row: row.url, _("Copied: {text}"), _("This article has no address."))

    def copy_citation(self) -> None:
        """Copy the articles as references."""
        zone = self.desk.zone
        self._copy(lambda row: citation(row, zone), _("Copied: {text}"), "")

    def copy_quote(self) -> None:
        """Copy the selected passage as a quote, with where it is from."""
        article, quote = self.desk.reading.article, self.desk.reader.quote
        if article is None or quote is None:
            self.desk.say(_("Select the passage first, with the mouse or v."))
            return
        source = citation(article.summary, self.desk.zone)
        lines = "\n".join(f"> {line}".rstrip() for line in quote.text.split("\n"))
        self.copied(Copied(f"{lines}\n>\n> {source}\n", _("Quote copied.")))
        self.desk.reader.deselect()

    def _copy(self, text_of: Callable[[Summary], str], words: str, nothing: str) -> None:
        ids = self.desk.curating.targets()

        def job(library: Library) -> Message:
            texts = [text for row in library.rows(ids) if (text := text_of(row))]
            if not texts:
                return Said(nothing, warning=True)
            return Copied("\n".join(texts), words.format(text=texts[0]))

        if ids:
            self.desk.work.read(job, group="copy")

    def copied(self, message: Copied) -> None:
        """Hand text to the terminal's clipboard."""
        self.desk.app.copy_to_clipboard(message.text)
        self.desk.answer(message.words)

    def browse(self) -> None:
        """Open the article in the browser."""
        ids = self.desk.curating.targets()

        def job(library: Library) -> Message:
            rows = library.rows(ids[:1])
            return open_address(rows[0].url if rows else "")

        if ids:
            self.desk.work.read(job, group="browse")

    def follow_link(self, number: int) -> None:
        """Open a numbered link of the article in the browser."""
        if self.desk.reading.in_sight() is None:
            return
        links = self.desk.reader.page.links
        if not 1 <= number <= len(links):
            self.desk.say(_("The article has no link {n}.").format(n=number), warning=True)
            return
        address = links[number - 1]
        self.desk.work.read(lambda _library: open_address(address), group="browse")

    def export(self, form: str = "") -> None:
        """Write the article as Markdown, or several in the form that is chosen, to a file."""
        ids = self.desk.curating.targets()
        if len(ids) > 1 and not form:
            self._ask_form(ids)
        elif ids:
            self.write(ids, form or "md")

    def _ask_form(self, ids: Sequence[int]) -> None:
        from digest.tui.screens.choose import ChooseScreen  # noqa: PLC0415 - only when asked for

        def chosen(form: str | None) -> None:
            if form is not None:
                self.write(ids, form)

        title = ngettext("Export {n} article as", "Export {n} articles as", len(ids))
        rows = [(form, f"{form:9} {_(words)}") for form, words in FORMS.items()]
        self.desk.app.push_screen(ChooseScreen(title.format(n=len(ids)), rows), chosen)

    def write(self, ids: Sequence[int], form: str) -> None:
        """Write articles to a new file in the exports folder."""
        if form not in FORMS:
            words = _("There is no form {name}. There are: {names}")
            told = words.format(name=form, names=", ".join(FORMS))
            self.desk.say(told, warning=True)
            return
        today = self.desk.now().astimezone(self.desk.zone).date()

        def job(library: Library) -> Message:
            path, number = _export(library, ids, form, today)
            words = ngettext("Exported to {path}", "{n} articles exported to {path}", number)
            return Said(words.format(n=number, path=path))

        self.desk.work.write(job)
        self.desk.curating.done_selecting()


def _export(library: Library, ids: Sequence[int], form: str, today: date) -> tuple[Path, int]:
    """Write articles in a form; returns where, and how many they are: some may be gone."""
    from digest.export.files import unused, write_whole  # noqa: PLC0415 - only when exporting
    from digest.export.names import file_name  # noqa: PLC0415 - only when exporting
    from digest.export.writing import ENDINGS, pieces  # noqa: PLC0415 - only when exporting

    there = [row.id for row in library.rows(ids)]
    articles = [library.article(ident) for ident in there]
    ending = ENDINGS.get(form, form)
    if len(articles) == 1:
        path = library.export_path(file_name(articles[0], ending))
    else:
        path = unused(library.export_path(f"articles-{today}.{ending}"))
    write_whole(path, pieces(form, iter(articles), library.zone, path.stem, spoken()))
    return path, len(articles)


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def open_address(address: str) -> Message:
    """Open an http(s) address in the browser; says how that went. Nothing else is opened."""
    import webbrowser  # noqa: PLC0415 - only when something is opened

    if not _is_of_the_web(address):
        return Said(_("This article has no address to open."), warning=True)
    if webbrowser.open(address):
        return Said(_("Opened {address}").format(address=address))
    return Said(
        _("No browser could be started for {address}").format(address=address), warning=True
    )
