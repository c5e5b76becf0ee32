"""Real articles that would be taken for a notice in an article's place: `python -m bench.notices`.

Notices are short, so each text of `../shared/data` is cut to what is just looked at. None of these
is a notice, and none should be refused.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from digest.ingest.hollow import SHORT, is_notice

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
CUT = SHORT - 10  # characters


def main() -> None:
    """Print how many texts each set holds, and which of them are refused."""
    files = sorted(one for name in ("scale", "mono", "xling") for one in (DATA / name).glob("*.gz"))
    if not files:
        sys.exit("The texts are not there: ../shared/data")
    seen = refused = 0
    for file in (one for one in files if not one.name.startswith("queries")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                seen += 1
                title, blocks = article.get("title") or "", article["text"][:CUT].split("\n")
                if is_notice(title, blocks, feed_title=""):
                    refused += 1
                    print(f"{file.name}: {title or blocks[0][:60]}")
    print(f"{refused} of {seen:,} refused")


if __name__ == "__main__":
    main()
