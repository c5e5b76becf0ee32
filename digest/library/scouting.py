"""Addresses looked at before they are followed; needs no library, only its folder and settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.config.secrets import secrets_of
from digest.config.settings import Config, Feed
from digest.ingest.ports import Cancelled

if TYPE_CHECKING:
    from digest.ingest.scout import Discovery

TIMEOUT = 15.0


def look(
    home: Path, config: Config, feed: Feed, *, cancelled: Cancelled, as_given: bool
) -> Discovery:
    """What is to be found at the address of `feed`.

    Args:
        home: the library folder, for its secrets.
        config: the configuration in force.
        feed: as a person described it.
        cancelled: asked often.
        as_given: the person said of what kind it is; else that is found out.

    Raises:
        SourceError: nothing can be read there; the message says why.
        ConfigError: the secret it names is not there, or is refused.
    """
    from digest.ingest.net.client import Client  # noqa: PLC0415 - httpx2
    from digest.ingest.scout import Scout  # noqa: PLC0415 - extraction's modules
    from digest.ingest.workshop import Workshop  # noqa: PLC0415 - only when something is read

    secrets = secrets_of(home, config.source)
    named = secrets.named(feed.secret)
    settings = replace(config.fetch, timeout=min(config.fetch.timeout, TIMEOUT))
    with Client(settings) as client, Workshop(1) as workshop:
        scout = Scout(
            client,
            workshop,
            now=datetime.now(UTC),
            cancelled=cancelled,
            secret=named or secrets.for_host(urlsplit(feed.url).hostname or ""),
        )
        return scout.try_out(feed) if as_given else scout.discover(feed)
