from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.errors import SourceError
from digest.ingest.sources import jsonl
from digest.ingest.sources.options import AddOptions
from digest.model import Draft
from tests.ingest.sources.reading import outcomes, texts


def lines(tmp_path: Path, *entries: Any) -> Path:
    path = tmp_path / "many.jsonl"
    written = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("\n".join(written), encoding="utf-8", newline="\n")
    return path


def one(tmp_path: Path, options: AddOptions | None = None, **entry: Any) -> Draft:
    ((_, draft),) = outcomes(lines(tmp_path, entry), options)
    assert isinstance(draft, Draft), draft
    return draft


def test_every_field_counts(tmp_path: Path) -> None:
    draft = one(
        tmp_path,
        title="見出し",
        text="一つ目。\n\n二つ目。",
        url="https://EXAMPLE.jp/a?utm_source=x",
        lang="zh-hant",
        published="2026-11-08T09:00:00+09:00",
        feed="見本新聞",
        author="林",
        tags=["半導体", "#economy", "半導体"],
    )
    assert (draft.title, texts(draft)) == ("見出し", ["一つ目。", "二つ目。"])
    assert (draft.url, draft.lang) == ("https://example.jp/a", "zh-Hant")
    assert draft.published == datetime(2026, 11, 8, tzinfo=UTC)
    assert (draft.outlet, draft.author, draft.tags) == ("見本新聞", "林", ("半導体", "economy"))


def test_html_keeps_its_structure(tmp_path: Path) -> None:
    draft = one(tmp_path, html="<h1>会談</h1><p>一致した。</p><blockquote>前進だ。</blockquote>")
    assert draft.title == "会談"
    assert [block.kind.value for block in draft.blocks] == ["paragraph", "quote"]
    assert draft.lang == "ja"


def test_a_title_may_be_missing(tmp_path: Path) -> None:
    assert one(tmp_path, text="首相は述べた。続ける。").title == "首相は述べた"


def test_what_a_person_says_wins(tmp_path: Path) -> None:
    draft = one(
        tmp_path, AddOptions(feed="Mine", lang="ja"), title="T", text="Body.", feed="Theirs"
    )
    assert (draft.outlet, draft.lang) == ("Mine", "ja")


@pytest.mark.parametrize(
    "line",
    [
        "{bad",
        "[1]",
        '"text"',
        '{"title": "only"}',
        '{"title": "t", "text": ""}',
        '{"title": 5, "text": "x"}',
        '{"title": "t", "text": ["x"]}',
        '{"title": "t", "text": "x", "tags": 5}',
        '{"title": "t", "text": "x", "tags": [1]}',
        '{"title": "t", "text": "x", "author": {}}',
        '{"title": "t", "text": "x", "published": "soon"}',
        '{"title": "t", "text": "x", "published": 1e99}',
        '{"title": "t", "text": "\\u200b"}',
        "[" * 100_000,
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_on(tmp_path: Path, line: str) -> None:
    good = {"title": "Good", "text": "Body."}
    path = lines(tmp_path, good, line, "", good)
    found = outcomes(path)
    assert [source for source, _ in found] == [f"{path}:1", f"{path}:2", f"{path}:4"]
    assert [type(outcome) for _, outcome in found] == [Draft, SourceError, Draft]
    assert "\n" not in str(found[1][1])


def test_only_newlines_end_a_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(
        '\ufeff{"title": "A\u2028B\x85C", "text": "Body."}\r\n', encoding="utf-8", newline=""
    )
    ((source, draft),) = outcomes(path)
    assert source == f"{path}:1"
    assert isinstance(draft, Draft)
    assert draft.title == "A B C"


def test_lines_that_are_no_utf8_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    path.write_bytes('{"title": "題", "text": "本文"}\n'.encode("cp932"))
    ((_, error),) = outcomes(path)
    assert isinstance(error, SourceError)


def test_a_line_beyond_the_limit_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 200)
    path = lines(tmp_path, {"title": "t", "text": "x" * 1000}, {"title": "Good", "text": "Body."})
    found = outcomes(path)
    assert [type(outcome) for _, outcome in found] == [SourceError, Draft]
    assert [source for source, _ in found] == [f"{path}:1", f"{path}:2"]


def test_an_address_that_is_no_web_address_is_left_out(tmp_path: Path) -> None:
    assert one(tmp_path, title="t", text="Body.", url="javascript:alert(1)").url == ""


def test_times_may_be_numbers(tmp_path: Path) -> None:
    draft = one(tmp_path, title="t", text="Body.", published=1_793_000_000)
    assert draft.published == datetime.fromtimestamp(1_793_000_000, UTC)
