"""A brief looked over on the desk: dropped from, put in order, remarked on, written, sent."""

from __future__ import annotations

import email
import email.policy
import io
import json
import sqlite3
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.config.settings import Brief, Config, Ui
from digest.library import Library
from digest.tui.screens.brief import BriefScreen
from digest.tui.screens.desk import DeskScreen
from tests.tui.desk import NEVER_READ, NOW, Desk, open_desk

HOTLINE = "Coast guards of Taiwan and Japan agree on a hotline"
CHIPS = "Chip makers look for engineers in Kumamoto"


async def opened(desk: Desk, *, stories: int = 2) -> BriefScreen:
    """Open the brief of the week."""
    await desk.press("D")
    screen = desk.app.screen
    assert isinstance(screen, BriefScreen)
    await desk.press("l")
    await desk.until(lambda: screen._brief is not None)
    assert len(order(screen)) == stories
    return screen


def depth(desk: Desk) -> int:
    """How many screens lie over each other."""
    return len(desk.app.screen_stack)


def order(screen: BriefScreen) -> list[str]:
    shown = screen._arranged
    assert shown is not None
    return [story.headline for story in shown.stories]


async def write(desk: Desk, form: str) -> Path:
    """Write the brief; returns the file that the toast names."""
    await desk.press("w")
    await desk.type(form)
    await desk.press("enter")
    folder = desk.home / "exports"
    await desk.until(lambda: any(toast.startswith("Written to") for toast in desk.toasts))
    [path] = folder.glob(f"brief-2026-11-22.{form}")
    assert any(str(path) in toast for toast in desk.toasts)
    return path


async def test_the_stories_of_a_period_with_their_key_sentences(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press("D")
        await desk.until(lambda: "2026-11-21 12:00 - 2026-11-22 12:00" in desk.text)
        await desk.until(lambda: "台日海巡設立熱線" in desk.text)
        assert CHIPS not in desk.text
        await desk.press("tab")
        await desk.until(lambda: CHIPS in desk.text)
        assert "EN 1  繁 1  日 1   3 outlets" in desk.text
        assert "雙方同意設立熱線" in desk.text
        assert "2 stories" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, DeskScreen)


async def test_what_is_dropped_moved_and_remarked_stays_until_it_is_written(
    stories: Path,
) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        assert order(screen) == [HOTLINE, CHIPS]
        await desk.press("J")
        assert order(screen) == [CHIPS, HOTLINE]
        await desk.press("a")
        await desk.type("Ask 海保 <b>")
        await desk.press("enter", "k", "x", "escape")
    async with open_desk(stories, timing=NEVER_READ) as desk:  # another day
        screen = await opened(desk)
        assert order(screen) == [CHIPS, HOTLINE]
        assert "1 story   1 dropped" in desk.text
        assert "✎ Ask 海保 <b>" in desk.text
        path = await write(desk, "md")
        text = path.read_text(encoding="utf-8")
        assert f"### {HOTLINE}\n\nAsk 海保 <b>\n" in text
        assert CHIPS not in text
        await desk.until(lambda: screen._brief is not None and len(order(screen)) == 2)
        assert order(screen) == [HOTLINE, CHIPS]
        assert "Ask" not in desk.text


