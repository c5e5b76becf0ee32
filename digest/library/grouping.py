"""A list put in groups: by feed, by language, by story."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from digest.library.values import Group

_KEYS = {
    "feed": "SELECT a.id, o.name FROM articles a JOIN outlets o ON o.id = a.outlet_id",
    "language": "SELECT id, lang FROM articles",
    "story": "SELECT id, story_id FROM articles",
}


def grouped(
    db: sqlite3.Connection, ids: Sequence[int], by: str, lang: str
) -> tuple[list[int], list[Group]]:
    """The articles in groups, `by` feed, language or story; inside a group in their order.

    Stories are called as a reader of `lang` (ISO 639-1) is told them.

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
    names: Mapping[str | int, str] = {key: str(key) for key in found}
    if by == "story":
        alone = {
            one for key, members in found.items() if not key or len(members) < 2 for one in members
        }
        found = {key: members for key, members in found.items() if members[0] not in alone}
        names = _headlines(db, found, lang)
        if alone:
            found[""] = [one for one in ids if one in alone]
    ordered: list[int] = []
    groups = []
    for key, members in found.items():
        groups.append(Group(len(ordered), names.get(key, ""), len(members)))
        ordered += members
    return ordered, groups


def _headlines(
    db: sqlite3.Connection, stories: Mapping[str | int, Sequence[int]], lang: str
) -> dict[str | int, str]:
    """What each story is called, by the rule of `stories.briefs.standing` as in a brief."""
    rows = db.execute(
        """SELECT id, story_id FROM articles WHERE story_id IS NOT NULL
        ORDER BY lang <> ?1 AND lang NOT LIKE ?1 || '-%',
            id NOT IN (SELECT article_id FROM stars), copy_of IS NOT NULL, at, id""",
        (lang,),
    )
    inside = {one for members in stories.values() for one in members}
    stand: dict[int, int] = {}
    for ident, story in rows:
        if ident in inside:
            stand.setdefault(story, ident)
    titles = dict(
        db.execute(
            "SELECT story_id, title FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(stand.values())),),
        )
    )
    return {story: titles[story] for story in stories}
