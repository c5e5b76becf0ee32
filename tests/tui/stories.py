"""A library with stories in three languages, for the screens that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STORIES: Sequence[Mapping[str, object]] = (
    {
        "title": "Coast guards of Taiwan and Japan agree on a hotline",
        "text": "The coast guards met in Taipei and agreed on a hotline. Some 40 officers came.\n\n"
        "Fishing boats often lose their way near Yonaguni.",
        "lang": "en",
        "url": "https://strait.example/1",
        "published": "2026-11-21T03:00:00Z",
        "feed": "Strait Herald",
    },
    {
        "title": "台日海巡設立熱線",
        "text": "台灣與日本的海巡機關在臺北會談，雙方同意設立熱線。約50名官員出席。\n\n"
        "會後並參訪基隆港。",
        "lang": "zh-Hant",
        "url": "https://haixia.example/1",
        "published": "2026-11-21T04:30:00Z",
        "feed": "海峽報",
    },
    {
        "title": "台湾と日本の海保、ホットライン設置で合意",
        "text": "台湾と日本の海上保安機関は台北で会談し、ホットラインの設置で合意した。"
        "与那国島の漁船も対象だ。",
        "lang": "ja",
        "url": "https://toa.example/1",
        "published": "2026-11-22T00:00:00Z",
        "feed": "東亜新報",
    },
    {
        "title": "Chip makers look for engineers in Kumamoto",
        "text": "Semiconductors need people. "
        "Universities in Kumamoto and Hsinchu open new courses.",
        "lang": "en",
        "url": "https://strait.example/2",
        "published": "2026-11-20T04:00:00Z",
        "feed": "Strait Herald",
    },
)
ENGLISH, CHINESE, JAPANESE, CHIPS = 1, 2, 3, 4
