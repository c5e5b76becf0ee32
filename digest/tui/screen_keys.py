"""The keys of the screens that open over the desk: for their bindings, their foot and the help.

A key that does on a screen what it does on the desk bears the action's id, so that a user's own
key for it works there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.binding import Binding, BindingType

from digest.tui.i18n import N_, _
from digest.tui.keys import Keyboard, parse
from digest.tui.keys import shown as shown_keys


class ScreenKey(NamedTuple):
    """A key of a screen.

    Attributes:
        keys: as in the table of actions.
        action: the method of the screen, with its arguments.
        words: in a few words, in English; "" for one that needs none.
        hint: a word for the foot of the screen, "" where it is not shown there.
        id: of the desk's action that does the same.
    """

    keys: str
    action: str
    words: str = ""
    hint: str = ""
    id: str = ""

    @property
    def shown(self) -> str:
        """The keys for people."""
        return "  ".join(shown_keys(keys) for keys in parse(self.keys))


STORY = (
    ScreenKey("j,down", "move(1)", N_("Next report"), id="list.next"),
    ScreenKey("k,up", "move(-1)", N_("Report before"), id="list.previous"),
    ScreenKey("l,right,tab", "across(1)", N_("Next language")),
    ScreenKey("h,left,shift+tab", "across(-1)", N_("Language before")),
    ScreenKey("enter", "open", N_("Open the article"), N_("open")),
    ScreenKey("space,v", "tick", N_("Tick the report, to compare or part it"), N_("tick")),
    ScreenKey("c", "pair", N_("Two reports side by side"), N_("compare")),
    ScreenKey("S", "split", N_("Part the ticked reports from the story"), N_("part")),
    ScreenKey("m", "merge", N_("Join another story to this one"), N_("join")),
    ScreenKey("ctrl+z", "undo", id="undo"),
    ScreenKey("ctrl+y", "redo", id="redo"),
    ScreenKey("question_mark", "help", id="help.open"),
    ScreenKey("backslash", "leave", id="story.compare"),
    ScreenKey("escape,q", "leave", N_("Back"), N_("back")),
)
PAIR = (
    ScreenKey("j,down", "scroll_one(1)", N_("Scroll"), id="list.next"),
    ScreenKey("k,up", "scroll_one(-1)", id="list.previous"),
    ScreenKey("J", "scroll_both(1)", N_("Scroll both"), N_("both"), id="sidebar.next"),
    ScreenKey("K", "scroll_both(-1)", id="sidebar.previous"),
    ScreenKey("space,pagedown", "page(1)", N_("A screen down"), N_("page")),
    ScreenKey("pageup", "page(-1)"),
    ScreenKey("tab,l,h,left,right", "other", N_("To the other article"), N_("the other")),
    ScreenKey("enter", "open", N_("Open the article"), N_("open")),
    ScreenKey("escape,q", "leave", N_("Back"), N_("back")),
)
BRIEF = (
    ScreenKey("j,down", "move(1)", N_("Next story"), id="list.next"),
    ScreenKey("k,up", "move(-1)", N_("Story before"), id="list.previous"),
    ScreenKey("J", "shift(1)", N_("The story further down"), N_("down"), id="sidebar.next"),
    ScreenKey("K", "shift(-1)", N_("The story further up"), N_("up"), id="sidebar.previous"),
    ScreenKey("x,d", "drop", N_("Leave the story out, or take it in again"), N_("drop")),
    ScreenKey("a", "annotate", N_("Write a remark on the story"), N_("remark"), id="article.note"),
    ScreenKey("l,right,tab", "across(1)", N_("Next period or named brief")),
    ScreenKey("h,left,shift+tab", "across(-1)", N_("Period or named brief before")),
    ScreenKey("enter", "open", N_("The story, language by language"), N_("story")),
    ScreenKey("w", "write", N_("Choose a format and write the brief"), N_("write")),
    ScreenKey("X", "reset", N_("Forget what was dropped, moved and remarked")),
    ScreenKey("question_mark", "help", id="help.open"),
    ScreenKey("D", "leave", id="brief.open"),
    ScreenKey("escape,q", "leave", N_("Back"), N_("back")),
)
WHO = (
    ScreenKey("j,down", "move(1)", N_("Next name"), id="list.next"),
    ScreenKey("k,up", "move(-1)", N_("Name before"), id="list.previous"),
    ScreenKey("pagedown,ctrl+f", "move(15)"),
    ScreenKey("pageup,ctrl+b", "move(-15)"),
    ScreenKey("space", "page(1)", N_("Scroll what is known of it"), id="article.page"),
    ScreenKey("enter", "open", N_("List the articles that name it"), N_("articles")),
    ScreenKey("slash", "find", N_("Look for a name, in any language"), N_("find"), "search.open"),
    ScreenKey("l,right,tab", "kind(1)", N_("Only persons, places …"), N_("kind")),
    ScreenKey("h,left,shift+tab", "kind(-1)"),
    ScreenKey("a", "add", N_("Write a name of your own"), N_("add")),
    ScreenKey("E", "correct", N_("Correct its forms"), N_("correct"), "article.edit"),
    ScreenKey("question_mark", "help", id="help.open"),
    ScreenKey("W", "leave", id="who.open"),
    ScreenKey("escape,q", "leave", N_("Back"), N_("back")),
)
TIMELINE = (
    ScreenKey("a,slash", "add", N_("Another query beside these"), N_("add")),
    ScreenKey("x", "remove", N_("Take the query away")),
    ScreenKey("j,down", "move(1)", N_("Next query"), id="list.next"),
    ScreenKey("k,up", "move(-1)", N_("Query before"), id="list.previous"),
    ScreenKey("d", "by('day')", N_("Count by day"), N_("day")),
    ScreenKey("w", "by('week')", N_("Count by week"), N_("week")),
    ScreenKey("m", "by('month')", N_("Count by month"), N_("month")),
    ScreenKey("s", "split", N_("One query by language, or as a whole")),
    ScreenKey("enter", "open", N_("List the articles of the query"), N_("articles")),
    ScreenKey("question_mark", "help", id="help.open"),
    ScreenKey("T", "leave", id="timeline.open"),
    ScreenKey("escape,q", "leave", N_("Back"), N_("back")),
)
PICTURE = (
    ScreenKey("j,down,l,right,space", "move(1)", N_("Next picture"), N_("next"), "list.next"),
    ScreenKey("k,up,h,left", "move(-1)", N_("Picture before"), id="list.previous"),
    ScreenKey(
        "o", "browse", N_("Open the picture in the browser"), N_("browser"), "article.browse"
    ),
    ScreenKey("P", "leave", id="article.pictures"),
    ScreenKey("escape,q", "leave", N_("Back"), N_("back")),
)
SCREENS = (
    (N_("In a story"), tuple(key for key in STORY if key.words)),
    (N_("In a brief"), tuple(key for key in BRIEF if key.words)),
    (N_("Among the names"), tuple(key for key in WHO if key.words)),
    (N_("In a plot"), tuple(key for key in TIMELINE if key.words)),
    (N_("Two articles side by side"), tuple(key for key in PAIR if key.words)),
    (N_("Pictures of an article"), tuple(key for key in PICTURE if key.words)),
)


def hints(keys: Sequence[ScreenKey], keyboard: Keyboard) -> list[str]:
    """What can be pressed, for the foot: of an action of the desk its key there."""
    pairs = [
        (keyboard.first(one.id) or one.shown.split("  ")[0], _(one.hint))
        for one in keys
        if one.hint
    ]
    return [f"{key} {hint}" for key, hint in pairs]


def bindings(keys: Sequence[ScreenKey]) -> list[BindingType]:
    """The bindings of a screen."""
    return [Binding(one.keys, one.action, show=False, id=one.id or None) for one in keys]
