"""Which articles a command that changes many of them means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from digest.cli import output
from digest.cli.options import joined
from digest.cli.problems import problem_objects, tell_problems
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.library import Library
    from digest.library.values import Problem

_NUMBERS = re.compile(r"\d{1,18}(\s+((OR|\|)\s+)?\d{1,18})*\Z")


class Selection(NamedTuple):
    """What was chosen.

    Attributes:
        ids: the articles.
        unknown: numbers that were given for articles that are not there.
        problems: what of the query was not understood.
    """

    ids: list[int]
    unknown: list[int]
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """1 when an article that was named is not there."""
        return 1 if self.unknown else 0

    def tell(self, changed: int, done: str, *, json_wanted: bool) -> None:
        """Say how many articles were `done` something to."""
        if not json_wanted:
            output.talk(f"{done} {changed:,} article{'' if changed == 1 else 's'}")
            return
        output.document(
            {
                "matched": len(self.ids),
                "changed": changed,
                "problems": problem_objects(self.problems),
            }
        )


def selected(library: Library, words: Sequence[str]) -> Selection:
    """The articles that match strictly, problems and unknown ids told on stderr.

    A query of nothing but numbers means the articles with these ids.

    Raises:
        UsageError: the query is empty, which would mean everything.
    """
    query = joined(words).strip()
    if not query:
        raise UsageError("say which articles: a query or ids after '--'")
    named = numbers(query)
    ids, problems = library.matching(" OR ".join(f"id:{one}" for one in named) or query)
    found = set(ids)
    unknown = [one for one in named if one not in found]
    for one in unknown:
        output.complain(f"there is no article {one}")
    tell_problems(problems)
    return Selection(ids, unknown, problems)


def numbers(query: str) -> list[int]:
    """The ids that a query of bare numbers (`7`, `7 8`, `7 OR 8`) names; none for another."""
    if not _NUMBERS.match(query):
        return []
    return list(dict.fromkeys(int(digits) for digits in re.findall(r"\d+", query)))
