"""The gloss: a word's reading, its forms and its senses, over the article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from digest.tui.i18n import _
from digest.tui.kinds import KINDS
from digest.tui.layout.cells import plain
from digest.tui.layout.kinsoku import wrap
from digest.tui.rendering.parts import Part
from digest.tui.screens.box import Over
from digest.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from digest.library.glossing import Gloss

_COLUMNS = 62


def gloss_lines(found: Sequence[Gloss]) -> list[list[Part]]:
    """The gloss in lines."""
    lines: list[list[Part]] = []
    for one in found:
        kind = _(KINDS[one.kind]) if one.kind in KINDS else ""
        spelt = _("in Mandarin {reading}").format(reading=one.reading) if one.reading else ""
        about = "   ".join(part for part in (spelt, kind) if part)
        lines.append([Part(one.term, "heading"), Part(f"   {about}", "about")])
        for badge, forms in (("EN", one.en), ("繁", one.zh), ("日", one.ja)):
            text = plain(", ".join(forms) if badge == "EN" else "、".join(forms))
            for at, (start, end) in enumerate(wrap(text, _COLUMNS - 6)):
                lead = f"  {badge}  " if at == 0 else "      "
                lines.append([Part(lead, "number"), Part(text[start:end], "text")])
        lines.append([])
    return lines[:-1]


class GlossScreen(Over[None]):
    """Shows what was found about a word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,i,enter,space", "close", show=False),
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("up,k", "scroll_by(-1)", show=False),
    ]

    def __init__(self, asked: str, found: Sequence[Gloss]) -> None:
        super().__init__()
        self._asked = asked
        self._found = found

    def compose(self) -> ComposeResult:
        """What was asked for, what was found."""
        with Vertical(id="gloss-box", classes="box"):
            yield Lines(name="gloss-lines")
            yield Static(_("Esc closes"), classes="box-foot", markup=False)

    def on_mount(self) -> None:
        """Show it."""
        nothing = _("The tables have nothing on “{word}”.").format(word=plain(self._asked))
        lines = gloss_lines(self._found) or [[Part(nothing, "about")]]
        view = self.get_widget_by_id("gloss-lines", Lines)
        view.show(lines)
        view.styles.height = min(len(lines), max(4, self.app.size.height - 6))

    def action_close(self) -> None:
        """Back to the article."""
        self.dismiss()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.get_widget_by_id("gloss-lines", Lines).scroll_by(lines)

    def on_click(self) -> None:
        """A click closes it."""
        self.dismiss()
