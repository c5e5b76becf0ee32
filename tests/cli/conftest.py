"""A small library in three languages, made once by the program itself and copied for each test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from digest.anchors import Quote
from digest.config.load import load
from digest.library import Library
from tests.cli.program import Program

PIECES: list[dict[str, object]] = [
    {
        "title": "Taiwan and Japan sign a chip research accord",
        "text": "Officials from Taiwan and Japan signed an accord on semiconductor research.\n\n"
        "The agreement covers two laboratories.",
        "url": "https://herald.example/chips",
        "lang": "en",
        "published": "2026-11-02T01:30:00Z",
        "feed": "Strait Herald",
        "author": "A. Writer",
    },
    {
        "title": "賴清德會見日本議員團",
        "text": "總統賴清德在台北會見日本國會議員團，雙方談到半導體合作與台灣海峽的和平。",
        "url": "https://daoyu.example/lai",
        "lang": "zh-Hant",
        "published": "2026-11-03T02:00:00Z",
        "feed": "島嶼新聞",
    },
    {
        "title": "台湾の総統、日本の議員団と会談",
        "text": "頼清徳総統は台北で日本の議員団と会談し、台湾海峡の平和について話し合った。",
        "url": "https://toa.example/kaidan",
        "lang": "ja",
        "published": "2026-11-03T03:00:00Z",
        "feed": "東亜通信",
        "tags": ["外交"],
    },
    {
        "title": "Ferries between Keelung and Ishigaki",
        "text": "A ferry line from Keelung in Taiwan to Ishigaki in Japan is to open in spring.",
        "lang": "en",
        "published": "2026-10-20T02:00:00Z",
        "feed": "Strait Herald",
    },
]
CHIPS, LAI, KAIDAN, FERRY = 1, 2, 3, 4


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the user's configuration nor the terminal's wishes reach a test."""
    for name in ("DIGEST_CONFIG", "NO_COLOR", "VISUAL", "EDITOR", "_DIGEST_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-configuration"))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the four pieces, not to be changed."""
    folder = tmp_path_factory.mktemp("filled")
    pieces = folder / "pieces.jsonl"
    pieces.write_text("\n".join(json.dumps(one) for one in PIECES), encoding="utf-8")
    done = Program(folder / "home")("add", str(pieces), "--json")
    assert done.code == 0, done.err
    assert [one["id"] for one in done.json["added"]] == [CHIPS, LAI, KAIDAN, FERRY]
    return folder / "home"


@pytest.fixture
def digest(filled: Path, tmp_path: Path) -> Program:
    """The program on a filled library of the test's own."""
    shutil.copytree(filled, tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """The program on a library that is not there yet."""
    return Program(tmp_path / "new")


CONFIG = """\
[[views]]
name = "Ferries"
query = "ferry"

[[briefs]]
name = "all"
since = "100y"
sections = ["@Ferries", "議員", "zebra", "typhoon"]
"""
HELD = "二つの語 & <b>"
ALSO = {
    "title": "総統と議員団の会談、続報",
    "text": "頼清徳総統は台北で日本の議員団と会談し、台湾海峡の平和について話した。続きがある。",
    "url": "https://nishi.example/zoku",
    "lang": "ja",
    "published": "2026-11-03T05:00:00Z",
    "feed": "西日報",
}


HOSTILE = {
    "title": "<img src=http://canary.example/title.png onerror=alert(1)>Typhoon",
    "text": "A typhoon <script src='http://canary.example/text.js'></script> nears Hualien today.",
    "url": "http://canary.example/page?<script>alert(2)</script>",
    "lang": "en",
    "published": "2026-09-03T05:00:00Z",
    "feed": '"><link rel=stylesheet href=http://canary.example/feed.css>',
}


@pytest.fixture(scope="session")
def told(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A library with a brief that was delivered once, before one more report came in."""
    home = tmp_path_factory.mktemp("told") / "home"
    shutil.copytree(filled, home)
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")
    digest = Program(home)
    add_one(digest, HOSTILE)
    digest.good("brief", "@all")
    add_one(digest, ALSO)
    digest.good("note", str(KAIDAN), "--text", "Ask **whom** the visit was for.")
    script = "<script src=http://canary.example/note.js></script><style>@import 'x'</style>"
    digest.good("note", str(FERRY + 1), "--text", script)
    digest.good("tag", "+follow up", "--", str(LAI))
    with Library.open(home, load(home)) as library:
        quote = Quote("台湾海峡の平和", "", "", 0)
        library.highlights.keep(KAIDAN, quote, HELD)
    return digest


def add_one(digest: Program, piece: dict[str, str]) -> None:
    source = digest.home.parent / "one.jsonl"
    source.write_text(json.dumps(piece), encoding="utf-8")
    digest.good("add", str(source))


@pytest.fixture(scope="session")
def forms(told: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The brief in every form, as files; none of them counts as delivered."""
    folder = tmp_path_factory.mktemp("forms")
    found = {}
    for form in ("md", "html", "epub", "json", "eml"):
        kept = shutil.copytree(told.home, folder / f"home-{form}")
        found[form] = folder / f"brief.{form}"
        Program(kept).good("brief", "@all", "--format", form, "-o", str(found[form]))
    return found
