"""Near copies: what is found on copy-edited and translated pairs, and on wires of 1987.

    make bench-neardup        # needs the pairs at ../shared/data

Pairs: an English text and its British or Indian edition are copies, two translations of one text
are not. From each text also: a reprint in which one of its quarters is another text's, the text
inside a longer one, and a form (two texts that have two fifths in common). Every other group of
pairs is for choosing the limits; the figures are given for both halves. At the end what a library
pays: milliseconds of CPU an article, and bytes of sketches.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from digest.ingest.likeness import Shingled, is_near_copy, sketch
from index.fold import fold

DATA = Path(__file__).parents[2] / "shared" / "data"


def pairs() -> Iterator[tuple[str, bool, str, str, int]]:
    """(kind, whether copies, one text, the other, which half)."""
    path = DATA / "neardup" / "pairs.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    groups = sorted({row["group"] for row in rows})
    half = {group: number % 2 for number, group in enumerate(groups)}
    chance = random.Random(4)
    for row in rows:
        side = half[row["group"]]
        one, other = row["a"]["text"], row["b"]["text"]
        yield row["kind"], row["kind"] == "copyedit", one, other, side
        strange = chance.choice(
            [
                r["b"]["text"]
                for r in rows
                if r["group"] != row["group"] and r["lang"] == row["lang"]
            ]
        )
        quarter = len(one) // 4
        place = chance.randrange(4) * quarter
        changed = one[:place] + strange[:quarter] + one[place + quarter :]
        yield "one quarter changed", True, one, changed, side
        yield "inside a longer text", True, one, strange + "\n\n" + one + "\n\n" + strange, side
        common = one[: 2 * len(one) // 5]
        yield "two fifths in common", False, one, common + strange[: len(one) - len(common)], side
        yield "another story", False, one, strange, side


def main() -> None:
    right: Counter[tuple[str, int]] = Counter()
    every: Counter[tuple[str, int]] = Counter()
    for kind, wanted, one, other, side in pairs():
        a, b = Shingled.of(fold(one)), Shingled.of(fold(other))
        met = not set(sketch(a.hashes)).isdisjoint(sketch(b.hashes))
        right[kind, side] += (met and is_near_copy(a, b)) == wanted
        every[kind, side] += 1
    print(f"{'kind':24} {'chosen on':>12} {'held out':>12}")
    for kind in dict.fromkeys(kind for kind, _ in every):
        shares = (f"{right[kind, side]}/{every[kind, side]}" for side in (0, 1))
        print(f"{kind:24} " + " ".join(f"{share:>12}" for share in shares))
    cost()


def cost() -> None:
    """CPU of making and comparing sketches in the largest set."""
    with gzip.open(DATA / "scale" / "ja.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][:5000]
    started = time.process_time()
    sizes = [len(sketch(Shingled.of(fold(text)).hashes)) for text in texts]
    spent = 1000 * (time.process_time() - started) / len(texts)
    print(f"sketch: {spent:.2f} ms CPU and {sum(sizes) / len(sizes):.0f} numbers an article")


if __name__ == "__main__":
    main()
