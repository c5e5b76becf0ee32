from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from digest.errors import SourceError
from tests.ingest.sources.reading import only, outcomes, texts

LINES = [
    "Joint statement on cooperation",
    "8 November 2026",
    "The two sides agreed to deepen their cooperation in several fields.",
]


def pdf(
    pages: list[list[str]],
    metadata: dict[str, str] | None = None,
    password: str = "",
    large: str = "",
) -> bytes:
    """A PDF file with these lines of text on its pages; the line `large` in large letters."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        resources: Any = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Resources")] = resources
        shown = "".join(
            f"/F1 {24 if line == large else 12} Tf ({line}) Tj 0 -20 Td " for line in lines
        )
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 72 770 Td {shown} ET".encode())
        page[NameObject("/Contents")] = content
    if metadata:
        writer.add_metadata(metadata)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    return path


def test_text_title_and_date(tmp_path: Path) -> None:
    draft = only(saved(tmp_path, pdf([LINES, ["- 2 -", "A second page of it."]])))
    assert draft.title == LINES[0]
    assert draft.published == datetime(2026, 11, 8, 4, tzinfo=UTC)
    assert texts(draft)[-2:] == [LINES[2], "A second page of it."]
    assert not draft.partial


def test_metadata_helps(tmp_path: Path) -> None:
    about = {"/Title": "Defense of the strait", "/CreationDate": "D:20261108090000+09'00'"}
    draft = only(saved(tmp_path, pdf([["A text of one sentence.", "And another."]], about)))
    assert draft.title == "Defense of the strait"
    assert draft.published == datetime(2026, 11, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "title", ["Microsoft Word - paper.docx", "untitled", "report_v2.docx", "20261108"]
)
def test_titles_that_nobody_gave_are_none(tmp_path: Path, title: str) -> None:
    assert only(saved(tmp_path, pdf([LINES], {"/Title": title}))).title == LINES[0]


@pytest.mark.parametrize(
    "data",
    [
        pdf([LINES], password="secret"),
        pdf([[]]),
        pdf([LINES])[:300],
        b"%PDF-1.7\n" + b"<<" * 10_000,
    ],
    ids=["locked", "no-text", "truncated", "nested"],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, data: bytes) -> None:
    ((_, error),) = outcomes(saved(tmp_path, data))
    assert isinstance(error, SourceError)


def test_the_largest_letters_of_the_first_page_are_its_title(tmp_path: Path) -> None:
    lines = ["Ministry of Foreign Affairs", "Press release 12", "Talks held in Tokyo", *LINES[1:]]
    assert only(saved(tmp_path, pdf([lines], large=lines[2]))).title == lines[2]


def test_a_pdf_on_standard_input() -> None:
    assert only("-", stdin=pdf([LINES])).title == LINES[0]
