"""What the real program sends to terminals with few colours, or with none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.terminal.pseudo import Terminal
from tests.tui.desk import fill

STYLE = re.compile(rb"\x1b\[([0-9;:]*)m")
MANY = re.compile(rb"[34]8[;:][25]")
SIXTEEN = re.compile(rb"(?:^|;)(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])(?=;|$)")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("colours") / "library"
    fill(home)
    return home


def styles(home: Path, environ: Mapping[str, str]) -> tuple[list[bytes], Terminal]:
    """The styles that were sent while something was starred, selected and helped with."""
    with Terminal(home, environ=environ) as terminal:
        terminal.until_shows("1 of 5")
        terminal.press("jvj")
        terminal.until_shows("2 selected")
        terminal.press("\x1b[B?")
        terminal.until_shows("To the next pane")
        return STYLE.findall(terminal.received), terminal


@pytest.mark.parametrize("term", ["xterm-16color", "linux", "screen", "of-my-own"])
def test_sixteen_colours_are_enough_where_there_are_no_more(library: Path, term: str) -> None:
    sent, _terminal = styles(library, {"TERM": term})
    assert not [one for one in sent if MANY.search(one)]
    assert {part for one in sent for part in one.split(b";")} >= {b"34", b"44", b"107"}


def test_grounds_are_grey_where_there_are_256_colours(library: Path) -> None:
    sent, _terminal = styles(library, {"TERM": "tmux-256color"})
    grounds = {int(found) for one in sent for found in re.findall(rb"48;5;(\d+)", one)}
    assert {231, 254, 255} <= grounds
    assert 230 not in grounds  # the yellow that is nearest to paper


@pytest.mark.parametrize(
    "environ",
    [
        {"NO_COLOR": "1", "COLORTERM": "truecolor"},
        {"TERM": "dumb", "COLORTERM": "truecolor"},
        {"TERM": "vt100"},
    ],
    ids=str,
)
def test_without_colours_none_is_sent_and_the_cursor_is_reversed(
    library: Path, environ: Mapping[str, str]
) -> None:
    sent, _terminal = styles(library, environ)
    assert not [one for one in sent if MANY.search(one) or SIXTEEN.search(one)]
    assert [one for one in sent if b"7" in one.split(b";")]


def test_an_empty_wish_for_no_colours_is_none(library: Path) -> None:
    sent, _terminal = styles(library, {"NO_COLOR": "", "TERM": "vt100", "COLORTERM": "truecolor"})
    assert [one for one in sent if MANY.search(one)]
