"""`digest feeds`: the list of feeds, which lives in the user's configuration file."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from digest.cli import files, output
from digest.cli.context import Session, pass_session
from digest.cli.feedwords import feed_object
from digest.cli.groups import Commands
from digest.cli.options import as_json, output_file
from digest.cli.rows import badge, day, table
from digest.errors import SourceError

_MAX_LIST = 5_000_001


@click.group(cls=Commands)
def feeds() -> None:
    """List, add, remove, check, import and export feeds.

    Changes are written to your configuration file; its comments stay.
    """


@feeds.command("list")
@as_json
@pass_session
def list_(session: Session, *, json_wanted: bool) -> None:
    """List the feeds with how many articles came through them."""
    with session.library() as library:
        infos = library.feeds()
        counts = library.counts().feeds
        zone = library.zone
    if json_wanted:
        output.document({"feeds": [feed_object(one, counts) for one in infos]})
        return
    rows = [
        [
            badge(one.feed.lang),
            one.feed.title,
            ", ".join(one.feed.groups),
            one.feed.scope,
            f"{one.unread:,}",
            f"{counts.get(one.state.id, (0, 0))[1]:,}",
            day(one.newest, zone) if one.newest else "-",
            one.feed.shown,
        ]
        for one in infos
    ]
    head = ["", "Name", "Groups", "Scope", "Unread", "Articles", "Newest", "Address"]
    table(head, rows, right=[4, 5])


@feeds.command()
@click.argument("url", metavar="URL")
@click.option("--name", metavar="TEXT", default="", help="What to call it.")
@click.option("--lang", metavar="TAG", default="", help="Its language, like en, zh-Hant or ja.")
@click.option(
    "--scope",
    type=click.Choice(["all", "topic"]),
    default="all",
    show_default=True,
    help="Keep everything, or what is about Taiwan and Japan.",
)
@click.option("--group", "groups", metavar="TEXT", multiple=True, help="A group; may be repeated.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag for all that comes in.")
@click.option("--label", metavar="TEXT", default="", help="A word on what kind of source it is.")
@click.option(
    "--kind",
    type=click.Choice(["feed", "sitemap", "page"]),
    default=None,
    help="What the address leads to.  [default: found out]",
)
@click.option(
    "--items", metavar="CSS", default="", help="The articles on a page without a feed, by selector."
)
@click.option("--secret", metavar="NAME", default="", help="An entry of your secrets.toml.")
@click.option(
    "--full-text/--no-full-text",
    default=None,
    help="Download each page, or take what the feed has.  [default: as in fetch.full_text]",
)
@click.option("-y", "--yes", is_flag=True, help="Take what is proposed without being asked.")
@as_json
@pass_session
def add(session: Session, /, *, yes: bool, json_wanted: bool, **given: Any) -> int:
    """Add a feed, or the feed of a site, or a page that lists articles.

    The address is looked at first. A site's feed is found from any of its pages. Where there is
    none, a CSS selector for the articles that the page lists is proposed with what it would bring;
    it is added when you say yes, or with --items. What cannot be reached now is added as it is.
    """
    from digest.cli.following import follow  # noqa: PLC0415 - not needed for --help

    return follow(session, given, yes=yes, json_wanted=json_wanted)


@feeds.command()
@click.argument("names", metavar="FEED...", nargs=-1, required=True)
@pass_session
def remove(session: Session, names: tuple[str, ...]) -> None:
    """Remove feeds by name or address. What came through them stays in the library."""
    from digest.config import edit  # noqa: PLC0415 - tomlkit

    for name in names:
        gone = edit.remove_feed(session.folder, name, session.config_file)
        output.talk(f"removed {gone.title} ({gone.shown})")


@feeds.command()
@click.argument("feed", metavar="FEED")
@click.option(
    "--keep", "kept", metavar="N", type=int, multiple=True, help="Line N is no boilerplate."
)
@click.option(
    "--hide", "taken", metavar="N", type=int, multiple=True, help="Hide line N after all."
)
@as_json
@pass_session
def lines(
    session: Session, feed: str, kept: tuple[int, ...], taken: tuple[int, ...], *, json_wanted: bool
) -> None:
    """List the lines that repeat across a feed's articles and are hidden in them.

    A subscription, a copyright, "read more": what is in many articles of one site is learned and
    no longer shown, searched or compared. 'digest show ID --whole' shows it. With
    'boilerplate = false' in its table, nothing is hidden in a feed's articles.
    """
    from digest.cli.repeated import repeated  # noqa: PLC0415 - not needed for --help

    with session.library() as library:
        repeated(library, feed, kept, taken, json_wanted=json_wanted)


@feeds.command()
@click.argument("feed", metavar="FEED")
@click.argument("name", metavar="NAME")
@pass_session
def rename(session: Session, feed: str, name: str) -> None:
    """Give a feed a new name."""
    from digest.config import edit  # noqa: PLC0415 - tomlkit

    before = edit.rename_feed(session.folder, feed, name, session.config_file)
    output.talk(f"{before.title} is now {name.strip()}")


@feeds.command()
@click.argument("names", metavar="[FEED]...", nargs=-1)
@as_json
@pass_session
def check(session: Session, names: tuple[str, ...], *, json_wanted: bool) -> int:
    """The feed doctor: say of each feed how it is doing and what to do about it.

    It goes by what the last fetches saw. FEED is a name, an address or a group. Exit code 1 when
    one of them fails, is gone, or has been silent for far longer than it usually is.
    """
    from digest.cli.feedwords import check_object  # noqa: PLC0415 - not needed for --help
    from digest.library.choosing import chosen  # noqa: PLC0415 - sqlite3
    from digest.library.diagnosis import diagnose, habits  # noqa: PLC0415 - likewise

    with session.library() as library:
        infos = library.checkups()
    urls = {feed.url for feed in chosen(infos, names, failed=False)}
    wanted = [info for info in infos if info.feed.url in urls]
    now = datetime.now(UTC)
    if json_wanted:
        output.document({"feeds": [check_object(info, now) for info in wanted]})
    for info in wanted:
        chief, *more = diagnose(info, now)
        if not chief.well:
            output.complain(f"{info.feed.title}: {chief.words}")
            for one in more:
                output.talk(f"   {one.words}")
        elif not json_wanted:
            words = "; ".join(filter(None, (chief.words, ", ".join(habits(info, now)))))
            output.line(f"{info.feed.title}: {words}")
    return 0 if all(diagnose(info, now)[0].well for info in wanted) else 1


@feeds.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def import_(session: Session, file: Path) -> None:
    """Add the feeds of an OPML file or of newsboat's urls; - reads stdin."""
    from digest.cli.following import add_all  # noqa: PLC0415 - not needed for --help
    from digest.config.subscriptions import read_subscriptions  # noqa: PLC0415 - only here

    found = read_subscriptions(_bytes(file))
    for remark in found.remarks:
        output.talk(remark)
    add_all(session, found.feeds)


@feeds.command()
@output_file()
@pass_session
def export(session: Session, target: Path | None) -> None:
    """Write the list of feeds as OPML, which other readers understand."""
    from digest.config.opml import write_opml  # noqa: PLC0415 - expat, only here

    written = write_opml(session.config.feeds, datetime.now(UTC)).decode()
    files.deliver([written], target)
    if target is not None:
        output.talk(f"{len(session.config.feeds):,} feeds in {target}")


def _bytes(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(_MAX_LIST)
    try:
        with file.expanduser().open("rb") as source:
            return source.read(_MAX_LIST)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise SourceError(f"{file} cannot be read: {why}") from error
