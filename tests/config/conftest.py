from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str], Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library folder, with no configuration of the user's anywhere else."""
    monkeypatch.delenv("DIGEST_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def write(home: Path) -> Write:
    def _write(text: str) -> Path:
        path = home / "config.toml"
        path.write_text(text, "utf-8")
        return path

    return _write
