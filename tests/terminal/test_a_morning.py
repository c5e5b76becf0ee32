"""A morning with the real program: first start, fetch, tag, note, leave, and find it again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ingest.server import NewsServer
from tests.terminal.pseudo import Terminal
from tests.tui.desk import fill

ITEM = (
    "<item><title>{title}</title><link>{link}</link><description>{text}</description>"
    "<pubDate>Sun, 22 Nov 2026 0{n}:00:00 GMT</pubDate></item>"
)
STORIES = (
    ("熊本の新工場が稼働", "熊本で半導体の新しい工場が動き始めた。"),
    ("基隆那霸渡輪復航", "基隆與那霸之間的渡輪恢復航行。"),
    ("Ferry sails again", "The ferry between Keelung and Naha sails again."),
)


def feed(server: NewsServer) -> bytes:
    items = "".join(
        ITEM.format(title=title, text=text * 12, link=server.url(f"/{n}"), n=n)
        for n, (title, text) in enumerate(STORIES)
    )
    return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()


def test_from_first_start_to_tagged_noted_and_found_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with NewsServer() as server:
        server.route("/feed", feed(server), content_type="application/rss+xml; charset=utf-8")
        (home / "config.toml").write_text(
            "[fetch]\nallow_private = true\nfull_text = false\n"
            f"[[feeds]]\nurl = {json.dumps(server.url('/feed'))}\nname = 'Wire'\n",
            encoding="utf-8",
        )
        with Terminal(home, columns=80, lines=24) as terminal:
            terminal.until_shows("The library is empty. What first?")
            terminal.press("f")
            terminal.until_shows("熊本の新工場が稼働", "Ferry sails again")
            terminal.press("G")
            terminal.until_shows("3 of 3")
            terminal.press("t")
            terminal.until_shows("No tags yet")
            terminal.press("chips\r")
            terminal.until_shows("#chips")
            terminal.press("\r")
            terminal.until_shows("新しい工場が動き始めた")
            terminal.press("a")
            terminal.until_shows("Note")
            terminal.press("工場を確認")
            terminal.until_shows("Note, saved")
            terminal.press("\x1b")
            terminal.until_shows("Your note", "工場を確認")
            # Full-width keys, as an input method in direct mode sends them.
            terminal.press("ｑ")
            terminal.until_shows("of 3")
            terminal.press("q")
            assert terminal.to_the_end() == 0
    with Terminal(home, columns=80, lines=24) as terminal:
        terminal.until_shows("Ferry sails again")
        terminal.press("/")
        terminal.until(lambda text: text.startswith("/"), "the search box")
        terminal.press("tag:chips note:確認")
        terminal.until_shows("1 hit")

        def opened(text: str) -> bool:
            if "Your note" in text:
                return True
            terminal.press("\r")  # the first one leaves the box, the second opens; more do nothing
            return False

        terminal.until(opened, "the article")
        terminal.until_shows("工場を確認")
        terminal.press("q")
        terminal.until(lambda text: "Your note" not in text, "the list")
        terminal.press("\x1b")
        terminal.until(lambda text: "tag:chips" not in text, "the list without the search")
        terminal.press("q")
        assert terminal.to_the_end() == 0


def test_keys_that_come_all_at_once_keep_their_order(tmp_path: Path) -> None:
    home = tmp_path / "library"
    fill(home)
    with Terminal(home) as terminal:
        terminal.until_shows("1 of 5")
        terminal.press(":tag +x\rj:tag +y\r")
        terminal.until_shows("#x", "#y", "2 of 5")
        terminal.press("/chip\rl\x1bG")  # Escape and G are Alt-G to a terminal
        terminal.until_shows("1 of 1", "/ chip")
        terminal.press("\x1b")
        terminal.until_shows("2 of 5")
        terminal.press("/none\x1b:")  # and Escape and a sign are one sequence
        terminal.until(lambda text: "\n :\n" in text and "none" not in text, "the command line")
        terminal.press("\x1b/")
        terminal.until(lambda text: "\n :\n" not in text and text[0] == "/", "the search box")
        terminal.press("\x1b")
        terminal.until_shows("2 of 5")
        terminal.press("/none\x1bG")
        terminal.until_shows("5 of 5")
