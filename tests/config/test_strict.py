from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.config.load import check, load
from digest.errors import ConfigError
from tests.config.conftest import Write

FEED = '[[feeds]]\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[ui]\ntheme = "x"\nlanguag = "ja"\n', 3, 'nearest known key: "language"'),
        ("[fetch]\ntimeuot = 3\n", 2, 'nearest known key: "timeout"'),
        ("# a comment\n\n[fech]\nevery = ''\n", 3, "nearest known table: [fetch]"),
        ("colour = 1\n", 1, 'unknown table or key "colour"'),
        ('theme = "paper"\n', 1, '"theme" belongs under [ui]'),
        ('[ui]\ntimezone = "Asia/Tokyo"\n', 2, "it belongs under [search]"),
        (FEED + "\n" + FEED.replace("a.", "b.") + "group = []\n", 6, '"groups"'),
        ('[keys]\n"artcle.tag" = "t"\n', 2, 'nearest known action: "article.tag"'),
        ('[keys]\n\nartcle.tag = "t"\n', 3, 'nearest known action: "article.tag"'),
        ("[ui]\ntheme = 3\n", 2, "theme in [ui] must be text in quotes, not a number"),
        ('[fetch]\nfull_text = "yes"\n', 2, "true or false, without quotes, not text"),
        ("[fetch]\nconcurrency = 2.5\n", 2, "a whole number, not a number"),
        ("[fetch]\nconcurrency = true\n", 2, "a whole number, not true or false"),
        ("[fetch]\nconcurrency = 0\n", 2, "from 1 to 64, not 0"),
        ("[fetch]\nper_host = 99\n", 2, "from 1 to 16"),
        ("[fetch]\ntimeout = nan\n", 2, "from 1 to 600"),
        ("[search]\nrecency = 2\n", 2, "from 0 to 1, not 2"),
        ('[ui]\nkeys = "emacs"\n', 2, '"vim", "newsboat", "elfeed"'),
        ('[ui]\nlanguage = "zh-Hans"\n', 2, 'nearest: "zh-Hant"'),
        ("[ui]\ntheme = ''\n", 2, "must not be empty"),
        ('[library]\nkeep_raw = "30"\n', 2, "a number with a unit, like 12h"),
        ('[library]\nkeep_raw = ""\n', 2, "a number with a unit"),
        ('[fetch]\nevery = "10min"\n', 2, "a number with a unit"),
        ('[search]\ntimezone = "Asia/Taipeh"\n', 2, 'nearest: "Asia/Taipei"'),
        ('[search]\ntimezone = "../../etc/passwd"\n', 2, "must be a time zone"),
        ('[search]\nbackend = "lucene"\n', 2, '"whoosh"'),
        ('[fetch]\nproxy = "http://proxy.example"\n', 2, "must name its port"),
        ('[fetch]\nproxy = "proxy.example:3128"\n', 2, "begins with http://"),
        ('[fetch]\nuser_agent = "新聞"\n', 2, "plain ASCII"),
        ('[fetch]\nuser_agent = "a\\r\\nX: b"\n', 2, "without control characters"),
        ('[[feeds]]\nurl = "ftp://a.example/"\n', 2, "begins with http:// or https://"),
        ('[[feeds]]\nurl = "https://[::1/"\n', 2, "begins with http:// or https://"),
        ('[[feeds]]\nname = "x"\n', 1, "url is missing in this [[feeds]]"),
        (FEED + 'scope = "some"\n', 3, '"all", "topic"'),
        (FEED + 'kind = "rss"\n', 3, '"feed", "sitemap", "page"'),
        (FEED + 'kind = "page"\n', 1, 'needs items = "a CSS selector"'),
        (FEED + 'items = "a"\n', 3, 'only with kind = "page"'),
        (FEED + 'lang = "Japanese!"\n', 3, "must be a language tag"),
        (FEED + 'groups = "CNA"\n', 3, "a list in square brackets, not text"),
        (FEED + 'tags = [\n  "a",\n  3,\n]\n', 3, "has a member that must be text"),
        (FEED + "\n" + FEED, 5, "is there already, on line 2"),
        ('[[views]]\nname = "x"\n', 1, "query is missing"),
        ('[views]\nname = "x"\nquery = ""\n', 1, "[[views]] with double brackets"),
        ('[[ui]]\ntheme = "x"\n', 1, "[ui] with single brackets"),
        ("ui = 3\n", 1, "ui is one table, not a number"),
        ('[[rules]]\nwhen = "a"\nthen = ["delete"]\n', 3, '"+tag", "-tag", "star"'),
        ('[[briefs]]\nname = "m"\nformat = "pdf"\n', 3, '"md", "html", "epub"'),
        ('[commands]\nsend = "tool {url}"\n', 2, "a list in square brackets"),
        ("[commands]\nsend = []\n", 2, "must begin with the program"),
        ('[ui]\ntheme = """a\nb"""\n', 2, "must be one line"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    home: Path, write: Write, text: str, line: int, said: str
) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        load(home)
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert said in message
    assert "\n" not in message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("[ui]\ntheme paper\n", 2, 7), ('[ui]\ntheme = "a\n', 2, 11), ("a = 1\na = 2\n", 2, 6)],
)
def test_a_syntax_error_is_told_with_line_and_column(
    write: Write, home: Path, text: str, line: int, column: int
) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        load(home)
    assert str(caught.value).startswith(f"{path}, line {line}: column {column}: this is not valid")


