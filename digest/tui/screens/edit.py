"""Correcting what was read wrongly: title, date, language, author."""

from __future__ import annotations

from datetime import tzinfo
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from digest.model import Summary
from digest.tui.i18n import N_, _
from digest.tui.rendering.dates import full_time
from digest.tui.screens.box import Over

FIELDS = (
    ("title", N_("Title")),
    ("date", N_("Date")),
    ("lang", N_("Language (en, zh-Hant, ja)")),
    ("author", N_("Author")),
)


def values_of(row: Summary, zone: tzinfo) -> dict[str, str]:
    """The fields as they are edited."""
    return {
        "title": row.title,
        "date": "" if row.published is None else full_time(row.published, zone),
        "lang": row.lang,
        "author": row.author,
    }


class EditScreen(Over[dict[str, str] | None]):
    """Edits four fields; closes with those that were changed, None when it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(self, row: Summary, zone: tzinfo) -> None:
        super().__init__()
        self._before = values_of(row, zone)

    def compose(self) -> ComposeResult:
        """A box for each field."""
        with Vertical(id="edit-box", classes="box"):
            yield Static(_("Correct"), classes="box-title", markup=False)
            for name, label in FIELDS:
                yield Static(_(label), classes="box-label", markup=False)
                yield Input(
                    self._before[name],
                    id=f"edit-{name}",
                    compact=True,
                    select_on_focus=False,
                    max_length=1000,
                )
            yield Static(
                _("Enter: keep   Tab: next field   Esc: leave"), classes="box-foot", markup=False
            )

    @on(Input.Submitted)
    def _submitted(self) -> None:
        now = {name: self.get_widget_by_id(f"edit-{name}", Input).value for name, _ in FIELDS}
        self.dismiss({name: value for name, value in now.items() if value != self._before[name]})

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
