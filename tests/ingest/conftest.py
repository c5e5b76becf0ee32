"""Servers, worker processes and settings that the ingest tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.config.settings import Fetch
from digest.ingest.workshop import Workshop
from tests.ingest.memory import MemoryStorage
from tests.ingest.server import NewsServer


@pytest.fixture
def server() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


@pytest.fixture(scope="session")
def workshop() -> Iterator[Workshop]:
    with Workshop() as running:
        yield running


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def settings() -> Fetch:
    return Fetch(allow_private=True, timeout=5.0, per_host=4)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
