"""A real headless browser: Chromium, each run with a profile of its own and no network but ours."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless=new",
    "--no-sandbox",  # which cannot be had as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--enable-logging=stderr",
    "--window-size=800,1000",
)


@dataclass
class Browser:
    """Chromium; every plain HTTP request to whatever host arrives in `asked` instead.

    Attributes:
        asked: (host, path) of each request to a host under `.example`, as those of our pages are.
    """

    path: str
    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)

    def run(self, page: Path | str, *options: str) -> tuple[str, list[str]]:
        """Open a file or an address; gives what was printed, and what the page's console said."""
        with tempfile.TemporaryDirectory(prefix="browser") as profile:
            ran = subprocess.run(
                [
                    self.path,
                    *_QUIET,
                    f"--user-data-dir={profile}",
                    f"--host-resolver-rules=MAP * 127.0.0.1:{self.port}",
                    *options,
                    page.as_uri() if isinstance(page, Path) else page,
                ],
                capture_output=True,
                timeout=240,
                check=True,
            )
        said = ran.stderr.decode(errors="replace").splitlines()
        return ran.stdout.decode(), [line for line in said if ":CONSOLE" in line]

    def dom(self, page: Path) -> tuple[str, list[str]]:
        """The document as the browser understood it, and what its console said."""
        return self.run(page, "--dump-dom")

    def corner(self, page: Path, picture: Path, *, dark: bool) -> tuple[int, int, int]:
        """The colour in the corner of the page as it is drawn, the picture of it kept."""
        scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
        self.run(page, f"--screenshot={picture}", scheme)
        return _corner(picture.read_bytes())


def _corner(png: bytes) -> tuple[int, int, int]:
    """The first pixel of a PNG, which all of its filters leave as it is."""
    data, at = b"", 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    row = zlib.decompress(data)
    return row[1], row[2], row[3]


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser for the tests of a module; they are skipped where there is none."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("chromium is not installed: on Debian, apt install chromium")
    browser = Browser(path, 0)

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            if host.endswith(".example"):  # the browser itself asks its maker for the time
                browser.asked.append((host, self.path))
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    browser.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield browser
    finally:
        server.shutdown()
        server.server_close()
