"""Near copies in a large library: what one more article costs, and what the sketches take.

    make bench-neardup ARGS=100000    # needs the documents at ../shared/data

So many articles, 300 a day, go into a library one after the other, as a fetch brings them but
for the names in them; every tenth is a reprint of one of the day before in which another text
replaces a quarter. The documents of `scale/` are real; past their number halves of two are put
together. CPU of the process is given for the last tenth, its memory at the end, and the bytes of
the two tables in the file.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.library import reprints
from digest.model import Block, BlockKind, Draft, Span
from digest.store import articles
from digest.store.database import Database
from digest.store.migrations import migrate

DATA = Path(__file__).parents[2] / "shared" / "data" / "scale"
A_DAY = 300
REPRINTS = 10
BATCH = 50
LONGEST = 20_000


def texts() -> Iterator[str]:
    """Real texts, the languages in turn, then halves of two, for ever."""
    real = list(_real())
    yield from real
    for apart in itertools.count(1):
        for one, other in zip(real, real[apart:], strict=False):
            yield one[: len(one) // 2] + " " + other[len(other) // 2 :]


def _real() -> Iterator[str]:
    with ExitStack() as opened:
        files = [
            opened.enter_context(gzip.open(path, "rt", encoding="utf-8"))
            for path in sorted(DATA.glob("*.jsonl.gz"))
        ]
        for lines in itertools.zip_longest(*files):
            for line in filter(None, lines):
                yield json.loads(line)["text"][:LONGEST]


def pieces() -> Iterator[tuple[str, bool]]:
    """Texts of articles, and whether each is a reprint of one of the last two days."""
    chance = random.Random(9)
    recent: list[str] = []
    for number, text in enumerate(texts()):
        if number % REPRINTS == REPRINTS - 1 and len(recent) > A_DAY:
            one = chance.choice(recent[-A_DAY:])
            yield one[: 3 * len(one) // 4] + " " + text[: len(one) // 4], True
        yield text, False
        recent = [*recent[-A_DAY:], text]


def main() -> None:
    number = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        migrate(path)
        database = Database(path)
        spent = saving = 0.0
        found = wanted = count = 0
        made = itertools.islice(pieces(), number)
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        while batch := list(itertools.islice(made, BATCH)):
            with database.write() as db:
                for text, reprint in batch:
                    day = begin + timedelta(days=count // A_DAY, minutes=count % A_DAY)
                    draft = Draft(
                        f"Headline {count}",
                        (Block(BlockKind.PARAGRAPH, (Span(text),)),),
                        url=f"https://example.org/{count}",
                        published=day,
                    )
                    first = time.process_time()
                    saved = articles.save(db, draft, day)
                    second = time.process_time()
                    reprints.fold_in(db, saved.id)
                    if count >= number - number // 10:
                        saving += second - first
                        spent += time.process_time() - second
                    if reprint and len(text) > 400:  # a shorter one has no sketch
                        row = db.execute("SELECT copy_of FROM articles WHERE id = ?", (saved.id,))
                        wanted += 1
                        found += row.fetchone()[0] is not None
                    count += 1
        last = number // 10
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{count:,} articles; each of the last {last:,}: {1000 * saving / last:.2f} ms CPU to"
        )
        print(f"store and {1000 * spent / last:.2f} ms to sketch, look up and compare")
        print(f"reprints found {found:,} of {wanted:,}; most memory {memory} MB")
        with database.read() as db:
            sizes = db.execute(
                "SELECT name, sum(pgsize) FROM dbstat WHERE name IN ('passages', 'sketches') "
                "GROUP BY name"
            )
            for name, size in sizes:
                print(f"{name}: {size / 1e6:.0f} MB, {size / count:.0f} bytes an article")
        print(f"library.db: {path.stat().st_size / 1e6:.0f} MB")
        database.close()


if __name__ == "__main__":
    main()
