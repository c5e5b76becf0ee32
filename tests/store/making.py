"""Drafts for the tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from digest.model import Block, BlockKind, Draft, Span

NOW = datetime(2026, 11, 8, 9, 30, tzinfo=UTC)
TEXTS = {
    "en": "The coast guards met in Taipei on Sunday and agreed on a hotline, the ministry said. "
    "Officers will also exchange what they learned at sea.",
    "zh-Hant": "台日海巡機關週日在台北會談，雙方同意設立熱線，並交換海上救難的經驗。" * 3,
    "ja": "台湾と日本の海上保安機関は日曜日、台北で会談し、ホットラインの設置で合意した。" * 3,
}


def draft(title: str = "Coast guards meet", text: str = TEXTS["en"], **fields: Any) -> Draft:
    blocks = tuple(Block(BlockKind.PARAGRAPH, (Span(part),)) for part in text.split("\n\n"))
    return Draft(title=title, blocks=blocks, **fields)
