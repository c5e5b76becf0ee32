"""A year on a timer: many local feeds, a clock that moves, and what grows meanwhile.

    python -m bench.year [--feeds 200] [--days 365]

Each day every feed is fetched once; a fifth of them have a new entry, the others answer 304, some
fail, some have moved and some are gone. Prints, ten times a year, the memory of this process and
how much the library holds: the articles grow, everything else has to stay level.
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import tempfile
import threading
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from digest.config.settings import Config, Feed, Fetch
from digest.library import Library

START = datetime(2026, 1, 1, 6, tzinfo=UTC)
KEPT = 30
TEXT = "The ministry said that the talks would go on in spring, and that both sides had agreed. "


class Year:
    """The clock, and the feeds as they are on its day."""

    def __init__(self, feeds: int) -> None:
        self.feeds = feeds
        self.day = 0

    def now(self) -> datetime:
        """Six in the morning, UTC, of the day."""
        return START + timedelta(days=self.day)

    def entries(self, feed: int) -> int:
        """How many entries the feed has had by now: one every fifth day."""
        return (self.day + feed) // 5 + 1

    def answer(self, path: str, etag: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of a feed's answer."""
        number = int(path.strip("/").removeprefix("new/"))
        if number % 40 == 1:
            return 503, {"Retry-After": "3600"}, b""
        if number % 40 == 2 and not path.startswith("/new/"):
            return 301, {"Location": f"/new/{number}"}, b""
        if number % 40 == 3 and self.day > 30:
            return 410, {}, b""
        count = self.entries(number)
        if etag == f'"{count}"':
            return 304, {"ETag": etag}, b""
        return (
            200,
            {"ETag": f'"{count}"', "Content-Type": "application/rss+xml"},
            self._rss(number, count),
        )

    def _rss(self, number: int, count: int) -> bytes:
        items = "".join(
            f"<item><title>Feed {number}, story {at}</title><guid>{number}-{at}</guid>"
            f"<description>{number}/{at}: {TEXT * 12}</description>"
            f"<pubDate>{format_datetime(START + timedelta(days=at * 5 - number % 5))}</pubDate>"
            "</item>"
            for at in range(count - 1, max(count - 1 - KEPT, -1), -1)
        )
        title = f"<title>Feed {number}</title>"
        return f'<rss version="2.0"><channel>{title}{items}</channel></rss>'.encode()


def serve(year: Year) -> ThreadingHTTPServer:
    """The feeds on a port of this machine."""

    class Exchange(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = year.answer(self.path, self.headers.get("If-None-Match", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Exchange)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def memory() -> float:
    """Megabytes that this process has in memory now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def rows(path: Path) -> dict[str, int]:
    """Rows of every table."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def main() -> None:
    """Let the year go by."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--days", type=int, default=365)
    options = parser.parse_args()
    year = Year(options.feeds)
    server = serve(year)
    port = server.server_address[1]
    config = Config(
        fetch=Fetch(allow_private=True, full_text=False, per_host=16),
        feeds=tuple(Feed(f"http://127.0.0.1:{port}/{n}", f"Feed {n}") for n in range(year.feeds)),
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with Library.open(home, config, clock=year.now) as library:
            for year.day in range(options.days):
                library.fetch()
                if year.day % max(options.days // 10, 1) == 0 or year.day == options.days - 1:
                    tell(year.day, home)
    server.shutdown()


def tell(day: int, home: Path) -> None:
    """A line on the day."""
    found = rows(home / "library.db")
    size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6
    articles = found.pop("articles")
    others = {name: number for name, number in found.items() if number and name not in _CONTENT}
    print(
        f"day {day:>3}: {memory():6.1f} MB memory, {size:6.1f} MB on disk, "
        f"{articles:>6,} articles, {others}",
        flush=True,
    )


# Grows with the articles, one row or a few for each.
_CONTENT = ("contents", "known", "entities", "mentions")

if __name__ == "__main__":
    main()
