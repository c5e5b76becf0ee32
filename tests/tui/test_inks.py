"""How roles look: laid one over the other, in every theme there is."""

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from digest.tui.inks import INKS, READING, VIEWING, Ink, laid_over, mixed
from digest.tui.themes import OWN, SETS

THEMES = {theme.name: theme for theme in (*BUILTIN_THEMES.values(), *OWN)}
THEMES |= {f"{theme.name} in {few}": theme for few, every in SETS.items() for theme in every}


def test_what_an_ink_leaves_out_shows_from_under_it() -> None:
    inks = {"unread": Ink(style="bold"), "cursor": Ink("white", "blue"), "tag": Ink("green")}
    assert laid_over(inks, ["unread", "tag", "cursor"]) == Ink("white", "blue", "bold")
    assert laid_over(inks, ["unread", "nothing"]) == Ink(style="bold")


def test_a_weak_ground_lets_the_paper_through() -> None:
    theme = {"primary": "#0000ff"}
    style = mixed(Ink(ground="primary 20%"), theme, Color(255, 255, 255), Color(0, 0, 0))
    assert style.bgcolor is not None
    assert style.bgcolor.triplet == (204, 204, 255)


@pytest.mark.parametrize("name", THEMES)
def test_every_role_can_be_read_in_every_theme(name: str) -> None:
    app: App[None] = App()
    app.register_theme(THEMES[name])
    app.theme = THEMES[name].name
    theme = app.get_css_variables()
    paper, letters = Color.parse(theme["background"]), Color.parse(theme["foreground"])
    for inks in (INKS, READING, VIEWING):
        for role in (*inks, "sign current", "tag selected", "sign cursor"):
            style = mixed(laid_over(inks, role.split()), theme, paper, letters)
            assert style.color is not None
            assert style.color.is_default or style.color != style.bgcolor, role
