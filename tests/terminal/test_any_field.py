"""Whatever stands in any field from outside: a terminal receives what our own rendering makes.

`FIELDS=20` in the environment draws so many libraries instead of one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.config.values import CONTROL
from tests.terminal.pseudo import Terminal

PIECES = (
    *("\x1b", "\x1b[", "\x1b]0;PWNED\x07", "\x1b]52;c;UFdO\x07", "\x1b[2J", "\x1b[31;5m", "\x1bc"),
    *("\x1bP+q544e\x1b\\", "\x1b]8;;file:///etc/passwd\x07", "\x1b[6n", "\x1b[?1049h", "\x1b(0"),
    *("\x9b31m", "\x9d0;PWNED\x9c", "\x90q\x9c", "\x85", "\x84", "\x9f", "\x00", "\x07", "\x08"),
    *("\x0b", "\x0c", "\r", "\n", "\x7f", "\u202e", "\u2066", "\u200f", "\u061c", "\u2028"),
    *("\u200b" * 200, "\u2060" * 50, "\ufeff", "\u00ad", "\U000e0041\U000e0042", "\ufff9"),
    *("Z" + "\u0301" * 300, "\u0489" * 60, "ก็็็็็็็็็็", "\u1160", "\u3164"),
    *(
        "[red]",
        "[/]",
        "[@click=app.quit]x[/]",
        "[link=file:///x]y[/link]",
        "[b",
        "\\[",
        "{x}",
        "%s",
    ),
    *("&#x1b;[31m", "&lt;b&gt;", "<script>", "</title>", "javascript:x", "=1+1", "../../x", "~"),
    *("台灣", "日本", "ﾃｽﾄ", "👩‍👩‍👧", "🇹🇼", " ", "　", "word"),
)
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(
    lambda one: "x" + "".join(one)
)
articles = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("title", "text", "author", "feed", "url"), hostile)
        | {"tags": st.lists(hostile, max_size=3)}
    ),
    min_size=12,
    max_size=12,
)
EXAMPLES = int(os.environ.get("FIELDS", "1"))
# What the command line itself writes: bold, dim and plain; a carriage return for its progress.
OWN = re.compile(r"\x1b\[[012]m|\r")
BIDI = re.compile("[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
STACK = re.compile("[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{5}")
COMMANDS = (
    ("search", "*", "--limit", "50"),
    ("search", "*", "--limit", "50", "--json"),
    ("export", "*", "--format", "csv"),
    ("brief", "--since", "9000d"),
    ("feeds", "list"),
)


def check(received: bytes, where: object) -> None:
    text = OWN.sub("", received.decode("utf-8"))
    steering = {char for char in text if unicodedata.category(char) == "Cc"} - {"\n", "\t"}
    assert not steering, (where, steering, text[:500])
    assert BIDI.search(text) is None, where
    assert STACK.search(text) is None, where
    assert "\u200b" * 5 not in text, where


def in_toml(text: str) -> str:
    """What a configuration may hold: it is refused where there are controls in it."""
    return json.dumps(CONTROL.sub("", text), ensure_ascii=False)


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(articles, st.lists(hostile, min_size=6, max_size=6))
def test_the_terminal_receives_only_our_own(
    pieces: list[dict[str, object]], names: list[str]
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="digest-any-"))
    try:
        go_through(folder, pieces, names)
    finally:
        shutil.rmtree(folder)


def go_through(folder: Path, pieces: list[dict[str, object]], names: list[str]) -> None:
    home = folder / "home"
    home.mkdir()
    feed, view, group, rule, file, outline = names
    (home / "config.toml").write_text(
        "[search]\nmeaning = false\n"
        f'[[feeds]]\nurl = "https://a.example/feed"\nname = {in_toml(feed)}\n'
        f"groups = [{in_toml(group)}]\n"
        f"[[views]]\nname = {in_toml(view)}\nquery = {in_toml(rule)}\n"
        f'[[rules]]\nwhen = {in_toml(rule)}\nthen = ["+seen"]\n',
        encoding="utf-8",
    )
    name = re.sub("[/\0]", "", file)[:40].encode()[:100].decode("utf-8", "ignore")
    source = folder / f"{name}.jsonl"
    lines = [json.dumps({**one, "text": f"{one['text']} {'words ' * 40}"}) for one in pieces]
    source.write_text("\n".join(lines), encoding="utf-8")
    opml = folder / "list.opml"
    text = re.sub("[\x00-\x08\x0b-\x1f]", "", outline).replace("&", "&amp;").replace("<", "&lt;")
    text = text.replace('"', "&quot;")
    opml.write_text(
        f'<opml version="2.0"><body><outline text="{text}"><outline type="rss" text="{text}" '
        f'xmlUrl="https://b.example/{text}"/></outline></body></opml>',
        encoding="utf-8",
    )
    asked: tuple[tuple[str, ...], ...] = (
        ("add", str(source)),
        ("add", str(folder / "none" / name)),
        ("feeds", "import", str(opml)),
        *COMMANDS,
        ("show", "1"),
        ("search", rule),
        ("merge", str(folder / name)),
    )
    for words in asked:
        words = tuple(word.replace("\0", "") for word in words)  # noqa: PLW2901 - no argument can hold it
        with Terminal(home, *words) as terminal:
            code = terminal.to_the_end()
            check(terminal.received, words)
        assert code == 0 or words not in {asked[0], *COMMANDS}, (words, terminal.text())
    log = home / "digest.log"
    if log.exists():
        check(log.read_bytes(), "log")
    with Terminal(home, columns=160, lines=40) as terminal:
        terminal.until(lambda screen: "words" in screen or "x" in screen, "the list")
        terminal.press("j\r")
        terminal.until_shows("words")
        terminal.press("qqq")
        terminal.to_the_end()
        assert b"PWNED\x07" not in terminal.received
        titles = re.findall(rb"\x1b\](\d+);([^\x07\x1b]*)", terminal.received)
        assert {number for number, _ in titles} <= {b"0", b"2", b"8", b"22"}
        assert not any(b"file:" in value or b"PWNED" in value for _, value in titles)
        for steering in (b"\x1b[31;5m", b"\x1b[6n\x1b", b"\x1bc", b"\x1bP+q", b"\x1b(0"):
            assert steering not in terminal.received
        shown = terminal.received.decode("utf-8", "replace")
        assert BIDI.search(shown) is None
        assert STACK.search(shown) is None
        assert not [char for char in shown if "\x80" <= char <= "\x9f"]
