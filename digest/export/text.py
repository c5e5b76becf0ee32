"""An article as plain text for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from digest.model import Article, Block, BlockKind


def article_text(article: Article, zone: tzinfo) -> str:
    """Title, particulars, text, then the reader's note and highlights; times in `zone`."""
    parts = [article.summary.title, "\n".join(_about(article, zone)), body_text(article.blocks)]
    if article.note:
        parts.append(f"Note\n{article.note.strip()}")
    if article.highlights:
        parts.append("Highlights\n" + "\n".join(f"> {one.quote}" for one in article.highlights))
    return "\n\n".join(part for part in parts if part) + "\n"


def body_text(blocks: Sequence[Block]) -> str:
    """The blocks as text that shows what they are: quotes, list items, table cells."""
    pieces: list[str] = []
    before: Block | None = None
    for block in blocks:
        if not (text := _shown(block)):
            continue
        if before is not None:
            together = before.kind is block.kind and block.kind in _TOGETHER
            pieces.append("\n" if together else "\n\n")
        pieces.append(text)
        before = block
    return "".join(pieces)


_TOGETHER = frozenset((BlockKind.ITEM, BlockKind.ROW))


def _about(article: Article, zone: tzinfo) -> list[str]:
    row = article.summary
    when = f"{row.at.astimezone(zone):%Y-%m-%d %H:%M %z}"
    lines = [
        " · ".join(part for part in (row.feed, article.section, row.author) if part),
        f"{when}{'' if row.published else ' (fetched)'}",
        row.url,
        " ".join(f"#{tag}" for tag in row.tags),
        _state(article),
    ]
    return [line for line in lines if line]


def _state(article: Article) -> str:
    row = article.summary
    words = [f"article {row.id}", "read" if row.read else "unread"]
    if row.starred:
        words.append("starred")
    if row.partial:
        words.append("text not complete")
    if article.relevance.score is not None:
        words.append(f"on topic {article.relevance.score:.2f}")
    if article.off_topic:
        words.append("hidden as off topic (" + "; ".join(article.relevance.why) + ")")
    if row.copy_of is not None:
        words.append(f"copy of {row.copy_of}")
    if article.copies:
        words.append("copies: " + " ".join(map(str, article.copies)))
    if article.whole:
        count = len(article.hidden)
        words.append(f"{count} repeated lines hidden" if count > 1 else "1 repeated line hidden")
    if article.revisions:
        words.append(f"{len(article.revisions)} earlier texts")
    return ", ".join(words)


def _shown(block: Block) -> str:
    match block.kind:
        case BlockKind.ITEM:
            sign = f"{block.ordinal}." if block.ordinal else "-"
            return f"{'  ' * (max(block.level, 1) - 1)}{sign} {block.text}"
        case BlockKind.QUOTE:
            return "\n".join(f"> {line}" for line in block.text.split("\n"))
        case BlockKind.FIGURE:
            return f"[{block.text or 'image'}]"
        case _:
            return block.text
