"""Newsboat's `urls`: an address a line, then tags, in quotes where they hold spaces.

The format is described in newsboat's manual under "Tagging" and "Query feeds".
"""

from __future__ import annotations

import re

from digest.config.collecting import Collector, Imported
from digest.config.settings import Feed

WORD = re.compile(r'"((?:[^"\\]|\\.)*)"?|([^\s"]+)')
NOT_FEEDS = {"query": "a query feed", "exec": "the output of a program", "filter": "a filter"}


def read_urls(raw: bytes) -> Imported:
    """The feeds in a `urls` file: tags become groups, `"~Title"` the name.

    Query feeds and the output of programs are no feeds to us: each is left out with a remark.

    Raises:
        SourceError: there are too many.
    """
    collector = Collector()
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").split("\n"), start=1):
        words = [_unquoted(match) for match in WORD.finditer(line.strip()[:20_000])]
        if not words or line.lstrip().startswith("#"):
            continue
        scheme = words[0].partition(":")[0].lower()
        if scheme in NOT_FEEDS:
            collector.remark(f"line {number}: left out {NOT_FEEDS[scheme]}: {words[0][:80]}")
        else:
            collector.add(_feed(words[0], words[1:]))
    return collector.imported()


def _unquoted(match: re.Match[str]) -> str:
    bare: str | None = match[2]
    return bare if bare is not None else re.sub(r"\\(.)", r"\1", match[1])


def _feed(url: str, tags: list[str]) -> Feed:
    """`~` begins the name; `!` hides the feed from newsboat's own list and is no group."""
    name = next((tag[1:] for tag in tags if tag.startswith("~")), "")
    return Feed(url, name=name, groups=tuple(tag for tag in tags if tag[:1] not in {"~", "!"}))