def test_an_unfinished_file_is_told(write: Write) -> None:
    [problem] = check(write("[ui]\ntheme ="))
    assert problem.line == 2
    assert "not valid TOML" in problem.message


def test_hostile_nesting_is_a_problem_not_a_crash(write: Write) -> None:
    [problem] = check(write("a = " + "[" * 20_000))
    assert problem.message


@pytest.mark.parametrize(
    ("raw", "line"),
    [("[ui]\ntheme = '台灣'\n".encode("big5"), 2), ("[ui]\n".encode("utf-16"), 1)],
)
def test_another_encoding_is_told(home: Path, raw: bytes, line: int) -> None:
    path = home / "config.toml"
    path.write_bytes(raw)
    [problem] = check(path)
    assert "UTF-8" in problem.message
    assert problem.line == line


def test_a_folder_and_a_huge_file_are_told(home: Path) -> None:
    folder, huge = home / "config.toml", home / "huge.toml"
    folder.mkdir()
    with pytest.raises(ConfigError, match="this is a folder"):
        load(home)
    huge.write_bytes(b"#" * 4_000_001)
    with pytest.raises(ConfigError, match="larger than"):
        load(home, huge)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(write: Write, home: Path) -> None:
    write("").chmod(0)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(home)


def test_check_lists_every_problem_in_order(write: Write) -> None:
    path = write(
        "[search]\nrecncy = 1\n[ui]\nkeys = 1\n[[feeds]]\nname = 2\n[[feeds]]\nurl = 'x'\nx = 1\n"
    )
    problems = check(path)
    assert [problem.line for problem in problems] == [2, 4, 5, 6, 8, 9]
    assert str(problems[0]).startswith(f"{path}, line 2: unknown key")


def test_load_tells_that_there_is_more(home: Path, write: Write) -> None:
    write("[ui]\na = 1\nb = 2\n")
    with pytest.raises(ConfigError, match=r"line 2: .*\(1 more: `digest config check` lists"):
        load(home)


def test_names_from_the_file_cannot_steer_the_terminal(write: Write) -> None:
    [problem] = check(write('"\\u001b]0;x\\u0007\\u202e' + "n" * 500 + '" = 1\n'))
    assert "\x1b" not in problem.message
    assert "\u202e" not in problem.message
    assert len(problem.message) < 300


def test_lines_are_found_in_inline_and_dotted_forms(write: Write) -> None:
    path = write(
        '# """ [not] = a table\nui.theme = "a # b" # c\n'
        'feeds = [\n  {url = "https://a.example/"},\n  {urll = 1},\n]\nui.kays = "vim"\n'
    )
    problems = check(path)
    assert [(problem.line, "nearest" in problem.message) for problem in problems] == [
        (3, True),
        (3, False),
        (7, True),
    ]
