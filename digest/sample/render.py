"""Makes feeds and pages of the pieces, from the templates in `feeds/` and `chrome/`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from digest.sample.outlets import MEDIA, Outlet
from digest.sample.pieces import Piece

RELATED: Final = 3


def feed(outlet: Outlet, pieces: Sequence[Piece], base: str) -> bytes:
    """The outlet's feed; links lead to pages under the address `base`."""
    items = [_item(piece, base) for piece in pieces]
    return _filled(
        f"feeds/{outlet.format}.xml",
        {**_about(outlet), **_when(pieces[0].published)},
        home=f"{base}/{outlet.key}/index.html",
        self=f"{base}/{outlet.key}/feed.xml",
        items="\n".join(items),
    ).encode()


def page(piece: Piece, others: Sequence[Piece]) -> bytes:
    """The piece on its outlet's page, with links to a few of the `others`."""
    return _filled(
        f"chrome/{piece.outlet.lang[:2]}.html",
        {**_said(piece), **_when(piece.published), "outlet": piece.outlet.name},
        canonical=escape(piece.canonical),
        body=piece.body,
        shown=_shown(piece),
        jsonld=_json_ld(piece),
        related=_links([other for other in others if other is not piece][:RELATED]),
    ).encode()


def front(outlet: Outlet, pieces: Sequence[Piece]) -> bytes:
    """The outlet's front page: a link to its feed and to each piece."""
    return _filled(
        "chrome/index.html", _about(outlet), media=MEDIA[outlet.format], related=_links(pieces)
    ).encode()


def _item(piece: Piece, base: str) -> str:
    return _filled(
        f"feeds/{piece.outlet.format}-item.xml",
        {**_said(piece), **_when(piece.published)},
        link=f"{base}/{piece.path}",
        canonical=escape(piece.canonical),
        guid=f"tag:sample.example,2026:{piece.outlet.key}/{piece.slug}",
    ).rstrip()


def _filled(template: str, plain: dict[str, str], **markup: str) -> str:
    """The template with `plain` text escaped and `markup` as it is."""
    return _template(template).substitute(
        {name: escape(text) for name, text in plain.items()}, **markup
    )


@cache
def _template(name: str) -> Template:
    return Template(files("digest.sample").joinpath(*name.split("/")).read_text("utf-8"))


def _about(outlet: Outlet) -> dict[str, str]:
    return {"key": outlet.key, "outlet": outlet.name, "about": outlet.about, "lang": outlet.lang}


def _said(piece: Piece) -> dict[str, str]:
    names = ("title", "author", "section", "summary")
    return {name: getattr(piece, name) for name in names}


def _when(moment: datetime) -> dict[str, str]:
    return {"iso": moment.isoformat(), "rfc": format_datetime(moment)}


def _shown(piece: Piece) -> str:
    """The date as the outlet prints it."""
    at = piece.published
    match piece.outlet.lang:
        case "zh-Hant":
            return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        case "ja":
            return f"{at.year}年{at.month}月{at.day}日 {at.hour}時{at:%M}分"
        case _:
            return f"{at.day} {at:%B %Y, %H:%M}"


def _links(pieces: Sequence[Piece]) -> str:
    return "\n".join(
        f'<li><a href="{escape(piece.slug)}.html">{escape(piece.title)}</a></li>'
        for piece in pieces
    )


def _json_ld(piece: Piece) -> str:
    """The page's own description after https://schema.org/NewsArticle."""
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "inLanguage": piece.outlet.lang,
        "datePublished": piece.published.isoformat(),
        "author": {"@type": "Person", "name": piece.author},
        "publisher": {"@type": "Organization", "name": piece.outlet.name},
    }
    return json.dumps(described, ensure_ascii=False).replace("</", "<\\/")
