from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from digest.config.settings import Config, Feed, View
from digest.library import Library

PIECES = (
    {
        "title": "Coast guards of Taiwan and Japan agree on a hotline",
        "text": "The coast guards met in Taipei. They will trade what they learned at sea. "
        "Fishing boats often lose their way near Yonaguni.",
        "lang": "en",
        "url": "https://strait.example/1",
        "published": "2026-11-05T03:00:00Z",
        "feed": "Strait Herald",
    },
    {
        "title": "台日海巡設立熱線",
        "text": "台灣與日本的海巡機關在臺北會談，雙方同意設立熱線，並交換海上救難的經驗。",
        "lang": "zh-Hant",
        "url": "https://haixia.example/1",
        "published": "2026-11-05T04:00:00Z",
        "feed": "海峽報",
    },
    {
        "title": "台湾と日本の海保、ホットライン設置で合意",
        "text": "台湾と日本の海上保安機関は台北で会談し、ホットラインの設置で合意した。"
        "与那国島の漁船も対象だ。",
        "lang": "ja",
        "url": "https://toa.example/1",
        "published": "2026-11-06T00:00:00Z",
        "feed": "東亜新報",
    },
    {
        "title": "Chip makers look for engineers in Kumamoto",
        "text": "Semiconductors need people. "
        "Universities in Kumamoto and Hsinchu open new courses.",
        "lang": "en",
        "url": "https://strait.example/2",
        "published": "2026-10-01T04:00:00Z",
        "feed": "Strait Herald",
    },
)


def harbour(number: int) -> dict[str, str]:
    """One of any number of articles that are much alike."""
    return {
        "title": f"Harbour report {number}",
        "text": f"Ship number {number} came into the harbour and left it for port {number * 7}.",
        "url": f"https://harbour.example/{number}",
        "published": "2026-03-01T01:00:00Z",
        "lang": "en",
    }


CONFIG = Config(
    feeds=(Feed("https://strait.example/rss", name="Strait", groups=("Taipei",)),),
    views=(View("sea", "海巡 OR coast"),),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def library(home: Path, tmp_path: Path) -> Iterator[Library]:
    with Library.open(home, CONFIG) as opened:
        bring(opened, tmp_path, PIECES)
        yield opened


def bring(library: Library, folder: Path, pieces: Sequence[dict[str, Any]]) -> list[int]:
    """Add pieces through the front door; returns their ids."""
    source = folder / "pieces.jsonl"
    lines = [json.dumps(piece, ensure_ascii=False) for piece in pieces]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = library.add([str(source)])
    assert report.failed == ()
    return [one.id for one in report.added]
