"""A brief as JSON (docs/brief.schema.json)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from digest.export.brief_parts import notes, tags
from digest.export.forms import iso, json_text, language_code, report_object
from digest.model import Brief, BriefStory


def brief_json(brief: Brief) -> str:
    """The brief as one JSON object on a line."""
    return json_text(_brief_object(brief)) + "\n"


def _brief_object(brief: Brief) -> dict[str, Any]:
    return {
        "from": iso(brief.start),
        "to": iso(brief.end),
        "stories": [
            _story_object(story, section) for section, told in brief.sections for story in told
        ],
    }


def _story_object(story: BriefStory, section: str) -> dict[str, Any]:
    languages = Counter(language_code(one.summary.lang) or "und" for one in story.articles)
    return {
        "id": story.id,
        "section": section or None,
        "headline": story.headline,
        "score": story.score,
        "new": story.new,
        "languages": dict(languages),
        "first": story.first,
        "articles": [
            {**report_object(one.summary), "new": one.id in story.fresh} for one in story.articles
        ],
        "quotes": [
            {"id": one.article, "lang": language_code(one.lang), "text": one.text}
            for one in story.quotes
        ],
        "entities": [{"id": key, "name": name} for key, name in story.names],
        "tags": tags(story),
        "notes": notes(story),
        "highlights": [
            {"id": one.id, "quote": mark.quote, "comment": mark.comment}
            for one in story.articles
            for mark in one.highlights
        ],
    }
