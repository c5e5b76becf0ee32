"""Every action of the desk: its id, its key, its words, and what carries it out.

The one table from which bindings, the command palette, the help and the `:` commands are made.
The ids and the keys of the vim preset are a contract with the user's `[keys]`.
"""

from __future__ import annotations

from typing import NamedTuple

from digest.tui.i18n import N_

MOVING = N_("Moving")
READING = N_("Reading")
FINDING = N_("Finding")
MARKING = N_("Marking and noting")
HANDING_ON = N_("Handing on")
FETCHING = N_("Fetching")
DESK = N_("The desk")

GROUPS = (MOVING, READING, FINDING, MARKING, HANDING_ON, FETCHING, DESK)


class Action(NamedTuple):
    """One thing a person can do.

    Attributes:
        id: its name for `[keys]` and for `:`.
        keys: of the vim preset, with commas between alternatives; `g g` is one key after another.
        title: in a few words, in English; translated where it is shown.
        group: the heading in the help.
        handler: the part of the desk that carries it out, and its method.
        typing: whether it also works while the search box has the focus.
    """

    id: str
    keys: str
    title: str
    group: str
    handler: str
    typing: bool = False


ACTIONS = (
    Action("list.next", "j,down", N_("Next article"), MOVING, "moving.next", typing=True),
    Action("list.previous", "k,up", N_("Previous article"), MOVING, "moving.previous", typing=True),
    Action("list.top", "g g,home", N_("To the top"), MOVING, "moving.top"),
    Action("list.bottom", "G,end", N_("To the bottom"), MOVING, "moving.bottom"),
    Action(
        "list.page_down", "ctrl+f,pagedown", N_("A screen down"), MOVING, "moving.down", typing=True
    ),
    Action("list.page_up", "ctrl+b,pageup", N_("A screen up"), MOVING, "moving.up", typing=True),
    Action("sidebar.next", "J", N_("Next entry of the sidebar"), MOVING, "moving.sidebar_next"),
    Action(
        "sidebar.previous",
        "K",
        N_("Previous entry of the sidebar"),
        MOVING,
        "moving.sidebar_previous",
    ),
    Action("pane.next", "tab", N_("To the next pane"), MOVING, "moving.next_pane"),
    Action("back", "h,left,escape", N_("Back"), MOVING, "moving.back"),
    Action("article.open", "enter,l,right", N_("Open the article"), READING, "reading.open"),
    Action("article.page", "space", N_("Page down, then next unread"), READING, "reading.page"),
    Action("hit.next", "n", N_("Next hit in the article"), READING, "reading.next_hit"),
    Action("hit.previous", "N", N_("Previous hit in the article"), READING, "reading.previous_hit"),
    Action("article.next_unread", "n", N_("Next unread article"), READING, "reading.next_unread"),
    Action(
        "article.previous_unread",
        "N",
        N_("Previous unread article"),
        READING,
        "reading.previous_unread",
    ),
    Action("article.changes", "C", N_("What its publisher changed"), READING, "reading.changes"),
    Action("article.lines", "L", N_("Show or hide repeated lines"), READING, "reading.lines"),
    Action(
        "article.keep_lines",
        "",
        N_("These lines are no boilerplate"),
        READING,
        "reading.keep_lines",
    ),
    Action("article.pictures", "P", N_("Its pictures"), READING, "picturing.open"),
    Action(
        "story.compare",
        "\\",
        N_("The story, language by language"),
        READING,
        "telling.compare",
    ),
    Action("reader.zoom", "z", N_("The whole screen for the reader"), READING, "moving.zoom"),
    Action("search.open", "/", N_("Search as you type"), FINDING, "searching.open"),
    Action("article.like", "", N_("More like this article"), FINDING, "searching.like"),
    Action("view.save", "@", N_("Save this search as a view"), FINDING, "searching.save_view"),
    Action("who.open", "W", N_("Who is named, when and beside whom"), FINDING, "telling.who"),
    Action("timeline.open", "T", N_("How often over time"), FINDING, "telling.timeline"),
    Action("list.refresh", "ctrl+l", N_("List afresh"), FINDING, "listing.refresh"),
    Action("list.sort", "S", N_("Sort otherwise"), FINDING, "listing.sort"),
    Action("list.group", "Z", N_("Group otherwise"), FINDING, "listing.group"),
    Action("gloss.open", "i", N_("Look up a word or name"), READING, "looking_up.gloss"),
    Action("article.translate", "X", N_("Translate the passage"), READING, "looking_up.translate"),
    Action("article.edit", "E", N_("Correct title, date, language"), MARKING, "curating.edit"),
    Action(
        "list.mark_old_read",
        "O",
        N_("Mark what is older than a day as read"),
        MARKING,
        "curating.mark_old_read",
    ),
    Action("article.tag", "t,+,-", N_("Tag"), MARKING, "curating.tag"),
    Action("article.note", "a", N_("Write a note"), MARKING, "noting.open"),
    Action("article.star", "s", N_("Star, or take the star away"), MARKING, "curating.star"),
    Action(
        "article.toggle_read", "u", N_("Mark as read or unread"), MARKING, "curating.toggle_read"
    ),
    Action("list.mark_all_read", "A", N_("Mark all as read"), MARKING, "curating.mark_all_read"),
    Action(
        "list.select",
        "v",
        N_("Select several articles, in the reader paragraphs"),
        MARKING,
        "moving.select",
    ),
    Action(
        "article.highlight", "H", N_("Keep the selected quote"), MARKING, "highlighting.highlight"
    ),
    Action(
        "notes.open", "M", N_("Notes and highlights of the list"), MARKING, "highlighting.notes"
    ),
    Action(
        "article.rescue", "U", N_("Keep what is hidden as off topic"), MARKING, "curating.rescue"
    ),
    Action("undo", "ctrl+z", N_("Undo"), MARKING, "curating.undo"),
    Action("redo", "ctrl+y", N_("Redo"), MARKING, "curating.redo"),
    Action("article.copy_link", "y", N_("Copy the link"), HANDING_ON, "handing.copy_link"),
    Action(
        "article.copy_citation", "Y", N_("Copy a citation"), HANDING_ON, "handing.copy_citation"
    ),
    Action(
        "article.copy_quote", "c", N_("Copy the selected quote"), HANDING_ON, "handing.copy_quote"
    ),
    Action("article.export", "e", N_("Export to a file"), HANDING_ON, "handing.export"),
    Action("brief.open", "D", N_("Look a brief over and write it"), HANDING_ON, "telling.brief"),
    Action("article.browse", "o", N_("Open in the browser"), HANDING_ON, "handing.browse"),
    Action("fetch.all", "R", N_("Fetch all feeds, or stop it"), FETCHING, "fetching.all_feeds"),
    Action("feeds.check", "F", N_("How the feeds are doing"), FETCHING, "fetching.check"),
    Action("fetch.feed", "ctrl+r", N_("Fetch this feed"), FETCHING, "fetching.this_feed"),
    Action(
        "article.refetch", "x", N_("Fetch the article again"), FETCHING, "fetching.this_article"
    ),
    Action("sidebar.toggle", "b", N_("Show or hide the sidebar"), DESK, "moving.sidebar_toggle"),
    Action("list.wider", ">", N_("More room for the list"), DESK, "moving.list_wider"),
    Action("list.narrower", "<", N_("More room for the reader"), DESK, "moving.list_narrower"),
    Action("command.open", ":", N_("Type a command"), DESK, "commanding.open"),
    Action("palette.open", "ctrl+p", N_("Command palette"), DESK, "commanding.palette"),
    Action("help.open", "?", N_("Help"), DESK, "commanding.help"),
    Action("theme.choose", "", N_("Choose a theme"), DESK, "commanding.theme"),
    Action("welcome.open", "", N_("Welcome screen"), DESK, "coming.welcome"),
    Action("quit", "q", N_("Back, or quit at the top level"), DESK, "moving.quit"),
)

BY_ID = {action.id: action for action in ACTIONS}

# Ids that may stand on one key: the first works while hits are shown, the other else.
SHARED = frozenset(
    (
        frozenset(("hit.next", "article.next_unread")),
        frozenset(("hit.previous", "article.previous_unread")),
    )
)
