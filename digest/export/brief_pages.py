"""A brief as one HTML page, as a book, and as a mail that has both texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from email import policy
from email.message import EmailMessage
from html import escape

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
from digest.export.brief_text import brief_markdown
from digest.export.epub import Book, Chapter, epub
from digest.export.forms import iso, uri
from digest.export.html import page
from digest.export.notes import note_html
from digest.export.scripts import lang_attributes, script_language, scripted
from digest.languages.words import Words
from digest.model import Article, Brief, BriefStory, Quote
from digest.text import clean_line


def brief_html(brief: Brief, zone: tzinfo, words: Words) -> str:
    """The brief as one HTML page that runs and loads nothing."""
    title = brief_title(brief, zone, words)
    parts = [f"<h1>{brief_title(brief, zone, words, _time)}</h1>"]
    for section, stories in brief.sections:
        if section:
            parts.append(_heading(section_title(section), "h2", words))
        element = "h3" if section else "h2"
        parts.extend(_story(story, zone, words, element) for story in stories)
        if not stories:
            nothing = words.gettext(NOTHING)
            parts.append(f"<p>{nothing}</p>")
    return page(title, words.tag, "\n".join(parts))


def brief_book(brief: Brief, zone: tzinfo, words: Words) -> Iterator[bytes]:
    """The brief as an EPUB: a chapter for each story, below one for its section."""
    contents = words.gettext("Contents")
    book = Book(brief_title(brief, zone, words), words.tag, brief.end, contents)
    return epub(book, _chapters(brief, zone, words))


def brief_mail(brief: Brief, zone: tzinfo, words: Words, to: str) -> bytes:
    """The brief as a mail (RFC 5322) in plain text and HTML; header texts are one line each."""
    mail = EmailMessage(policy.SMTP)
    mail["Subject"] = brief_title(brief, zone, words)
    mail["Date"] = brief.end
    if address := clean_line(to, LINE):
        mail["To"] = address
    mail.set_content(brief_markdown(brief, zone, words))
    mail.add_alternative(brief_html(brief, zone, words), subtype="html")
    return mail.as_bytes()


def _chapters(brief: Brief, zone: tzinfo, words: Words) -> Iterator[Chapter]:
    lang, nothing = lang_attributes(words.tag), words.gettext(NOTHING)
    for section, stories in brief.sections:
        name = section_title(section)
        if section or not stories:
            inside = "" if stories else f"<p{lang}>{nothing}</p>"
            title = name or brief_title(brief, zone, words)
            told = script_language(name, words.tag) or words.tag
            yield Chapter(title, told, _heading(title, "h1", words) + inside)
        for story in stories:
            body = f"<div{lang}>\n{_story(story, zone, words, 'h1')}\n</div>"
            yield Chapter(story.headline, story.headline_lang, body, depth=1 if section else 0)


def _heading(text: str, element: str, words: Words) -> str:
    return f"<{element}{scripted(text, words.tag)}>{escape(text)}</{element}>"


def _span(text: str, words: Words) -> str:
    return f"<span{scripted(text, words.tag)}>{escape(text)}</span>"


def _story(story: BriefStory, zone: tzinfo, words: Words, element: str) -> str:
    headline = escape(story.headline)
    parts = [
        "<section>",
        f"<{element}{lang_attributes(story.headline_lang)}>{headline}</{element}>",
    ]
    if story.new:
        new = words.gettext("New")
        parts.append(f'<p class="about"><strong>{new}</strong></p>')
    if story.comment:
        parts.append(note_html(story.comment, words.tag))
    parts.extend(_quote(one, source(story, one.article)) for one in story.quotes)
    for language, articles in by_language(story, words):
        items = "".join(_item(one, story, zone, words) for one in articles)
        parts.append(f'<p class="about">{_span(language, words)}</p>\n<ul>{items}</ul>')
    for one in story.articles:
        parts.extend(_own_words(one, words))
    parts.extend(
        f'<p class="about">{labelled(label, _span(text, words), words)}</p>'
        for label, text in about(story, words)
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


def _time(moment: datetime, told: str) -> str:
    return f'<time datetime="{iso(moment)}">{told}</time>'


def _item(article: Article, story: BriefStory, zone: tzinfo, words: Words) -> str:
    row = article.summary
    feed = f"<span{lang_attributes(row.lang)}>{escape(row.feed)}</span> " if row.feed else ""
    day, *more = remarks(article, story, zone, words)
    said = listed([_time(row.at, day), *more], words)
    return f"<li>{feed}{_link(article, row.title)} <small>{said}</small></li>"


def _link(article: Article, text: str) -> str:
    row = article.summary
    shown, address = f"<span{lang_attributes(row.lang)}>{escape(text)}</span>", uri(row.url)
    return (
        f'<a href="{escape(address)}" rel="noopener noreferrer">{shown}</a>' if address else shown
    )


def _own_words(article: Article, words: Words) -> Iterator[str]:
    """The reader's own note and highlights on a report, apart from what it says."""
    note, highlight = words.gettext("Note"), words.gettext("Highlight")
    if article.note.strip():
        yield f'<p class="about">{note}</p>\n{note_html(article.note, words.tag)}'
    lang = lang_attributes(article.summary.lang)
    for kept in article.highlights:
        quote = f"<blockquote{lang}>{escape(kept.quote)}</blockquote>"
        yield f'<p class="about">{highlight}</p>\n{quote}'
        if kept.comment.strip():
            yield note_html(kept.comment, words.tag)
