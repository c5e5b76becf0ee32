"""A brief as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from digest.export.brief_parts import (
    LINE,
    NOTHING,
    about,
    brief_title,
    by_language,
    remarks,
    section_title,
    source,
)
from digest.export.forms import uri
from digest.export.markdown import escaped, quoted
from digest.model import Article, Brief, BriefStory
from digest.text import clean_line, clean_text


def brief_markdown(brief: Brief, zone: tzinfo) -> str:
    """The brief as Markdown."""
    parts = [f"# {brief_title(brief, zone)}"]
    for section, stories in brief.sections:
        if section:
            parts.append(f"## {_line(section_title(section))}")
        for story in stories:
            parts.extend(_story(story, zone))
        if not stories:
            parts.append(NOTHING)
    return "\n\n".join(parts) + "\n"


def _story(story: BriefStory, zone: tzinfo) -> Iterator[str]:
    mark = " (new)" if story.new else ""
    yield f"### {_line(story.headline)}{mark}"
    if story.comment:
        yield story.comment
    for quote in story.quotes:
        yield f"> {_line(quote.text, 1000)}"
        if (article := source(story, quote.article)) is not None:
            yield f"— {_link(article, article.summary.feed or article.summary.title)}"
    yield "\n".join(
        f"- {language}: {_report(one, story, zone)}"
        for language, articles in by_language(story)
        for one in articles
    )
    for one in story.articles:
        if one.note.strip():
            yield f"**Note:** {one.note.strip()}"
        for kept in one.highlights:
            yield f"**Highlight:**\n\n{quoted(escaped(clean_text(kept.quote).strip()))}"
            if comment := clean_text(kept.comment).strip():
                yield comment
    for label, text in about(story):
        yield _line(f"{label}: {text}", 1000)


def _report(article: Article, story: BriefStory, zone: tzinfo) -> str:
    row = article.summary
    said = ", ".join(remarks(article, story, zone))
    return f"{_line(row.feed)} {_link(article, row.title)} ({said})".lstrip()


def _link(article: Article, text: str) -> str:
    shown, address = _line(text), uri(article.summary.url)
    return f"[{shown}](<{address}>)" if address else shown


def _line(text: str, limit: int = LINE) -> str:
    return escaped(clean_line(text, limit))
