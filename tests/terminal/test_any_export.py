"""Whatever stands in any field from outside: no file that is written steers what opens it.

`FIELDS=20` in the environment draws so many libraries instead of two.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import tempfile
import zipfile
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.cli.program import Program
from tests.terminal.test_any_field import articles, check, hostile, in_toml

EXAMPLES = int(os.environ.get("FIELDS", "2"))
EXPORTS = ("md", "json", "csv", "bib", "ris", "csl", "epub")
BRIEFS = ("md", "html", "epub", "json", "eml")
TALK: tuple[tuple[str, ...], ...] = (
    ("feeds", "export"),
    ("-v", "fetch"),
    ("feeds", "check"),
    ("stats", "--json"),
)
FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(articles, st.lists(hostile, min_size=4, max_size=4))
def test_no_export_steers_what_opens_it(pieces: list[dict[str, object]], names: list[str]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="digest-any-"))
    try:
        go_through(folder, pieces, names)
    finally:
        shutil.rmtree(folder)


def go_through(folder: Path, pieces: list[dict[str, object]], names: list[str]) -> None:
    home, out = folder / "home", folder / "out"
    home.mkdir()
    out.mkdir()
    feed, view, note, tag = names
    (home / "config.toml").write_text(
        "[search]\nmeaning = false\n"
        f'[[feeds]]\nurl = "http://127.0.0.1:9/feed"\nname = {in_toml(feed)}\n'
        f'[[views]]\nname = {in_toml(view)}\nquery = "words"\n',
        encoding="utf-8",
    )
    digest = Program(home)
    source = folder / "a.jsonl"
    lines = [json.dumps({**one, "text": f"{one['text']} {'words ' * 40}"}) for one in pieces]
    source.write_text("\n".join(lines), encoding="utf-8")
    digest.good("add", str(source))
    for ident in ("1", "2"):
        digest("note", ident, "--text", note.replace("\0", ""))
    digest("tag", f"+{tag}".replace("\0", ""), "--", "words")
    made: list[tuple[str, ...]] = [
        ("export", "", "-o", str(out / f"export.{ending}")) for ending in EXPORTS
    ]
    made += [
        ("brief", "--since", "900d", "--lang", lang, "-o", str(out / f"brief-{lang}.{ending}"))
        for ending in BRIEFS
        for lang in ("en", "ja")
    ]
    made += [("stats", "--split", "feed", "--format", "svg", "-o", str(out / "chart.svg"))]
    made += [("stats", "words", "--also", view, "--format", "svg", "-o", str(out / "two.svg"))]
    made += [("note", "export", str(out / "notes"))]
    for words in made:
        done = digest.good(*(word.replace("\0", "") for word in words))
        check(f"{done.out}{done.err}".encode(), words)
    for words in TALK:
        done = digest(*words)
        check(f"{done.out}{done.err}".encode(), words)
    for path in sorted(out.rglob("*")):
        if path.is_file():
            look_at(path)
    for path in (out / "notes").iterdir():
        assert re.fullmatch(r"\d+(-[\w-]+)?\.md", path.name), path.name


def look_at(path: Path) -> None:
    data = path.read_bytes()
    if path.suffix == ".epub":
        look_into_book(path)
        return
    if path.suffix == ".eml":
        message = message_from_bytes(data, policy=policy.default)
        check(" ".join(str(value) for value in message.values()).encode(), path.name)
        for part in message.walk():
            if not part.is_multipart():
                check(part.get_content().replace("\r\n", "\n").encode(), path.name)
        return
    text = data.decode("utf-8")
    check(text.replace("\r\n", "\n").removeprefix("\ufeff").encode(), path.name)
    if path.suffix == ".csv":
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
            assert not [cell for cell in row if FORMULA.match(cell)], row
    if path.suffix in {".html", ".svg"}:
        markup_is_still(text, path.name)
    if path.suffix == ".html":
        policy_of = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy_of is not None
        assert unescape(policy_of[1]).startswith("default-src 'none'; ")


def look_into_book(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            assert re.fullmatch(r"[\w-]+(/[\w-]+)*(\.\w+)?", name), name
            text = book.read(name).decode("utf-8")
            check(text.encode(), (path.name, name))
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                etree.fromstring(text.encode())
            if name.endswith(".xhtml"):
                markup_is_still(text, name)


def markup_is_still(markup: str, where: str) -> None:
    """No element or attribute of it does anything; the words of strangers are text."""
    for element in etree.HTML(markup.encode()).iter(etree.Element):
        assert element.tag not in {"script", "iframe", "object", "embed", "form", "base"}, where
        for key, given_value in element.attrib.items():
            name, value = str(key), str(given_value)
            assert not name.lower().startswith("on"), (where, name)
            assert not value.strip().lower().startswith(("javascript:", "file:")), (where, value)
            if name in {"href", "src"}:
                assert not value.lower().startswith("data:text"), (where, value)
