from __future__ import annotations

import pytest

from digest.ingest.extract.decode import decode
from digest.ingest.extract.pages import extract_page
from tests.ingest.extract.pages import HINTS, TWO_PARAGRAPHS, URL, page

JAPANESE = "頼清徳総統は日本の議員団と会談し、半導体の協力について意見を交わした。①㈱"
CHINESE = "總統賴清德今天會見日本議員團，雙方就半導體的合作交換意見。"
SIMPLIFIED = "总统今天会见日本议员团，双方就半导体的合作交换意见。"
CASES = [
    (JAPANESE, "cp932"),
    (JAPANESE.rstrip("①㈱"), "euc_jp"),
    (JAPANESE.rstrip("①㈱"), "iso2022_jp"),
    (CHINESE, "big5"),
    (CHINESE + "喺啲嘅", "big5hkscs"),
    (SIMPLIFIED, "gb18030"),
    (CHINESE, "utf-8"),
    (CHINESE, "utf-8-sig"),
    (CHINESE, "utf-16"),
    ("<p>" + JAPANESE, "utf-16-le"),
]


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=[encoding for _, encoding in CASES])
def test_undeclared_bytes_become_their_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("text", "encoding"), CASES[:6], ids=[e for _, e in CASES[:6]])
@pytest.mark.parametrize("wrong", ["utf-8", "iso-8859-1", "nonsense"])
def test_a_wrong_declaration_does_not_win(text: str, encoding: str, wrong: str) -> None:
    source = f'<html><meta charset="{wrong}">{text}'
    assert decode(source.encode(encoding), f"text/html; charset={wrong}") == source


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("Shift_JIS", "cp932", "①番の短文"),
        ("x-sjis", "cp932", "㈱短文"),
        ("big5", "big5hkscs", "短文"),
        ("gb2312", "gb18030", "朱镕基"),
        ("EUC-JP", "euc_jp", "短文"),
        ("iso-8859-1", "cp1252", "“café” – €5"),
        ("windows-1251", "cp1251", "Привет, мир"),
        ("Big5", "cp950", "€50：短文"),
    ],
)
def test_declared_labels_are_read_as_browsers_do(label: str, encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert decode(data, f"text/html; charset={label}") == text
    assert decode(f'<meta charset="{label}">'.encode() + data).endswith(text)


@pytest.mark.parametrize(
    ("label", "data"),
    [
        ("euc-jp", b"\xad\xa1\xad\xea\xfc\xe2"),
        ("iso-2022-jp", b"\x1b$B-!-j|b\x1b(B"),
        ("iso-2022-jp", b"\x1b$B-!\x1b(B\x1b$B-j|b\x1b(B"),
    ],
)
def test_what_makers_added_to_japanese_charsets_is_read_as_browsers_do(
    label: str, data: bytes
) -> None:
    prose = "日本の漁業".encode(label)
    assert decode(prose + data, f"text/html; charset={label}") == "日本の漁業①㈱髙"


def test_a_euro_sign_in_gbk_is_read() -> None:
    assert decode("价格".encode("gbk") + b"\x80", "text/html; charset=gbk") == "价格€"


@pytest.mark.parametrize("rest", [b"\xad", b"\x8f\xa2", b"\xad\x20", b"\xfe\xfe"])
def test_broken_pairs_are_marked_as_broken(rest: bytes) -> None:
    assert "\ufffd" in decode("日本の漁業".encode("euc_jp") * 9 + rest, "charset=euc-jp")


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = CHINESE.encode() * 20
    assert decode(data[:301] + b"\xff" + data[303:]).endswith(CHINESE)


def test_a_truncated_character_at_the_end_is_marked() -> None:
    assert decode(CHINESE.encode()[:-1]) == CHINESE[:-1] + "\ufffd"


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\xfe", b"\x80" * 50, bytes(range(256)) * 40])
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(decode(data), str)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "iso-2022-jp", "utf-16"])
def test_a_whole_page_in_an_old_encoding(encoding: str) -> None:
    source = page(f"<article><h1>会談</h1>{TWO_PARAGRAPHS}</article>", charset=encoding)
    found = extract_page(source.encode(encoding), url=URL, hints=HINTS)
    assert found.blocks[0].text == "頼総統は8日、日本の議員団と会談した。"
