"""What need not be kept for good: sources as downloaded, once they are old."""

from __future__ import annotations

import sqlite3


def drop_sources(db: sqlite3.Connection, before: int) -> int:
    """Drop sources fetched before a time, seconds since the epoch; returns how many.

    Those of starred, tagged, noted or highlighted articles stay.
    """
    cursor = db.execute(
        """DELETE FROM sources WHERE fetched < ?
        AND article_id NOT IN (SELECT article_id FROM stars)
        AND article_id NOT IN (SELECT article_id FROM article_tags)
        AND article_id NOT IN (SELECT article_id FROM notes)
        AND article_id NOT IN (SELECT article_id FROM highlights)""",
        (before,),
    )
    return cursor.rowcount
