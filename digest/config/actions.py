"""The ids of actions that a key can be given to in `[keys]`.

The contract's, and those of the terminal interface, which carries them out; a test holds the two
together. The configuration is read without the interface, hence a list of its own.
"""

from __future__ import annotations

from typing import Final

ACTIONS: Final = (
    "article.browse",
    "article.copy_citation",
    "article.copy_link",
    "article.copy_quote",
    "article.export",
    "article.highlight",
    "article.next_unread",
    "article.note",
    "article.open",
    "article.page",
    "article.previous_unread",
    "article.refetch",
    "article.star",
    "article.tag",
    "article.toggle_read",
    "back",
    "brief.open",
    "command.open",
    "fetch.all",
    "fetch.feed",
    "help.open",
    "hit.next",
    "hit.previous",
    "list.bottom",
    "list.mark_all_read",
    "list.next",
    "list.page_down",
    "list.page_up",
    "list.previous",
    "list.refresh",
    "list.select",
    "list.top",
    "notes.open",
    "palette.open",
    "pane.next",
    "quit",
    "reader.zoom",
    "redo",
    "search.open",
    "sidebar.next",
    "sidebar.previous",
    "sidebar.toggle",
    "story.compare",
    "theme.choose",
    "timeline.open",
    "undo",
    "view.save",
    "welcome.open",
    "who.open",
)
