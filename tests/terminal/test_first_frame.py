"""What is on the screen before the desk is loaded."""

from pathlib import Path

from tests.terminal.pseudo import Terminal
from tests.tui.desk import fill


def test_the_first_frame_is_empty_but_for_its_foot(tmp_path: Path) -> None:
    home = tmp_path / "library"
    fill(home)
    with Terminal(home) as terminal:
        terminal.until_shows("1 of 5")
        assert b"Opening the library" in terminal.received
        assert b"middle" not in terminal.received
