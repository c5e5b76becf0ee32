"""An article as a page of its own: safe to open, readable in the dark, on paper and offline.

The page holds no script and loads nothing. Fonts are named by language, because one Han
character looks different in Taiwan and in Japan.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import tzinfo
from html import escape

from digest.export.forms import iso, uri
from digest.export.fragment import body_html
from digest.export.notes import note_html
from digest.export.scripts import lang_attributes
from digest.export.style import FONTS
from digest.languages.words import ENGLISH, Words
from digest.model import Article, Highlight

_STYLE = (
    """
:root { color-scheme: light dark; --ink: #1d1b16; --paper: #fbf9f4; --quiet: #6a655b;
  --line: #d8d2c4; --link: #1f4e79; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e0d6; --paper: #1b1a17;
  --quiet: #a29b8c; --line: #45413a; --link: #8fbbe6; } }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 42rem; color: var(--ink);
  background: var(--paper); font: 1.0625rem/1.7 Georgia, "Times New Roman", serif;
  overflow-wrap: break-word; }
"""
    + FONTS
    + """
:lang(en) { font-family: Georgia, "Times New Roman", serif; line-height: 1.7; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; text-wrap: balance; }
.about { color: var(--quiet); font-size: .9rem; margin: 0 0 2rem; }
.about p, p.about { text-align: start; }
.about p { margin: .15rem 0; }
a { color: var(--link); }
blockquote { margin: 1.2rem 0; padding-inline-start: 1rem;
  border-inline-start: 3px solid var(--line); }
pre { overflow-x: auto; white-space: pre-wrap; font-size: .9rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: start;
  vertical-align: top; }
figure { margin: 1.2rem 0; color: var(--quiet); font-size: .9rem; }
.quote { color: inherit; font-size: 1em; }
.quote blockquote { margin-bottom: .3rem; }
.quote figcaption { color: var(--quiet); font-size: .9rem; padding-inline-start: 1rem; }
section { margin: 2.5rem 0; }
section .about { margin: 1rem 0 .3rem; }
section ul { margin-top: .3rem; }
aside { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.own > :first-child { margin-top: 0; }
@media print { :root { --ink: #000; --paper: #fff; --quiet: #444; --link: #000; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  h1, h2, h3, h4 { break-after: avoid; } blockquote, tr, figure { break-inside: avoid; } }
"""
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
)


def article_page(article: Article, zone: tzinfo, words: Words = ENGLISH) -> str:
    """A whole HTML document; the day it was published is that of `zone`."""
    row = article.summary
    return page(row.title, row.lang, article_inside(article, zone, words))


def page(title: str, language: str, inside: str) -> str:
    """A whole HTML document around a body of our own making; it runs and loads nothing."""
    lang = f' lang="{escape(language)}"' if language else ""
    parts = [
        "<!doctype html>",
        f"<html{lang}>",
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        inside,
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def article_inside(article: Article, zone: tzinfo, words: Words) -> str:
    """What stands in the body of an article's page, well-formed as XML too.

    It is in the article's language, but for what is said of it, which is in its reader's.
    """
    parts = [
        "<article>",
        f"<h1>{escape(article.summary.title)}</h1>",
        _about(article, zone, words),
        body_html(article.blocks),
        "</article>",
        _own_words(article, words),
    ]
    return "\n".join(part for part in parts if part)


def _about(article: Article, zone: tzinfo, words: Words) -> str:
    row = article.summary
    lines = [escape(" · ".join(part for part in (row.feed, article.section, row.author) if part))]
    if row.published is not None:
        day = f"{row.published.astimezone(zone):%Y-%m-%d}"
        lines.append(f'<time datetime="{iso(row.published)}">{day}</time>')
    if address := uri(row.url):
        lines.append(f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(row.url)}</a>')
    if row.tags:
        lines.append(escape(" ".join(f"#{tag}" for tag in row.tags)))
    if row.partial:
        cut = words.gettext("The text is not complete.")
        lines.append(f"<span{lang_attributes(words.tag)}>{cut}</span>")
    body = "\n".join(f"<p>{line}</p>" for line in lines if line)
    return f'<div class="about">\n{body}\n</div>' if body else ""


def _own_words(article: Article, words: Words) -> str:
    """The reader's note and highlights, below the article and apart from it."""
    parts = [_highlight(one, words) for one in article.highlights]
    if article.note:
        parts.insert(0, note_html(article.note, words.tag))
    inside = "\n".join(parts)
    return f"<aside>\n{inside}\n</aside>" if inside else ""


def _highlight(one: Highlight, words: Words) -> str:
    comment = f"\n{note_html(one.comment, words.tag)}" if one.comment else ""
    return f"<blockquote>{escape(one.quote)}</blockquote>{comment}"
