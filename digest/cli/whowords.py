"""What `digest who` prints: names and what is known of them, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from digest.cli import output
from digest.cli.problems import problem_objects
from digest.cli.rows import article_line, day, table
from digest.export.forms import iso

if TYPE_CHECKING:
    from datetime import tzinfo

    from digest.library.values import Problem
    from digest.library.who import Known, Profile
    from digest.model import Summary

_BAR = 40
_SHOWN = 12


def known_object(one: Known) -> dict[str, Any]:
    """A name as JSON."""
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "forms": {lang: list(forms) for lang, forms in one.forms.items()},
        "articles": one.articles,
        "query": one.query,
    }


def answer_object(
    asked: str, names: Sequence[Known], profile: Profile | None, problems: Sequence[Problem]
) -> dict[str, Any]:
    """The JSON of `digest who`: whom it may be, and the profile where that is one."""
    return {
        "name": asked,
        "names": [known_object(one) for one in names],
        "profile": None if profile is None else _profile_object(profile),
        "problems": problem_objects(problems),
    }


def _profile_object(found: Profile) -> dict[str, Any]:
    return {
        **known_object(found.who),
        "mentions": found.mentions,
        "first": iso(found.first),
        "last": iso(found.last),
        "languages": dict(found.languages),
        "feeds": dict(found.feeds),
        "weeks": [
            {
                "week": one.name,
                "start": one.start,
                "articles": one.articles,
                "mentions": one.mentions,
                "languages": dict(one.languages),
                "feeds": dict(one.feeds),
            }
            for one in found.weeks
        ],
        "with": [{"id": one.id, "name": one.name, "articles": one.count} for one in found.beside],
    }


def print_names(names: Sequence[Known]) -> None:
    """A list of names, each with its forms."""
    rows = [[f"{one.articles:,}", one.kind, one.id, _line(one)] for one in names]
    table(["Articles", "Kind", "Id", "Forms"], rows, right=[0])


def print_profile(found: Profile, newest: Sequence[Summary], zone: tzinfo) -> None:
    """All that is known of a name; `newest` are some of its articles."""
    output.Rich().bold(_line(found.who)).end()
    output.line(f"{found.who.kind}, {found.who.id}")
    for lang, forms in found.who.forms.items():
        if forms:
            output.line(f"{lang}  {', '.join(forms)}")
    span = ""
    if found.first and found.last:
        span = f", {day(found.first, zone)} to {day(found.last, zone)}"
    output.line(f"\n{found.who.articles:,} articles, {found.mentions:,} mentions{span}")
    if found.weeks:
        most = max(one.articles for one in found.weeks) or 1
        rows = [
            [
                one.start,
                f"{one.articles:,}",
                _counted(one.languages),
                "#" * _bar(one.articles, most),
            ]
            for one in found.weeks
        ]
        output.line()
        table(["Week of", "Articles", "Languages", ""], rows, right=[1])
    _print_counts("Feed", found.feeds)
    _print_counts("With", {one.name: one.count for one in found.beside})
    if newest:
        output.line()
        for row in newest:
            article_line(row, zone).end()
        output.line(f"\ndigest search '{found.who.query}'")


def _bar(number: int, most: int) -> int:
    return max(round(number * _BAR / most), 1) if number else 0


def _counted(counts: Mapping[str, int]) -> str:
    return " ".join(f"{name or '?'} {number:,}" for name, number in counts.items())


def _print_counts(what: str, counts: Mapping[str, int]) -> None:
    if counts:
        output.line()
        shown = list(counts.items())[:_SHOWN]
        table([what, "Articles"], [[name or "unknown", f"{n:,}"] for name, n in shown], right=[1])


def _line(one: Known) -> str:
    """The commonest form of each language, each once."""
    return " · ".join(dict.fromkeys(forms[0] for forms in one.forms.values() if forms))
