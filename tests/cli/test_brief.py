"""`digest brief`: what a reader hands on."""

from __future__ import annotations

import email
import email.policy
import json
import re
import sqlite3
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from lxml import html

from digest.cli.app import run
from digest.stories.briefs import sentences
from tests.cli.conftest import CHIPS, KAIDAN, LAI
from tests.cli.program import Program, Screen


def test_json_has_the_stories_with_quotes_out_of_their_articles(digest: Program) -> None:
    made = digest.good("brief", "--since", "100y", "--format", "json").json
    assert set(made) == {"from", "to", "stories"}
    seen = {one["id"] for story in made["stories"] for one in story["articles"]}
    assert {CHIPS, LAI, KAIDAN} <= seen
    for story in made["stories"]:
        for quote in story["quotes"]:
            shown = digest.good("show", str(quote["id"]), "--format", "json").json
            assert quote["text"] in shown["text"]
        assert story["quotes"]


def test_the_page_names_languages_and_runs_nothing(digest: Program) -> None:
    page = digest.good("brief", "--since", "100y", "--format", "html").out
    tree = html.fromstring(page.encode())
    assert {one.get("lang") for one in tree.iter("blockquote")} == {"en", "zh-Hant", "ja"}
    assert not list(tree.iter("script", "img", "link"))
    assert "default-src &#x27;none&#x27;" in page


def test_a_named_brief_is_a_mail_and_marks_what_is_new(digest: Program) -> None:
    copy = digest.home / "sent.eml"
    script = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
    words = ", ".join(f"'{one}'" for one in (sys.executable, "-c", script, "{file}", str(copy)))
    (digest.home / "config.toml").write_text(
        f'[[briefs]]\nname = "m"\nsince = "100y"\nformat = "eml"\nto = "me@post.example"\n'
        f"command = [{words}]\n"
    )
    digest.good("brief", "@m")
    sent = email.message_from_bytes(copy.read_bytes(), policy=email.policy.default)
    assert sent["To"] == "me@post.example"
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
    assert digest("brief", "@none").code == 2
    assert "(new)" not in sent.as_string()
    text = "A new tunnel near Hualien was opened on Monday by the railway."
    digest.good("add", "-", stdin=json.dumps({"title": "Tunnel opened", "text": text}))
    digest.good("brief", "@m", "--format", "md")
    assert "### Tunnel opened (new)" in copy.read_text(encoding="utf-8")


def test_a_command_that_fails_is_told_in_a_line_and_the_brief_counts_as_not_sent(
    digest: Program,
) -> None:
    failing = f"command = ['{sys.executable}', '-c', 'raise SystemExit(3)', '{{file}}']\n"
    (digest.home / "config.toml").write_text(f'[[briefs]]\nname = "m"\n{failing}')
    for _ in range(2):
        done = digest("brief", "@m", "--since", "100y", "--format", "md")
        assert done.code == 1
        assert "ended with 3" in done.err
        [written] = digest.home.rglob("brief*.md")
        assert "(new)" not in written.read_text(encoding="utf-8")
        written.unlink()


def storyless(digest: Program) -> None:
    with sqlite3.connect(digest.home / "library.db") as db:
        db.execute("UPDATE articles SET story_id = NULL")
    db.close()


def test_a_terminal_shows_how_far_a_brief_is(digest: Program, tmp_path: Path) -> None:
    storyless(digest)
    words = ("brief", "--since", "100y", "-o", str(tmp_path / "brief.md"))
    drawn = digest(*words, terminal=True)
    assert re.search(r"\rgathering \[#+-*\] 4/4 articles, (\d)/\1 stories", drawn.err)
    assert re.search(r"\r\d stories in .*brief.md\n$", drawn.err)
    assert drawn.out == ""
    assert "gathering" not in digest.good(*words).err


def test_ctrl_c_leaves_the_file_and_the_library_as_they_were(
    digest: Program, tmp_path: Path
) -> None:
    class Interrupting(Screen):
        """A terminal at which Ctrl-C is pressed once the first story is read."""

        def write(self, text: str) -> int:
            if "4/4 articles, " in text:
                raise KeyboardInterrupt
            return super().write(text)

    storyless(digest)
    target = tmp_path / "brief.md"
    target.write_text("yesterday's", encoding="utf-8")
    with patch.object(sys, "stderr", Interrupting(terminal=True)):
        words = ["--home", str(digest.home), "brief", "--since", "100y", "-o", str(target)]
        assert run(words, digest._desk) == 130
    assert target.read_text(encoding="utf-8") == "yesterday's"
    assert {one.name for one in tmp_path.iterdir()} == {"home", "brief.md"}
    with sqlite3.connect(digest.home / "library.db") as db:
        (kept,) = db.execute("SELECT count(*) FROM articles WHERE story_id IS NOT NULL").fetchone()
    db.close()
    assert kept == 4
    digest.good("brief", "--since", "100y", "-o", str(target))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr. Lai met the U.S. envoy. They spoke.", ["Mr. Lai met the U.S. envoy.", "They spoke."]),
        ("他說：「好。走吧。」然後離開。結束。", ["他說：「好。走吧。」", "然後離開。", "結束。"]),
        ("会談した。合意はない。", ["会談した。", "合意はない。"]),
    ],
)
def test_sentences_are_told_apart(text: str, found: list[str]) -> None:
    assert sentences(text) == found
