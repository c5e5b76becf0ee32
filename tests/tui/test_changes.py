"""What a publisher changed, on the desk."""

from pathlib import Path

from digest.tui.screens.changes import ChangesScreen
from tests.store.making import draft
from tests.tui.desk import NEVER_READ, Desk, open_desk


def revise(desk: Desk, text: str) -> None:
    desk.library._storage.save(draft("台日簽署備忘錄", text, url="https://example.org/zh/1"))


async def test_the_changes_of_an_article_one_after_the_other(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("j")
        revise(desk, "台灣與日本週六簽署備忘錄。\n\n雙方將在熊本合作興建晶圓廠。")
        revise(desk, "台灣與日本週日簽署備忘錄。\n\n雙方將在熊本合作興建晶圓廠。")
        desk.screen.reading.again()
        await desk.settle()
        assert "changed 2 times by its publisher" in desk.text
        await desk.press("C")
        assert isinstance(desk.app.screen, ChangesScreen)
        await desk.settle()
        assert "~ 台灣與日本週六日簽署備忘錄。" in desk.text
        assert "1 paragraph as it was" in desk.text
        await desk.press("left")
        assert "~ 台灣與日本週五六簽署備忘錄。" in desk.text
        await desk.press("escape")
        assert not isinstance(desk.app.screen, ChangesScreen)


async def test_an_article_that_did_not_change_has_nothing_to_show(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("C")
        assert desk.toasts[-1] == "Its publisher has not changed this text."
