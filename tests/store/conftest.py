from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.store.database import Database
from digest.store.migrations import migrate


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "library.db"
    migrate(path)
    opened = Database(path)
    yield opened
    opened.close()