def texts(form: str, content: bytes) -> list[str]:
    """What a reader of this form finds in it."""
    if form == "epub":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [name for name in book.namelist() if name.endswith(".xhtml")]
            return ["".join(book.read(name).decode() for name in names)]
    if form == "eml":
        mail = email.message_from_bytes(content, policy=email.policy.default)
        return [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return [content.decode()]


@pytest.mark.parametrize("form", ["md", "html", "json", "epub", "eml"])
async def test_every_format_has_the_remark(stories: Path, form: str) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("a")
        await desk.type("R&D *now*")
        await desk.press("enter")
        path = await write(desk, form)
        found = texts(form, path.read_bytes())
    if form == "json":
        assert json.loads(found[0])["stories"][0]["notes"] == ["R&D *now*"]
        return
    rendered = "<p>R&amp;D <em>now</em></p>"
    wanted = {"md": ["R&D *now*"], "eml": ["R&D *now*", rendered]}.get(form, [rendered])
    assert len(found) == len(wanted)
    assert all(words in text for words, text in zip(wanted, found, strict=True))


@pytest.mark.parametrize(
    ("lang", "title", "place"),
    [("", "# 台日簡報：", "熊本"), ("en", "# Taiwan and Japan, ", "Kumamoto")],
)
async def test_a_brief_is_written_in_the_language_of_the_desk_or_its_own(
    stories: Path, lang: str, title: str, place: str
) -> None:
    plan = Brief("morning", since="7d", format="md", lang=lang)
    config = Config(ui=Ui(language="zh-Hant"), briefs=(plan,))
    async with open_desk(stories, timing=NEVER_READ, config=config) as desk:
        await named(desk)
        await desk.press("w", "enter")
        written = desk.home / "exports" / "morning-2026-11-22.md"
        await desk.until(written.exists)
        text = written.read_text(encoding="utf-8")
        assert text.startswith(title)
        about = [line for line in text.split("\n") if line.startswith(("人物", "Who and where"))]
        assert any(place in line for line in about)
        assert not any(side in line for line in about for side in ("台灣、", "Taiwan, "))


async def test_a_second_brief_of_the_day_leaves_the_first_alone(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        first = await write(desk, "md")
        first.write_text("mine", encoding="utf-8")
        await desk.until(lambda: screen._brief is not None)
        await desk.press("w", "enter")
        await desk.until((desk.home / "exports" / "brief-2026-11-22-2.md").exists)
        assert first.read_text(encoding="utf-8") == "mine"
        # All of it was handed on, so nothing has come since.
        await desk.press("l")
        await desk.until(lambda: "No stories in this time." in desk.text)
        await desk.press("w")
        assert "There is no story to write." in desk.toasts


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
async def test_a_long_gathering_shows_how_far_it_is_and_is_stopped(
    stories: Path, language: str
) -> None:
    said = {
        "en": "Putting articles to stories: 0 of 4   Esc stops it",
        "zh-Hant": "正在將文章歸入事件：0／4 篇   按 Esc 停止",
    }[language]
    config = Config(ui=Ui(language=language))
    other = sqlite3.connect(stories / "library.db", isolation_level=None)
    other.execute("UPDATE articles SET story_id = NULL")
    async with open_desk(stories, timing=NEVER_READ, config=config) as desk:
        other.execute("BEGIN IMMEDIATE")  # so that it goes on as long as we want
        await desk.press("D", "l")
        await desk.until(lambda: said in desk.text)
        await desk.press("escape")
        assert isinstance(desk.app.screen, DeskScreen)
        other.execute("ROLLBACK")
        other.close()
        await opened(desk)
        assert desk.library.stories.waiting() == 0


async def test_a_brief_begins_afresh_on_demand(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        await desk.press("J", "x", "X")
        assert order(screen) == [HOTLINE, CHIPS]
        assert "dropped" not in desk.text


async def test_a_named_brief_of_another_language_is_looked_over_as_it_is_written(
    stories: Path,
) -> None:
    named = Brief("brief", since="7d", lang="ja")
    async with open_desk(stories, timing=NEVER_READ, config=Config(briefs=(named,))) as desk:
        await desk.press("D", "h")
        await desk.until(lambda: "台湾と日本の海保、ホットライン設置で合意" in desk.text)
        assert "2 stories" in desk.text
        assert HOTLINE not in desk.text
        path = await write(desk, "md")
        assert "### 台湾と日本の海保、ホットライン設置で合意" in path.read_text(encoding="utf-8")


def sending(script: str, *words: str) -> Config:
    """A configuration with a brief that a program is given."""
    command = (sys.executable, "-c", script, "{file}", *words)
    named = Brief("morning", since="7d", format="eml", to="me@post.example", command=command)
    return Config(briefs=(named,))


async def named(desk: Desk) -> BriefScreen:
    await desk.press(":")
    await desk.type("brief @morning")
    await desk.press("enter")
    screen = desk.app.screen
    assert isinstance(screen, BriefScreen)
    await desk.until(lambda: screen._brief is not None)
    return screen


async def test_a_named_brief_goes_to_its_own_command_without_a_shell(
    stories: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "sent $(touch owned); x.eml"
    script = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2]); print('noise')"
    async with open_desk(
        stories, timing=NEVER_READ, config=sending(script, str(copy)), size=(80, 24)
    ) as desk:
        await named(desk)
        await desk.press("x", "w", "enter")
        await desk.until(lambda: any("and handed to" in toast for toast in desk.toasts))
        assert b"To: me@post.example" in copy.read_bytes()
        assert HOTLINE.encode() not in copy.read_bytes()
        assert [one.name for one in (desk.home / "exports").iterdir()] == ["morning-2026-11-22.eml"]
        assert "noise" not in desk.text


async def test_a_command_that_fails_is_told_and_the_draft_stays(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ, config=sending("raise SystemExit(3)")) as desk:
        await named(desk)
        await desk.press("x", "w", "enter")
        await desk.until(lambda: any("ended with 3; the brief is" in one for one in desk.toasts))
        assert "1 dropped" in desk.text


@pytest.mark.parametrize("typed", ["@none", "fortnight"])
async def test_what_is_no_brief_is_said(stories: Path, typed: str) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press(":")
        await desk.type(f"brief {typed}")
        await desk.press("enter")
        assert typed in desk.toasts[-1]
        assert isinstance(desk.app.screen, DeskScreen)


async def test_a_span_of_ones_own(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press(":")
        await desk.type("brief 30d")
        await desk.press("enter")
        await desk.until(lambda: "2026-10-23 12:00 - 2026-11-22 12:00" in desk.text)


async def test_from_a_brief_to_the_story_to_the_article(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("enter")
        await desk.until(lambda: "Figures that differ" in desk.text)
        assert depth(desk) == 3
        await desk.press("escape")
        assert depth(desk) == 2
        await desk.press("enter")
        await desk.until(lambda: "Figures that differ" in desk.text)
        await desk.press("enter")
        await desk.until(lambda: "Fishing boats often lose" in desk.text)
        assert depth(desk) == 1
        assert desk.screen.pane == "reader"


def sections(*queries: str) -> Sequence[Brief]:
    return (Brief("desk", since="7d", sections=queries),)


async def test_sections_have_headings_and_stories_stay_in_theirs(stories: Path) -> None:
    config = Config(briefs=tuple(sections("Kumamoto", "海巡")), ui=Ui(language="ja"))
    async with open_desk(stories, timing=NEVER_READ, config=config) as desk:
        await desk.press("D", "h")
        screen = desk.app.screen
        assert isinstance(screen, BriefScreen)
        await desk.until(lambda: screen._brief is not None)
        # Of the chips nobody wrote in Japanese.
        assert order(screen) == [CHIPS, "台湾と日本の海保、ホットライン設置で合意"]
        assert "海巡" in desk.text
        await desk.press("J")
        assert order(screen) == [CHIPS, "台湾と日本の海保、ホットライン設置で合意"]
        assert "トピック2件" in desk.text


def test_the_example_of_a_named_brief_in_the_configuration_is_one() -> None:
    text = (Path(__file__).parents[2] / "config.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("#").strip() for line in text.split("\n")]
    start = lines.index("[[briefs]]")
    assert tomllib.loads("\n".join(lines[start : start + 9]))["briefs"][0]["name"] == "morning"


async def test_articles_of_another_time_without_a_story_are_not_missed(stories: Path) -> None:
    source = stories.parent / "old.jsonl"
    old = {"title": "An old report", "text": "Of long ago.", "published": "2025-01-02T00:00:00Z"}
    source.write_text(json.dumps(old), encoding="utf-8")
    with Library.open(stories, Config(), clock=lambda: NOW) as library:
        (added,) = library.add([str(source)]).added
        with library._database.write() as db:
            db.execute("UPDATE articles SET story_id = NULL WHERE id = ?", (added.id,))
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        assert desk.library.stories.waiting() == 1
        assert desk.toasts == []
