"""An article as a reference in plain text."""

from __future__ import annotations

from datetime import tzinfo

from digest.languages.dates import written_date
from digest.model import Summary
from digest.tui.i18n import N_, _, spoken

# By whether author and outlet are known.
_FORMS = {
    (True, True): N_("{author}. “{title}” {outlet}, {date}."),
    (True, False): N_("{author}. “{title}” {date}."),
    (False, True): N_("“{title}” {outlet}, {date}."),
    (False, False): N_("“{title}” {date}."),
}


def citation(row: Summary, zone: tzinfo) -> str:
    """`Author. “Title” Outlet, 2026-11-22. https://...`, with what is known of it."""
    words = _(_FORMS[bool(row.author), bool(row.feed)]).format(
        author=row.author,
        title=row.title,
        outlet=row.feed,
        date=written_date(row.at.astimezone(zone), spoken()),
    )
    return f"{words} {row.url}".rstrip()
