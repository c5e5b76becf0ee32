"""What the library lets go of in time: `[library] keep_raw` and `keep_deleted`."""

from __future__ import annotations

from datetime import datetime

from digest.config.durations import parse_duration
from digest.config.settings import Keep
from digest.store.database import Database
from digest.store.purging import BATCH, drop_deleted, drop_off_topic, drop_sources
from digest.store.retries import drop_old

# How long a page that failed is remembered; by then no feed has its entry any more.
FAILED = "90d"
# How long what is off topic can be brought back.
OFF_TOPIC = "30d"


def purge(database: Database, settings: Keep, now: datetime) -> None:
    """Drop old downloads, and articles whose time to be brought back is over.

    Raises:
        LibraryError: the library cannot be written.
    """
    with database.write() as db:
        drop_sources(db, _before(settings.keep_raw, now))
        drop_old(db, _before(FAILED, now))
    for drop, kept in ((drop_deleted, settings.keep_deleted), (drop_off_topic, OFF_TOPIC)):
        dropped = BATCH
        while dropped == BATCH:
            with database.write() as db:
                dropped = drop(db, _before(kept, now))


def _before(kept: str, now: datetime) -> int:
    return int((now - parse_duration(kept)).timestamp())
