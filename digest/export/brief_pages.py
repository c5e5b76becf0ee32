"""A brief as one HTML page, as a book, and as a mail that has both texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from email import policy
from email.message import EmailMessage
from html import escape

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
from digest.export.brief_text import brief_markdown
from digest.export.epub import Book, Chapter, epub
from digest.export.forms import iso, uri
from digest.export.html import page
from digest.export.notes import note_html
from digest.export.scripts import lang_attributes, script_language, scripted
from digest.model import Article, Brief, BriefStory, Quote
from digest.text import clean_line


def brief_html(brief: Brief, zone: tzinfo) -> str:
    """The brief as one HTML page that runs and loads nothing."""
    title = brief_title(brief, zone)
    parts = [f"<h1>{escape(title)}</h1>"]
    for section, stories in brief.sections:
        if section:
            parts.append(_heading(section_title(section), "h2"))
        parts.extend(_story(story, zone, "h3" if section else "h2") for story in stories)
        if not stories:
            parts.append(f"<p>{NOTHING}</p>")
    return page(title, "en", "\n".join(parts))


def brief_book(brief: Brief, zone: tzinfo) -> Iterator[bytes]:
    """The brief as an EPUB: a chapter for each story, below one for its section."""
    return epub(Book(brief_title(brief, zone), "en", brief.end), _chapters(brief, zone))


def brief_mail(brief: Brief, zone: tzinfo, to: str) -> bytes:
    """The brief as a mail (RFC 5322) in plain text and HTML; header texts are one line each."""
    mail = EmailMessage(policy.SMTP)
    mail["Subject"] = brief_title(brief, zone)
    mail["Date"] = brief.end
    if address := clean_line(to, LINE):
        mail["To"] = address
    mail.set_content(brief_markdown(brief, zone))
    mail.add_alternative(brief_html(brief, zone), subtype="html")
    return mail.as_bytes()


def _chapters(brief: Brief, zone: tzinfo) -> Iterator[Chapter]:
    for section, stories in brief.sections:
        name = section_title(section)
        if section or not stories:
            inside = "" if stories else f"<p>{NOTHING}</p>"
            title = name or brief_title(brief, zone)
            yield Chapter(title, script_language(name) or "en", _heading(title, "h1") + inside)
        for story in stories:
            body = f'<div lang="en" xml:lang="en">\n{_story(story, zone, "h1")}\n</div>'
            yield Chapter(story.headline, story.headline_lang, body, depth=1 if section else 0)


def _heading(text: str, element: str) -> str:
    return f"<{element}{scripted(text)}>{escape(text)}</{element}>"


def _story(story: BriefStory, zone: tzinfo, element: str) -> str:
    headline = escape(story.headline)
    parts = [
        "<section>",
        f"<{element}{lang_attributes(story.headline_lang)}>{headline}</{element}>",
    ]
    if story.new:
        parts.append('<p class="about"><strong>New</strong></p>')
    if story.comment:
        parts.append(note_html(story.comment))
    parts.extend(_quote(one, source(story, one.article)) for one in story.quotes)
    for language, articles in by_language(story):
        items = "".join(_item(one, story, zone) for one in articles)
        label = f"<span{scripted(language)}>{escape(language)}</span>"
        parts.append(f'<p class="about">{label}</p>\n<ul>{items}</ul>')
    for one in story.articles:
        parts.extend(_own_words(one))
    parts.extend(
        f'<p class="about">{label}: <span{scripted(text)}>{escape(text)}</span></p>'
        for label, text in about(story)
    )
    return "\n".join([*parts, "</section>"])


def _quote(quote: Quote, article: Article | None) -> str:
    """A sentence as it stands in its report, and beneath it whose it is."""
    address = uri(article.summary.url) if article is not None else ""
    cite = f' cite="{escape(address)}"' if address else ""
    lines = [f"<blockquote{lang_attributes(quote.lang)}{cite}>{escape(quote.text)}</blockquote>"]
    if article is not None:
        outlet = article.summary.feed or article.summary.title
        lines.append(f"<figcaption>— {_link(article, outlet)}</figcaption>")
    return f'<figure class="quote">{"".join(lines)}</figure>'


def _item(article: Article, story: BriefStory, zone: tzinfo) -> str:
    row = article.summary
    feed = f"<span{lang_attributes(row.lang)}>{escape(row.feed)}</span> " if row.feed else ""
    day, *more = remarks(article, story, zone)
    when = f'<time datetime="{iso(row.at)}">{day}</time>'
    return f"<li>{feed}{_link(article, row.title)} <small>{', '.join([when, *more])}</small></li>"


def _link(article: Article, text: str) -> str:
    row = article.summary
    shown, address = f"<span{lang_attributes(row.lang)}>{escape(text)}</span>", uri(row.url)
    return (
        f'<a href="{escape(address)}" rel="noopener noreferrer">{shown}</a>' if address else shown
    )


def _own_words(article: Article) -> Iterator[str]:
    """The reader's own note and highlights on a report, apart from what it says."""
    if article.note.strip():
        yield f'<p class="about">Note</p>\n{note_html(article.note)}'
    lang = lang_attributes(article.summary.lang)
    for kept in article.highlights:
        yield f'<p class="about">Highlight</p>\n<blockquote{lang}>{escape(kept.quote)}</blockquote>'
        if kept.comment.strip():
            yield note_html(kept.comment)
