"""The commands by name, where each is defined, and what it does in a line.

With this at hand `digest --help` needs to import none of them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """One command: the module in `digest.cli.commands`, the object in it, and its line of help."""

    module: str
    name: str
    help: str


SECTIONS: Final[dict[str, dict[str, Entry]]] = {
    "Bring in": {
        "fetch": Entry("fetch", "fetch", "Read the feeds and keep what is new."),
        "add": Entry("add", "add", "Add files, folders, addresses, or what comes in on stdin."),
        "feeds": Entry("feeds", "feeds", "List, add, remove, check, import and export feeds."),
    },
    "Find and read": {
        "search": Entry("search", "search", "Search in any of the three languages."),
        "show": Entry("show", "show", "Print an article."),
        "story": Entry("story", "story", "Print who reported an event; part and join stories."),
        "who": Entry("who", "who", "Print who is named, when, by whom, and with whom."),
        "brief": Entry("brief", "brief", "Write the stories of the last day, to hand on."),
        "stats": Entry("stats", "stats", "Count articles by time, language and feed."),
        "export": Entry("export", "export", "Write all articles that match a query to a file."),
    },
    "Keep in order": {
        "tag": Entry("tag", "tag", "Add and remove tags on all articles that match."),
        "mark": Entry("mark", "mark", "Mark articles read, unread, star or unstar."),
        "note": Entry("note", "note", "Write a note on an article; export all notes."),
        "edit": Entry("edit", "edit", "Correct what was read wrongly from a page."),
        "rules": Entry("rules", "rules", "Show what the rules would do."),
        "rescue": Entry("rescue", "rescue", "Keep articles that are hidden as off topic."),
        "delete": Entry("delete", "delete", "Delete all articles that match."),
        "undo": Entry("undo", "undo", "Take back the last change."),
        "redo": Entry("undo", "redo", "Do again what was undone last."),
    },
    "Look after": {
        "doctor": Entry("doctor", "doctor", "Look for damage in the library, and mend it."),
        "reindex": Entry("doctor", "reindex", "Make the search index anew."),
        "backup": Entry("backup", "backup", "Write a whole copy of the library to a file."),
        "restore": Entry("backup", "restore", "Put a backup in the library's place."),
        "merge": Entry("merge", "merge", "Bring another library together with this one."),
        "config": Entry("config", "config", "Show and check the configuration."),
        "completion": Entry("completion", "completion", "Print the completion for a shell."),
        "serve": Entry("serve", "serve", "Open the desk in a browser on this machine."),
        "demo": Entry("demo", "demo", "Try it out on a sample edition, in a throw-away library."),
    },
}

COMMANDS: Final = {name: entry for group in SECTIONS.values() for name, entry in group.items()}
