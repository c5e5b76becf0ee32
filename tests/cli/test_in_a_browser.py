"""What is handed on, opened in a real browser: it shows, loads nothing, and runs nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader

from tests.browser import Browser, browsing
from tests.cli.program import Program

INSIDE = (
    "<script>document.title = 'it ran'</script>"
    "<img src='http://canary.example/injected.png' onerror=\"document.title = 'it ran'\">"
    "<style>body { background: url(http://canary.example/injected.css) }</style>"
    "<iframe src='http://canary.example/injected.html'></iframe>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


def test_the_page_shows_each_quote_in_its_language_and_loads_nothing(
    browser: Browser, forms: dict[str, Path]
) -> None:
    browser.asked.clear()
    dom, said = browser.dom(forms["html"])
    assert said == []
    assert browser.asked == []
    tree = html.fromstring(dom)
    assert tree.get("lang") == "en"
    quotes = tree.findall(".//figure/blockquote")
    assert {one.get("lang") for one in quotes} == {"en", "zh-Hant", "ja"}
    assert all(one.get("lang") for one in quotes)
    named = {str(one.tag) for one in tree.iter()}
    assert not named & {"script", "img", "link", "iframe", "object", "embed", "form"}
    heads = ["".join(map(str, one.itertext())) for one in tree.iter("h3")]
    assert any(one.startswith("<img src=http://canary.example/title.png") for one in heads)
    links = {str(one.get("href")) for one in tree.iter("a")}
    assert links
    assert all(one.startswith(("http://", "https://")) for one in links)


LOOKS = """<script>
const seen = {};
for (const one of ["h1", "h1 time", "h2", "blockquote:lang(ja)", "blockquote:lang(en)"]) {
  const style = getComputedStyle(document.querySelector(one));
  const size = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
  seen[one] = [style.textAlign, Math.round(size * 100) / 100];
}
document.documentElement.dataset.seen = JSON.stringify(seen);
</script>"""


def test_only_running_text_in_han_and_kana_is_justified(
    browser: Browser, told: Program, tmp_path: Path
) -> None:
    words = ("brief", "--since", "100y", "--format", "html", "--lang", "ja")
    page = tmp_path / "looks.html"
    written = told.good(*words, "議員 OR ferry").out.replace("Content-Security-Policy", "Off")
    page.write_text(written.replace("</body>", LOOKS), encoding="utf-8")
    dom, _said = browser.dom(page)
    assert json.loads(str(html.fromstring(dom).get("data-seen"))) == {
        "h1": ["start", 1.35],
        "h1 time": ["start", 1.35],
        "h2": ["start", 1.35],
        "blockquote:lang(ja)": ["justify", 1.85],
        "blockquote:lang(en)": ["start", 1.7],
    }


def test_the_browser_keeps_the_pages_policy(
    browser: Browser, forms: dict[str, Path], tmp_path: Path
) -> None:
    page = tmp_path / "injected.html"
    written = forms["html"].read_text("utf-8")
    page.write_text(written.replace("<h1>", f"{INSIDE}<h1>", 1), encoding="utf-8")
    browser.asked.clear()
    dom, said = browser.dom(page)
    assert "<title>it ran" not in dom
    assert browser.asked == []
    refused = [line for line in said if "Content Security Policy" in line]
    assert any("script" in line for line in refused)
    assert any("injected.png" in line for line in refused)
    page.write_text(
        f"<!doctype html><title>x</title>{INSIDE}".replace("onerror", "data-x"), encoding="utf-8"
    )
    dom, _ = browser.dom(page)  # without the policy the same would have run and loaded
    assert "<title>it ran" in dom
    assert ("canary.example", "/injected.png") in browser.asked


def test_it_is_light_or_dark_as_the_reader_wishes(
    browser: Browser, forms: dict[str, Path], tmp_path: Path
) -> None:
    light = browser.corner(forms["html"], tmp_path / "light.png", dark=False)
    dark = browser.corner(forms["html"], tmp_path / "dark.png", dark=True)
    assert min(light) > 200
    assert max(dark) < 60


def test_it_prints_on_pages(browser: Browser, forms: dict[str, Path], tmp_path: Path) -> None:
    paper = tmp_path / "brief.pdf"
    browser.run(forms["html"], f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    reader = PdfReader(paper)
    text = "".join(page.extract_text() for page in reader.pages)
    assert 1 <= len(reader.pages) <= 5
    assert "Ferries between Keelung and Ishigaki" in text
    assert "Nothing new." in text


def test_a_chart_is_drawn_and_says_nothing_on_the_console(
    browser: Browser, told: Program, tmp_path: Path
) -> None:
    chart = tmp_path / "chart.svg"
    told.good("stats", "ferry", "--also", "<script>alert(1)</script>台湾", "-o", str(chart))
    browser.asked.clear()
    picture = tmp_path / "chart.png"
    _, said = browser.run(chart, f"--screenshot={picture}")
    assert said == []
    assert browser.asked == []
    assert picture.stat().st_size > 2000
