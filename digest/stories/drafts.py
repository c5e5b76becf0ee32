"""What a person makes of a brief before it is written: dropped, put in order, annotated. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.model import Brief, BriefStory

_MOST = 2000  # stories that a draft remembers


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes to a brief, by the keys of its stories.

    Attributes:
        dropped: the stories that are left out.
        order: stories in the order a person put them in; others keep theirs behind the one before.
        comments: what a person wrote on a story.
    """

    dropped: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)


def key_of(story: BriefStory) -> str:
    """By what a story is known from one making of a brief to the next."""
    return f"s{story.id}" if story.id is not None else f"a{story.first}"


def arranged(brief: Brief, draft: Draft) -> Brief:
    """The brief in its new order and with its comments, the dropped stories still in it."""
    sections = tuple(
        (heading, tuple(_commented(story, draft) for story in _ordered(stories, draft.order)))
        for heading, stories in brief.sections
    )
    return replace(brief, sections=sections)


def edited(brief: Brief, draft: Draft) -> Brief:
    """The brief as it is to be written."""
    sections = tuple(
        (heading, tuple(story for story in stories if key_of(story) not in draft.dropped))
        for heading, stories in arranged(brief, draft).sections
    )
    return replace(brief, sections=sections)


def moved(brief: Brief, draft: Draft, key: str, step: int) -> Draft:
    """The draft with a story so many places further down in its section; negative goes up."""
    order: list[str] = []
    for _heading, stories in arranged(brief, draft).sections:
        keys = [key_of(story) for story in stories]
        if key in keys:
            at = keys.index(key)
            keys.insert(max(0, min(at + step, len(keys) - 1)), keys.pop(at))
        order += keys
    return replace(draft, order=tuple(order))


def toggled(draft: Draft, key: str) -> Draft:
    """The draft with a story dropped, or taken in again."""
    return replace(draft, dropped=draft.dropped ^ {key})


def commented(draft: Draft, key: str, text: str) -> Draft:
    """The draft with this comment on a story; an empty one takes it away."""
    rest = {one: words for one, words in draft.comments.items() if one != key}
    clean = text.strip()
    return replace(draft, comments={**rest, key: clean} if clean else rest)


def to_text(draft: Draft) -> str:
    """The draft as JSON."""
    return json.dumps(
        {
            "dropped": sorted(draft.dropped),
            "order": list(draft.order),
            "comments": dict(draft.comments),
        }
    )


def from_text(text: str) -> Draft:
    """What `to_text` made; what is none of its kind is left out."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Draft()
    if not isinstance(found, dict):
        return Draft()
    comments = found.get("comments")
    return Draft(
        frozenset(_texts(found.get("dropped"))),
        _texts(found.get("order")),
        {str(key): str(words) for key, words in comments.items()}
        if isinstance(comments, dict)
        else {},
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _ordered(stories: Sequence[BriefStory], order: Sequence[str]) -> list[BriefStory]:
    """In the order of a person; a story that came later stands behind the one it stood behind."""
    by_key = {key_of(story): story for story in stories}
    result = [key for key in dict.fromkeys(order[:_MOST]) if key in by_key]
    known = set(result)
    before = ""
    for key in by_key:
        if key not in known:
            result.insert(result.index(before) + 1 if before else 0, key)
        before = key
    return [by_key[key] for key in result]


def _commented(story: BriefStory, draft: Draft) -> BriefStory:
    words = draft.comments.get(key_of(story), "")
    return replace(story, comment=words) if words else story
