from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.ingest.sources.options import AddOptions
from tests.ingest.sources.reading import only, texts

SEEDS = Path(__file__).parents[3] / ".." / "shared" / "data" / "seeds"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def plain(tmp_path: Path, text: str, name: str = "a.txt", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_first_line_that_looks_like_a_headline_is_it(tmp_path: Path) -> None:
    draft = only(plain(tmp_path, "Lai meets delegation\n\nThe president met them. They talked.\n"))
    assert draft.title == "Lai meets delegation"
    assert texts(draft) == ["The president met them. They talked."]
    assert draft.lang == "en"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The president met a delegation. They talked.\n\nMore.", "The president met a delegation"),
        ("首相は台湾について述べた。\n協力を続ける。", "首相は台湾について述べた"),
        ("台日經濟合作\n\n外交部今天表示，合作持續深化。", "台日經濟合作"),
        ("日台関係は？\n\n首相は次のように述べた。", "日台関係は？"),
        ("Only one line without an end", "Only one line without an end"),
    ],
)
def test_titles(tmp_path: Path, text: str, title: str) -> None:
    assert only(plain(tmp_path, text)).title == title


def test_a_long_first_sentence_is_cut_near_120_characters(tmp_path: Path) -> None:
    sentence = "The " + "delegation from the House of Representatives " * 6 + "arrived. Next."
    draft = only(plain(tmp_path, sentence))
    assert 90 < len(draft.title) <= 121
    assert draft.title.endswith("…")
    assert "".join(texts(draft)).startswith(draft.title.removesuffix("…"))


@pytest.mark.parametrize(
    ("serial", "published"),
    [
        ("news-20082024-013613", utc(2024, 8, 20, 4)),
        ("20240820", utc(2024, 8, 20, 4)),
        ("story_20240820_7", utc(2024, 8, 20, 4)),
        ("news-08312024", utc(2024, 8, 31, 4)),
        ("1234-5678-90", None),
        ("***", None),
    ],
)
def test_a_serial_line_is_no_title_but_dates(
    tmp_path: Path, serial: str, published: datetime | None
) -> None:
    text = f"{serial}\n\nThe minister took to social media on Friday. He said so.\n"
    draft = only(plain(tmp_path, text))
    assert draft.title == "The minister took to social media on Friday"
    assert texts(draft) == ["The minister took to social media on Friday. He said so."]
    assert draft.published == published


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Title line\nNov. 8, 2026\n\nText of it.", utc(2026, 11, 8, 4)),
        ("標題在此\n中華民國115年11月8日\n\n外交部今天表示。", utc(2026, 11, 8, 4)),
        ("見出し\n令和8年11月8日 15:30\n\n首相は述べた。", utc(2026, 11, 8, 7, 30)),
        ("They met on Tuesday (Dec. 23), he said. More.", utc(2025, 12, 23, 4)),
        ("首相は12月23日（火）に述べた。続ける。", utc(2025, 12, 23, 4)),
        ("（中央社台北11月8日電）外交部今天表示。", utc(2026, 11, 8, 4)),
        ("外交部12月30日表示，合作持續深化。", utc(2025, 12, 30, 4)),
        ("In 2019 they met again on Nov. 8, as in 2018. More.", utc(2019, 11, 8, 4)),
        ("The treaty was signed on April 17, 1895. More.", None),
        ("Nothing of the sort. More.", None),
    ],
)
def test_dates_by_evidence(tmp_path: Path, text: str, published: datetime | None) -> None:
    assert only(plain(tmp_path, text)).published == published


def test_the_text_was_written_before_its_file(tmp_path: Path) -> None:
    path = plain(tmp_path, "外交部11月8日表示，合作持續深化。")
    stamp = utc(2024, 3, 1).timestamp()
    os.utime(path, (stamp, stamp))
    assert only(path).published == utc(2023, 11, 8, 4)


def test_a_date_in_the_name_of_the_file(tmp_path: Path) -> None:
    draft = only(plain(tmp_path, "Text without a day. More.", name="2026-11-08 note.txt"))
    assert draft.published == utc(2026, 11, 8, 4)


def test_what_a_person_says_wins(tmp_path: Path) -> None:
    options = AddOptions(title="My title", date=utc(2020, 1, 1), lang="zh-hant-tw", feed="My feed")
    draft = only(plain(tmp_path, "Headline here\n2026-11-08\n\nText."), options)
    assert (draft.title, draft.published) == ("My title", utc(2020, 1, 1))
    assert (draft.lang, draft.outlet) == ("zh-Hant-TW", "My feed")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "cp950", "gb18030"])
def test_chinese_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "台日經濟合作\n\n總統今天表示，台日經濟合作持續深化，雙方就半導體交換意見。"
    draft = only(plain(tmp_path, text, encoding=encoding))
    assert (draft.title, draft.lang) == ("台日經濟合作", "zh-Hant")


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp"])
def test_japanese_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    draft = only(
        plain(tmp_path, "日台関係の進展\n\n首相は協力を続けると述べた。", encoding=encoding)
    )
    assert (draft.title, draft.lang) == ("日台関係の進展", "ja")


def test_lines_wrapped_at_a_margin_are_joined(tmp_path: Path) -> None:
    words = [
        "the",
        "delegation",
        "arrived",
        "in",
        "the",
        "capital",
        "and",
        "met",
        "the",
        "president",
        "there",
        "to",
        "talk",
    ]
    paragraph = " ".join(words * 6) + "."
    lines, line = [], ""
    for word in paragraph.split():
        if len(line) + len(word) > 70:
            lines.append(line.strip())
            line = ""
        line += word + " "
    wrapped = "\n".join([*lines, line.strip()])
    draft = only(plain(tmp_path, f"Talks begin\n\n{wrapped}\n\n{wrapped}\n"))
    assert draft.title == "Talks begin"
    assert texts(draft) == [paragraph, paragraph]


def test_wrapped_japanese_is_joined_without_spaces(tmp_path: Path) -> None:
    line = "頼清徳総統は八日、台北の総統府で日本の議員団と会談し、半導体の分野での協"
    lines = [line, line, line, line, "力を確認した。"]
    draft = only(plain(tmp_path, "会談で一致\n\n" + "\n".join(lines)))
    assert texts(draft) == ["".join(lines)]


def test_controls_and_markup_of_strangers_do_no_harm(tmp_path: Path) -> None:
    draft = only(
        plain(tmp_path, "T\x1b[31mitle \u202eline\n\n[red]Body\x1b]0;x\x07 text.[/red] More.")
    )
    assert draft.title == "Title line"
    assert texts(draft) == ["[red]Body text.[/red] More."]


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed articles are not beside the checkout")
def test_the_seed_articles() -> None:
    first, second = (only(path) for path in sorted(SEEDS.glob("*.txt")))
    assert first.title.startswith("Taiwanese President Lai Ching-te met with a delegation")
    assert first.title.endswith("with both nations…")
    assert (first.published, len(first.blocks)) == (utc(2025, 12, 23, 4), 15)
    assert second.title.startswith("Japanese Prime Minister Fumio Kishida took to social media")
    assert (second.published, len(second.blocks)) == (utc(2024, 8, 20, 4), 8)
    assert (first.lang, second.lang) == ("en", "en")
    assert texts(second)[0].endswith("he would not seek re-election.")
