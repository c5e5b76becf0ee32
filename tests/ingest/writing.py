"""Feeds and pages for tests, written out from a few words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_SENTENCES = (
    "The two sides agreed in Taipei to simplify customs checks for machine parts next spring.",
    "Officials in Tokyo said that the talks had been prepared for more than a year.",
    "A joint panel will report on the first results before the end of the fiscal year.",
    "Companies in Kumamoto and Hsinchu expect shorter waits for their deliveries.",
)


def item(
    title: str,
    link: str = "",
    *,
    guid: str = "",
    date: str = "Mon, 31 Aug 2026 12:00:00 +0900",
    summary: str = "",
    content: str = "",
    extra: str = "",
) -> str:
    parts = [f"<title>{escape(title)}</title>"]
    parts += [f"<link>{escape(link)}</link>"] if link else []
    parts += [f"<guid isPermaLink='false'>{escape(guid)}</guid>"] if guid else []
    parts += [f"<pubDate>{date}</pubDate>"] if date else []
    parts += [f"<description>{escape(summary)}</description>"] if summary else []
    parts += [f"<content:encoded>{escape(content)}</content:encoded>"] if content else []
    return f"<item>{''.join(parts)}{extra}</item>"


def rss(items: Sequence[str], *, title: str = "Strait Wire", extra: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>{title}</title><link>https://wire.example/</link>{extra}"
        f"{''.join(items)}</channel></rss>"
    )


def story(name: str) -> str:
    """Four sentences that no other story has."""
    return " ".join(f"{name}: {sentence}" for sentence in _SENTENCES)


def page(title: str, *, text: str = "", head: str = "") -> str:
    paragraphs = "".join(f"<p>{title}: {escape(sentence)}</p>" for sentence in _SENTENCES)
    body = f"<p>{escape(text)}</p>" if text else paragraphs
    return (
        f"<!doctype html><html lang='en'><head><title>{escape(title)}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(title)}</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )
