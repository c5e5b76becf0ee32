"""`make audit`: whether a known vulnerability is in any pinned dependency, by pip-audit.

pip-audit ends well when its database answers nothing about a package, which behind a mirror is all
of them. Here that is said: exit code 0 when everything was looked up and nothing is known, 1 when
something is, 2 when not everything could be looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PINS = Path(__file__).parents[1] / "constraints.txt"
SECONDS = 600
UNREACHED = (
    "the database of known vulnerabilities cannot be reached from here, so nothing was looked up: "
    "run 'make audit' on a machine that can reach it"
)


def main() -> int:
    """Ask pip-audit about every pin."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--no-deps"]
    command += ["--disable-pip", "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        report = json.loads(done.stdout)
    except (ValueError, subprocess.TimeoutExpired):
        return _say([UNREACHED], 2)
    return _say(*judged(report))


def judged(report: dict[str, Any]) -> tuple[list[str], int]:
    """What is to be said of a report of pip-audit, and the exit code. Pure."""
    looked_up = [one for one in report["dependencies"] if "skip_reason" not in one]
    passed_over = [one["name"] for one in report["dependencies"] if "skip_reason" in one]
    if not looked_up:
        return [UNREACHED], 2
    lines = [
        f"{one['name']} {one['version']}: {bug['id']}"
        + (f", mended in {', '.join(bug['fix_versions'])}" if bug["fix_versions"] else "")
        for one in looked_up
        for bug in one["vulns"]
    ]
    if passed_over:
        lines.append(f"not looked up, so nothing is known of them: {', '.join(passed_over)}")
    if not lines:
        return [f"{len(looked_up)} dependencies: nothing is known against any of them"], 0
    return lines, 2 if passed_over and len(lines) == 1 else 1


def _say(lines: list[str], code: int) -> int:
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
