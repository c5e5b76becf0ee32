"""What is fuzzed: each takes any bytes and may only refuse them in the program's own words."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.config.load import load
from digest.config.opml import write_opml
from digest.config.settings import Config
from digest.config.subscriptions import read_subscriptions
from digest.errors import DigestError
from digest.ingest.extract.pages import extract_page
from digest.ingest.extract.values import Hints
from digest.ingest.feeds.listing import parse_list
from digest.ingest.feeds.parse import parse_feed
from digest.ingest.feeds.sitemap import parse_sitemap
from digest.library import Library
from digest.paths import shipped_config
from tests.index.making import asked
from tests.ingest.sources.reading import outcomes

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent / "samples"
DATA = ROOT.parent / "shared" / "data"
URL = "https://news.example/2026/11/08/a.html"
ZONE = ZoneInfo("Asia/Taipei")
NOW = datetime(2026, 11, 8, tzinfo=UTC)
HINTS = Hints(zone=ZONE, now=NOW)
# What may never come out of a reader: it steers a terminal or turns the reading direction.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Target:
    """A reader of strangers' bytes, with samples of what it is made for."""

    read: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]

    def __call__(self, data: bytes) -> None:
        """Read; anything but a refusal in our own words is a find."""
        with contextlib.suppress(DigestError):
            _no_steering(self.read(data))


def _no_steering(found: object) -> None:
    for text in _texts(found):
        assert not STEERING.search(text), f"what steers a terminal came through: {text[:200]!r}"


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from _texts(list(found.values()))
    elif isinstance(found, (list, tuple)):
        for one in found:
            yield from _texts(one)
    elif is_dataclass(found) and not isinstance(found, type):
        yield from _texts(asdict(found))


def _feed(data: bytes) -> object:
    found = parse_feed(data, url="https://news.example/feed", headers={}, zone=ZONE)
    # Their markup is read, and cleaned, with the page.
    plain = [replace(entry, summary_html="", content_html="") for entry in found.entries]
    return replace(found, entries=tuple(plain))


def _sitemap(data: bytes) -> object:
    return parse_sitemap(data, url="https://news.example/map.xml", zone=ZONE, limit=10_000_000)


def _list(data: bytes) -> object:
    return parse_list(data, url=URL, items="a, li, h2", zone=ZONE, now=NOW)


def _page(data: bytes) -> object:
    return extract_page(data, url=URL, hints=HINTS)


def _query(data: bytes) -> object:
    asked(data.decode("utf-8", "surrogateescape"), {"x": "@y OR a", "y": "@x b"})
    return None


def _subscriptions(data: bytes) -> object:
    found = read_subscriptions(data)
    again = read_subscriptions(write_opml(found.feeds, NOW))
    assert [feed.url for feed in again.feeds] == [feed.shown for feed in found.feeds]
    return found


def _configuration(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").write_bytes(data)
        load(Path(folder))
    return None


def _file(ending: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a.{ending}"
            path.write_bytes(data)
            drafts = [draft for _, draft in outcomes(path)]
        return [
            (draft.title, draft.author, draft.outlet, draft.tags, draft.blocks)
            for draft in drafts
            if not isinstance(draft, DigestError)
        ]

    return read


def _restored(data: bytes) -> object:
    """A backup that is taken can be used; one that is refused replaces nothing."""
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder) / "backup.db", Path(folder) / "home"
        source.write_bytes(data)
        try:
            Library.restore(source, home)
        except DigestError:
            assert not (home / "library.db").exists()
            raise
        with Library.open(home, Config(feeds=())) as library:
            library.doctor()
            for row in library.rows(library.listing("").ids):
                library.article(row.id)
            library.search("台灣")
            library.undo()
    return None


def _of(*patterns: str, most: int = 25) -> list[bytes]:
    found = [path for pattern in patterns for path in sorted(DATA.glob(pattern)) if path.is_file()]
    return [path.read_bytes()[:60_000] for path in found[:: max(len(found) // most, 1)][:most]]


def _samples(name: str, *more: str) -> Callable[[], list[bytes]]:
    """The samples kept beside this file, and some of the data beside the checkout."""
    own = sorted((SAMPLES / name).iterdir())
    return lambda: [*(path.read_bytes() for path in own), *_of(*more)]


@cache
def _backups() -> tuple[bytes, ...]:
    """Small libraries: a new one, and one with everything in it."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.jsonl", Path(folder) / "copy.db"
        source.write_bytes(_samples("lines")()[0])
        with Library.open(Path(folder) / "home", Config(feeds=())) as library:
            library.backup(target)
            found.append(target.read_bytes())
            library.add([str(source)])
            library.tag([1], ["海"])
            library.set_note(1, "想一想")
            library.backup(target)
            found.append(target.read_bytes())
    return tuple(found)


TARGETS: dict[str, Target] = {
    "feed": Target(_feed, _samples("feed", "feeds/**/*.xml")),
    "sitemap": Target(_sitemap, _samples("sitemap")),
    "list": Target(_list, _samples("page", "pages/html/**/*.html")),
    "page": Target(_page, _samples("page", "pages/html/**/*.html")),
    "query": Target(_query, _samples("query")),
    "subscriptions": Target(_subscriptions, _samples("subscriptions")),
    "configuration": Target(_configuration, lambda: [shipped_config().read_bytes()]),
    "mail": Target(_file("eml"), _samples("mail")),
    "markdown": Target(_file("md"), _samples("markdown")),
    "lines": Target(_file("jsonl"), _samples("lines")),
    "restore": Target(_restored, _backups),
}
