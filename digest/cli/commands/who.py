"""`digest who`: what the library knows of people, places and organisations; names of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output, whowords
from digest.cli.context import Session, pass_session
from digest.cli.options import WholeNumber, as_json, joined, query_words, text_option, typed
from digest.cli.problems import tell_problems
from digest.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from digest.library import Library
    from digest.library.own_names import OwnName
    from digest.library.who import Known

# Of index.names, which is not needed for the help; a test compares them.
KINDS = [
    "person",
    "office",
    "party",
    "agency",
    "organisation",
    "company",
    "media",
    "university",
    "place",
    "treaty",
    "ship",
    "event",
    "term",
]
SIDES = ["taiwan", "japan", "both", "elsewhere"]
_FORMS = ("en", "zh", "ja", "ambiguous")


def _forms(name: str, help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's own word
    return click.option(f"--{name}", name, multiple=True, metavar="FORM", help=help)


@click.command()
@query_words(required=False)
@text_option("--in", "Count only the articles that match this query.", default="")
@click.option("--kind", type=click.Choice(KINDS), help="List only these; the kind of a new name.")
@click.option("--limit", default=20, show_default=True, type=WholeNumber(1, 1000))
@click.option("--weeks", default=26, show_default=True, type=WholeNumber(1, 1000))
@click.option("--add", "act", flag_value="add", help="Write a new name into names.toml.")
@click.option("--correct", "act", flag_value="correct", help="Write other forms of NAME there.")
@click.option("--forget", "act", flag_value="forget", help="Let NAME be no name any more.")
@_forms("en", "An English form; capitals mark a person's surname.")
@_forms("zh", "A Chinese form.")
@_forms("ja", "A Japanese form.")
@_forms("ambiguous", "A form that others have too.")
@click.option("--side", type=click.Choice(SIDES), help="What an article with the name concerns.")
@as_json
@pass_session
def who(
    session: Session,
    /,
    words: tuple[str, ...],
    act: str | None,
    limit: int,
    weeks: int,
    *,
    json_wanted: bool,
    **given: Any,
) -> None:
    """Print what is known of NAME: its forms, who writes of it and when, and with whom.

    The QUERY is a NAME, any form of it in any language or its id; of anything else, and without
    one, those are listed whom the matching articles name most. --add, --correct and --forget
    change names.toml, whose comments stay.
    """
    name = joined(words)
    if act is None and any(given[key] for key in (*_FORMS, "side")):
        raise UsageError("forms go with --add or --correct")
    with session.library() as library:
        if act is not None:
            known = _changed(library, act, name, _own(given))
            if json_wanted:
                output.document(whowords.known_object(known))
            return
        within, problems = library.matching(given["in"]) if given["in"] else (None, ())
        found = library.who.meant(name) if name else []
        if name and not found:
            ids, more = library.matching(name)
            kept = set(ids)
            within = ids if within is None else [one for one in within if one in kept]
            problems = (*problems, *more)
        tell_problems(problems)
        one = _only(found)
        profile = library.who.profile(one.id, within, weeks=weeks) if one else None
        names = found or library.who.named(within, kind=given["kind"] or "", limit=limit)
        if json_wanted:
            output.document(whowords.answer_object(name, names[:limit], profile, problems))
        elif profile:
            whowords.print_profile(profile, library.rows(profile.articles[:5]), library.zone)
        elif names:
            whowords.print_names(names[:limit])
        else:
            output.talk("nobody is named there")


def _only(found: Sequence[Known]) -> Known | None:
    """The one that is meant: the only one, or the only one that articles name."""
    if len(found) == 1:
        return found[0]
    return found[0] if found and found[0].articles and not found[1].articles else None


def _own(given: dict[str, Any]) -> OwnName:
    from digest.library.own_names import OwnName  # noqa: PLC0415 - only to change names

    en, zh, ja, ambiguous = (tuple(map(typed, given[key])) or None for key in _FORMS)
    return OwnName(given["kind"] or "", en, zh, ja, ambiguous, given["side"] or "")


def _changed(library: Library, act: str, name: str, own: OwnName) -> Known:
    """Carry out `--add`, `--correct` or `--forget`, and say so."""
    if act == "add":
        if name:
            raise UsageError("write the forms of a new name with --en, --zh and --ja")
        made = library.who.add(own)
        output.talk(f"{made.name} is a name now, with the id {made.id}")
        return made
    found = library.who.meant(name)
    one = _only(found)
    if one is None:
        ids = ", ".join(each.id for each in found[:5])
        raise UnknownName(
            f"{name!r} may mean {ids}; name one by its id" if found else f"{name!r} is no name"
        )
    if act == "forget":
        library.who.forget(one.id)
        output.talk(f"{one.name} ({one.id}) is no name any more")
        return one
    if not own.written():
        raise UsageError("say what is right with --en, --zh, --ja, --ambiguous, --kind or --side")
    corrected = library.who.correct(one.id, own)
    output.talk(f"corrected {corrected.name} ({corrected.id})")
    return corrected
