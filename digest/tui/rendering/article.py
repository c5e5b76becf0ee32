"""An article laid out in lines for the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import groupby

from digest.anchors import Extent, Quote, find
from digest.model import Article, Block, BlockKind, Highlight, Mark, Span
from digest.tui.i18n import _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import plain, width
from digest.tui.layout.kinsoku import wrap
from digest.tui.library_words import retold
from digest.tui.rendering.badges import badge
from digest.tui.rendering.dates import full_time
from digest.tui.rendering.parts import Part
from digest.tui.rendering.runs import Links, Run, run_of
from digest.tui.rendering.table import column_widths, table_row

HEAD = -1
FOOT = 1 << 30
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line.

    Attributes:
        parts: from left to right.
        block: the index of the article's block it belongs to; `HEAD` above, `FOOT` below the text.
        offset: where in the block's run it starts, in characters.
        lead: how many characters at its start are not of the run.
        text: whether it shows the block's own text, which can be selected.
    """

    parts: tuple[Part, ...] = ()
    block: int = HEAD
    offset: int = 0
    lead: int = 0
    text: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An article in lines.

    Attributes:
        columns: the width it was laid out for.
        links: the addresses by number, from 1.
        hits: the line of each hit, by the hit's number.
        shifts: how the run of each block differs from its text (`runs.moved`).
        kept: the highlights and where they stand, None for one whose words are gone.
    """

    columns: int
    lines: tuple[Line, ...] = ()
    links: tuple[str, ...] = ()
    hits: tuple[int, ...] = ()
    shifts: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    kept: tuple[tuple[Highlight, Extent | None], ...] = ()

    def line_at(self, block: int, offset: int) -> int:
        """The line where this place of the article stands, the nearest before it if it is gone."""
        found = 0
        for number, line in enumerate(self.lines):
            if (line.block, line.offset) > (block, offset):
                break
            found = number
        return found


@dataclass(slots=True)
class _Sheet:
    """Lines while they are being laid out."""

    columns: int
    links: Links = field(default_factory=Links)
    lines: list[Line] = field(default_factory=list)
    hits: int = 0
    shifts: dict[int, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def add(
        self,
        parts: Sequence[Part],
        block: int,
        offset: int = 0,
        *,
        lead: int = 0,
        text: bool = False,
    ) -> None:
        drawn = tuple(part for part in parts if part.text)
        self.lines.append(Line(drawn, block, offset, lead, text))

    def gap(self, block: int) -> None:
        if self.lines and self.lines[-1].parts:
            self.lines.append(Line((), block))

    def run(
        self,
        run: Run,
        block: int,
        *,
        first: str = "",
        rest: str = "",
        role: str = "",
        text: bool = False,
    ) -> None:
        """Wrap a run; its first line starts with `first`, the others with `rest`."""
        if text:
            self.shifts[block] = run.shifts
        room = max(4, self.columns - max(width(first), width(rest)))
        self.hits += len(run.hits)
        place = 0
        lead = first
        for line in run.text.split("\n"):
            for start, end in wrap(line, room):
                parts = [Part(lead, role), *run.parts(place + start, place + end)]
                self.add(parts, block, place + start, lead=len(lead), text=text)
                lead = rest
            place += len(line) + 1


def lay_out(
    article: Article,
    columns: int,
    zone: tzinfo,
    *,
    marks: Mapping[int, Sequence[Mark]] | None = None,
) -> Page:
    """Lay out `article` for lines of at most `columns` cells.

    Args:
        article: what is read.
        columns: the longest line in cells, at least 8.
        zone: the zone its times are shown in.
        marks: the hits by the index of the block, `HEAD` for the title.
    """
    found = marks or {}
    sheet = _Sheet(max(8, columns))
    kept = located(article)
    _head(sheet, article, zone, found.get(HEAD, ()))
    for kind, group in groupby(enumerate(article.blocks), key=lambda pair: pair[1].kind):
        blocks = list(group)
        if kind is BlockKind.ROW:
            _table(sheet, blocks)
            for index, _row in blocks:
                _comments(sheet, index, kept)
            continue
        for index, block in blocks:
            if kind is not BlockKind.ITEM or index == blocks[0][0]:
                sheet.gap(index)
            dim = not article.whole and index in article.hidden
            _block(sheet, index, block, found.get(index, ()), dim=dim)
            _comments(sheet, index, kept)
    _hidden(sheet, article)
    _foot(sheet, article, [one for one, extent in kept if extent is None])
    return Page(
        sheet.columns,
        tuple(sheet.lines),
        tuple(sheet.links),
        _hit_lines(sheet.lines),
        sheet.shifts,
        kept,
    )


def located(article: Article) -> tuple[tuple[Highlight, Extent | None], ...]:
    """The highlights of an article, and where each stands in its text."""
    return tuple(
        (one, find(article.blocks, Quote(one.quote, one.before, one.after, one.paragraph)))
        for one in article.highlights
    )


def _comments(sheet: _Sheet, index: int, kept: Sequence[tuple[Highlight, Extent | None]]) -> None:
    """The comments on highlights that end in this block, below it."""
    for one, extent in kept:
        if extent is not None and extent.last == index and one.comment:
            _remark(sheet, one.comment, index)


def _remark(sheet: _Sheet, text: str, block: int) -> None:
    run = run_of((Span(text),), "note", Links())
    # Behind the text of the block, so that no place in the text is below it.
    at = sheet.lines[-1].offset if sheet.lines and sheet.lines[-1].block == block else 0
    for line in run.text.split("\n"):
        for number, (start, end) in enumerate(wrap(line, max(4, sheet.columns - 4))):
            lead = f"  {signs.NOTE} " if number == 0 else "    "
            sheet.add([Part(lead, "note"), Part(line[start:end], "note")], block, at)


def _head(sheet: _Sheet, article: Article, zone: tzinfo, marks: Sequence[Mark]) -> None:
    row = article.summary
    title = run_of((Span(row.title),), "title", sheet.links, marks, sheet.hits)
    sheet.run(title, HEAD)
    about = (row.feed, article.section, full_time(row.at, zone), badge(row.lang).strip())
    _words(sheet, "   ".join(part for part in about if part), "about")
    if row.author:
        _words(sheet, row.author, "about")
    if article.image and not any(block.src == article.image for block in article.blocks):
        picture = (Span(_("[Figure]")), Span(" "), Span(_("picture"), article.image))
        sheet.run(run_of(picture, "about", sheet.links), HEAD)
    if row.tags:
        _words(sheet, " ".join(f"#{tag}" for tag in row.tags), "tag")
    if article.copies:
        count = len(article.copies)
        text = ngettext("{count} copy in other outlets", "{count} copies in other outlets", count)
        _words(sheet, text.format(count=count), "about")
    if article.revisions:
        count = len(article.revisions)
        text = ngettext(
            "changed once by its publisher", "changed {count} times by its publisher", count
        )
        _words(sheet, text.format(count=count), "about")
    if article.off_topic:
        why = "; ".join(map(retold, article.relevance.why))
        text = _("Hidden as off topic ({score}): {why}")
        _words(sheet, text.format(score=f"{article.relevance.score or 0:.2f}", why=why), "warning")
    if row.partial:
        _words(sheet, _("Only a part of the text is here: the page was cut or closed."), "warning")


def _words(sheet: _Sheet, text: str, role: str, block: int = HEAD) -> None:
    sheet.run(run_of((Span(text),), role, sheet.links), block)


def _hidden(sheet: _Sheet, article: Article) -> None:
    """How many lines are hidden, below the text."""
    if article.whole:
        count = len(article.hidden)
        words = ngettext(
            "{count} line hidden that repeats in this outlet",
            "{count} lines hidden that repeat in this outlet",
            count,
        )
        sheet.gap(FOOT)
        _words(sheet, words.format(count=count), "about", FOOT)


def _block(
    sheet: _Sheet, index: int, block: Block, marks: Sequence[Mark], *, dim: bool = False
) -> None:
    match block.kind:
        case BlockKind.CODE:
            _code(sheet, index, block, marks)
            return
        case BlockKind.FIGURE:
            _figure(sheet, index, block, marks)
            return
        case BlockKind.HEADING:
            role, first, rest = "heading", "", ""
        case BlockKind.QUOTE:
            role, first, rest = "quote", f"{signs.BAR} ", f"{signs.BAR} "
        case BlockKind.ITEM:
            role = "item"
            indent = "  " * min(_DEEPEST, max(0, block.level - 1))
            first = indent + (f"{block.ordinal}. " if block.ordinal else "- ")
            rest = " " * len(first)
        case _:
            role, first, rest = "text", "", ""
    role = "about" if dim else role
    run = run_of(block.spans, role, sheet.links, marks, sheet.hits)
    sheet.run(run, index, first=first, rest=rest, role=f"{role} sign", text=True)


def _code(sheet: _Sheet, index: int, block: Block, marks: Sequence[Mark]) -> None:
    """Code keeps its line breaks and indents; a longer line goes on below."""
    run = run_of((Span(block.text),), "code", Links(), marks, sheet.hits)
    sheet.hits += len(run.hits)
    sheet.shifts[index] = run.shifts
    place = 0
    room = sheet.columns - 2
    for line in run.text.split("\n"):
        start = 0
        while True:
            end = _fitting(line, start, room)
            parts = [Part("  ", "code"), *run.parts(place + start, place + end)]
            sheet.add(parts, index, place + start, lead=2, text=True)
            start = end
            if start >= len(line):
                break
        place += len(line) + 1


def _fitting(line: str, start: int, room: int) -> int:
    """The end of the longest piece of `line` from `start` that fits, one sign at least."""
    end = min(len(line), start + room)
    while end > start + 1 and width(line[start:end]) > room:
        end -= 1
    return end


def _figure(sheet: _Sheet, index: int, block: Block, marks: Sequence[Mark]) -> None:
    label = _("[Figure]")
    spans = list(block.spans) or [Span(_("without a caption"))]
    if block.src:
        spans = [*spans, Span(" "), Span(_("picture"), block.src)]
    run = run_of(spans, "figure", sheet.links, marks, sheet.hits)
    sheet.run(run, index, first=f"{label} ", rest="  ", role="figure sign", text=True)


def _table(sheet: _Sheet, rows: Sequence[tuple[int, Block]]) -> None:
    sheet.gap(rows[0][0])
    widths = column_widths([block.cells or ("",) for _, block in rows], sheet.columns)
    for index, block in rows:
        role = "header" if block.header else "cell"
        for line in table_row(block.cells, widths):
            sheet.add([Part(line, role)], index, text=True)
        if block.header:
            rule = "  ".join("-" * size for size in widths)
            sheet.add([Part(rule, "rule")], index)


def _foot(sheet: _Sheet, article: Article, lost: Sequence[Highlight]) -> None:
    if article.note:
        sheet.gap(FOOT)
        _words(sheet, _("Your note"), "heading", FOOT)
        run = run_of((Span(article.note),), "note", Links())
        sheet.run(run, FOOT, first=f"{signs.NOTE} ", rest="  ", role="note")
    if lost:
        sheet.gap(FOOT)
        _words(sheet, _("Highlights that are no longer in the text"), "heading", FOOT)
    for one in lost:
        run = run_of((Span(one.quote),), "quote", Links())
        sheet.run(run, FOOT, first=f"{signs.BAR} ", rest=f"{signs.BAR} ", role="quote sign")
        if one.comment:
            _remark(sheet, one.comment, FOOT)
    links = list(sheet.links)
    if article.summary.url:
        sheet.gap(FOOT)
        _words(sheet, article.summary.url, "address", FOOT)
    if links:
        sheet.gap(FOOT)
    for number, href in enumerate(links, start=1):
        first = f"[{number}] "
        run = run_of((Span(href),), "address", Links())
        sheet.run(run, FOOT, first=first, rest=" " * len(first), role="number")


def _hit_lines(lines: Sequence[Line]) -> tuple[int, ...]:
    """The line of each hit, by number: the first line it stands on."""
    return tuple(line for _, line in sorted(_first_seen(lines)))


def _first_seen(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    seen: set[int] = set()
    for number, line in enumerate(lines):
        for part in line.parts:
            if part.hit >= 0 and part.hit not in seen:
                seen.add(part.hit)
                yield part.hit, number


def plain_lines(page: Page) -> list[str]:
    """The page as text, for looking at it without a terminal."""
    return [plain("".join(part.text for part in line.parts)) for line in page.lines]
