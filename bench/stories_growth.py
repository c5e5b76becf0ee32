"""What it costs to put a fetch of 50 articles to stories in a library of 100,000.

    python -m bench.stories_growth [--articles 100000] [--days 900] [--new 50]

Real documents of `scale/`, repeated, lie over so many days, with their evidence for the last 30, as
it is kept; new ones come in on the last day. Printed is CPU time of this process: all of it, and
what of it goes into describing the new texts. The library is made by SQL, since only its size
matters here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from digest.blocks import to_json
from digest.library.describing import describe
from digest.library.storying import KEPT, Stories
from digest.model import Block, BlockKind, Span
from digest.store.changes import Change
from digest.store.database import Database
from digest.store.migrations import migrate
from digest.store.packing import packed as packed_text
from digest.stories.evidence import packed

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "scale"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DISTINCT = 3000  # documents that are described, and repeated
DAY = 86_400


def documents(number: int) -> list[dict[str, str]]:
    """As many documents of each of the three languages."""
    found: list[dict[str, str]] = []
    files = sorted(DATA.glob("*.jsonl.gz"))
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            found += map(json.loads, islice(lines, number // len(files)))
    random.Random(5).shuffle(found)
    return found


def fill(path: Path, docs: Sequence[dict[str, str]], articles: int, days: int) -> None:
    """Articles with their stories and evidence, evenly over the days before now."""
    kept = []
    for one in docs:
        evidence = describe(one["title"], one["text"][:2000], one["lang"][:2], {})
        kept.append(packed(evidence))
    now = int(NOW.timestamp())
    chance = random.Random(6)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO outlets (name, host) VALUES ('bench', 'bench.example')")
        for ident in range(1, articles + 1):
            doc = docs[ident % len(docs)]
            at = now - chance.randrange(days * DAY)
            insert(db, ident, doc, at, story=ident)
            if at >= now - KEPT.total_seconds():
                own = kept[ident % len(docs)]
                db.execute("INSERT INTO story_evidence VALUES (?, ?)", (ident, own))
            db.execute("INSERT INTO stories (id, created) VALUES (?, ?)", (ident, at))


def insert(
    db: sqlite3.Connection, ident: int, doc: dict[str, str], at: int, *, story: int | None
) -> None:
    """One article."""
    text = doc["text"][:2000]
    db.execute(
        """INSERT INTO articles (id, url, outlet_id, title, author, lang, published, fetched, at,
        text_hash, story_id) VALUES (?, ?, 1, ?, '', ?, ?, ?, ?, ?, ?)""",
        (
            ident,
            f"https://bench.example/{ident}",
            doc["title"],
            doc["lang"],
            at,
            at,
            at,
            ident.to_bytes(8),
            story,
        ),
    )
    blocks = packed_text(to_json((Block(BlockKind.PARAGRAPH, (Span(text),)),)))
    db.execute(
        "INSERT INTO contents (article_id, text, blocks) VALUES (?, ?, ?)", (ident, text, blocks)
    )


def refuse(_db: sqlite3.Connection, _found: Sequence[Change], _label: str) -> int:
    """Nobody changes anything by hand here."""
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=900)
    parser.add_argument("--new", type=int, default=50)
    given = parser.parse_args()
    if not DATA.exists():
        sys.exit("the public sets are not beside this checkout")
    docs = documents(DISTINCT + given.new * 3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        migrate(path)
        fill(path, docs[:DISTINCT], given.articles, given.days)
        database = Database(path)
        stories = Stories(database, lambda: NOW, refuse)
        for number in range(3):
            fresh = docs[DISTINCT + number * given.new :][: given.new]
            with database.write() as db:
                for place, doc in enumerate(fresh, given.articles + 1 + number * given.new):
                    insert(db, place, doc, int(NOW.timestamp()) - place % DAY, story=None)
            started = time.process_time()
            done = stories.catch_up(lambda: False)
            spent = time.process_time() - started
            began = time.process_time()
            for doc in fresh:
                describe(doc["title"], doc["text"][:2000], doc["lang"][:2], {})
            describing = time.process_time() - began
            print(
                f"{given.articles:,} articles over {given.days} days: {done} put to stories in "
                f"{spent:.2f} s CPU, {describing:.2f} of it to describe them"
            )
        database.close()


if __name__ == "__main__":
    main()
