"""Which story a new article belongs to, and which stories it shows to be one. Pure.

An article joins the story whose best reports it is most like (the mean of the three best scores),
if one report is like it at all and the story as a whole is not unlike it. A story is not chained
together by single links: what is like only one report of many begins a story of its own. Where an
article belongs to two stories and their reports are not unlike each other, it shows that they are
one: two short notices in different languages may have little in common until a longer one comes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.stories.window import Floats

Stories = NDArray[np.int64]  # the story of each row of a window, 0 for none yet
Scores = Callable[[int], Floats]  # of a row with every row (`digest.stories.likeness`)
_BEST = 3
_COMPARED = 5  # reports of a story that stand for it
LIKE = 0.0
NOT_UNLIKE = -6.0
BRIDGED = -2.0


class Place(NamedTuple):
    """Where an article belongs: a story, 0 for one of its own, and what it shows to be the same."""

    story: int
    same: tuple[int, ...]


class Fit(NamedTuple):
    """How well an article fits a story: the mean of its best scores, and of all."""

    story: int
    best: float
    mean: float


def place(row: int, stories: Stories, scores: Scores) -> Place:
    """Where the article in this row belongs among the stories of its window."""
    found = _fits(scores(row), stories)
    if not found:
        return Place(0, ())
    first, *others = found
    same = [one.story for one in others if _one_event(first.story, one.story, stories, scores)]
    return Place(first.story, tuple(same))


def _fits(scores: Floats, stories: Stories) -> list[Fit]:
    """The stories that an article may belong to, the best first."""
    near = np.unique(stories[(scores >= LIKE) & (stories > 0)])
    found = [_fit(int(story), scores[stories == story]) for story in near]
    good = [one for one in found if one.mean >= NOT_UNLIKE]
    return sorted(good, key=lambda one: (-one.best, one.story))


def _fit(story: int, scores: Floats) -> Fit:
    known = np.sort(scores[np.isfinite(scores)])[::-1]
    return Fit(story, float(known[:_BEST].mean()), float(known.mean()))


def _one_event(a: int, b: int, stories: Stories, scores: Scores) -> bool:
    """Whether the reports of two stories are not unlike each other."""
    rows = np.flatnonzero(stories == a)[-_COMPARED:]
    others = np.flatnonzero(stories == b)[-_COMPARED:]
    between = [scores(int(row))[others].mean() for row in rows]
    return bool(np.mean(between) >= BRIDGED)
