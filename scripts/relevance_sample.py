"""Articles labelled by reading: whether they concern Taiwan and Japan together.

They are a set made for this, further articles of a larger collection whose ids and labels are in
`relevance_labels.tsv` (1 concerns both, 0 does not, `?` behind it marks a borderline one), and the
pieces of the sample edition, which are news about both: the sets have little of that. The texts of
the first two stay in `DATA`, which is no part of the project: only who has them can fit anew.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from digest.blocks import to_text
from digest.ingest.extract.pages import extract_fragment
from digest.ingest.extract.values import Hints
from digest.model import Mention
from digest.sample.outlets import OUTLETS
from digest.sample.pieces import pieces_of
from index.meaning.encoder import encode
from index.names.names import Names

DATA = Path(__file__).parents[2] / "shared" / "data"
LABELS = Path(__file__).with_name("relevance_labels.tsv")

_TITLE_ENDS = re.compile(r"[：:—―]")
_ALIKE = 0.72  # of the vectors of titles or of texts in two languages; translations are above


class Labelled(NamedTuple):
    """An article with its label."""

    id: str
    lang: str
    title: str
    text: str
    on_topic: bool
    clear: bool
    of_dev: bool
    why: str = ""

    @property
    def source(self) -> str:
        """The collection it is of."""
        return re.split(r"[-/]", self.id)[0].removesuffix("p")

    @property
    def half(self) -> int:
        """The half of the development set that it is in."""
        return zlib.crc32(self.id.split("/")[-1].split("#")[0].encode()) % 2


def labelled() -> list[Labelled]:
    """The development set, then the further ones, then the sample edition."""
    return [*_development(), *_further(), *_edition()]


def _development() -> Iterator[Labelled]:
    lines = (DATA / "relevance" / "dev.jsonl").read_text(encoding="utf-8").split("\n")
    for row in (json.loads(line) for line in lines if line):
        clear = "borderline" not in row["why"]
        text = (row["title"], row["text"], row["label"] == 1, clear)
        yield Labelled(row["id"], row["lang"], *text, of_dev=True, why=row["why"])


def _further() -> Iterator[Labelled]:
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    labels = dict(line.split("\t") for line in lines)
    for path in sorted((DATA / "scale").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                if label := labels.get(row["id"]):
                    text = (row["title"], row["text"][:1500], label[0] == "1", label[-1] != "?")
                    yield Labelled(row["id"], row["lang"], *text, of_dev=False)


def _edition() -> Iterator[Labelled]:
    for outlet in OUTLETS:
        for piece in pieces_of(outlet, datetime.now(UTC)):
            hints = Hints(lang=outlet.lang)
            body = to_text(extract_fragment(piece.body, url="", hints=hints).blocks)
            text = (piece.title, body[:1500], True, True)
            yield Labelled(f"sample/{piece.event}", outlet.lang, *text, of_dev=False)


def mentions(names: Names, title: str, text: str) -> list[Mention]:
    """The names in an article."""
    found = [Mention(*one, in_title=True) for one in names.recognise(title)]
    return found + [Mention(*one, in_title=False) for one in names.recognise(text)]


def kin(rows: Sequence[Labelled]) -> Any:
    """A number for each that it shares with its translations and the other parts of its article.

    One collection has articles in three languages, whose titles and texts are not told apart by
    name: vectors tell. Fitted to one part and asked of another, words would be known beforehand.
    """
    group = np.arange(len(rows))
    first: dict[tuple[str, str], int] = {}
    for at, row in enumerate(rows):
        for key in ((row.source, _TITLE_ENDS.split(row.title)[0]), (row.source, _file(row))):
            group[group == group[at]] = group[first.setdefault(key, at)]
    several = [at for at, row in enumerate(rows) if row.source == "twmd"]
    titles = encode([rows[at].title for at in several])
    texts = encode([rows[at].text for at in several])
    alike = (titles @ titles.T > _ALIKE) | (texts @ texts.T > _ALIKE)
    for one, other in zip(*np.nonzero(alike), strict=True):
        if rows[several[one]].lang != rows[several[other]].lang:
            group[group == group[several[one]]] = group[several[other]]
    return group


def _file(row: Labelled) -> str:
    return row.id.split("/")[-1].split("#")[0]
