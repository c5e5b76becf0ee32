"""A list that is refreshed while somebody reads it."""

from __future__ import annotations

from collections.abc import Sequence


def merged(shown: Sequence[int], fresh: Sequence[int]) -> list[int]:
    """`fresh`, with what it no longer has of `shown` kept behind its old neighbour.

    So an article that was just read stays where it is in a list of unread ones, and new articles
    appear at their places.
    """
    there = set(fresh)
    followers: dict[int | None, list[int]] = {}
    anchor: int | None = None
    for id_ in shown:
        if id_ in there:
            anchor = id_
        else:
            followers.setdefault(anchor, []).append(id_)
    if not followers:
        return list(fresh)
    result = list(followers.get(None, ()))
    for id_ in fresh:
        result.append(id_)
        result += followers.get(id_, ())
    return result
