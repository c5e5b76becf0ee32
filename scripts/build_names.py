"""Build `index/data/names.bin`, the names in three languages.

Run it by hand from the top of the repository, after `build_dictionary` and after every change of
the curated files:

    .venv/bin/python -m scripts.build_names path/to/gazetteer.jsonl.gz

The gazetteer is a file of trilingual names from open lists (see `index/data/names.LICENSES.txt`);
what this subject needs beyond them is written by hand in `scripts/curated/`. Where both know a
name, the curated entry stands.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from index.names.packing import pack_names
from index.sections import write_sections
from scripts.naming.curated import read_curated, read_guards
from scripts.naming.gazetteer import read_gazetteer, with_acronyms

TARGET = Path(__file__).resolve().parents[1] / "index" / "data" / "names.bin"


def build(gazetteer: Path) -> dict[str, bytes]:
    """The parts of the data file."""
    curated = with_acronyms(read_curated())
    return pack_names([*curated, *read_gazetteer(gazetteer, curated)], read_guards())


def main() -> int:
    """Write the data file; 2 when the gazetteer is not there."""
    parser = argparse.ArgumentParser(description="Build index/data/names.bin.")
    parser.add_argument("gazetteer", type=Path)
    gazetteer: Path = parser.parse_args().gazetteer
    if not gazetteer.exists():
        sys.stderr.write(f"{gazetteer} is missing: see the top of this script\n")
        return 2
    write_sections(TARGET, build(gazetteer))
    sys.stderr.write(f"{TARGET.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
