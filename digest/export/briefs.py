"""A brief in its forms: JSON, Markdown, HTML, a book, and a mail.

`pieces` makes any of them; what all of them choose and call things is here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import tzinfo
from itertools import groupby
from typing import Any

from digest.export.forms import iso, json_text, language_code
from digest.model import Article, Brief, BriefStory

FORMS = ("md", "html", "epub", "json", "eml")
LINE = 300
LANGUAGES = {"en": "English", "ja": "日本語", "zh": "中文"}
NOTHING = "Nothing new."


def pieces(brief: Brief, form: str, zone: tzinfo, to: str = "") -> Iterable[str] | Iterable[bytes]:
    """The brief in one of `FORMS`, piece by piece; `to` is whom a mail is addressed to."""
    from digest.export import brief_pages, brief_text  # noqa: PLC0415 - only the form that is asked for

    match form:
        case "json":
            return [json_text(brief_object(brief)) + "\n"]
        case "html":
            return [brief_pages.brief_html(brief, zone)]
        case "epub":
            return brief_pages.brief_book(brief, zone)
        case "eml":
            return [brief_pages.brief_mail(brief, zone, to)]
        case _:
            return [brief_text.brief_markdown(brief, zone)]


def brief_object(brief: Brief) -> dict[str, Any]:
    """The brief as the JSON object of `digest brief --format json` (docs/brief.schema.json)."""
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
        "articles": [_article_object(one, story) for one in story.articles],
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


def _article_object(article: Article, story: BriefStory) -> dict[str, Any]:
    row = article.summary
    return {
        "id": row.id,
        "title": row.title,
        "feed": row.feed or None,
        "lang": language_code(row.lang),
        "url": row.url or None,
        "published": iso(row.published),
        "copy_of": row.copy_of,
        "new": row.id in story.fresh,
    }


def brief_title(brief: Brief, zone: tzinfo) -> str:
    """What a brief is called: its period in `zone`."""
    start, end = brief.start.astimezone(zone), brief.end.astimezone(zone)
    return f"Taiwan and Japan, {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"


def section_title(section: str) -> str:
    """What a section is called: its query; a saved search by its name."""
    return section.removeprefix("@")


def by_language(story: BriefStory) -> list[tuple[str, list[Article]]]:
    """The reports by the name of their language; a copy stands behind its original."""
    ordered = sorted(
        story.articles,
        key=lambda a: (_code(a), a.summary.copy_of or a.id, a.summary.copy_of is not None),
    )
    groups = groupby(ordered, key=_code)
    return [(LANGUAGES.get(code, code), list(articles)) for code, articles in groups]


def remarks(article: Article, story: BriefStory, zone: tzinfo) -> list[str]:
    """What is said of a report behind its title: its day, and whether it is a reprint or new."""
    row = article.summary
    found = [f"{row.at.astimezone(zone):%Y-%m-%d}"]
    if row.copy_of is not None:
        found.append("reprint")
    if row.id in story.fresh and not story.new:
        found.append("new")
    return found


def source(story: BriefStory, ident: int) -> Article | None:
    """The report that a quote is from."""
    return next((one for one in story.articles if one.id == ident), None)


def notes(story: BriefStory) -> list[str]:
    """What a person wrote: on the story for this brief, then on its articles."""
    own = [story.comment] if story.comment else []
    return own + [one.note for one in story.articles if one.note]


def tags(story: BriefStory) -> list[str]:
    """The tags of all reports."""
    return list(dict.fromkeys(tag for one in story.articles for tag in one.summary.tags))


def about(story: BriefStory) -> list[tuple[str, str]]:
    """Labelled lines on a story: who and where, and its tags."""
    lines = [
        ("Who and where", ", ".join(name for _, name in story.names)),
        ("Tags", " ".join(f"#{tag}" for tag in tags(story))),
    ]
    return [(label, text) for label, text in lines if text]


def _code(article: Article) -> str:
    return language_code(article.summary.lang) or "?"
