"""An article's blocks as a safe fragment of HTML: our own elements, everything else escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from digest.export.forms import uri
from digest.model import Block, BlockKind, Span


def body_html(blocks: Sequence[Block]) -> str:
    """The blocks as HTML, one element a line; headings start at h2, below the article's title."""
    runs = (_RUNS[kind](list(run)) for kind, run in groupby(blocks, lambda block: block.kind))
    return "\n".join(run for run in runs if run)


def inline(spans: Iterable[Span]) -> str:
    """Running text with its links; a line feed becomes a line break."""
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    text = escape(span.text).replace("\n", "<br/>")
    if address := uri(span.href):
        return f'<a href="{escape(address)}" rel="noopener noreferrer">{text}</a>'
    return text


def _headings(run: list[Block]) -> str:
    levels = [(min(max(block.level, 1) + 1, 6), block) for block in run]
    return "\n".join(f"<h{level}>{inline(block.spans)}</h{level}>" for level, block in levels)


def _paragraphs(run: list[Block]) -> str:
    return "\n".join(f"<p>{inline(block.spans)}</p>" for block in run)


def _quotes(run: list[Block]) -> str:
    return f"<blockquote>\n{_paragraphs(run)}\n</blockquote>"


def _code(run: list[Block]) -> str:
    return "\n".join(f"<pre><code>{escape(block.text)}</code></pre>" for block in run)


def _figures(run: list[Block]) -> str:
    return "\n".join(figure for block in run if (figure := _figure(block)))


def _figure(block: Block) -> str:
    """The caption, with the picture's address as a link: what is exported loads nothing."""
    caption = inline(block.spans)
    if address := uri(block.src):
        link = f'<a href="{escape(address)}" rel="noopener noreferrer">[image]</a>'
        caption = f"{link} {caption}" if caption else link
    return f"<figure><figcaption>{caption}</figcaption></figure>" if caption else ""


def _table(run: list[Block]) -> str:
    return "<table>\n" + "\n".join(_row(block) for block in run) + "\n</table>"


def _row(block: Block) -> str:
    cell = "th" if block.header else "td"
    cells = "".join(f"<{cell}>{_cell(text)}</{cell}>" for text in block.cells)
    return f"<tr>{cells}</tr>"


def _cell(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _items(run: list[Block]) -> str:
    """Nested lists; a list whose first item has a number is an ordered one."""
    lines: list[str] = []
    open_lists: list[str] = []
    for block in run:
        depth = max(block.level, 1)
        element = "ol" if block.ordinal else "ul"
        while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != element):
            lines.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth:
            lines.append("</li>")
        while len(open_lists) < depth:
            open_lists.append(element)
            start = f' start="{block.ordinal}"' if block.ordinal > 1 else ""
            between = "<li>" if len(open_lists) < depth else ""
            lines.append(f"<{element}{start if len(open_lists) == depth else ''}>{between}")
        lines.append(f"<li>{inline(block.spans)}")
    lines.extend(f"</li></{element}>" for element in reversed(open_lists))
    return "\n".join(lines)


_RUNS = {
    BlockKind.HEADING: _headings,
    BlockKind.PARAGRAPH: _paragraphs,
    BlockKind.ITEM: _items,
    BlockKind.QUOTE: _quotes,
    BlockKind.CODE: _code,
    BlockKind.ROW: _table,
    BlockKind.FIGURE: _figures,
}
