"""How long a search takes, without what a process loads once."""

from __future__ import annotations

import sys
import time


class SearchClock:
    """How long a search takes; loading code and the sentence model, once a process, is none."""

    def __init__(self) -> None:
        import index.query.parser  # noqa: F401, PLC0415 - the query language

        self._loading = _model_seconds()
        self._started = time.perf_counter()

    def load(self) -> None:
        """Import what a search for words needs, which takes no time of its own here."""
        before = time.perf_counter()
        import index.engine  # noqa: PLC0415 - numpy and whoosh
        import index.snippets  # noqa: PLC0415 - highlighting
        import index.widen  # noqa: F401, PLC0415 - names

        self._started += time.perf_counter() - before

    def took_ms(self) -> float:
        """Milliseconds since it was made."""
        passed = time.perf_counter() - self._started
        return round((passed - (_model_seconds() - self._loading)) * 1000, 3)


def _model_seconds() -> float:
    """How long this process has spent on loading the sentence model."""
    encoder = sys.modules.get("index.meaning.encoder")  # loads numpy, which not every query needs
    return encoder.loading_seconds() if encoder is not None else 0.0
