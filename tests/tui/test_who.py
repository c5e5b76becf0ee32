"""Names on the desk: who is named, when and beside whom, and names of one's own."""

from __future__ import annotations

from pathlib import Path

from digest.config.settings import Config, Ui
from digest.tui.screens.desk import DeskScreen
from digest.tui.screens.name import NameScreen
from digest.tui.screens.who import WhoScreen, forms_of
from tests.tui.desk import NEVER_READ, Desk, open_desk
from tests.tui.stories import CHIPS


async def opened(desk: Desk) -> WhoScreen:
    await desk.press("W")
    screen = desk.app.screen
    assert isinstance(screen, WhoScreen)
    await desk.until(lambda: screen._profile is not None)
    return screen


async def look_for(desk: Desk, name: str) -> None:
    await desk.press("/")
    await desk.type(name)
    await desk.press("enter")


async def test_forms_weeks_outlets_and_company_of_a_name(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await look_for(desk, "与那国")
        await desk.until(lambda: "Yonaguni   place" in desk.text)
        for words in (
            "EN  Yonaguni",
            "繁  與那國",
            "日  与那国",
            "2 articles   2 mentions   2026-11-21 - 2026-11-22",
            "By week, from 2026-11-16",
            "Strait Herald 1   東亜新報 1",
            "Appears with",
        ):
            assert words in desk.text
        bars = [line for line in desk.lines() if "█" in line]
        assert len(bars) == 3  # all, English, Japanese
        await look_for(desk, "nobody at all")
        assert "Nobody is named so." in desk.text


async def test_enter_lists_the_articles_on_the_desk(stories: Path) -> None:
    async with open_desk(stories, size=(80, 24), timing=NEVER_READ) as desk:
        await desk.press(":")
        await desk.type("who 新竹")
        await desk.press("enter")
        await desk.until(lambda: "Hsinchu   place" in desk.text)
        await desk.press("space", "enter")
        assert isinstance(desk.app.screen, DeskScreen)
        await desk.until(lambda: len(desk.titles) == 1)
        assert desk.screen.articles.shelf.ids == [CHIPS]
        assert desk.screen.status.words.startswith("Hsinchu")


async def test_only_places_and_one_after_the_other(stories: Path) -> None:
    config = Config(ui=Ui(language="ja"))
    async with open_desk(stories, timing=NEVER_READ, config=config) as desk:
        screen = await opened(desk)
        await desk.press("l", "l")
        await desk.until(lambda: screen._profile is not None and "地名" in desk.text)
        assert screen._names is not None
        assert {one.kind for one in screen._names} == {"place"}
        first = screen.here
        await desk.press("j")
        await desk.until(lambda: screen._profile is not None and screen.here != first)
        assert "週別（2026-11-16から）" in desk.text
        await desk.press("k", "W")
        assert isinstance(desk.app.screen, DeskScreen)


async def test_a_name_of_ones_own_is_written_and_found_in_every_form(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("a")
        assert isinstance(desk.app.screen, NameScreen)
        await desk.type("OFFICER Hotline; Hotline Officer")
        await desk.press("down")
        await desk.type("熱線")
        await desk.press("down")
        await desk.type("ホットライン")
        await desk.press("enter")
        await desk.until(lambda: any("is in names.toml" in toast for toast in desk.toasts))
        written = (desk.home / "names.toml").read_text(encoding="utf-8")
        assert 'kind = "person"' in written
        assert "ホットライン" in written
        for form in ("熱線", "ホットライン", "Hotline Officer"):
            assert any(one.kind == "person" for one in desk.library.who.meant(form)), form
        await desk.until(lambda: "繁  熱線" in desk.text)


async def test_forms_are_corrected_and_what_is_refused_can_be_mended(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await look_for(desk, "Yonaguni")
        await desk.until(lambda: "Yonaguni   place" in desk.text)
        await desk.press("E", "down", "down")
        await desk.type("; ドナン")
        await desk.press("down")
        await desk.type("x")
        await desk.press("enter")
        await desk.until(lambda: any("kind is one of" in toast for toast in desk.toasts))
        assert not (desk.home / "names.toml").exists()
        await desk.until(lambda: isinstance(desk.app.screen, NameScreen))
        assert "ドナン" in desk.text
        await desk.press("down", "down", "down", "backspace", "enter")
        await desk.until(lambda: any("is in names.toml" in toast for toast in desk.toasts))
        await desk.until(lambda: "与那国" in desk.text and "ドナン" in desk.text)
        assert [one.id for one in desk.library.who.meant("ドナン")] == ["yonaguni"]


async def test_the_kind_of_a_name_is_written_in_the_language_of_the_desk(stories: Path) -> None:
    config = Config(ui=Ui(language="zh-Hant"))
    async with open_desk(stories, config=config, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("a")
        await desk.type("Hotline Officer")
        await desk.press("down", "down", "down")
        assert "人物" in desk.text
        await desk.press("backspace", "backspace")
        await desk.type("公司")
        await desk.press("enter")
        await desk.until((desk.home / "names.toml").exists)
        assert 'kind = "company"' in (desk.home / "names.toml").read_text(encoding="utf-8")


async def test_the_foot_says_what_keys_do_while_a_name_is_asked_for(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        foot = desk.lines()[-1]
        await desk.press("slash")
        await desk.until(lambda: "Enter done" in desk.lines()[-1])
        await desk.press("escape")
        await desk.until(lambda: desk.lines()[-1] == foot)


async def test_giving_up_writes_nothing(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("a", "escape", "E", "enter", "escape")
        assert isinstance(desk.app.screen, DeskScreen)
        assert not (desk.home / "names.toml").exists()


def test_forms_are_divided_as_people_write_them() -> None:
    assert forms_of("Wang; Max Wang ；王、王曉明;;") == ("Wang", "Max Wang", "王", "王曉明")
    assert forms_of(" ") == ()


async def test_names_are_headed_in_the_language_of_the_interface(stories: Path) -> None:
    async with open_desk(stories, config=Config(ui=Ui(language="ja"))) as desk:
        await opened(desk)
        line = next(one for one in desk.lines() if "Taiwan" in one and "台湾" in one)
        assert line.index("台湾") < line.index("Taiwan")
        assert "与那国 2" in desk.text.partition("共に出る名前")[2]
