"""When garbage is collected, in a process of its own: it is the whole process's."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import gc, json
from digest.tui import garbage
full = []
def heard(phase, info):
    if (phase, info["generation"]) == ("stop", 2):
        full.append(1)
gc.callbacks.append(heard)
gc.disable()
garbage.begin()
kept = [[number] for number in range(300_000)]
told = [len(full)]
garbage.collect(rested=0.1)
told.append(len(full))
garbage.collect(rested=1.0)
told.append(len(full))
garbage.collect(rested=1.0)
told.append(len(full))
print(json.dumps(told))
"""


def test_all_of_it_is_collected_only_while_nobody_types() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == [0, 0, 1, 1]
