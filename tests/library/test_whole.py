"""A whole library against a plain model: whatever a person does in whatever order.

`WHOLE=200` in the environment tries so many sequences of steps instead of a few.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from digest.anchors import Quote
from digest.config.settings import Config
from digest.library import Library

EXAMPLES = int(os.environ.get("WHOLE", "4"))
STEPS = 25
TOPICS = (
    "Coast guard officers from Keelung trained rescue swimmers off Yonaguni",
    "半導體工廠在熊本動工，台積電派出首批工程師",
    "日本産のリンゴが台北の市場で人気、青森県が発表",
    "鳳梨出口到橫濱的數量創下新高，農民很高興",
    "Parliamentarians debated a fishing accord for the waters near Ishigaki",
    "能登半島の地震、台湾の救助隊が出発を待つ",
    "高鐵新列車由日立與東芝製造，明年抵達高雄港",
)
TAGS = ("海巡", "ﾁｯﾌﾟ", "Taipei", "a b", "#x")
places = st.integers(0, len(TOPICS) - 1)
some = st.lists(places, min_size=1, max_size=4, unique=True)
texts = st.integers(0, 2)


def body(place: int, version: int) -> str:
    return f"{TOPICS[place]}。 q{place}v{version}q. " + f"{TOPICS[place]} ({version}). " * 2


@dataclass
class Piece:
    """What a person can see of one article."""

    ident: int
    title: str
    versions: list[str]
    story: int
    tags: set[str] = field(default_factory=set)
    note: str = ""
    read: bool = False
    starred: bool = False
    deleted: bool = False
    quotes: list[str] = field(default_factory=list)


PERSONAL = ("title", "story", "tags", "note", "read", "starred", "deleted", "quotes")


class WholeLibrary(RuleBasedStateMachine):
    """Two programs on one library, and what it has to hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="digest-whole-"))
        self.home = self.folder / "home"
        self.clock = datetime(2026, 11, 1, tzinfo=UTC)
        self.opened: list[Library] = []
        self.programs: list[Library] = []
        self.pieces: dict[int, Piece] = {}
        self.done: list[dict[int, dict[str, tuple[Any, Any]]]] = []
        self.undone: list[dict[int, dict[str, tuple[Any, Any]]]] = []
        self.stories = 0

    @initialize()
    def start(self) -> None:
        self.programs = [self.open(), self.open()]

    def teardown(self) -> None:
        for library in self.opened:
            library.close()
        shutil.rmtree(self.folder)

    def open(self) -> Library:
        library = Library.open(self.home, Config(feeds=()), clock=self.now)
        self.opened.append(library)
        return library

    def now(self) -> datetime:
        self.clock += timedelta(hours=1)
        return self.clock

    @property
    def library(self) -> Library:
        """One of the two programs, by turns."""
        self.programs.reverse()
        return self.programs[0]

    # what comes in --------------------------------------------------------------------------

    @rule(place=places, version=texts)
    def add(self, place: int, version: int) -> None:
        self.bring(self.library, place, version)

    def bring(self, library: Library, place: int, version: int) -> None:
        text = body(place, version)
        source = self.folder / "one.jsonl"
        article = {"title": TOPICS[place], "text": text, "url": f"https://a.example/{place}"}
        source.write_text(json.dumps(article) + "\n", encoding="utf-8")
        report = library.add([str(source)])
        assert report.failed == ()
        piece = self.pieces.get(place)
        if piece is None:
            self.stories += 1
            self.pieces[place] = Piece(
                report.added[0].id, TOPICS[place], [f"q{place}v{version}q"], self.stories
            )
        elif not piece.deleted and piece.versions[-1] != f"q{place}v{version}q":
            piece.versions.append(f"q{place}v{version}q")

    # what a person does ---------------------------------------------------------------------

    def act(self, change: Callable[[], object], intended: Callable[[Piece], None], at: Any) -> None:
        """Do something, and in the model to the live ones of `at`, as one step to undo."""
        before = deepcopy(self.pieces)
        change()
        for place in at:
            if place in self.pieces and not self.pieces[place].deleted:
                intended(self.pieces[place])
        step = {
            place: {
                name: (getattr(before[place], name), getattr(piece, name))
                for name in PERSONAL
                if getattr(before[place], name) != getattr(piece, name)
            }
            for place, piece in deepcopy(self.pieces).items()
        }
        if step := {place: fields for place, fields in step.items() if fields}:
            self.done.append(step)
            self.undone.clear()

    def ids(self, at: Sequence[int]) -> list[int]:
        return [self.pieces[place].ident for place in at if place in self.pieces]

    @rule(at=some, name=st.sampled_from(TAGS), on=st.booleans())
    def tag(self, at: list[int], name: str, on: bool) -> None:
        key = name.lstrip("#").casefold().replace("ﾁｯﾌﾟ", "チップ")

        def intended(piece: Piece) -> None:
            (piece.tags.add if on else piece.tags.discard)(key)

        names = [name]
        self.act(
            lambda: self.library.tag(self.ids(at), *((names, ()) if on else ((), names))),
            intended,
            at,
        )

    @rule(at=some, what=st.sampled_from(["read", "unread", "star", "unstar"]))
    def mark(self, at: list[int], what: str) -> None:
        def intended(piece: Piece) -> None:
            setattr(piece, "starred" if "star" in what else "read", not what.startswith("un"))

        self.act(lambda: self.library.mark(self.ids(at), what), intended, at)

    @rule(place=places, text=st.sampled_from(["", "想一想", "zweimal überlegt", "考え直す"]))
    def write_note(self, place: int, text: str) -> None:
        if place in self.pieces and not self.pieces[place].deleted:
            ident = self.pieces[place].ident
            self.act(
                lambda: self.library.set_note(ident, text),
                lambda piece: setattr(piece, "note", text),
                [place],
            )

    @rule(place=places, title=st.sampled_from(["另一個標題", "Another headline"]))
    def correct(self, place: int, title: str) -> None:
        if place in self.pieces and not self.pieces[place].deleted:
            ident = self.pieces[place].ident
            self.act(
                lambda: self.library.edit(ident, title=title),
                lambda piece: setattr(piece, "title", title),
                [place],
            )

    @rule(place=places)
    def highlight(self, place: int) -> None:
        if place in self.pieces and not self.pieces[place].deleted:
            quote = TOPICS[place][:6]
            ident = self.pieces[place].ident
            self.act(
                lambda: self.library.highlights.keep(ident, Quote(quote, "", "", 0)),
                lambda piece: setattr(piece, "quotes", [*piece.quotes, quote]),
                [place],
            )

    @rule(at=some)
    def delete(self, at: list[int]) -> None:
        self.act(
            lambda: self.library.delete(self.ids(at)),
            lambda piece: setattr(piece, "deleted", True),
            at,
        )

    @rule(places=st.lists(places, min_size=2, max_size=2, unique=True))
    def join_stories(self, places: list[int]) -> None:
        ours = [self.pieces[one] for one in places if one in self.pieces]
        if len(ours) < 2 or any(one.deleted for one in ours) or ours[0].story == ours[1].story:
            return
        first, other = ours[0].story, ours[1].story
        at = [place for place, piece in self.pieces.items() if piece.story == other]
        library = self.library
        numbers = [row.story or 0 for row in library.rows([one.ident for one in ours])]
        self.act(
            lambda: library.stories.merge(*numbers),
            lambda piece: setattr(piece, "story", first),
            at,
        )

    @rule(place=places)
    def part_story(self, place: int) -> None:
        if place not in self.pieces or self.pieces[place].deleted:
            return
        piece, library = self.pieces[place], self.library
        together = [one for one in self.pieces.values() if one.story == piece.story]
        if sum(not one.deleted for one in together) < 2:
            return
        (row,) = library.rows([piece.ident])
        self.stories += 1
        number = self.stories
        self.act(
            lambda: library.stories.split(row.story or 0, [piece.ident]),
            lambda one: setattr(one, "story", number),
            [place],
        )

    @rule()
    def undo(self) -> None:
        told = self.library.undo()
        assert (told is None) == (not self.done)
        if self.done:
            step = self.done.pop()
            self.undone.append(step)
            self.put(step, 0)

    @rule()
    def redo(self) -> None:
        told = self.library.redo()
        assert (told is None) == (not self.undone)
        if self.undone:
            step = self.undone.pop()
            self.done.append(step)
            self.put(step, 1)

    def put(self, step: dict[int, dict[str, tuple[Any, Any]]], which: int) -> None:
        for place, fields in step.items():
            for name, values in fields.items():
                setattr(self.pieces[place], name, deepcopy(values[which]))

    # what befalls it ------------------------------------------------------------------------

    @rule(place=places, version=texts)
    def crash_before_the_index_knows(self, place: int, version: int) -> None:
        """What was stored is found at the next start."""
        library = self.library
        library.catch_up = lambda report=None, seconds=None: 0  # type: ignore[method-assign] # cut off here
        self.bring(library, place, version)
        self.programs = [self.open(), self.programs[1]]

    @rule()
    def crash(self) -> None:
        self.programs = [self.open(), self.open()]

    @rule()
    def close(self) -> None:
        for library in self.opened:
            library.close()
        self.opened = []
        self.programs = [self.open(), self.open()]

    @rule()
    def reindex(self) -> None:
        live = sum(not piece.deleted for piece in self.pieces.values())
        assert self.library.reindex() == live

    @precondition(lambda self: self.pieces)
    @rule()
    def lose_the_index(self) -> None:
        shutil.rmtree(self.home / "index", ignore_errors=True)

    @precondition(lambda self: self.pieces)
    @rule()
    def back_up_and_restore(self) -> None:
        target = self.folder / "copy.db"
        self.library.backup(target)
        Library.restore(target, self.home)

    @rule()
    def doctor(self) -> None:
        found = [one for one in self.library.doctor() if one.level == "damage"]
        assert found == []

    @rule()
    def look(self) -> None:
        """Everything is as it should be, through either program."""
        for library in self.programs:
            library.catch_up()
            rows = {row.id: row for row in library.rows(library.listing("").ids)}
            live = {one.ident: one for one in self.pieces.values() if not one.deleted}
            assert rows.keys() == live.keys()
            stories: dict[int, set[int]] = {}
            for ident, piece in live.items():
                row, article = rows[ident], library.article(ident)
                note(f"{ident}: {piece}")
                assert row.title == piece.title
                assert {tag.casefold().replace("ﾁｯﾌﾟ", "チップ") for tag in row.tags} == piece.tags
                assert (row.read, row.starred) == (piece.read, piece.starred)
                assert article.note == piece.note
                assert [one.quote for one in article.highlights] == piece.quotes
                seen = ["".join(block.text for block in one.blocks) for one in _texts(library, row)]
                assert [word in text for word, text in zip(piece.versions, seen, strict=True)]
                assert all(word in text for word, text in zip(piece.versions, seen, strict=True))
                stories.setdefault(row.story or -ident, set()).add(ident)
            self._look_for(library, live)
            told: dict[int, set[int]] = {}
            for ident, piece in live.items():
                told.setdefault(piece.story, set()).add(ident)
            assert sorted(map(sorted, stories.values())) == sorted(map(sorted, told.values()))

    def _look_for(self, library: Library, live: dict[int, Piece]) -> None:
        """The index equals the store: ids, texts, notes."""
        assert library._indexer.missing() == ([], [])
        assert library._indexer.pending() == 0
        for place, piece in self.pieces.items():
            for version in range(3):
                word = f"q{place}v{version}q"
                wanted = (
                    [piece.ident] if live.get(piece.ident) and piece.versions[-1] == word else []
                )
                assert library.matching(word)[0] == wanted
        for text in ("想一想", "zweimal", "考え直す"):
            wanted = sorted(ident for ident, piece in live.items() if text in piece.note)
            assert sorted(library.matching(f"note:{text}")[0]) == wanted
        for tag in ("海巡", "チップ"):
            wanted = sorted(ident for ident, piece in live.items() if tag in piece.tags)
            assert sorted(library.matching(f"tag:{tag}")[0]) == wanted


def _texts(library: Library, row: Any) -> list[Any]:
    return list(library.versions(row.id))


TestWholeLibrary = WholeLibrary.TestCase
TestWholeLibrary.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 10,
    phases=[Phase.explicit, Phase.generate, *([] if EXAMPLES > 10 else [Phase.shrink])],
    print_blob=True,
)
