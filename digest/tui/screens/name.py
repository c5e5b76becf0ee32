"""Writing a name of one's own, or correcting the forms of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from digest.tui.i18n import N_, _
from digest.tui.kinds import KINDS
from digest.tui.screens.box import Over

FIELDS = (
    ("en", N_("English forms (surname of a person in capitals: WANG Hsiao-ming)")),
    ("zh", N_("Chinese forms")),
    ("ja", N_("Japanese forms")),
    ("kind", N_("Kind")),
)


class NameScreen(Over[dict[str, str] | None]):
    """Edits the forms of a name; closes with all fields, None when it was given up.

    Args:
        before: the fields as they are.
        new: whether it is a new name.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(self, before: Mapping[str, str], *, new: bool) -> None:
        super().__init__()
        self._before = before
        self._new = new

    def compose(self) -> ComposeResult:
        """A box for each field."""
        with Vertical(id="edit-box", classes="box"):
            title = _("A new name") if self._new else _("Correct a name")
            yield Static(title, classes="box-title", markup=False)
            for key, label in FIELDS:
                yield Static(_(label), classes="box-label", markup=False)
                before = self._before.get(key, "")
                yield Input(
                    _(KINDS.get(before, before)) if key == "kind" else before,
                    id=f"name-{key}",
                    compact=True,
                    select_on_focus=False,
                    max_length=1000,
                    suggester=SuggestFromList(list(map(_, KINDS.values())))
                    if key == "kind"
                    else None,
                )
            words = _("; between forms   Enter: keep   Tab: next field   Esc: leave")
            yield Static(words, classes="box-foot", markup=False)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        typed = {
            key: self.get_widget_by_id(f"name-{key}", Input).value.strip() for key, _label in FIELDS
        }
        known = {_(words): kind for kind, words in KINDS.items()}
        self.dismiss({**typed, "kind": known.get(typed["kind"], typed["kind"])})

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
