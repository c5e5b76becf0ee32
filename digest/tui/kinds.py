"""The kinds of names, in words."""

from __future__ import annotations

from digest.tui.i18n import N_

KINDS = {
    "person": N_("person"),
    "office": N_("office"),
    "party": N_("party"),
    "agency": N_("agency"),
    "organisation": N_("organisation"),
    "company": N_("company"),
    "media": N_("media"),
    "university": N_("university"),
    "place": N_("place"),
    "treaty": N_("treaty"),
    "ship": N_("ship"),
    "event": N_("event"),
    "term": N_("term"),
}
