"""A small library in three languages, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.tui import i18n
from tests.tui.desk import fill
from tests.tui.stories import STORIES


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """All colours, whatever terminal the tests are run in."""
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled") / "library"
    fill(home)
    return home


@pytest.fixture(scope="session")
def storied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("storied") / "library"
    fill(home, STORIES)
    return home


@pytest.fixture
def stories(storied: Path, tmp_path: Path) -> Path:
    """A library of the test's own: one story in three languages, and one in English."""
    target = tmp_path / "library"
    shutil.copytree(storied, target)
    return target


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A library of the test's own, with five articles, all unread."""
    target = tmp_path / "library"
    shutil.copytree(filled, target)
    return target


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The interface speaks English wherever a test does not ask for more."""
    yield
    i18n.install()
