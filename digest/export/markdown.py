"""An article as Markdown (CommonMark with GitHub's tables), headed by YAML front matter.

Text from outside is escaped so that it reads as it was written, whatever signs are in it; the
reader's own note is Markdown already and stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from digest import notefiles
from digest.export.forms import iso, json_text, web_link
from digest.languages.words import ENGLISH, Words
from digest.model import Article, Block, BlockKind, Highlight, Span

_INLINE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#?\w{1,32};)")
_LINE_START = re.compile(r"^(\s*)([#>+=-]|\d{1,9}[.)](?=\s|$)|~~~)", re.MULTILINE)
_INDENT = "   "


def article_markdown(article: Article, words: Words = ENGLISH) -> str:
    """The whole article: front matter, title, text, then the reader's note and highlights."""
    parts = [front_matter(article), f"# {escaped(_one_line(article.summary.title))}"]
    if body := body_markdown(article.blocks):
        parts.append(body)
    if article.note:
        heading = words.gettext("Note")
        parts.append(f"## {heading}\n\n{article.note.strip()}")
    if article.highlights:
        quotes = "\n\n".join(_highlight(one) for one in article.highlights)
        heading = words.gettext("Highlights")
        parts.append(f"## {heading}\n\n{quotes}")
    return "\n\n".join(parts) + "\n"


def documents(articles: Iterable[Article], words: Words) -> Iterator[str]:
    """Whole articles one after another, with an empty line between two."""
    before = ""
    for article in articles:
        yield before + article_markdown(article, words)
        before = "\n"


def note_markdown(article: Article) -> str:
    """The reader's own words on an article as a file that `digest add` reads again."""
    row = article.summary
    title = escaped(_one_line(row.title))
    address = _target(row.url)
    head = front_matter(article, **{notefiles.KEY: notefiles.VALUE})
    parts = [head, f"# [{title}]({address})" if address else f"# {title}"]
    parts.append(notefiles.note_part(article.note))
    parts.extend(
        notefiles.highlight_part(one.id, quoted(escaped(one.quote)), one.comment)
        for one in article.highlights
    )
    return "\n\n".join(parts) + "\n"


def front_matter(article: Article, **more: object) -> str:
    """The article's particulars as YAML between `---`; values as JSON, which YAML can read."""
    row = article.summary
    fields: dict[str, object] = {
        "id": row.id,
        "title": row.title,
        "url": row.url,
        "feed": row.feed,
        "section": article.section,
        "author": row.author,
        "lang": row.lang,
        "published": iso(row.published),
        "modified": iso(article.modified),
        "fetched": iso(row.fetched),
        "image": web_link(article.image),
        "tags": list(row.tags),
        "starred": row.starred,
        "partial": row.partial,
        **more,
    }
    lines = [f"{name}: {json_text(value)}" for name, value in fields.items() if value]
    return "\n".join(["---", *lines, "---"])


def body_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown; headings start at level 2, below the article's title."""
    runs = (_RUNS[kind](list(run)) for kind, run in groupby(blocks, lambda block: block.kind))
    return "\n\n".join(run for run in runs if run)


def escaped(text: str) -> str:
    """Running text in which every sign means itself."""
    inside = _INLINE.sub(lambda match: f"\\{match[0]}", text)
    return _LINE_START.sub(_escape_start, inside)


def _escape_start(match: re.Match[str]) -> str:
    sign = match[2]
    if sign[0].isdigit():
        return f"{match[1]}{sign[:-1]}\\{sign[-1]}"
    return f"{match[1]}\\{sign}"


def inline(spans: Iterable[Span]) -> str:
    """Running text with its links; a line feed becomes a hard line break."""
    pieces = []
    for span in spans:
        text = _INLINE.sub(lambda match: f"\\{match[0]}", span.text)
        address = _target(span.href)
        pieces.append(f"[{text}]({address})" if address and text.strip() else text)
    whole = _LINE_START.sub(_escape_start, "".join(pieces))
    return whole.replace("\n", "\\\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _target(address: str) -> str:
    """A link's address, in pointed brackets and with those encoded."""
    link = web_link(address)
    encoded = link.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    return f"<{encoded}>" if link else ""


def _highlight(one: Highlight) -> str:
    quote = quoted(escaped(one.quote))
    return f"{quote}\n\n{one.comment.strip()}" if one.comment.strip() else quote


def quoted(text: str) -> str:
    """Markdown as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _headings(run: list[Block]) -> str:
    return "\n\n".join(
        f"{'#' * min(max(block.level, 1) + 1, 6)} {_one_line(inline(block.spans))}" for block in run
    )


def _paragraphs(run: list[Block]) -> str:
    return "\n\n".join(inline(block.spans) for block in run)


def _quotes(run: list[Block]) -> str:
    return quoted(_paragraphs(run))


def _code(run: list[Block]) -> str:
    return "\n\n".join(_fenced(block.text) for block in run)


def _fenced(text: str) -> str:
    """Code between fences longer than any row of backticks in it."""
    longest = max((len(row) for row in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _figures(run: list[Block]) -> str:
    return "\n\n".join(figure for block in run if (figure := _figure(block)))


def _figure(block: Block) -> str:
    caption = _one_line(inline(block.spans))
    address = _target(block.src)
    if not address:
        return caption
    picture = f"[image]({address})"
    return f"{picture} {caption}" if caption else picture


def _items(run: list[Block]) -> str:
    """List items line by line; a blank line where bullets and numbers meet.

    Without it a number other than 1 would be read as going on with the bullet's text.
    """
    lines = [_item(run[0])]
    for before, block in pairwise(run):
        if bool(before.ordinal) != bool(block.ordinal):
            lines.append("")
        lines.append(_item(block))
    return "\n".join(lines)


def _item(block: Block) -> str:
    indent = _INDENT * (max(block.level, 1) - 1)
    sign = f"{block.ordinal}." if block.ordinal else "-"
    text = inline(block.spans).replace("\n", f"\n{indent}{_INDENT}")
    return f"{indent}{sign} {text}"


def _table(run: list[Block]) -> str:
    """A table; one without a header row gets an empty one, which the format asks for."""
    columns = max(len(block.cells) for block in run)
    rows = list(run)
    head = rows.pop(0).cells if rows[0].header else ()
    lines = [_row(head, columns), "|" + " --- |" * columns]
    return "\n".join([*lines, *(_row(block.cells, columns) for block in rows)])


def _row(cells: tuple[str, ...], columns: int) -> str:
    padded = [*cells, *[""] * (columns - len(cells))]
    return "| " + " | ".join(_cell(text) for text in padded) + " |"


def _cell(text: str) -> str:
    return escaped(_one_line(text)).replace("|", "\\|")


_RUNS = {
    BlockKind.HEADING: _headings,
    BlockKind.PARAGRAPH: _paragraphs,
    BlockKind.ITEM: _items,
    BlockKind.QUOTE: _quotes,
    BlockKind.CODE: _code,
    BlockKind.ROW: _table,
    BlockKind.FIGURE: _figures,
}
