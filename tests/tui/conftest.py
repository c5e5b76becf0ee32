"""A small library in three languages, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.tui.desk import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled") / "library"
    fill(home)
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A library of the test's own, with five articles, all unread."""
    target = tmp_path / "library"
    shutil.copytree(filled, target)
    return target
