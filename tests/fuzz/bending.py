"""Samples bent out of shape. Hypothesis draws what is done to them, and so can shrink it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

# What parsers trip over: their own signs, controls, borders of numbers and of encodings.
TOKENS: tuple[bytes, ...] = (
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?xml version='1.0'?>",
    b"&",
    b"&#0;",
    b"&#x1b;",
    b"&#xFFFFFFFF;",
    b"&amp;amp;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"<script>",
    b"<table><tr><td>",
    b"<ul><li>",
    b"<svg>",
    b"<template>",
    b"<title>",
    b"<base href=",
    b"=",
    b'"',
    b"'",
    b"\\",
    b"`",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b":",
    b";",
    b",",
    b"#",
    b"@",
    b"\x00",
    b"\r",
    b"\n",
    b"\t",
    b"\x1b[2J",
    b"\x1b]0;x\x07",
    b"\x7f",
    b"\x80",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x1b$B",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e309",
    b"NaN",
    b"true",
    b"null",
    b"9999-12-31T23:59:60Z",
    b"0000-00-00",
    b"Mon, 31 Feb 2026 25:61:61 +9999",
    b"http://",
    b"https://[::1",
    b"http://a\tb/",
    b"javascript:alert(1)",
    b"data:text/html,x",
    b"//",
    b"../../",
    b"%00",
    b"%zz",
    b"OR",
    b"NOT",
    b"NEAR/3",
    b"tag:",
    b"date:",
    b"..",
    b"SELECT",
    b"SQLite format 3\x00",
    b"\xe5\x8f\xb0\xe7\x81\xa3",
    b"\x91\xe4\x98p",
    b"\xbbO\xc6W",
    b"\xe9",
    b"\xe2\x80\xae\xe2\x81\xa6",
    b"\xe2\x80\xa8",
    b"\xe4\xbb\xa4\xe5\x92\x8c8\xe5\xb9\xb411\xe6\x9c\x8831\xe6\x97\xa5",
    ("a" + "\u0301" * 40).encode(),
)
KINDS = ("insert", "cut", "repeat", "flip", "overwrite", "splice", "double")
LONGEST = 400_000


class Step(NamedTuple):
    """One thing done to a sample; places and lengths are shares of its length."""

    kind: str
    place: float
    share: float
    number: int


steps = st.builds(
    Step,
    st.sampled_from(KINDS),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(0, 10_000),
)


def bent(seeds: Sequence[bytes], choice: int, taken: Sequence[Step]) -> bytes:
    """A seed after all these steps."""
    data = seeds[choice % len(seeds)]
    for step in taken:
        data = _done(data, step, seeds)[:LONGEST]
    return data


def samples(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Bent samples, and now and then bytes or text of no form at all."""
    twisted = st.builds(
        lambda choice, taken: bent(seeds, choice, taken),
        st.integers(0, max(len(seeds) - 1, 0)),
        st.lists(steps, max_size=12),
    )
    return st.one_of(twisted, twisted, twisted, st.binary(max_size=300), _texts)


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(str.encode)


def _done(data: bytes, step: Step, seeds: Sequence[bytes]) -> bytes:
    at = int(step.place * len(data))
    length = int(step.share**3 * (len(data) - at))
    token = TOKENS[step.number % len(TOKENS)]
    match step.kind:
        case "insert":
            return data[:at] + token + data[at:]
        case "cut":
            return data[:at] + data[at + length :]
        case "repeat":
            return data[:at] + token * (1 + step.number) + data[at:]
        case "flip" if at < len(data):
            return data[:at] + bytes([data[at] ^ (1 << step.number % 8)]) + data[at + 1 :]
        case "overwrite":
            return data[:at] + token + data[at + len(token) :]
        case "splice":
            other = seeds[step.number % len(seeds)]
            return data[:at] + other[int(step.share * len(other)) :]
        case "double":
            return data[: at + length] + data[at:]
        case _:
            return data
