"""A course as a line chart: one SVG that needs no script, no style sheet and no font of its own.

It follows the reader's light or dark scheme, prints, and is told to a screen reader: the whole in
its title and description, each line in a title. Lines differ in colour (Okabe and Ito's, which
the colour-blind tell apart), dash and mark. Fonts are named by language, because one Han character
looks different in Taiwan and in Japan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from math import ceil

from digest.export.courses import Course, merged
from digest.export.scripts import lang_attributes, scripted
from digest.languages.words import ENGLISH, Words
from digest.text import clean_line, display_width, truncate

_WIDTH, _LEFT, _RIGHT, _TOP, _PLOT = 800, 64, 24, 64, 300
_MOST = 8  # lines
_LABELS = 8  # along the time
_TICKS = 5
_POINTS = 60  # periods up to which each has a mark
_LEGEND_ROW = 24
_COLUMN = 7.2  # of a character in the legend
_LONGEST = 44  # columns of a name in the legend
_LIGHT = ("#0072b2", "#d55e00", "#009e73", "#a2427e", "#7a5c00", "#3a7ca5", "#000000", "#6a655b")
_DARK = ("#56b4e9", "#ff9f4a", "#3fd0a4", "#e59ac6", "#f0e442", "#9fd3ff", "#ffffff", "#a29b8c")
_DASHES = ("", "8 4", "2 3", "10 3 2 3", "5 5", "14 4", "1 4", "6 2 2 2")
_MARKS = ("circle", "square", "diamond", "up", "circle", "square", "diamond", "up")

_STYLE = """
svg { color-scheme: light dark; background: #fbf9f4; }
text { fill: #1d1b16; font: 13px system-ui, "Noto Sans", "Noto Sans CJK TC", sans-serif; }
text:lang(zh) { font-family: "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC",
  "Microsoft JhengHei", sans-serif; }
text:lang(ja) { font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic",
  sans-serif; }
.title { font-size: 17px; font-weight: 600; }
.quiet { fill: #6a655b; }
.grid { stroke: #d8d2c4; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
"""
_DARK_STYLE = """
svg { background: #1b1a17; }
text { fill: #e4e0d6; }
.quiet { fill: #a29b8c; }
.grid { stroke: #45413a; }
"""


def line_chart(found: Course, title: str, words: Words = ENGLISH) -> str:
    """A whole SVG document; more than eight series are drawn as seven and the others as one."""
    shown = merged(found, _MOST, words.gettext("other"))
    names = list(shown.series)
    legend, rows = _legend(names, words)
    height = _TOP + _PLOT + 48 + rows * _LEGEND_ROW
    step, top = _scale(max((max(one, default=0) for one in shown.series.values()), default=0))
    title = clean_line(title, 200)
    label, lang = escape(truncate(title, 80)), scripted(title, words.tag)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"',
        f'{lang_attributes(words.tag)} viewBox="0 0 {_WIDTH} {height}">',
        f'<title id="title"{lang}>{escape(title)}</title>',
        f'<desc id="desc">{escape(_told(shown, words))}</desc>',
        f"<style>{_style(len(names))}</style>",
        f'<text class="title" x="{_LEFT}" y="30"{lang}>{label}</text>',
        _text(words.gettext("Articles"), _LEFT, _TOP - 12, "start"),
        *_levels(step, top),
        *_times(shown.periods),
        *(_line(number, name, shown.series[name], top, words) for number, name in enumerate(names)),
        *legend,
        "</svg>\n",
    ]
    return "\n".join(parts)


def _told(found: Course, words: Words) -> str:
    """The chart in words."""
    if not found.periods:
        return words.gettext("There is nothing to show.")
    span = words.gettext("Articles from {first} to {last}.")
    none = words.gettext("{name}: {n} in all.")
    some = words.gettext("{name}: {n} in all, most in {period} ({most}).")
    said = [span.format(first=found.periods[0], last=found.periods[-1])]
    for name, counts in found.series.items():
        peak = max(counts)
        said.append(
            (some if peak else none).format(
                name=clean_line(name, _LONGEST) or words.gettext("Articles"),
                n=sum(counts),
                period=found.periods[counts.index(peak)],
                most=peak,
            )
        )
    return " ".join(said)


def _style(lines: int) -> str:
    light = "".join(_paint(number, _LIGHT[number]) for number in range(lines))
    dark = "".join(_paint(number, _DARK[number]) for number in range(lines))
    dashes = "".join(
        f".d{number} {{ stroke-dasharray: {dash}; }}\n"
        for number, dash in enumerate(_DASHES[:lines])
        if dash
    )
    night = f"@media (prefers-color-scheme: dark) {{{_DARK_STYLE}{dark}}}\n"
    # On paper it is light whatever the screen is.
    return f"{_STYLE}{light}{dashes}{night.replace('@media ', '@media screen and ')}"


def _paint(number: int, colour: str) -> str:
    return f".c{number} {{ stroke: {colour}; }}\n.f{number} {{ fill: {colour}; }}\n"


def _scale(most: int) -> tuple[int, int]:
    """How far apart the levels are (1, 2, 5, 10, 20, ...), and the highest of them."""
    least = max(most / _TICKS, 1)
    steps = (one * 10**power for power in count() for one in (1, 2, 5))
    step = next(one for one in steps if one >= least)
    return step, step * max(ceil(most / step), 1)


def _levels(step: int, top: int) -> Iterator[str]:
    for level in range(0, top + 1, step):
        y = _y(level, top)
        yield f'<path class="grid" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}"/>'
        yield _text(f"{level:,}", _LEFT - 8, y + 4, "end")


def _times(periods: Sequence[str]) -> Iterator[str]:
    every = max(ceil(len(periods) / _LABELS), 1)
    y = _TOP + _PLOT
    for place in range(0, len(periods), every):
        x = _x(place, len(periods))
        yield f'<path class="grid" d="M{x} {y}v5"/>'
        yield _text(periods[place], x, y + 20, "middle")


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text class="quiet" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(number: int, name: str, counts: Sequence[int], top: int, words: Words) -> str:
    """One line with its marks; what is there once only is a mark alone."""
    places = [(_x(place, len(counts)), _y(many, top)) for place, many in enumerate(counts)]
    points = " ".join(f"{x},{y}" for x, y in places)
    marks = "".join(_mark(number, x, y) for x, y in places) if len(places) <= _POINTS else ""
    label = clean_line(name, 200)
    head = f"<title{scripted(label, words.tag)}>{escape(label)}</title>" if label else ""
    return (
        f'<g>{head}<polyline class="line c{number} d{number}" points="{points}"/>'
        f'<g class="f{number}">{marks}</g></g>'
    )


def _mark(number: int, x: float, y: float) -> str:
    match _MARKS[number]:
        case "square":
            return f'<path d="M{x - 3:g} {y - 3:g}h6v6h-6z"/>'
        case "diamond":
            return f'<path d="M{x} {y - 4:g}l4 4-4 4-4-4z"/>'
        case "up":
            return f'<path d="M{x} {y - 4:g}l4 7h-8z"/>'
        case _:
            return f'<circle cx="{x}" cy="{y}" r="3"/>'


def _legend(names: Sequence[str], words: Words) -> tuple[list[str], int]:
    """The names beside a piece of their lines, in rows; one series without a name needs none."""
    if list(names) in ([], [""]):
        return [], 0
    parts: list[str] = []
    x, row = float(_LEFT), 0
    for number, name in enumerate(names):
        shown = truncate(clean_line(name, 200), _LONGEST) or words.gettext("unknown")
        width = 46 + display_width(shown) * _COLUMN + 20
        if x > _LEFT and x + width > _WIDTH - _RIGHT:
            x, row = float(_LEFT), row + 1
        y, lang = _TOP + _PLOT + 52 + row * _LEGEND_ROW, scripted(shown, words.tag)
        parts.append(
            f'<path class="line c{number} d{number}" d="M{x:g} {y - 4}h36"/>'
            f'<g class="f{number}">{_mark(number, x + 18, y - 4)}</g>'
            f'<text x="{x + 44:g}" y="{y}"{lang}>{escape(shown)}</text>'
        )
        x += width
    return parts, row + 1


def _x(place: int, number: int) -> float:
    wide = _WIDTH - _LEFT - _RIGHT
    return round(_LEFT + wide * (place / (number - 1) if number > 1 else 0.5), 1)


def _y(value: int, top: int) -> float:
    return round(_TOP + _PLOT * (1 - value / top), 1)
