"""A list put in groups: by feed, by language, by story."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from digest.library.values import ALONE, Group

_KEYS = {
    "feed": "SELECT a.id, o.name FROM articles a JOIN outlets o ON o.id = a.outlet_id",
    "language": "SELECT id, lang FROM articles",
    "story": "SELECT id, story_id FROM articles",
}


def grouped(db: sqlite3.Connection, ids: Sequence[int], by: str) -> tuple[list[int], list[Group]]:
    """The articles in groups, `by` feed, language or story; inside a group in their order.

    Groups come in the order of their first articles. A story that has but one of the articles
    makes no group: those come last, together.
    """
    keys = dict(db.execute(_KEYS[by]))
    found: dict[str | int, list[int]] = {}
    for ident in ids:
        key = keys.get(ident) or ""
        if by == "language":
            key = str(key).partition("-")[0].lower()
        found.setdefault(key, []).append(ident)
    if by == "story":
        alone = {
            one for key, members in found.items() if not key or len(members) < 2 for one in members
        }
        found = {key: members for key, members in found.items() if members[0] not in alone}
        if alone:
            found[ALONE] = [one for one in ids if one in alone]
    ordered: list[int] = []
    groups = []
    for key, members in found.items():
        groups.append(Group(len(ordered), key if isinstance(key, str) else "", len(members)))
        ordered += members
    return ordered, groups
