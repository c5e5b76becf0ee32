"""Citations as reference managers read them: each format goes through a reader that is not ours."""

from __future__ import annotations

import json
import re
import warnings
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from digest.export.bibtex import bibliography
from digest.export.csl import items
from digest.export.people import PersonName, names
from digest.export.ris import records
from digest.model import Article, Block, BlockKind, Span, Summary
from digest.text import clean_line

TAIPEI = timezone(timedelta(hours=8))
EVENING = datetime(2026, 11, 7, 20, 30, tzinfo=UTC)  # the next day in Taipei

# of `The text as read.`, as `printf '%s' … | sha256sum` gives it
CHECKSUM = "a133ee18d302fc6939206017e2f150069ce12aec1b997731a8edb9d6a9268b1f"


def article(ident: int = 12, **fields: object) -> Article:
    row = {
        "id": ident,
        "title": "Coast guards {meet} & agree on 100% of #1",
        "url": "https://post.example/a_b?x=1&y=%7B2%7D~c",
        "feed": "Island Post",
        "author": "Chang Chia-ling, Sato Hanako",
        "lang": "en",
        "published": EVENING,
        "fetched": EVENING + timedelta(days=2),
        "read": True,
        "starred": False,
        "noted": False,
        "tags": ("外交", "coast_guard"),
    }
    blocks = (Block(BlockKind.PARAGRAPH, (Span("The text as read."),)),)
    return Article(Summary(**{**row, **fields}), blocks, None, "", (), (), ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "lang", "expected"),
    [
        ("Chang Chia-ling", "en", PersonName("Chang", "Chia-ling")),
        ("Chia-ling Chang", "en", PersonName("Chang", "Chia-ling")),
        ("Hanako Sato", "en", PersonName("Sato", "Hanako")),
        ("Jean-Luc O'Neill", "en", PersonName("O'Neill", "Jean-Luc")),
        ("賴清德", "zh-Hant", PersonName("賴", "清德")),
        ("歐陽娜娜", "zh-Hant", PersonName("歐陽", "娜娜")),
        ("佐藤花子", "ja", PersonName(literal="佐藤花子")),
        ("佐藤 花子", "ja", PersonName("佐藤", "花子")),
        ("佐藤　はな", "ja", PersonName("佐藤", "はな")),
        ("中央社", "zh-Hant", PersonName(literal="中央社")),
        ("外交部", "zh-Hant", PersonName(literal="外交部")),
        ("Focus Taiwan Staff", "en", PersonName(literal="Focus Taiwan Staff")),
        ("ジョン・スミス", "ja", PersonName(literal="ジョン・スミス")),
        ("madonna", "en", PersonName(literal="madonna")),
    ],
)
def test_a_name_is_taken_apart_only_where_its_form_says_how(
    written: str, lang: str, expected: PersonName
) -> None:
    assert names(written, lang) == [expected]


