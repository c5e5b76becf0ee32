"""Strangers put escape sequences and markup into every field; the terminal gets only our own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.ingest.server import NewsServer
from tests.terminal.pseudo import Terminal

# Window title, clipboard, colour, cursor, 8-bit CSI, a device control string, bidi, a bell.
ATTACKS = (
    "\x1b]0;PWNED\x07"
    "\x1b]52;c;UFdORUQ=\x07"
    "\x1b[31;5mPWNED\x1b[0m"
    "\x1b[2J\x1b[1;1H"
    "\x9b31mPWNED\x9d0;PWNED\x9c"
    "\x1bP+q544e\x1b\\"
    "\u202ePWNED\u2066\u200f"
    "\x07\x08\x7f"
)
MARKUP = "[red]loud[/red] [@click=app.quit]press[/] [link=file:///etc/passwd]x[/link]"
FORBIDDEN = (
    re.compile(rb"\x1b\][^\x1b\x07]*PWNED"),
    re.compile(rb"\x1b\]52"),
    re.compile(rb"\x1b\[31;5m"),
    re.compile(rb"\x1bP\+q"),
    re.compile(b"\xc2[\x80-\x9f]"),
    re.compile("[\u202a-\u202e\u2066-\u2069]".encode().replace(b"[", b"(?:").replace(b"]", b")")),
    re.compile(rb"\x1b\]8;[^\x1b\x07]*file:"),
)
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
SAFE_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def hostile(word: str) -> str:
    return f"{word} {ATTACKS} {MARKUP}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library into which hostile articles came through every door."""
    folder = tmp_path / "home"
    folder.mkdir()
    with NewsServer() as server:
        in_xml = escape(SAFE_FOR_XML.sub("", hostile("Feedtitle")))
        page = (
            f"<html><head><title>{hostile('Pagetitle')}</title>"
            f'<meta name="author" content="{hostile("Author")}"></head><body><article>'
            f"<h1>{hostile('Headline')}</h1>"
            + f"<p>{hostile('Body')} 台灣 <a href='https://a.example/\x1b]0;PWNED\x07'>{hostile('Link')}</a>"
            "</p>" * 6 + "</article></body></html>"
        )
        server.route("/page.html", page.encode(), content_type="text/html; charset=utf-8")
        feed = (
            f"<rss version='2.0'><channel><title>{in_xml}</title><item><title>{in_xml}</title>"
            f"<link>{server.url('/page.html')}</link><author>{in_xml}</author>"
            f"<category>{in_xml}</category></item></channel></rss>"
        )
        server.route("/feed.xml", feed.encode(), content_type="application/rss+xml; charset=utf-8")
        name = json.dumps(f"Feedname {MARKUP}")
        (folder / "config.toml").write_text(
            f"[fetch]\nallow_private = true\n[[feeds]]\nurl = {json.dumps(server.url('/feed.xml'))}"
            f"\nname = {name}\n",
            encoding="utf-8",
        )
        with Terminal(folder, "fetch") as terminal:
            assert terminal.to_the_end() == 0, terminal.text().strip()
            check(terminal.received)
    line = {
        "title": hostile("Added"),
        "text": hostile("台灣 text")
        * 5
        + " Ferries between Keelung and Naha sail again from Friday, the harbour office said, after"
        " a winter in which fog, repairs and a missing pilot had kept the only boat of the line"
        " tied up at the pier while its crew painted whatever would hold paint.",
        "author": hostile("Writer"),
        "feed": hostile("Outlet"),
        "tags": [hostile("tag")],
        "url": f"https://a.example/{ATTACKS}",
    }
    source = tmp_path / "\x1b]0;PWNED\x07lines.jsonl"
    source.write_text(json.dumps(line) + "\nno json " + ATTACKS, encoding="utf-8")
    with Terminal(folder, "add", str(source)) as terminal:
        assert terminal.to_the_end() == 1, terminal.text().strip()
        check(terminal.received)
    return folder


def check(received: bytes) -> None:
    for forbidden in FORBIDDEN[:5]:
        assert forbidden.search(received) is None, forbidden.pattern
    assert FORBIDDEN[6].search(received) is None
    assert BIDI.search(received.decode("utf-8", "replace")) is None


COMMANDS = (
    ("search", "台灣"),
    ("search", "--json", "台灣"),
    ("search", hostile("query")),
    ("show", "1"),
    ("show", "2"),
    ("show", "1", "--format", "md"),
    ("show", "1", "--format", "html"),
    ("show", "2", "--format", "json"),
    ("feeds", "list"),
    ("feeds", "check"),
    ("stats",),
    ("doctor",),
    ("config", "show"),
    ("export", "", "--format", "csv"),
    ("add", f"/nowhere/{ATTACKS}"),
    ("tag", f"+{ATTACKS}x", "--", "台灣"),
    (f"{ATTACKS}",),
)


def test_no_command_passes_a_strangers_bytes_on(home: Path) -> None:
    for words in COMMANDS:
        with Terminal(home, *(word.replace("\x00", "") for word in words)) as terminal:
            terminal.to_the_end()
            check(terminal.received)
            assert terminal.received.strip(), words


def test_the_desk_shows_markup_as_text_and_no_strangers_bytes(home: Path) -> None:
    with Terminal(home, columns=200, lines=50) as terminal:
        terminal.until_shows("Added")
        terminal.until_shows("1 of 2")
        terminal.press("G\r")
        terminal.until_shows("Body", "h back")
        terminal.press("hgg\r")
        terminal.until_shows("1 of 2", "winter in which fog", "h back")
        terminal.press("/台灣\r")
        terminal.until_shows("台灣", " 2 hits", "[red]loud[/red]", "1 of 2")
        terminal.press("\x1b")
        terminal.until(lambda text: " 2 hits" not in text, "the list without the search")
        terminal.press("?")
        terminal.until_shows("Moving")
        terminal.press("\x1b")
        terminal.until(lambda text: "Moving" not in text, "the desk without its help")
        terminal.press("qqq")
        assert terminal.to_the_end() == 0
        check(terminal.received)
        title_and_more = re.findall(rb"\x1b\](\d+);", terminal.received)
        assert set(title_and_more) <= {b"0", b"2", b"8", b"22"}
