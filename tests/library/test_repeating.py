"""Lines that repeat across an outlet: learned, hidden everywhere, and given back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.anchors import Extent, quote_of
from digest.blocks import to_text
from digest.config.settings import Config, Feed
from digest.library import Library
from tests.library.conftest import bring

LEADS = (
    "The coast guards of Taiwan and Japan met in Taipei on Sunday and agreed on a hotline.",
    "Chip makers in Kumamoto look for engineers from Hsinchu, the ministry in Tokyo said.",
    "A parade in Kaohsiung drew visitors from Yokohama, which has been its twin since spring.",
    "Fishermen from Suao and Yonaguni asked for shorter waits at the port of Keelung.",
    "Tea growers in Alishan send their first harvest of the year to shops in Osaka.",
    "The two exchange associations published a paper on schools and their libraries.",
)
SECOND = "Talks are to go on in week {}, officials of both sides said after the meeting."
SUBSCRIBE = "Sign up for the Wallaby letter"
RIGHTS = "© 2026 Strait Herald. All rights reserved."


def piece(number: int, **fields: Any) -> dict[str, Any]:
    more = f"Another story, {LEADS[number % 6][:20]}"
    html = (
        f"<p>{LEADS[number % 6]} Number {number}.</p><p>{SECOND.format(number)}</p>"
        f"<h3>Read more</h3><ul><li><a href='/x{number}'>{more}</a></li></ul>"
        f"<p>{SUBSCRIBE}</p><p>{RIGHTS}</p>"
    )
    made = {"title": f"Headline {number}", "html": html, "lang": "en", "feed": "Strait Herald"}
    return made | {"url": f"https://strait.example/{number}"} | fields


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home", Config()) as opened:
        yield opened


def shown(library: Library, ident: int) -> str:
    return to_text(library.article(ident).blocks)


def test_what_repeats_is_hidden_in_all_articles_once_it_is_known(
    library: Library, tmp_path: Path
) -> None:
    first = bring(library, tmp_path, [piece(number) for number in range(3)])
    assert SUBSCRIBE in shown(library, first[0])
    rest = bring(library, tmp_path, [piece(number) for number in range(3, 6)])
    for number, ident in enumerate([*first, *rest]):
        article = library.article(ident)
        assert [block.text for block in article.blocks] == [
            f"{LEADS[number]} Number {number}.",
            SECOND.format(number),
        ]
        assert to_text(article.every_block).endswith(f"{SUBSCRIBE}\n\n{RIGHTS}")
        assert article.hidden == (2, 3, 4, 5)


def test_what_is_hidden_is_not_searched_excerpted_or_taken_for_a_copy(
    library: Library, tmp_path: Path
) -> None:
    bring(library, tmp_path, [piece(number) for number in range(3)])
    assert library.search("wallaby").total == 3
    bring(library, tmp_path, [piece(number) for number in range(3, 6)])
    assert library.search("wallaby").total == 0
    assert library.search("hotline").total == 1
    assert library.search("is:copy").total == 0
    assert all(SUBSCRIBE not in one.body.text for one in library.snippets("talks", [1, 2]).values())


def test_articles_of_other_outlets_keep_the_line(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, [piece(number) for number in range(6)])
    other = piece(9, url="https://other.example/9", feed="Other")
    (ident,) = bring(library, tmp_path, [other])
    assert SUBSCRIBE in shown(library, ident)


def test_a_page_whose_repeated_lines_alone_changed_has_not_changed(
    library: Library, tmp_path: Path
) -> None:
    bring(library, tmp_path, [piece(number) for number in range(6)])
    changed = piece(0)
    changed["html"] = changed["html"].replace(f"<p>{SUBSCRIBE}</p>", "")
    assert bring(library, tmp_path, [changed]) == []
    assert library.article(1).revisions == ()
    changed["html"] = changed["html"].replace("hotline", "common exercise")
    bring(library, tmp_path, [changed])
    assert len(library.article(1).revisions) == 1


def test_a_quote_keeps_its_place_and_its_line(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, [piece(number) for number in range(3)])
    article = library.article(1)
    place = [block.text for block in article.blocks].index(SUBSCRIBE)
    library.highlights.keep(1, quote_of(article.blocks, Extent(place, 0, place, len(SUBSCRIBE))))
    bring(library, tmp_path, [piece(number) for number in range(3, 6)])
    kept = library.article(1)
    assert kept.blocks[kept.highlights[0].paragraph].text == SUBSCRIBE
    assert RIGHTS not in to_text(kept.blocks)
    assert SUBSCRIBE not in shown(library, 2)
    whole = library.article(2).with_hidden()
    library.highlights.keep(2, quote_of(whole.blocks, Extent(place, 0, place, len(SUBSCRIBE))))
    assert SUBSCRIBE in shown(library, 2)


def test_a_person_says_that_a_line_is_no_boilerplate(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, [piece(number) for number in range(6)])
    lines = {line.text: line for line in library.repeating.of("strait.example")}
    assert set(lines) == {"Read more", SUBSCRIBE, RIGHTS}
    assert {line.articles for line in lines.values()} == {6}
    library.repeating.keep(lines[SUBSCRIBE], kept=True)
    library.catch_up()
    assert all(SUBSCRIBE in shown(library, one) for one in range(1, 7))
    assert library.search("wallaby").total == 6
    bring(library, tmp_path, [piece(number) for number in range(6, 12)])
    assert SUBSCRIBE in shown(library, 12)
    (kept,) = [line for line in library.repeating.of("strait.example") if line.kept]
    library.repeating.keep(kept, kept=False)
    library.catch_up()
    assert SUBSCRIBE not in shown(library, 1)
    assert library.repeating.keep_in(1, ()) == 4  # the link that "Read more" leads to
    library.catch_up()
    assert SUBSCRIBE in shown(library, 12)


def test_nothing_is_hidden_in_a_feed_that_says_so(tmp_path: Path) -> None:
    feed = Feed("https://strait.example/rss", name="Strait")
    config = Config(feeds=(feed,))
    with Library.open(tmp_path / "home", config) as library:
        state = library._storage.feed_state(feed)
        bring(library, tmp_path, [piece(number) for number in range(6)])
        with library._database.write() as db:
            db.execute("UPDATE outlets SET feed_id = ?", (state.id,))
    off = Config(feeds=(replace(feed, boilerplate=False),))
    with Library.open(tmp_path / "home", off) as library:
        library.catch_up()
        assert SUBSCRIBE in shown(library, 1)
    with Library.open(tmp_path / "home", config) as library:
        library.catch_up()
        assert SUBSCRIBE not in shown(library, 1)


def test_an_article_counts_once_however_often_it_is_changed(
    library: Library, tmp_path: Path
) -> None:
    bring(library, tmp_path, [piece(0), piece(1)])
    for version in range(6):
        changed = piece(0)
        changed["html"] = changed["html"].replace("Number 0", f"Version {version}")
        bring(library, tmp_path, [changed])
    assert SUBSCRIBE in shown(library, 1)


def test_what_is_counted_of_a_site_is_bounded(library: Library, tmp_path: Path) -> None:
    words = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf")
    texts = ["\n\n".join(f"{chr(19968 + n)} {word}" for word in words) for n in range(400)]
    bring(library, tmp_path, [piece(n, text=text, html="") for n, text in enumerate(texts)])
    with library._database.read() as db:
        (rows,) = db.execute("SELECT count(*) FROM site_lines").fetchone()
    assert 0 < rows < 1000
