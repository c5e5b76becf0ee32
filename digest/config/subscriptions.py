"""Lists of feeds from other readers: OPML, and newsboat's `urls`."""

from __future__ import annotations

from digest.config.collecting import Imported
from digest.config.newsboat import read_urls
from digest.config.opml import read_opml
from digest.errors import SourceError

MAX_BYTES = 5_000_000


def read_subscriptions(raw: bytes) -> Imported:
    """The feeds of an OPML file or of newsboat's `urls`, whichever `raw` is.

    Raises:
        SourceError: it is too large, not well-formed, or no feed is in it.
    """
    if len(raw) > MAX_BYTES:
        raise SourceError(f"the list is larger than {MAX_BYTES:,} bytes; split it")
    start = raw[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    found = read_opml(raw) if start.startswith(b"<") else read_urls(raw)
    if not found.feeds:
        why = f" ({found.remarks[0]})" if found.remarks else ""
        raise SourceError(f"there is no feed in this list{why}")
    return found
