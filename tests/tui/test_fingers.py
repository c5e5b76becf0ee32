"""Looking up, correcting, catching up, sorting, and programs of the user's own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.config.settings import Config, Ui
from tests.tui.desk import NEVER_READ, fill, open_desk

UPPER = "import sys; sys.stdout.write('TR: ' + sys.stdin.read().upper())"
TELL = "import sys, pathlib; print(sys.argv[1:3], pathlib.Path(sys.argv[3]).read_text()[:3])"


async def test_a_name_is_looked_up_in_three_languages(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("i")
        await desk.type("頼清徳")
        await desk.press("enter")
        await desk.until(lambda: "Lai Ching-te" in desk.text)
        assert "賴清德" in desk.text
        assert "lai qing de" in desk.text
        assert "person" in desk.text
        await desk.press("escape", ":")
        await desk.type("gloss 覚書")
        await desk.press("enter")
        await desk.until(lambda: "memorandum" in desk.text)
        assert "備忘錄" in desk.text


async def test_what_is_selected_is_looked_up_and_nothing_known_is_said(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("j", "j", "enter", "v", "i")
        await desk.until(lambda: "semiconductor" in desk.text)
        await desk.press("escape", ":")
        await desk.type("gloss qqqq")
        await desk.press("enter")
        await desk.until(lambda: "The tables have nothing on “qqqq”." in desk.text)


async def test_a_translation_is_shown_below_its_passage_and_kept(home: Path) -> None:
    config = Config(commands={"translate": (sys.executable, "-c", UPPER)})
    async with open_desk(home, timing=NEVER_READ, config=config) as desk:
        await desk.press("G", "enter", "v", "X")
        await desk.until(lambda: "TR: THE FERRY SAILS TWICE A WEEK." in desk.text)
        ident = desk.screen.articles.current
        assert ident is not None
        [kept] = desk.library.article(ident).highlights
        assert kept.comment == "TR: THE FERRY SAILS TWICE A WEEK."


async def test_without_a_translator_it_is_said_where_to_put_one(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("enter", "X")
        assert any("under [commands]" in toast for toast in desk.toasts)


async def test_a_command_of_the_users_gets_its_values_without_a_shell(home: Path) -> None:
    command = (sys.executable, "-c", TELL, "{url}", "$(id) {title}; `ls`", "{file}")
    config = Config(commands={"tell": command, "no": ("/nowhere/program",)})
    async with open_desk(home, timing=NEVER_READ, config=config) as desk:
        await desk.press(":")
        await desk.type("tell")
        await desk.press("enter")
        await desk.until(lambda: any("tell is done." in toast for toast in desk.toasts))
        [said] = [toast for toast in desk.toasts if "tell is done." in toast]
        assert "$(id) Chip plant in Kumamoto starts its second line; `ls`" in said
        assert "https://example.org/en/1" in said
        assert "---" in said
        await desk.press(":")
        await desk.type("no")
        await desk.press("enter")
        await desk.until(lambda: any("program cannot be started" in toast for toast in desk.toasts))


async def test_a_title_is_no_option_of_the_users_command(tmp_path: Path) -> None:
    home = tmp_path / "library"
    fill(home, [{"title": "--output=/tmp/x $(id)", "text": "A text of its own."}])
    config = Config(
        commands={"tell": (sys.executable, "-c", "import sys; print(sys.argv[1])", "{title}")}
    )
    async with open_desk(home, timing=NEVER_READ, config=config) as desk:
        await desk.press(":")
        await desk.type("tell")
        await desk.press("enter")
        await desk.until(lambda: any("tell is done." in toast for toast in desk.toasts))
        [said] = [toast for toast in desk.toasts if "tell is done." in toast]
        assert "\u2010-output=/tmp/x $(id)" in said


async def test_title_and_date_are_corrected_in_place_and_undone(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("E")
        await desk.type(", at last")
        await desk.press("enter")
        await desk.until(lambda: any("at last" in title for title in desk.titles))
        await desk.press("ctrl+z")
        await desk.until(lambda: not any("at last" in title for title in desk.titles))
        await desk.press("E", "tab", "tab")
        await desk.type("??")
        await desk.press("enter")
        await desk.until(lambda: any("language tag" in toast for toast in desk.toasts))


def published(hours_ago: int) -> dict[str, object]:
    when = datetime.now(UTC) - timedelta(hours=hours_ago)
    title = f"Article of {hours_ago} hours ago"
    return {"title": title, "text": f"{title}.", "published": when.isoformat()}


async def test_what_is_older_is_marked_as_read_undoably(tmp_path: Path) -> None:
    home = tmp_path / "library"
    fill(home, [published(hours) for hours in (2, 30, 80)])
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("O")
        await desk.until(lambda: desk.library.counts().unread == 1)
        await desk.press("ctrl+z")
        await desk.until(lambda: desk.library.counts().unread == 3)
        await desk.press(":")
        await desk.type("catchup 2d")
        await desk.press("enter")
        await desk.until(lambda: desk.library.counts().unread == 2)
        await desk.press(":")
        await desk.type("catchup soon")
        await desk.press("enter")
        await desk.until(lambda: any("older: takes a number" in toast for toast in desk.toasts))


async def test_the_list_is_sorted_otherwise(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        newest = desk.titles
        await desk.press("S")
        await desk.until(lambda: desk.titles == newest[::-1])
        await desk.press(":")
        await desk.type("sort newest")
        await desk.press("enter")
        await desk.until(lambda: desk.titles == newest)


async def test_lists_are_grouped_otherwise_and_stay_so(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press(":")
        await desk.type("group language")
        await desk.press("enter")
        await desk.until(lambda: not desk.screen.listing.loading)
        assert [line.split("  ")[1] for line in desk.lines() if line.startswith("  English")]
        langs = [row.lang for row in desk.library.rows(desk.screen.articles.shelf.ids)]
        assert langs == ["en", "en", "en", "zh-Hant", "ja"]
        await desk.press("Z")
        await desk.until(lambda: not desk.screen.listing.loading)
        assert "One report each" in desk.text
        await desk.press("Z")
        await desk.until(lambda: "Not grouped" in desk.toasts)
        await desk.press(":")
        await desk.type("group feed")
        await desk.press("enter", "j", "s")
        await desk.until(lambda: not desk.screen.listing.loading)
        assert "  Harbour Weekly   1" in desk.text
        await desk.press(":")
        await desk.type("group colour")
        await desk.press("enter")
        assert any("There is no grouping colour" in toast for toast in desk.toasts)
        desk.screen.coming.remember()
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.until(lambda: "  Harbour Weekly   1" in desk.text)


@pytest.mark.parametrize("size", [(80, 24), (30, 20)])
async def test_a_list_grouped_by_story_names_each(stories: Path, size: tuple[int, int]) -> None:
    def heads() -> list[str]:
        return [line.rstrip() for line in desk.lines() if line.startswith("  ") and line.strip()]

    async with open_desk(stories, timing=NEVER_READ, size=size) as desk:
        await desk.press(":")
        await desk.type("group story")
        await desk.press("enter")
        await desk.until(lambda: "One report each   1" in desk.text)
        (named, _alone) = heads()[:2]
        whole = "  Coast guards of Taiwan and Japan agree on a hotline   3"
        assert named == (whole if size[0] > 60 else "  Coast guards of Taiwan⋯   3")
        assert [row.lang for row in desk.library.rows(desk.screen.articles.shelf.ids[:3])] == [
            "ja",
            "zh-Hant",
            "en",
        ]
    # In the reader's language, where it has a report in it; two cells for each Han.
    config = Config(ui=Ui(language="zh-Hant"))
    async with open_desk(stories, timing=NEVER_READ, size=size, config=config) as desk:
        await desk.press(":")
        await desk.type("group story")
        await desk.press("enter")
        await desk.until(lambda: heads()[:1] == ["  台日海巡設立熱線   3"])


async def test_a_selection_is_exported_in_the_form_that_is_chosen(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("v", "j", "e")
        assert "Export 2 articles as" in desk.text
        await desk.type("bibtex")
        await desk.press("enter")
        file = home / "exports" / "articles-2026-11-22.bib"
        await desk.until(file.exists)
        written = file.read_text(encoding="utf-8")
        assert written.count("@") == 2
        assert "Chip plant in Kumamoto" in written
        await desk.press(":")
        await desk.type("export csl-json")
        await desk.press("enter")
        await desk.until(lambda: any("csl-json" in toast for toast in desk.toasts))
        await desk.press(":")
        await desk.type("export doc")
        await desk.press("enter")
        assert any("There is no form doc" in toast for toast in desk.toasts)
