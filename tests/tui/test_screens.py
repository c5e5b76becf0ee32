"""Layouts, help, palette, commands, welcome, themes, keys of one's own, trouble."""

import threading
import unicodedata
import webbrowser
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from digest.config.settings import Config, Feed, Fetch, Ui
from digest.errors import LibraryNewer
from digest.library import Library
from digest.tui.app import DeskApp
from digest.tui.screens.help import HelpScreen
from digest.tui.screens.welcome import WelcomeScreen
from tests.tui.desk import AT_ONCE, NEVER_READ, NOW, fill, open_desk


async def test_wide_shows_three_panes(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        for widget in (desk.screen.sidebar, desk.screen.articles, desk.screen.reader):
            assert widget.size.width > 20
        assert desk.screen.sidebar.size.width + desk.screen.articles.size.width < 120
        await desk.press("b")
        assert not desk.screen.sidebar.size.width


async def test_middle_has_the_sidebar_on_b(home: Path) -> None:
    async with open_desk(home, size=(120, 40)) as desk:
        assert not desk.screen.sidebar.size.width
        assert desk.screen.articles.size.width + desk.screen.reader.size.width == 120
        await desk.press("b")
        assert desk.screen.sidebar.size.width > 20


async def test_narrow_shows_one_pane_at_a_time(home: Path) -> None:
    async with open_desk(home, size=(80, 24)) as desk:
        screen = desk.screen
        assert screen.articles.size.width == 80
        await desk.press("b")
        assert screen.sidebar.size.width == 80
        await desk.press("j", "enter")
        assert screen.articles.size.width == 80
        assert screen.status.words.startswith("Today")
        await desk.press("enter")
        assert screen.reader.size.width == 80
        await desk.press("h")
        assert screen.articles.size.width == 80


async def test_resizing_keeps_the_place(home: Path) -> None:
    async with open_desk(home, size=(200, 30), timing=NEVER_READ) as desk:
        await desk.press("enter", "space")
        place = desk.screen.reader.place
        assert place.block > 0
        for size in ((80, 24), (120, 40), (200, 30)):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            assert desk.screen.pane == "reader"
            assert desk.screen.focused is desk.screen.reader
            assert abs(desk.screen.reader.place.block - place.block) <= 1
        await desk.press("h")
        assert desk.screen.articles.cursor == 0


async def test_markup_and_brackets_are_shown_as_they_are(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        await desk.press("j", "j", "j", "enter")
        text = desk.text
        assert text.count("[red]markup[/red] and [@click=app.quit]a link[/]") >= 1
        assert "Text with [b]brackets[/b] in it." in text
        await desk.press("t")
        assert "A title with [red]markup[/red]" in desk.text


async def test_help_lists_every_key_and_can_be_searched(home: Path) -> None:
    async with open_desk(home, size=(120, 40)) as desk:
        await desk.press("?")
        assert isinstance(desk.app.screen, HelpScreen)
        assert "Next article" in desk.text
        await desk.type("citation")
        assert "Copy a citation" in desk.text
        assert ":article.copy_citation" in desk.text
        assert "Next article" not in desk.text
        await desk.press("escape")
        assert not isinstance(desk.app.screen, HelpScreen)


async def test_the_palette_has_the_actions(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("ctrl+p")
        await desk.type("star")
        await desk.until(lambda: "Star, or take the star away" in desk.text)
        await desk.press("enter")
        await desk.until(lambda: len(desk.library.matching("is:starred")[0]) == 1)


@pytest.mark.parametrize("typed", ["article.star", "star"])
async def test_commands_by_name(home: Path, typed: str) -> None:
    async with open_desk(home) as desk:
        await desk.press("：")
        await desk.type(typed)
        await desk.press("enter")
        assert len(desk.library.matching("is:starred")[0]) == 1


async def test_an_unknown_command_names_the_nearest(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press(":")
        await desk.type("fetsh.all")
        await desk.press("enter")
        assert any("fetch.all" in toast for toast in desk.toasts)
        await desk.press("j")
        assert desk.screen.articles.cursor == 1


async def test_themes_change_live(home: Path) -> None:
    async with open_desk(home, config=Config(ui=Ui(theme="night"))) as desk:
        assert desk.app.theme == "night"
        before = desk.app.export_screenshot()
        await desk.press(":")
        await desk.type("theme contrast")
        await desk.press("enter")
        assert desk.app.theme == "contrast"
        assert desk.app.export_screenshot() != before


async def test_keys_of_ones_own(home: Path) -> None:
    config = Config(keys={"article.star": "f", "list.bottom": "z z"})
    async with open_desk(home, config=config) as desk:
        await desk.press("f")
        assert len(desk.library.matching("is:starred")[0]) == 1
        await desk.press("s", "z", "z")
        assert len(desk.library.matching("is:starred")[0]) == 1
        assert desk.screen.articles.cursor == 4
        assert any("reader.zoom" in toast for toast in desk.toasts)
        await desk.press("j", "n")
        assert desk.screen.articles.cursor == 4


async def test_the_newsboat_preset(home: Path) -> None:
    async with open_desk(home, config=Config(ui=Ui(keys="newsboat"))) as desk:
        await desk.press("n", "n", "p")
        assert desk.screen.articles.cursor == 1
        await desk.press("N")
        assert len(desk.library.matching("is:read")[0]) == 1


async def test_an_empty_library_is_welcomed_and_a_file_added(tmp_path: Path) -> None:
    source = tmp_path / "report.txt"
    source.write_text("Ties deepen\n\nTaiwan and Japan signed a paper.\n", encoding="utf-8")
    async with open_desk(tmp_path / "library", size=(80, 24)) as desk:
        assert isinstance(desk.app.screen, WelcomeScreen)
        assert "Fetch now" in desk.text
        assert "sample edition" in desk.text
        await desk.press("a")
        await desk.type(str(source))
        await desk.press("enter")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 1)
        assert "Ties deepen" in desk.text


async def test_the_welcome_leads_to_the_sample_edition(tmp_path: Path) -> None:
    async with open_desk(tmp_path / "library") as desk:
        await desk.press("s")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) >= 20)
        assert any("sample edition" in toast for toast in desk.toasts)
        # The library itself stays empty.
        assert desk.library.home != tmp_path / "library"
        with Library.open(tmp_path / "library", Config()) as own:
            assert own.counts().all == 0


async def test_a_library_that_cannot_be_opened_ends_the_desk(tmp_path: Path) -> None:
    def opener() -> Library:
        raise LibraryNewer("the library is newer; update the program")

    app = DeskApp(opener, now=lambda: NOW, timing=AT_ONCE)
    async with app.run_test(size=(80, 24)) as pilot:
        while not app._exit:
            await pilot.pause()
    app.close_library()
    assert app.return_value == 3
    assert "newer" in str(app.failure)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Local</title>
<item><title>Fetched inside the desk</title><link>{base}/page</link>
<description>Taiwan and Japan agreed on something, says the feed.</description>
<pubDate>Sun, 22 Nov 2026 02:00:00 GMT</pubDate></item></channel></rss>"""


class _Site(BaseHTTPRequestHandler):
    hold: threading.Event

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        if self.path == "/slow.xml":
            self.hold.wait(20)
        body = RSS.format(base=base).encode() if self.path.endswith(".xml") else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


@pytest.fixture
def site() -> Iterator[tuple[str, threading.Event]]:
    hold = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Site", (_Site,), {"hold": hold}))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", hold
    hold.set()
    server.shutdown()
    thread.join()
    server.server_close()


def feeds(*urls: str) -> Config:
    return Config(
        fetch=Fetch(allow_private=True, full_text=False, timeout=5),
        feeds=tuple(Feed(url=url, name=f"Feed {n}") for n, url in enumerate(urls)),
    )


async def test_fetching_brings_articles_and_the_cursor_stays(
    home: Path, site: tuple[str, threading.Event]
) -> None:
    async with open_desk(home, config=feeds(f"{site[0]}/feed.xml")) as desk:
        await desk.press("j")
        here = desk.screen.articles.current
        await desk.press("R")
        await desk.until(lambda: not desk.screen.fetching.running)
        await desk.until(lambda: "Fetched inside the desk" in desk.text)
        assert desk.screen.articles.current == here
        assert any("1 new article" in toast for toast in desk.toasts)
        assert not desk.screen.fetch_bar.display


async def test_a_fetch_can_be_stopped(home: Path, site: tuple[str, threading.Event]) -> None:
    base, hold = site
    async with open_desk(home, config=feeds(f"{base}/slow.xml")) as desk:
        await desk.pilot.press("R")
        await desk.pilot.pause()
        assert desk.screen.fetching.running
        assert desk.screen.fetch_bar.display
        await desk.pilot.press("R")
        await desk.pilot.pause()
        hold.set()
        await desk.until(lambda: not desk.screen.fetching.running)
        assert any(toast.startswith("Stopped") for toast in desk.toasts)


async def test_keys_go_on_while_a_page_is_added(
    home: Path, site: tuple[str, threading.Event]
) -> None:
    base, hold = site
    async with open_desk(home, config=feeds()) as desk:
        desk.screen.fetching.add([f"{base}/slow.xml"])
        await desk.pilot.press("s")
        while not desk.library.counts().starred:
            await desk.pilot.pause(0.02)
        assert not any("slow.xml: " in toast for toast in desk.toasts)
        hold.set()
        await desk.until(lambda: any("slow.xml: " in toast for toast in desk.toasts))


async def test_a_feed_that_fails_is_a_toast_and_a_mark(
    home: Path, site: tuple[str, threading.Event]
) -> None:
    config = feeds(f"{site[0]}/nothing")
    async with open_desk(home, size=(200, 50), config=config) as desk:
        await desk.press("R")
        await desk.until(lambda: not desk.screen.fetching.running)
        await desk.until(lambda: any("could not be fetched" in toast for toast in desk.toasts))
        await desk.until(lambda: any(entry.trouble for entry in desk.screen.sidebar.entries))


async def test_fetching_one_feed_and_an_article_again(
    home: Path, site: tuple[str, threading.Event]
) -> None:
    config = feeds(f"{site[0]}/feed.xml", f"{site[0]}/other.xml")
    async with open_desk(home, size=(200, 50), config=config) as desk:
        await desk.press("ctrl+r")
        assert any("Island Post" in toast for toast in desk.toasts)
        assert not desk.screen.fetching.running
        entries = desk.screen.sidebar.entries
        at = next(at for at, entry in enumerate(entries) if entry.title == "Feed 0")
        while desk.screen.sidebar.at < at:
            await desk.press("J")
        await desk.press("ctrl+r")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 1)
        states = {one.feed.name: one.state.checked for one in desk.library.feeds()}
        assert states["Feed 0"] is not None
        assert states["Feed 1"] is None
        await desk.press("x")
        await desk.until(lambda: not desk.screen.fetching.running)


async def test_colours_are_left_out_when_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_desk(home) as desk:
        assert desk.app.no_color
        await desk.press("j", "s")
        row = next(line for line in desk.lines() if line.startswith("›"))
        assert "◉" in row
        assert "✦" in row


async def test_no_unlucky_sign_stands_in_rows(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        await desk.press("s", "v", "j")
        drawn = [desk.screen.articles.render_line(y).text for y in range(20)]
        drawn += [desk.screen.sidebar.render_line(y).text for y in range(20)]
        signs = {sign for line in drawn for sign in line}
        assert {sign for sign in signs if unicodedata.east_asian_width(sign) == "A"} == set()


async def test_links_of_an_article_are_opened_by_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browser(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browser)
    html = "<p>A long enough sentence about <a href='https://a.example/paper'>the paper</a>.</p>"
    fill(tmp_path / "library", [{"title": "Linked", "html": html, "url": "https://e.example/1"}])
    async with open_desk(tmp_path / "library") as desk:
        await desk.press("enter")
        await desk.until(lambda: bool(desk.screen.reader.page.links))
        await desk.press(":")
        await desk.type("link 1")
        await desk.press("enter")
        assert opened == ["https://a.example/paper"]
        await desk.press(":")
        await desk.type("link 9")
        await desk.press("enter")
        assert any("no link 9" in toast for toast in desk.toasts)


async def test_choosing_a_theme_from_the_list(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press(":")
        await desk.type("theme.choose")
        await desk.press("enter")
        await desk.type("night")
        await desk.until(lambda: "night" in desk.text)
        await desk.press("enter")
        await desk.until(lambda: desk.app.theme == "night")


async def test_the_foot_says_what_keys_do_while_something_is_typed(home: Path) -> None:
    async with open_desk(home, size=(80, 24), timing=NEVER_READ) as desk:
        foot = desk.lines()[-1]
        assert "t tag" in foot
        await desk.press("slash")
        await desk.until(lambda: "Enter to the list  Tab complete" in desk.lines()[-1])
        await desk.press("escape", "a")
        await desk.until(lambda: "Esc close the note" in desk.lines()[-1])
        assert "t tag" not in desk.lines()[-1]
        await desk.press("escape", "colon")
        await desk.until(lambda: "Enter done" in desk.lines()[-1])
        await desk.press("escape", "h")
        await desk.until(lambda: desk.lines()[-1] == foot)


async def test_what_a_key_has_done_stands_in_the_place_of_what_the_last_one_had(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("S", "S", "Z", "Z", "s", "ctrl+z", "ctrl+y")
        assert desk.toasts == ["Done again: starred 1 article"]
        desk.screen.say("12 new articles")
        desk.screen.say("A warning", warning=True)
        await desk.press("ctrl+z")
        assert desk.toasts == ["12 new articles", "A warning", "Undone: starred 1 article"]


async def test_a_question_at_the_foot_is_not_covered_by_what_was_told(home: Path) -> None:
    async with open_desk(home, size=(80, 24), timing=NEVER_READ, toasts=True) as desk:
        await desk.press("enter", "v", "H")
        await desk.until(lambda: "c copies it" in desk.text)
        assert "Comment (Enter for none):" in desk.text
