"""Serves the sample edition on this machine, so that it comes in as any other news does."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from digest.errors import SourceError
from digest.sample import edition
from digest.sample.outlets import MEDIA, OUTLETS

ROBOTS = b"User-agent: *\nAllow: /\n"


class Resource(NamedTuple):
    """One file on the server."""

    media: str
    content: bytes


@contextmanager
def serving(now: datetime) -> Iterator[str]:
    """Serve the edition of `now` (aware) on 127.0.0.1 and give its base address.

    The port is one that the system has free. The server ends with the context.

    Raises:
        SourceError: no port could be opened.
    """
    try:
        listening = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    except OSError as error:
        message = f"the sample edition cannot be served on 127.0.0.1: {error.strerror or error}"
        raise SourceError(message) from error
    with listening as server:
        base = f"http://127.0.0.1:{server.server_port}"
        server.RequestHandlerClass = _handler(_resources(now, base))
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from `resources`, anything else with 404."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    resources: Mapping[str, Resource] = {}

    def do_GET(self) -> None:
        """Send a resource."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Send a resource's headers."""
        self._answer(with_content=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the terminal belongs to the reader."""

    def _answer(self, *, with_content: bool) -> None:
        found = self.resources.get(self.path.partition("?")[0].lstrip("/"))
        status, resource = (200, found) if found else (404, Resource("text/plain", b"not found\n"))
        self.send_response(status)
        self.send_header("Content-Type", f"{resource.media}; charset=utf-8")
        self.send_header("Content-Length", str(len(resource.content)))
        self.end_headers()
        if with_content:
            self.wfile.write(resource.content)


def _handler(resources: Mapping[str, Resource]) -> type[_Handler]:
    return type("Handler", (_Handler,), {"resources": resources})


def _resources(now: datetime, base: str) -> dict[str, Resource]:
    made = edition(now, base)
    media = {f"{outlet.key}/feed.xml": MEDIA[outlet.format] for outlet in OUTLETS}
    return {
        "robots.txt": Resource("text/plain", ROBOTS),
        **{path: Resource("text/html", content) for path, content in made.pages.items()},
        **{path: Resource(media[path], content) for path, content in made.feeds.items()},
    }
