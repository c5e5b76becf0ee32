"""The ways in which a list can be sorted and grouped, by the names that are typed."""

from __future__ import annotations

from digest.tui.i18n import N_

ORDERS = {
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
    "relevance": N_("Most relevant first"),
}


GROUPINGS = {
    "day": N_("Grouped by day"),
    "feed": N_("Grouped by feed"),
    "language": N_("Grouped by language"),
    "story": N_("Grouped by story"),
    "none": N_("Not grouped"),
}
