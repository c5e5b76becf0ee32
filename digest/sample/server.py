"""Serves the sample edition on this machine, so that it comes in as any other news does.

The server is the edition's web site under its own address, and an HTTP proxy (RFC 9112 3.2.2) for
`http://sample.example`, which is how articles get addresses that are the same in every run. As a
proxy it knows that one site only: nothing is passed on to anybody.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from digest.errors import SourceError
from digest.sample.edition import edition
from digest.sample.outlets import MEDIA, OUTLETS, PLAIN_SITE

ROBOTS = b"User-agent: *\nAllow: /\n"


class Resource(NamedTuple):
    """One file on the server."""

    media: str
    content: bytes


@contextmanager
def serving(now: datetime) -> Iterator[str]:
    """Serve the edition of `now` (aware) on 127.0.0.1 and give its base address, also the proxy's.

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
        direct, proxied = _resources(now, base, ""), _resources(now, PLAIN_SITE, PLAIN_SITE)
        server.RequestHandlerClass = _handler({**direct, **proxied})
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from `resources`; what is not there is 404, other sites' pages 502."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    resources: Mapping[str, Resource] = {}

    def do_GET(self) -> None:
        """Send a resource."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Send a resource's headers."""
        self._answer(with_content=False)

    def do_CONNECT(self) -> None:
        """Refuse a tunnel: there is nobody behind this proxy."""
        self.send_error(502)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the terminal belongs to the reader."""

    def _answer(self, *, with_content: bool) -> None:
        status, resource = self._found(self.path.partition("?")[0])
        self.send_response(status)
        self.send_header("Content-Type", f"{resource.media}; charset=utf-8")
        self.send_header("Content-Length", str(len(resource.content)))
        self.end_headers()
        if with_content:
            self.wfile.write(resource.content)

    def _found(self, target: str) -> tuple[int, Resource]:
        found = self.resources.get(target)
        if found:
            return 200, found
        if target.startswith(("/", f"{PLAIN_SITE}/")):
            return 404, Resource("text/plain", b"not found\n")
        return 502, Resource("text/plain", b"only the sample edition is here\n")


def _handler(resources: Mapping[str, Resource]) -> type[_Handler]:
    return type("Handler", (_Handler,), {"resources": resources})


def _resources(now: datetime, base: str, root: str) -> dict[str, Resource]:
    """The edition with links under `base`, by what requests name: `root`, `/` and the path."""
    made = edition(now, base)
    media = {f"{outlet.key}/feed.xml": MEDIA[outlet.format] for outlet in OUTLETS}
    found = {
        "robots.txt": Resource("text/plain", ROBOTS),
        **{path: Resource("text/html", content) for path, content in made.pages.items()},
        **{path: Resource(media[path], content) for path, content in made.feeds.items()},
    }
    return {f"{root}/{path}": resource for path, resource in found.items()}
