"""The sidebar as plain values: places, saved views, feeds by language and group, tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from digest.config.settings import View
from digest.tui.i18n import N_, _
from digest.tui.rendering.badges import badge

if TYPE_CHECKING:
    from digest.library.values import Counts, FeedInfo

PEOPLE = 12
LANGUAGES = {"en": N_("English"), "zh": N_("Chinese"), "ja": N_("Japanese"), "ko": N_("Korean")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar.

    Attributes:
        title: what is shown.
        query: what it lists, in the query language; None for a heading.
        count: the number at the right, None for none.
        depth: how far it is indented.
        trouble: whether the last check of the feed failed.
        alert: whether something unread is in a view that is to tell of it.
        feed: the name by which the feed or group is fetched, "" for other entries.
    """

    title: str
    query: str | None = None
    count: int | None = None
    depth: int = 0
    trouble: bool = False
    feed: str = ""
    alert: bool = False


def outline(
    counts: Counts, feeds: Sequence[FeedInfo], views: Sequence[View], today: date
) -> list[Entry]:
    """All entries from top to bottom."""
    return [
        Entry(_("Unread"), "is:unread", counts.unread),
        Entry(_("Today"), f"date:{today.isoformat()}", counts.today),
        Entry(_("Starred"), "is:starred", counts.starred),
        Entry(_("With a note"), "is:noted", counts.noted),
        Entry(_("All articles"), "", counts.all),
        *_views(counts, views),
        *_feeds(counts, feeds),
        *_tags(counts),
        *_people(counts),
    ]


def quoted(value: str) -> str:
    """A value for `feed:` or `tag:`, in quotes where it needs them."""
    plain = value.replace('"', " ").strip()
    return (
        plain if plain and all(sign.isalnum() or sign in "-_." for sign in plain) else f'"{plain}"'
    )


def _views(counts: Counts, views: Sequence[View]) -> Iterator[Entry]:
    if views:
        yield Entry(_("Views"))
    for view in views:
        unread = counts.views.get(view.name, 0)
        yield Entry(view.name, view.query, unread, alert=view.alert and unread > 0)


def _feeds(counts: Counts, feeds: Sequence[FeedInfo]) -> Iterator[Entry]:
    if feeds:
        yield Entry(_("Feeds"))
    by_language = sorted(feeds, key=lambda info: _rank(info.feed.lang))
    for code, of_language in groupby(by_language, key=lambda info: _code(info.feed.lang)):
        infos = list(of_language)
        name = LANGUAGES.get(code, "")
        words = _(name) if name else code or _("Other")
        yield Entry(
            f"{badge(infos[0].feed.lang).strip() or '--'}  {words}",
            f"lang:{code}" if code else None,
            sum(_unread(counts, info) for info in infos),
        )
        yield from _of_language(counts, infos)


def _of_language(counts: Counts, infos: Sequence[FeedInfo]) -> Iterator[Entry]:
    """Groups of two feeds or more under their name, the others by themselves."""
    sizes: dict[str, int] = {}
    for info in infos:
        sizes[_group(info)] = sizes.get(_group(info), 0) + 1
    done: set[str] = set()
    for info in infos:
        group = _group(info)
        if not group or sizes[group] < 2:
            yield _feed(counts, info, 1)
        elif group not in done:
            done.add(group)
            members = [one for one in infos if _group(one) == group]
            unread = sum(_unread(counts, one) for one in members)
            yield Entry(group, f"feed:{quoted(group)}", unread, 1, feed=group)
            for one in members:
                yield _feed(counts, one, 2)


def _feed(counts: Counts, info: FeedInfo, depth: int) -> Entry:
    name = info.feed.title
    trouble = info.state.failures > 0 or info.state.gone
    query = f"feed:{quoted(name)}"
    return Entry(name, query, _unread(counts, info), depth, trouble, feed=info.feed.url)


def _tags(counts: Counts) -> Iterator[Entry]:
    if counts.tags:
        yield Entry(_("Tags"))
    for name, unread, _every in counts.tags:
        yield Entry(f"#{name}", f"tag:{quoted(name)}", unread)


def _people(counts: Counts) -> Iterator[Entry]:
    if counts.people:
        yield Entry(_("People and places"))
    for name, _kind, unread, _every in counts.people[:PEOPLE]:
        yield Entry(counts.labels.get(name, name), f"who:{quoted(name)}", unread)


def _unread(counts: Counts, info: FeedInfo) -> int:
    return counts.feeds.get(info.state.id, (0, 0))[0]


def _group(info: FeedInfo) -> str:
    return info.feed.groups[0] if info.feed.groups else ""


def _code(lang: str) -> str:
    return lang.split("-", maxsplit=1)[0].lower()


def _rank(lang: str) -> tuple[int, str]:
    code = _code(lang)
    order = list(LANGUAGES)
    return (order.index(code) if code in order else len(order), code)
