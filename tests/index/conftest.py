from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engine import Engine
from tests.index.making import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An engine on an empty index."""
    engine = Engine.create(tmp_path / "index")
    yield Desk(engine)
    engine.close()
