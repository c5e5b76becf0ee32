"""A small web on this machine: routes set by the test, every request remembered."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from types import TracebackType
from typing import Any, Self

Handler = Callable[["Exchange"], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked; `path` with its query, header names in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    body: bytes | Handler
    content_type: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Exchange(BaseHTTPRequestHandler):
    """One request being answered; a handler may use `reply`, or `start` and `send`."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        news = self.server.news
        headers = {name.lower(): value for name, value in self.headers.items()}
        with news.lock:
            news.requests.append(Request(self.path, headers))
        path = self.path.partition("?")[0] if self.path.startswith("/") else self.path
        route = news.routes.get(self.path) or news.routes.get(path)
        if route is None:
            self.reply(b"not here", status=404)
        elif callable(route.body):
            route.body(self)
        else:
            self.reply(
                route.body,
                status=route.status,
                content_type=route.content_type,
                headers=route.headers,
            )

    def reply(
        self,
        body: bytes,
        *,
        status: int = 200,
        content_type: str = "text/html; charset=utf-8",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """A whole answer with its length."""
        sent = {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})}
        self.start(status, sent)
        if status != 304:
            self.send(body)

    def start(self, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """The head alone; without a Content-Length the end of the connection ends the body."""
        self.send_response(status)
        names = {name.lower() for name in headers or {}}
        for name, value in (headers or {}).items():
            if value:
                self.send_header(name, value)
        if "content-length" not in names:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def send(self, part: bytes) -> bool:
        """A part of the body; False when the client has gone."""
        try:
            self.wfile.write(part)
            self.wfile.flush()
        except OSError:
            self.close_connection = True
            return False
        return True

    def pause(self, seconds: float) -> bool:
        """Let time pass; False when the server is stopping."""
        return not self.server.news.stopping.wait(seconds)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    news: NewsServer

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class NewsServer:
    """Serves what its routes say on 127.0.0.1, each request in a thread of its own."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.news = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def port(self) -> int:
        return self._server.server_port

    def url(self, path: str = "/") -> str:
        """The address of `path` here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def route(
        self,
        path: str,
        body: bytes | str | Handler = b"",
        *,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Answer `path` so from now on; returns its address."""
        content = body.encode() if isinstance(body, str) else body
        self.routes[path] = Route(content, content_type, status, headers or {})
        return self.url(path)

    def feed(self, path: str, body: bytes | str, headers: Mapping[str, str] | None = None) -> str:
        """Serve a feed at `path`."""
        return self.route(path, body, content_type="application/rss+xml", headers=headers)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Send whoever asks for `path` to `target`."""
        return self.route(path, b"", status=status, headers={"Location": target})

    def asked(self, path: str) -> int:
        """How often `path` was asked for."""
        return sum(1 for request in self.requests if request.path == path)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
