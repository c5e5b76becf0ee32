"""`digest`, and `python -m digest`."""

from __future__ import annotations

import atexit
import signal
import sys
from pathlib import Path


def main() -> None:
    """Run the program and exit with its code."""
    # Registered first, so carried out last: Ctrl-C changes no exit code when all is done already.
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    try:
        from digest.cli.app import run  # noqa: PLC0415 - Ctrl-C may come while it is loading

        code = run(sys.argv[1:], open_desk)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def open_desk(home: Path, config_file: Path | None) -> int:
    """Open the terminal interface on the library in `home`; gives the exit code."""
    import gc  # noqa: PLC0415 - for the desk only

    gc.disable()  # until the desk is at work: nearly all that a start makes stays
    from digest.tui.app import run  # noqa: PLC0415 - textual, not needed by any command

    return run(home, config_file)


if __name__ == "__main__":
    main()
