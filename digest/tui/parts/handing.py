"""Handing articles on: the link, a citation, a file, the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import DigestError
from digest.tui.i18n import _, ngettext
from digest.tui.messages import Copied, Said
from digest.tui.rendering.citation import citation

if TYPE_CHECKING:
    from pathlib import Path

    from textual.message import Message

    from digest.library import Library
    from digest.model import Summary
    from digest.tui.screens.desk import DeskScreen


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
        self.desk.say(message.words)

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
        links = self.desk.reader.page.links
        if not 1 <= number <= len(links):
            self.desk.say(_("The article has no link {n}.").format(n=number), warning=True)
            return
        address = links[number - 1]
        self.desk.work.read(lambda _library: open_address(address), group="browse")

    def export(self) -> None:
        """Write the articles as Markdown to the exports folder."""
        ids = self.desk.curating.targets()

        def job(library: Library) -> Message:
            paths = [_export(library, ident) for ident in ids]
            words = ngettext(
                "Exported to {path}", "{n} files exported, the last one {path}", len(paths)
            )
            return Said(words.format(n=len(paths), path=paths[-1]))

        if ids:
            self.desk.work.write(job)


def _export(library: Library, ident: int) -> Path:
    """Write one article; returns where."""
    from digest.export.markdown import article_markdown  # noqa: PLC0415 - only when exporting
    from digest.export.names import file_name  # noqa: PLC0415 - only when exporting

    article = library.article(ident)
    path = library.export_path(file_name(article, "md"))
    try:
        path.write_text(article_markdown(article), encoding="utf-8")
    except OSError as error:
        words = _("{path} cannot be written: {why}").format(path=path, why=error.strerror)
        raise DigestError(words) from error
    return path


def open_address(address: str) -> Message:
    """Open an http(s) address in the browser; says how that went. Nothing else is opened."""
    import webbrowser  # noqa: PLC0415 - only when something is opened

    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return Said(_("This article has no address to open."), warning=True)
    if webbrowser.open(address):
        return Said(_("Opened {address}").format(address=address))
    return Said(
        _("No browser could be started for {address}").format(address=address), warning=True
    )
