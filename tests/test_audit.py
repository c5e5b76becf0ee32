from __future__ import annotations

import pytest

from scripts.audit import UNREACHED, judged

SOUND = {"name": "lxml", "version": "6.1.3", "vulns": []}
BAD = {
    "name": "old",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "aliases": [], "description": "x"}],
}
SKIPPED = {"name": "mypy", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("dependencies", "said", "code"),
    [
        ([SOUND], "1 dependencies: nothing is known against any of them", 0),
        ([SOUND, BAD], "old 1.0: PYSEC-2026-1, mended in 1.1", 1),
        ([SKIPPED], UNREACHED, 2),
        ([], UNREACHED, 2),
        ([SOUND, SKIPPED], "not looked up, so nothing is known of them: mypy", 2),
        ([BAD, SKIPPED], "old 1.0: PYSEC-2026-1, mended in 1.1", 1),
    ],
)
def test_what_was_not_looked_up_is_not_called_sound(
    dependencies: list[dict[str, object]], said: str, code: int
) -> None:
    lines, exit_code = judged({"dependencies": dependencies})
    assert (lines[0], exit_code) == (said, code)
