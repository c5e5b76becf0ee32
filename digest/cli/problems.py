"""What of a query was not understood, told to people and to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from digest.cli import output

if TYPE_CHECKING:
    from digest.library.values import Problem


def tell_problems(problems: Sequence[Problem]) -> None:
    """Name each problem on stderr; the rest of the query was answered."""
    for problem in problems:
        output.talk(f"in the query at {problem.start + 1}: {problem.message}")


def problem_objects(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The problems as in the JSON of `digest search`."""
    return [{"message": one.message, "start": one.start, "end": one.end} for one in problems]
