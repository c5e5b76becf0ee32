"""Threads that begin with different modules must not wait for each other.

Python takes the lock of a module, then those of the packages around it, then those of what it
imports at once. Where two orders meet, one thread gets an error or half a module. The desk and the
companion import what they need when they need it, in many threads.
"""

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for top in ("digest", "index")
    for path in sorted((ROOT / top).rglob("*.py"))
}
# Only its own modules name one of them; all others, and so all threads, begin with the package.
WHOLE = "digest.model"


def at_once(body: Iterable[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """What is imported while a module is, not by its functions and not for its types alone."""
    for one in body:
        if isinstance(one, ast.Import | ast.ImportFrom):
            yield one
        elif isinstance(one, ast.If):
            if "TYPE_CHECKING" not in ast.unparse(one.test):
                yield from at_once(one.body)
            yield from at_once(one.orelse)
        elif isinstance(one, ast.Try):
            yield from at_once(one.body)
            for handler in one.handlers:
                yield from at_once(handler.body)
        elif isinstance(one, ast.With | ast.ClassDef):
            yield from at_once(one.body)


def named(one: ast.Import | ast.ImportFrom) -> set[str]:
    """The modules of ours that an import names."""
    if isinstance(one, ast.Import):
        return {alias.name for alias in one.names} & set(MODULES)
    names = {one.module or "", *(f"{one.module}.{alias.name}" for alias in one.names)}
    return names & set(MODULES)


def lock_of(module: str) -> str:
    return WHOLE if module.startswith(f"{WHOLE}.") else module


def test_no_two_modules_wait_for_each_other() -> None:
    waits: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        for_these = {module.rpartition(".")[0]} - {""}
        for one in at_once(ast.parse(path.read_text(encoding="utf-8")).body):
            for_these |= named(one)
        waits.setdefault(lock_of(module), set()).update(map(lock_of, for_these - {module}))
    waits[WHOLE].discard(WHOLE)
    assert len(waits) > 300
    try:
        graphlib.TopologicalSorter(waits).prepare()
    except graphlib.CycleError as error:
        pytest.fail(f"wait for each other: {' → '.join(error.args[1])}")


def test_only_the_package_itself_names_modules_of_one_that_counts_as_whole() -> None:
    for module, path in MODULES.items():
        if lock_of(module) != WHOLE:
            for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(one, ast.Import | ast.ImportFrom):
                    assert not {name for name in named(one) if name.startswith(f"{WHOLE}.")}, module


RACE = """
import importlib, sys, threading, digest.tui.app
sys.setswitchinterval(1e-5)
together = threading.Barrier(len(sys.argv) - 1)
failed = []
def run(name):
    together.wait()
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed.append(f"{name}: {error!r}")
threads = [threading.Thread(target=run, args=(name,)) for name in sys.argv[1:]]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.exit("; ".join(failed) or 0)
"""


@pytest.mark.parametrize("time", range(3))
def test_threads_that_load_the_index_from_different_ends_all_get_it(time: int) -> None:
    """Threads that begin at once, deep in the index, at its edge and in the library."""
    firsts = [
        "index.segments.evaluate.score",
        "index.segments.codec",
        "index.segments.files",
        "index.analysis",
        "index.schema",
        "index.compile",
        "index.snippets",
        "digest.library.describing",
    ]
    done = subprocess.run(
        [sys.executable, "-c", RACE, *firsts[time:], *firsts[:time]],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
