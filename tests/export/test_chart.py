"""The line chart: what it shows, and that it is safe and well-formed SVG."""

from __future__ import annotations

from typing import cast

from lxml import etree

from digest.export.chart import line_chart
from digest.export.courses import course

SVG = "{http://www.w3.org/2000/svg}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(root: etree._Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def test_silent_periods_count_as_none_also_over_the_end_of_a_year() -> None:
    found = course([("2026-W52", "a", 2), ("2027-W01", "a", 1), ("2026-W52", "b", 3)])
    assert found.periods == ("2026-W52", "2026-W53", "2027-W01")
    assert found.series == {"a": (2, 0, 1), "b": (3, 0, 0)}
    months = course([("2026-11", "", 1), ("2027-02", "", 1)])
    assert months.periods == ("2026-11", "2026-12", "2027-01", "2027-02")
    days = course([("2028-02-28", "", 1), ("2028-03-01", "", 1)])
    assert days.periods == ("2028-02-28", "2028-02-29", "2028-03-01")


def test_named_series_are_there_and_in_order_without_a_count() -> None:
    found = course([("2026-11", "b", 5)], ["a", "b"])
    assert list(found.series.items()) == [("a", (0,)), ("b", (5,))]
    assert list(course([("2026-11", "a", 1), ("2026-11", "b", 5)]).series) == ["b", "a"]
    assert course([]).periods == ()


def test_dates_far_apart_keep_the_latest() -> None:
    found = course([("0001-01-01", "", 7), ("2026-11-08", "", 1)])
    assert found.periods[-1] == "2026-11-08"
    assert len(found.periods) < 30_000


def test_points_stand_as_high_as_their_counts() -> None:
    root = parsed(line_chart(course([("2026-11", "", 10), ("2026-12", "", 5)]), "Chips"))
    line = next(root.iter(f"{SVG}polyline")).get("points", "")
    (x1, y1), (x2, y2) = (tuple(map(float, one.split(","))) for one in line.split())
    levels = {one.text: float(one.get("y", "")) - 4 for one in root.iter(f"{SVG}text")}
    assert (y1, y2) == (levels["10"], (levels["10"] + levels["0"]) / 2)
    assert x1 < x2
    assert {"2026-11", "2026-12", "Chips", "Articles"} <= set(texts(root))


def test_it_is_told_in_words_and_by_language() -> None:
    buckets = [("2026-W45", "台湾有事だ", 3), ("2026-W46", "台海危機", 4), ("2026-W46", "chips", 1)]
    root = parsed(line_chart(course(buckets), "Three"))
    assert root.get("role") == "img"
    named = [root.find(f"*[@id='{one}']") for one in root.get("aria-labelledby", "").split()]
    assert [cast("etree._Element", one).tag for one in named] == [f"{SVG}title", f"{SVG}desc"]
    words = cast("etree._Element", named[1]).text or ""
    assert "from 2026-W45 to 2026-W46" in words
    assert "台海危機: 4 in all, most in 2026-W46 (4)" in words
    langs = {one.text: one.get(f"{XML}lang") for one in root.iter(f"{SVG}text")}
    assert langs["台湾有事だ"] == "ja"
    assert langs["台海危機"] == "zh-Hant"
    assert langs["chips"] is None


def test_names_from_outside_are_text_and_the_rest_of_many_is_one() -> None:
    hostile = '"><script>alert(1)</script>\x1b[31m\ud800'
    buckets = [("2026-11", f"{number} {hostile}", number + 1) for number in range(20)]
    root = parsed(line_chart(course(buckets), hostile))
    known = {"svg", "title", "desc", "style", "text", "path", "g", "polyline", "circle"}
    assert {str(one.tag).removeprefix(SVG) for one in root.iter()} <= known
    assert not any(str(key).startswith("on") for one in root.iter() for key in one.attrib)
    legend = [one for one in texts(root) if "script" in one or one == "other"]
    assert len(legend) == 1 + 8
    style = next(root.iter(f"{SVG}style")).text or ""
    assert "url(" not in style
    assert "@import" not in style
    assert "other: 91 in all" in (next(root.iter(f"{SVG}desc")).text or "")  # 1 + ... + 13


def test_nothing_at_all_is_said_so() -> None:
    root = parsed(line_chart(course([]), "None"))
    assert "nothing" in (next(root.iter(f"{SVG}desc")).text or "")
