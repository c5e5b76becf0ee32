"""`digest feeds add`: an address looked at, what it brings shown, and the feed written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from digest.cli import output
from digest.cli.context import Session
from digest.cli.feedwords import settings_object
from digest.cli.interrupt import stoppable
from digest.cli.rows import day
from digest.config import edit
from digest.config.schema import LISTS
from digest.config.settings import Feed
from digest.errors import ConfigError, SourceError, UsageError
from digest.export.forms import iso
from digest.library.scouting import look

if TYPE_CHECKING:
    from digest.ingest.feeds.entries import Entry
    from digest.ingest.scout import Discovery

_SHOWN = 5
_IN_JSON = 20
_OTHERS_SHOWN = 5


def follow(session: Session, given: Mapping[str, Any], *, yes: bool, json_wanted: bool) -> int:
    """Add what is at an address; the exit code, 1 when nothing could be added.

    Raises:
        UsageError: what was typed cannot be a feed.
    """
    feed = _described(given)
    if feed.url in {one.url for one in session.config.feeds}:
        return _done(session, feed, json_wanted=json_wanted)
    try:
        with stoppable() as stopped:
            found = look(
                session.folder,
                session.config,
                feed,
                cancelled=stopped,
                as_given=bool(given["kind"] or given["items"]) and _is_whole(feed),
            )
    except SourceError as error:
        output.talk(f"{feed.url} could not be looked at now: {error}")
        if not _is_whole(feed):
            output.complain("name its articles with --items to add it all the same")
            return 1
        return _done(session, feed, json_wanted=json_wanted)
    if found.feed is not None:
        _show(found.entries, session, silent=json_wanted)
        _mention(found)
        return _done(session, found.feed, found, json_wanted=json_wanted)
    if given["kind"] == "feed":
        output.talk(f"{feed.url}: {found.remark}; it is added as you said")
        return _done(session, feed, json_wanted=json_wanted)
    return _choose(session, feed, found, yes=yes, json_wanted=json_wanted)


def add_all(session: Session, new: Sequence[Feed]) -> list[Feed]:
    """Write feeds into the configuration and say so; those that were not there yet."""
    added = edit.add_feeds(session.folder, new, session.config_file)
    for feed in added:
        output.talk(f"added {feed.title}")
    if known := len(new) - len(added):
        output.talk(f"{known:,} {'was' if known == 1 else 'were'} in the list already")
    if added:
        place = edit.target_file(session.folder, session.config_file)
        output.talk(f"written to {place}; 'digest fetch' reads what is new")
    return added


def _described(given: Mapping[str, Any]) -> Feed:
    """The feed as typed, each value checked as in the file.

    Raises:
        UsageError: a value cannot be.
    """
    if not given["url"].strip():
        raise UsageError("name the address of the feed")
    kind = given["kind"] or ("page" if given["items"] else "feed")
    if given["items"] and kind != "page":
        raise UsageError("--items has a use only with --kind page")
    written = {**given, "kind": kind}
    for key in ("url", "name", "lang", "items"):
        try:
            written[key] = LISTS["feeds"].keys[key](written[key])
        except ValueError as error:
            raise ConfigError(f"{key} {error}") from None
    return Feed(**written)


def _is_whole(feed: Feed) -> bool:
    """Whether it can be added as it is: a page needs its selector."""
    return feed.kind != "page" or bool(feed.items)


def _done(
    session: Session, feed: Feed, found: Discovery | None = None, *, json_wanted: bool
) -> int:
    added = add_all(session, [feed])
    if json_wanted:
        entries = found.entries if found else ()
        output.document(
            {
                "added": [settings_object(one) for one in added],
                "entries": _objects(entries),
                "proposals": [],
            }
        )
    return 0


def _choose(session: Session, feed: Feed, found: Discovery, *, yes: bool, json_wanted: bool) -> int:
    """Propose the lists of articles on a page; add the one that the person takes."""
    if not found.proposals:
        output.complain(f"{feed.url}: {found.remark or 'nothing to follow was found there'}")
        if json_wanted:
            output.document({"added": [], "entries": [], "proposals": []})
        return 1
    output.talk(f"{feed.url} has no feed. What it lists can be followed all the same:")
    for number, proposal in enumerate(found.proposals, 1):
        if not json_wanted:
            output.line(f"{number}. --items {_in_quotes(proposal.items)}")
        _show(proposal.entries, session, silent=json_wanted)
    number = _taken(len(found.proposals), yes=yes, ask=not json_wanted and output.on_terminal())
    if number:
        chosen = found.proposals[number - 1]
        taken = replace(feed, kind="page", items=chosen.items, name=feed.name or found.title)
        return _done(
            session, taken, replace(found, entries=chosen.entries), json_wanted=json_wanted
        )
    if json_wanted:
        proposals = [
            {"items": one.items, "entries": _objects(one.entries)} for one in found.proposals
        ]
        output.document({"added": [], "entries": [], "proposals": proposals})
    output.complain(
        "nothing was added; add one with "
        f"digest feeds add {feed.url} --items {_in_quotes(found.proposals[0].items)}"
    )
    return 1


def _taken(count: int, *, yes: bool, ask: bool) -> int:
    """The number of the proposal to take, 0 for none."""
    if yes:
        return 1
    if not ask:
        return 0
    answer = click.prompt(
        f"Follow which of them? 1 to {count}, or nothing", default="", show_default=False, err=True
    ).strip()
    return int(answer) if answer.isdecimal() and 1 <= int(answer) <= count else 0


def _in_quotes(items: str) -> str:
    return "'" + items.replace("'", "'\\''") + "'"


def _show(entries: Sequence[Entry], session: Session, *, silent: bool) -> None:
    """What would come in, on stdout: a few of it."""
    if silent:
        return
    zone = ZoneInfo(session.config.search.timezone)
    for entry in entries[:_SHOWN]:
        at = entry.published or entry.updated
        output.line(f"   {day(at, zone) if at else 'no date   '}  {entry.title or entry.url}")
        if entry.title and entry.url:
            output.line(f"               {entry.url}")
    if not entries:
        output.line("   nothing is in it now")
    elif len(entries) > _SHOWN:
        dated = sum(1 for entry in entries if entry.published or entry.updated)
        output.line(f"   … {len(entries):,} in all, {dated:,} of them with a date")


def _mention(found: Discovery) -> None:
    """Say what is odd, and which other feeds there are."""
    if found.remark:
        output.talk(found.remark)
    for other in found.others[:_OTHERS_SHOWN]:
        output.talk(f"it also has {other.title}: {other.url}")


def _objects(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "title": entry.title,
            "url": entry.url or None,
            "published": iso(entry.published or entry.updated),
        }
        for entry in entries[:_IN_JSON]
    ]
