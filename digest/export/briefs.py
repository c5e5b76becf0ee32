"""A brief in its forms: JSON, Markdown, HTML, a book, and a mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import tzinfo
from email import policy
from email.message import EmailMessage
from html import escape
from itertools import groupby
from typing import Any

from digest.export.epub import Book, Chapter, epub
from digest.export.forms import iso, language_code, uri
from digest.export.html import page
from digest.export.markdown import escaped
from digest.model import Article, Brief, BriefStory
from digest.text import clean_line

_NAMES = 12  # entities shown of a story
_LINE = 300


def brief_object(brief: Brief) -> dict[str, Any]:
    """The brief as the JSON object of `digest brief --format json`."""
    return {
        "from": iso(brief.start),
        "to": iso(brief.end),
        "stories": [_story_object(story) for story in brief.stories],
    }


def _story_object(story: BriefStory) -> dict[str, Any]:
    languages = Counter(language_code(one.summary.lang) or "und" for one in story.articles)
    return {
        "id": story.id,
        "headline": story.headline,
        "score": story.score,
        "languages": dict(languages),
        "first": story.first,
        "articles": [_article_object(one) for one in story.articles],
        "quotes": [
            {"id": one.article, "lang": language_code(one.lang), "text": one.text}
            for one in story.quotes
        ],
        "entities": [{"id": key, "name": name} for key, name in _entities(story)],
        "tags": _tags(story),
        "notes": [one.note for one in story.articles if one.note],
    }


def _article_object(article: Article) -> dict[str, Any]:
    row = article.summary
    return {
        "id": row.id,
        "title": row.title,
        "feed": row.feed or None,
        "lang": language_code(row.lang),
        "url": row.url or None,
        "published": iso(row.published),
        "copy_of": row.copy_of,
    }


def brief_markdown(brief: Brief, zone: tzinfo) -> str:
    """The brief as Markdown."""
    parts = [f"# {brief_title(brief, zone)}"]
    for heading, stories in brief.sections:
        if heading:
            parts.append(f"## {escaped(clean_line(heading, _LINE))}")
        parts.extend(_markdown(story) for story in stories)
        if not stories:
            parts.append("Nothing new.")
    return "\n\n".join(parts) + "\n"


def _markdown(story: BriefStory) -> str:
    mark = " (new)" if story.new else ""
    parts = [f"### {escaped(clean_line(story.headline, _LINE))}{mark}"]
    parts.extend(f"> {escaped(clean_line(one.text, 1000))}" for one in story.quotes)
    lines = []
    for one in _ordered(story):
        row = one.summary
        title, address = escaped(clean_line(row.title, _LINE)), uri(row.url)
        link = f"[{title}](<{address}>)" if address else title
        copied = f" (copy of {row.copy_of})" if row.copy_of else ""
        lines.append(f"- {_code(one)}: {escaped(clean_line(row.feed, _LINE))} {link}{copied}")
    parts.append("\n".join(lines))
    parts.extend(f"> {escaped(clean_line(text, 1000))}" for text in _kept(story))
    parts.extend(one.note.strip() for one in story.articles if one.note)
    if about := _about(story):
        parts.append(escaped(about))
    return "\n\n".join(parts)


def brief_html(brief: Brief, zone: tzinfo) -> str:
    """The brief as one HTML page that runs and loads nothing."""
    title = brief_title(brief, zone)
    parts = [f"<h1>{escape(title)}</h1>"]
    for heading, stories in brief.sections:
        if heading:
            parts.append(f"<h2>{escape(heading)}</h2>")
        parts.extend(_html(story, "h3") for story in stories)
        if not stories:
            parts.append("<p>Nothing new.</p>")
    return page(title, "en", "\n".join(parts))


def brief_book(brief: Brief, zone: tzinfo) -> Iterator[bytes]:
    """The brief as an EPUB, a chapter for each story."""
    chapters = (Chapter(one.headline, "en", _html(one, "h1")) for one in brief.stories)
    return epub(Book(brief_title(brief, zone), "en", brief.end), chapters)


def brief_mail(brief: Brief, zone: tzinfo, to: str) -> bytes:
    """The brief as a mail (RFC 5322) in plain text and HTML; header texts are one line each."""
    mail = EmailMessage(policy.SMTP)
    mail["Subject"] = brief_title(brief, zone)
    mail["Date"] = brief.end
    if address := clean_line(to, _LINE):
        mail["To"] = address
    mail.set_content(brief_markdown(brief, zone))
    mail.add_alternative(brief_html(brief, zone), subtype="html")
    return mail.as_bytes()


def brief_title(brief: Brief, zone: tzinfo) -> str:
    """What a brief is called: its period in `zone`."""
    start, end = brief.start.astimezone(zone), brief.end.astimezone(zone)
    return f"Taiwan and Japan, {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"


def _html(story: BriefStory, element: str) -> str:
    mark = " <small>(new)</small>" if story.new else ""
    heading = f"<{element}{_lang(story.headline_lang)}>{escape(story.headline)}</{element}>"
    parts = ["<section>", heading + (f"<p>{mark}</p>" if mark else "")]
    parts.extend(
        f"<blockquote{_lang(one.lang)}>{escape(one.text)}</blockquote>" for one in story.quotes
    )
    for code, articles in groupby(_ordered(story), key=_code):
        items = "".join(_item(one) for one in articles)
        parts.append(f"<p>{escape(code)}</p><ul>{items}</ul>")
    parts.extend(f"<blockquote>{escape(text)}</blockquote>" for text in _kept(story))
    parts.extend(f'<div class="note">{escape(a.note)}</div>' for a in story.articles if a.note)
    if about := _about(story):
        parts.append(f'<p class="about">{escape(about)}</p>')
    return "\n".join([*parts, "</section>"])


def _item(article: Article) -> str:
    row = article.summary
    title, address = f"<span{_lang(row.lang)}>{escape(row.title)}</span>", uri(row.url)
    if address:
        title = f'<a href="{escape(address)}" rel="noopener noreferrer">{title}</a>'
    copied = f" (copy of {row.copy_of})" if row.copy_of else ""
    return f"<li>{escape(row.feed)} {title}{copied}</li>"


def _lang(tag: str) -> str:
    safe = escape(tag)
    return f' lang="{safe}" xml:lang="{safe}"' if tag else ""


def _ordered(story: BriefStory) -> list[Article]:
    """By language; a copy behind its original."""
    return sorted(
        story.articles,
        key=lambda a: (_code(a), a.summary.copy_of or a.id, a.summary.copy_of is not None),
    )


def _code(article: Article) -> str:
    return language_code(article.summary.lang) or "?"


def _kept(story: BriefStory) -> list[str]:
    return [mark.quote for one in story.articles for mark in one.highlights]


def _tags(story: BriefStory) -> list[str]:
    return list(dict.fromkeys(tag for one in story.articles for tag in one.summary.tags))


def _entities(story: BriefStory) -> list[tuple[str, str]]:
    """Who and where: what the most reports name first."""
    counted = Counter((e.id, e.name) for one in story.articles for e in one.entities)
    return [key for key, _ in counted.most_common(_NAMES)]


def _about(story: BriefStory) -> str:
    names = ", ".join(name for _, name in _entities(story))
    tags = " ".join(f"#{tag}" for tag in _tags(story))
    return " · ".join(part for part in (names, tags) if part)
