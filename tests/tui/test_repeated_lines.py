"""Lines that repeat across an outlet, on the desk."""

from pathlib import Path

from tests.store.making import draft
from tests.tui.desk import NEVER_READ, open_desk

LINE = "訂閱電子報，掌握台日新聞"


async def test_hidden_lines_are_counted_and_shown_on_a_key(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        for number, sign in enumerate("甲乙丙丁戊己"):
            text = f"台日{sign}案今天談成，{sign}方表示歡迎{sign * 3}。\n\n{LINE}"
            url = f"https://repeats.example/{number}"
            desk.library._storage.save(draft(f"台日{sign}案", text, url=url))
        desk.library.catch_up()
        (ident,) = [row.id for row in desk.library.rows(range(1, 99)) if row.title == "台日己案"]
        desk.screen.reading._load(ident)
        await desk.settle()
        assert LINE not in desk.text
        assert "1 line hidden that repeats in this outlet" in desk.text
        await desk.press("L")
        await desk.settle()
        assert LINE in desk.text
        assert "line hidden" not in desk.text
        desk.screen.reading.keep_lines()
        await desk.settle()
        desk.library.catch_up()
        assert desk.library.article(ident).hidden == ()
