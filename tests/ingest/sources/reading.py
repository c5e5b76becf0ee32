"""`drafts` as the tests call it: a fixed clock, no network, one list of outcomes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import SourceError
from digest.ingest.sources.options import AddOptions
from digest.ingest.sources.read import drafts
from digest.model import Draft

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Taipei")


def no_network(url: str) -> Draft:
    """Stands for the network where a test uses none."""
    raise AssertionError(f"nothing may be fetched: {url}")


def outcomes(
    source: Path | str, options: AddOptions | None = None, stdin: bytes | None = None
) -> list[tuple[str, Draft | SourceError]]:
    """Everything a source brings."""
    return list(
        drafts(
            str(source),
            options or AddOptions(),
            fetch_page=no_network,
            stdin=None if stdin is None else BytesIO(stdin),
            clock=lambda: NOW,
            zone=ZONE,
        )
    )


def only(
    source: Path | str, options: AddOptions | None = None, stdin: bytes | None = None
) -> Draft:
    """The one draft a source brings."""
    ((_, draft),) = outcomes(source, options, stdin)
    assert isinstance(draft, Draft), draft
    return draft


def texts(draft: Draft) -> list[str]:
    """The texts of a draft's blocks."""
    return [block.text for block in draft.blocks]
