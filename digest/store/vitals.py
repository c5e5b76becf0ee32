"""A feed's vitals as they are kept: JSON in one column; what cannot be read is as if unknown."""

from __future__ import annotations

import json
from dataclasses import asdict

from digest.model import Vitals
from digest.store.times import from_epoch, to_epoch


def packed(vitals: Vitals) -> str:
    """The text of the column."""
    written = asdict(vitals) | {"newest": to_epoch(vitals.newest)}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Vitals:
    """The vitals in the column's text."""
    if not text:
        return Vitals()
    try:
        said = json.loads(text)
        known = {name: said[name] for name in asdict(Vitals()) if name in said}
        return Vitals(**(known | {"newest": from_epoch(said.get("newest"))}))
    except (ValueError, TypeError, AttributeError, OverflowError, OSError):
        return Vitals()
