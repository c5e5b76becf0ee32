"""Pages as the tests write them: an article between what sites put around it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.ingest.extract.pages import extract_page
from digest.ingest.extract.values import Extracted, Hints

URL = "https://news.example.jp/politics/2026/story.html"
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
HINTS = Hints(now=NOW, zone=ZoneInfo("Asia/Taipei"))

_PAGE = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="{charset}"><title>{title}</title>
{head}</head><body><header><a href="/">見本新聞</a><nav><ul><li><a href="/politics">政治</a></li>
<li><a href="/economy">経済</a></li><li><a href="/sports">スポーツ</a></li></ul></nav></header>
{body}
<footer><p>無断転載を禁じます</p><ul><li><a href="/about">会社概要</a></li></ul></footer>
</body></html>"""

TWO_PARAGRAPHS = "<p>頼総統は8日、日本の議員団と会談した。</p><p>双方は半導体の協力で一致した。</p>"


def page(
    body: str, *, title: str = "会談", head: str = "", lang: str = "ja", charset: str = "utf-8"
) -> str:
    """A whole page around `body`."""
    return _PAGE.format(lang=lang, charset=charset, title=title, head=head, body=body)


def article(body: str, *, head: str = "", hints: Hints = HINTS, **parts: str) -> Extracted:
    """What is extracted from a page with `body` as its article element."""
    source = page(f"<article>{body}</article>", head=head, **parts)
    return extract_page(source.encode(), url=URL, hints=hints)
