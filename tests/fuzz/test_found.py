"""What fuzzing has found stays mended, and a few fixed samples of each kind are bent anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from tests.fuzz.bending import samples
from tests.fuzz.targets import TARGETS

FOUND = sorted((Path(__file__).parent / "found").glob("*.bin"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    TARGETS[path.stem.rpartition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_bent_samples_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]

    @seed(20261108)
    @settings(
        max_examples=5 if name == "restore" else 25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(samples(target.seeds()))
    def every(data: bytes) -> None:
        target(data)

    every()
