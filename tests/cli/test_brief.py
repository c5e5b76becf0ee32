"""`digest brief`: what a reader hands on."""

from __future__ import annotations

import email
import email.policy
import json
import sys

import pytest
from lxml import html

from digest.stories.briefs import sentences
from tests.cli.conftest import CHIPS, KAIDAN, LAI
from tests.cli.program import Program


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