def test_bibtex_reads_back_in_two_readers() -> None:
    text = "".join(
        bibliography(
            [article(), article(13, title="台日簽署備忘錄", feed="", lang="zh-Hant")], TAIPEI
        )
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own grammar
        library = parse_bibtex(text)
    assert not library.failed_blocks
    first, second = library.entries
    assert (first.entry_type, first.key) == ("online", "islandpost2026-12")
    assert first["date"] == "2026-11-08"
    assert first["urldate"] == "2026-11-10"
    assert first["url"] == "https://post.example/a_b?x=1&y=%7B2%7D~c"
    assert (
        first["title"]
        == r"{Coast guards \textbraceleft{}meet\textbraceright{} \& agree on 100\% of \#1}"
    )
    assert second["title"] == "{台日簽署備忘錄}"
    assert (first["langid"], second["langid"]) == ("english", "chinese")
    assert first["note"].endswith(CHECKSUM)
    assert first["keywords"] == r"外交, coast\_guard"
    people = parse_string(text, "bibtex").entries["islandpost2026-12"].persons["author"]
    assert [(one.last_names, one.first_names) for one in people] == [
        (["Chang"], ["Chia-ling"]),
        (["Hanako"], ["Sato"]),
    ]


def test_ris_reads_back() -> None:
    entries = rispy.loads("".join(records([article(), article(13)], TAIPEI)))
    assert [one["id"] for one in entries] == ["islandpost2026-12", "islandpost2026-13"]
    first = entries[0]
    assert first["type_of_reference"] == "NEWS"
    assert first["title"] == "Coast guards {meet} & agree on 100% of #1"
    assert first["authors"] == ["Chang, Chia-ling", "Hanako, Sato"]
    assert first["year"] == "2026"
    assert first["date"] == "2026/11/08"
    assert first["urls"] == ["https://post.example/a_b?x=1&y=%7B2%7D~c"]
    assert first["keywords"] == ["外交", "coast_guard"]
    assert first["language"] == "en"
    assert first["secondary_title"] == "Island Post"
    assert first["access_date"] == "2026/11/10"
    assert first["custom1"].endswith(CHECKSUM)


def cited(**fields: object) -> str:
    """An article as citeproc-py cites it."""
    from citeproc import (  # noqa: PLC0415 - it warns at import, which is its own affair
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - as above

    given_items = json.loads("".join(items([article(**fields)], TAIPEI)))  # type: ignore[arg-type]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it names the fields that it does not use
        source = CiteProcJSON(given_items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        made = CitationStylesBibliography(style, source, formatter.plain)
        made.register(Citation([CitationItem("islandpost2026-12")]))
        (line,) = (str(entry) for entry in made.bibliography())
    return line


def test_csl_json_makes_a_citation_in_a_processor() -> None:
    line = cited()
    assert line.startswith("Chang, C.")
    assert "2026" in line
    assert "Coast guards {meet} & agree on 100% of #1" in line
    assert "Island Post" in line
    assert "https://post.example/a_b" in line
    assert "Accessed: November 10, 2026" in line


@pytest.mark.parametrize(
    ("author", "lang", "shown"),
    [
        ("賴清德", "zh-Hant", "賴清德"),
        ("歐陽娜娜", "zh-Hant", "歐陽娜娜"),
        ("佐藤 花子", "ja", "佐藤花子"),
        ("佐藤花子", "ja", "佐藤花子"),
        ("中央社", "zh-Hant", "中央社"),
    ],
)
def test_a_name_in_han_keeps_its_order_in_every_reader(author: str, lang: str, shown: str) -> None:
    one = article(author=author, lang=lang)
    assert cited(author=author, lang=lang).startswith(f"{shown} (2026)")
    text = "".join(bibliography([one], TAIPEI))
    (person,) = parse_string(text, "bibtex").entries["islandpost2026-12"].persons["author"]
    assert (person.last_names, person.first_names) == ([f"{{{shown}}}"], [])
    (read,) = rispy.loads("".join(records([one], TAIPEI)))
    assert read["authors"] == [shown]


def test_every_format_proves_what_was_read_by_the_same_checksum() -> None:
    found = {
        re.findall(r"[0-9a-f]{64}", "".join(writer([article()], TAIPEI)))[0]
        for writer in (bibliography, records, items)
    }
    assert found == {CHECKSUM}


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_an_entry(title: str, author: str, tag: str) -> None:
    titled = clean_line(title) or "untitled"
    one = article(title=titled, author=clean_line(author), tags=(clean_line(tag),))
    text = "".join(bibliography([one], TAIPEI))
    assert list(parse_string(text, "bibtex").entries) == ["islandpost2026-12"]
    (read,) = rispy.loads("".join(records([one], TAIPEI)))
    assert read["title"] == titled
    (item,) = json.loads("".join(items([one], TAIPEI)))
    assert item["title"] == titled
