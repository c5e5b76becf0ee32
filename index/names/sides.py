"""To which side the entities that the package ships belong."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SIDES = ("taiwan", "japan", "both", "elsewhere")
_DATA = Path(__file__).resolve().parents[1] / "data" / "sides.txt"


@cache
def sides() -> dict[str, str]:
    """The side of each entity that has one: `taiwan`, `japan`, `both` or `elsewhere`.

    The table is written by hand: a line for each side, its name first and then the entities' ids.
    """
    lines = (line.split() for line in _DATA.read_text(encoding="ascii").splitlines())
    return {ident: side for side, *ids in lines for ident in ids}
