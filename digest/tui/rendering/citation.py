"""An article as a reference in plain text."""

from __future__ import annotations

from datetime import tzinfo

from digest.model import Summary
from digest.tui.rendering.dates import short_date


def citation(row: Summary, zone: tzinfo) -> str:
    """`Author. "Title." Outlet, 2026-11-22. https://...`, with what is known of it."""
    parts = [
        f"{row.author}." if row.author else "",
        f"\N{LEFT DOUBLE QUOTATION MARK}{row.title}\N{RIGHT DOUBLE QUOTATION MARK}",
        f"{row.feed}, {short_date(row.at, zone)}." if row.feed else f"{short_date(row.at, zone)}.",
        row.url,
    ]
    return " ".join(part for part in parts if part)
