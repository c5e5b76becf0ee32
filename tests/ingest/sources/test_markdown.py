from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.model import Draft
from tests.ingest.sources.reading import only, outcomes

BODY = """# 台日の経済協力

台湾の**半導体**企業が[熊本](https://example.com/k)に[x](javascript:alert(1))工場を建てた。

> 重要な一歩だ。

- 一
- 二
  1. 甲

| 年 | 額 |
|---|---|
| 2025 | 3億 |

```python
if x:
    go()
```
"""
NOON = datetime(2026, 11, 8, 4, tzinfo=UTC)


def markdown(tmp_path: Path, source: str) -> Draft:
    path = tmp_path / "note.md"
    path.write_text(source, encoding="utf-8")
    return only(path)


def test_the_structure_is_kept(tmp_path: Path) -> None:
    draft = markdown(tmp_path, BODY)
    assert (draft.title, draft.lang) == ("台日の経済協力", "ja")
    assert [(block.kind.value, block.text) for block in draft.blocks] == [
        ("paragraph", "台湾の半導体企業が熊本に[x](javascript:alert(1))工場を建てた。"),
        ("quote", "重要な一歩だ。"),
        ("item", "一"),
        ("item", "二"),
        ("item", "甲"),
        ("row", "年\t額"),
        ("row", "2025\t3億"),
        ("code", "if x:\n    go()"),
    ]
    assert draft.blocks[0].spans[1].href == "https://example.com/k"


YAML = """---
title: {title}
date: 2026-11-08
lang: ja-jp
tags: {tags}
author: 林
---
"""
TOML = """+++
title = "別の題"
date = 2026-11-08
lang = "ja-JP"
tags = ["半導体", "economy"]
author = "林"
+++
"""


@pytest.mark.parametrize(
    "front",
    [
        YAML.format(title='"別の題"', tags='[半導体, "#economy"]'),
        YAML.format(title="別の題 # remark", tags="\n  - 半導体\n  - economy"),
        TOML,
    ],
    ids=["yaml-inline", "yaml-lines", "toml"],
)
def test_front_matter_is_honoured(tmp_path: Path, front: str) -> None:
    draft = markdown(tmp_path, front + BODY)
    assert (draft.title, draft.published, draft.lang) == ("別の題", NOON, "ja-JP")
    assert (draft.tags, draft.author) == (("半導体", "economy"), "林")
    assert draft.blocks[0].text == "台日の経済協力"


def test_a_long_list_of_links_keeps_its_items(tmp_path: Path) -> None:
    draft = markdown(tmp_path, "".join(f"- [*link* {n}](https://e.jp/{n})\n" for n in range(1500)))
    assert len(draft.blocks) == 1500
    assert draft.blocks[-1].spans[-1].href == "https://e.jp/1499"


def test_a_rule_at_the_beginning_is_no_front_matter(tmp_path: Path) -> None:
    draft = markdown(tmp_path, "---\n\nText of it. More.\n\n---\n\nEnd of it.\n")
    assert [block.text for block in draft.blocks] == ["Text of it. More.", "End of it."]


def test_html_inside_is_cleaned(tmp_path: Path) -> None:
    source = "# T title\n\n<script>alert(1)</script><p>Kept <b>text</b>.</p>\n\n<iframe src=x>"
    draft = markdown(tmp_path, source)
    assert [block.text for block in draft.blocks] == ["Kept text."]


@pytest.mark.parametrize(
    "source", ["> " * 5000 + "x", "[" * 50_000, "- " * 3000 + "x", "*a " * 20_000]
)
def test_bombs_end(tmp_path: Path, source: str) -> None:
    path = tmp_path / "bomb.md"
    path.write_text(source)
    assert len(outcomes(path)) == 1
