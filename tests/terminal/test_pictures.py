"""Which terminals pictures are shown in, as the real program finds out by asking."""

from pathlib import Path

import pytest

from tests.terminal.pseudo import Terminal
from tests.tui.desk import fill

GRAPHICS = {b"\x1b[c": b"\x1b[?62c", b"\x1b_G": b"\x1b_Gi=1;OK\x1b\\"}
FIGURE = '<figure><img src="http://127.0.0.1:9/a.png"><figcaption>The ferry</figcaption></figure>'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pictures") / "library"
    text = f"<article><p>{'The ferry sails again. ' * 20}</p>{FIGURE}</article>"
    fill(home, [{"title": "A ferry", "html": text, "lang": "en"}])
    return home


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("kitty(0.26.5)", False),
        ("kitty(0.28.0)", True),
        ("kitty(1.2.0)", True),
        ("ghostty 1", True),
    ],
)
def test_a_kitty_that_would_show_boxes_is_told_apart(library: Path, name: str, shown: bool) -> None:
    answers = {**GRAPHICS, b"\x1b[>q": f"\x1bP>|{name}\x1b\\".encode()}
    environ = {"COLORTERM": "truecolor"}
    with Terminal(library, environ=environ, answers=answers) as terminal:
        terminal.until_shows("1 of 1")
        terminal.press("\r")
        terminal.until_shows("[Figure] The ferry")
        terminal.press("P")
        if shown:
            terminal.until_shows("Picture 1 of 1")
        else:
            terminal.until_shows("Pictures need kitty 0.28 or", f"this is {name[6:10]}")
