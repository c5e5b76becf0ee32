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
    labelled,
    listed,
    remarks,
    section_title,
    source,
)
from digest.export.forms import uri
from digest.export.markdown import escaped, quoted
from digest.languages.words import Words
from digest.model import Article, Brief, BriefStory
from digest.text import clean_line, clean_text


def brief_markdown(brief: Brief, zone: tzinfo, words: Words) -> str:
    """The brief as Markdown."""
    parts = [f"# {brief_title(brief, zone, words)}"]
    for section, stories in brief.sections:
        if section:
            parts.append(f"## {_line(section_title(section))}")
        for story in stories:
            parts.extend(_story(story, zone, words))
        if not stories:
            parts.append(words.gettext(NOTHING))
    return "\n\n".join(parts) + "\n"


def _story(story: BriefStory, zone: tzinfo, words: Words) -> Iterator[str]:
    headline = _line(story.headline)
    marked = words.gettext("{headline} (new)").format(headline=headline)
    yield f"### {marked if story.new else headline}"
    if story.comment:
        yield story.comment
    for quote in story.quotes:
        yield f"> {_line(quote.text, 1000)}"
        if (article := source(story, quote.article)) is not None:
            yield f"— {_link(article, article.summary.feed or article.summary.title)}"
    yield "\n".join(
        f"- {labelled(language, _report(one, story, zone, words), words)}"
        for language, articles in by_language(story, words)
        for one in articles
    )
    note, highlight = words.gettext("**Note:**"), words.gettext("**Highlight:**")
    for one in story.articles:
        if one.note.strip():
            yield f"{note} {one.note.strip()}"
        for kept in one.highlights:
            yield highlight
            yield quoted(escaped(clean_text(kept.quote).strip()))
            if comment := clean_text(kept.comment).strip():
                yield comment
    for label, text in about(story, words):
        yield _line(labelled(label, text, words), 1000)


def _report(article: Article, story: BriefStory, zone: tzinfo, words: Words) -> str:
    row = article.summary
    said = listed(remarks(article, story, zone, words), words)
    report = f"{_line(row.feed)} {_link(article, row.title)}".lstrip()
    return words.gettext("{report} ({remarks})").format(report=report, remarks=said)


def _link(article: Article, text: str) -> str:
    shown, address = _line(text), uri(article.summary.url)
    return f"[{shown}](<{address}>)" if address else shown


def _line(text: str, limit: int = LINE) -> str:
    return escaped(clean_line(text, limit))
