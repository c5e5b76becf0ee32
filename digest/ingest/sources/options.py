"""What a person says about a source, and what the readers are told with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.ingest.extract.values import Hints
from digest.model import Draft
from digest.text import clean_line

MAX_BYTES = 50_000_000
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What a person said; each wins over what the source says of itself.

    Attributes:
        title: the headline, "" to find it.
        date: when it was published, aware; None to find it.
        lang: a BCP 47 tag, "" to find it.
        feed: the name of the outlet, "" to find it.
    """

    title: str = ""
    date: datetime | None = None
    lang: str = ""
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of one file is told.

    Attributes:
        name: the file's name without its folder, "" for standard input.
        written: when the file was last written, the present for standard input; aware.
        now: the present.
        zone: where dates without a zone are.
        options: what the person said.
    """

    name: str
    written: datetime
    now: datetime
    zone: ZoneInfo
    options: AddOptions

    @property
    def near(self) -> datetime:
        """What the text speaks of was before this: it was written by then."""
        return min(self.written, self.now)

    def hints(self, **known: str) -> Hints:
        """The same for extraction, with the `title` and `author` that are known."""
        hints = Hints(
            published=self.options.date,
            lang=self.options.lang,
            outlet=self.options.feed,
            zone=self.zone,
            now=self.near,
        )
        return replace(hints, **known)  # type: ignore[arg-type]


def language_tag(tag: str) -> str:
    """A BCP 47 tag in its usual case (`zh-Hant-TW`), "" when it has not the shape of one.

    The case follows RFC 5646 section 2.1.1: the language small, a script of four letters with a
    capital, a region of two letters in capitals.
    """
    tag = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return ""
    first, *others = tag.split("-")
    parts = [first.lower()]
    for part in others:
        after_singleton = len(parts[-1]) == 1
        if len(part) == 2 and not after_singleton:
            parts.append(part.upper())
        elif len(part) == 4 and part.isalpha() and not after_singleton:
            parts.append(part.title())
        else:
            parts.append(part.lower())
    return "-".join(parts)


def with_options(draft: Draft, options: AddOptions) -> Draft:
    """`draft` with what the person said in place of what was found."""
    return replace(
        draft,
        title=clean_line(options.title) or draft.title,
        published=options.date or draft.published,
        lang=language_tag(options.lang) or draft.lang,
        outlet=clean_line(options.feed) or draft.outlet,
    )
