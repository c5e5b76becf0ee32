"""What extraction is told beforehand and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.model import Block


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of an article before its page is read, mostly from its feed.

    Attributes:
        title: the feed's title of the entry.
        author: the feed's author of the entry.
        published: the feed's date of the entry, aware.
        lang: the language configured or declared for the feed, any BCP 47 tag.
        outlet: the name of the publication or feed.
        zone: where the clocks of dates without a zone are.
        now: when the page was read, for dates without a year; None for the present.
    """

    title: str = ""
    author: str = ""
    published: datetime | None = None
    lang: str = ""
    outlet: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Taipei"))
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as read from a page or a fragment; times are in UTC.

    Attributes:
        title: one clean line, never empty.
        blocks: the structured text, never without text.
        author: names joined with ", ", or "".
        outlet: the publication's name, or "".
        lang: `en`, `ja`, `zh-Hant`, `zh-Hans` or another BCP 47 tag; "" when unknown.
        published: when it was published; noon in the hints' zone for a date without a time.
        modified: when it was changed, None when not said.
        section: the part of the publication it stands in, or "".
        image: the absolute http(s) address of its lead picture, or "".
        headline: what the page alone gives as its title, whatever the hints say.
        canonical_url: the page's own canonical address in the normal form, or "".
        partial: the text is known to be cut.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    outlet: str = ""
    lang: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    section: str = ""
    image: str = ""
    headline: str = ""
    canonical_url: str = ""
    partial: bool = False
