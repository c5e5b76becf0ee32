"""What all forms of a brief choose, and what they call it."""

from __future__ import annotations

from datetime import tzinfo
from itertools import groupby

from digest.export.forms import language_code
from digest.model import Article, Brief, BriefStory

LINE = 300
LANGUAGES = {"en": "English", "ja": "日本語", "zh": "中文"}
NOTHING = "Nothing new."


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
