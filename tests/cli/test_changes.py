"""A page that its publisher changes: both texts are kept, and the difference is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.ingest.server import NewsServer
from tests.ingest.writing import page


@pytest.fixture
def web() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


@pytest.fixture
def changed(tmp_path: Path, web: NewsServer) -> Program:
    """A library with one article, corrected by its reader, whose page has changed since."""
    home = tmp_path / "library"
    home.mkdir()
    (home / "config.toml").write_text("[fetch]\nallow_private = true\n", encoding="utf-8")
    program = Program(home)
    web.route("/talks", page("Talks", text="The talks in Taipei begin on Friday. " * 4))
    program.good("add", web.url("/talks"))
    program.good("edit", "1", "--title", "My own title")
    web.route("/talks", page("Talks", text="The talks in Taipei begin on Monday. " * 4))
    program.good("fetch", "--refetch", "talks")
    return program


def test_both_texts_are_kept_and_a_correction_stays(changed: Program) -> None:
    shown = changed.good("show", "1", "--format", "json").json
    assert "Monday" in shown["text"]
    assert [list(one) for one in shown["revisions"]] == [["id", "fetched", "title"]]
    assert shown["title"] == "My own title"
    assert "1 earlier texts" in changed.good("show", "1").out


def test_the_change_is_shown_by_words(changed: Program) -> None:
    out = changed.good("show", "1", "--changes").out
    assert "begin on [-Friday-]{+Monday+}." in out
    assert out.count("The talks in Taipei") == 4
    assert "My own title" not in out


def test_an_article_nobody_changed_says_so(digest: Program) -> None:
    done = digest.good("show", "1", "--changes")
    assert done.out == "Its publisher has not changed this text.\n"
    assert digest("show", "1", "--changes", "--json").code == 2


def test_a_headline_alone_that_changed_is_a_change(changed: Program, web: NewsServer) -> None:
    web.route("/talks", page("Talks put off", text="The talks in Taipei begin on Monday. " * 4))
    fetched = changed.good("fetch", "--refetch", "taipei", "--json").json
    assert (fetched["updated"], fetched["duplicates"]) == (1, 0)
    shown = changed.good("show", "1", "--format", "json").json
    assert [one["title"] for one in shown["revisions"]] == ["Talks", "Talks"]
    assert shown["title"] == "My own title"
    assert "Talks{+ put off+}" in changed.good("show", "1", "--changes").out
    assert changed.good("fetch", "--refetch", "taipei", "--json").json["updated"] == 0
