"""Sockets under guard: the address is checked where it is connected to, and every wait is bounded.

The name is resolved once, each address is judged, and the connection goes to a judged address:
a name that changes its address between check and use gains nothing.
"""

from __future__ import annotations

import contextlib
import select
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import httpcore2

from digest.errors import SourceError
from digest.ingest.net.addresses import is_public
from digest.ingest.net.budget import Budget, current

Resolver = Callable[[str, int], Sequence[str]]
_Result = TypeVar("_Result")

# A wait is cut into slices of this many seconds, so that a stop is noticed soon.
_SLICE = 0.2
_MAX_ADDRESSES = 6


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of `host`, in the system's order.

    Raises:
        OSError: the name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _resolve_within(resolver: Resolver, host: str, port: int, seconds: float) -> Sequence[str]:
    """`resolver` in a thread of its own: the system's call has no limit that we could set."""
    answer: list[Sequence[str]] = []
    problem: list[BaseException] = []

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            problem.append(error)

    thread = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
    thread.start()
    ends = time.monotonic() + seconds
    while thread.is_alive():
        left = min(ends - time.monotonic(), current().left())
        if left <= 0:
            raise httpcore2.ConnectTimeout(f"looking up {host}")
        thread.join(min(_SLICE, left))
    if problem:
        raise httpcore2.ConnectError(problem[0]) from problem[0]
    return answer[0]


class Stream(httpcore2.NetworkStream):
    """One connection; reads, writes and handshakes wait in slices under the current budget."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes`; empty at the end of the stream."""
        return _patiently(
            self._sock,
            partial(self._sock.recv, max_bytes),
            timeout,
            httpcore2.ReadTimeout,
            httpcore2.ReadError,
        )

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`."""
        rest = memoryview(buffer)
        while rest:
            sent = _patiently(
                self._sock,
                partial(self._sock.send, rest),
                timeout,
                httpcore2.WriteTimeout,
                httpcore2.WriteError,
            )
            rest = rest[sent:]

    def close(self) -> None:
        """Give the connection up."""
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted, with the certificate checked."""
        try:
            secure = ssl_context.wrap_socket(
                self._sock, server_hostname=server_hostname, do_handshake_on_connect=False
            )
        except OSError as error:
            self.close()
            raise httpcore2.ConnectError(error) from error
        stream = Stream(secure)
        try:
            _patiently(
                secure,
                secure.do_handshake,
                timeout,
                httpcore2.ConnectTimeout,
                httpcore2.ConnectError,
            )
        except BaseException:  # whatever cuts it short, Ctrl-C too, leaves no open socket
            stream.close()
            raise
        return stream

    def get_extra_info(self, info: str) -> Any:
        """What the connection pool asks about the socket."""
        match info:
            case "socket":
                return self._sock
            case "ssl_object" if isinstance(self._sock, ssl.SSLSocket):
                return self._sock
            case "client_addr":
                return self._sock.getsockname()
            case "server_addr":
                return self._sock.getpeername()
            case "is_readable":
                return _is_readable(self._sock)
            case _:
                return None


def _is_readable(sock: socket.socket) -> bool:
    """Whether an idle connection has something to say: it was closed by the other side."""
    if sock.fileno() < 0:
        return True
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])


def _patiently(
    sock: socket.socket,
    operation: Callable[[], _Result],
    timeout: float | None,
    late: type[Exception],
    failed: type[Exception],
) -> _Result:
    """`operation` on `sock`, tried again in slices until it is done or the time is over."""
    budget = current()
    ends = time.monotonic() + (timeout if timeout is not None else budget.seconds)
    while True:
        left = min(ends - time.monotonic(), budget.left())
        if left <= 0:
            raise late("timed out")
        try:
            sock.settimeout(min(_SLICE, left))
            return operation()
        except TimeoutError:
            continue
        except OSError as error:
            raise failed(error) from error


def _connect(address: str, port: int, seconds: float, budget: Budget) -> socket.socket:
    """A connected socket to a literal address.

    Raises:
        TimeoutError: nobody answered within `seconds`.
        OSError: the connection was refused or there is no way to it.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        _begin(sock, address, port)
        _await(sock, seconds, budget)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:  # as above
        sock.close()
        raise
    return sock


def _begin(sock: socket.socket, address: str, port: int) -> None:
    """Start to connect, without waiting."""
    target = socket.getaddrinfo(
        address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
    )[0][4]
    with contextlib.suppress(BlockingIOError):
        sock.connect(target)


def _await(sock: socket.socket, seconds: float, budget: Budget) -> None:
    """Wait until the connection stands."""
    ends = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        while not selector.select(min(_SLICE, budget.left())):
            if time.monotonic() >= ends:
                raise TimeoutError("no answer")
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, "no connection")


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections for the pool, to judged addresses only.

    Attributes:
        allow_private: whether this machine and private networks may be asked.
        trusted: hosts that are never judged: the proxy of the configuration.
        resolver: from a name to addresses.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        trusted: frozenset[str] = frozenset(),
        resolver: Resolver = resolve,
    ) -> None:
        self.allow_private = allow_private
        self.trusted = trusted
        self.resolver = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first judged address of `host` that answers.

        Raises:
            SourceError: every address of `host` is on this machine or a private network.
        """
        del local_address, socket_options
        budget = current()
        ends = time.monotonic() + min(timeout or budget.seconds, budget.left())
        addresses = self._judged(host, port, ends - time.monotonic())
        problem: OSError = TimeoutError(f"{host} does not answer")
        for place, address in enumerate(addresses):
            left = ends - time.monotonic()
            if left <= 0:
                break
            try:
                return Stream(_connect(address, port, left / (len(addresses) - place), budget))
            except OSError as error:
                problem = error
        if isinstance(problem, TimeoutError):
            raise httpcore2.ConnectTimeout(str(problem)) from problem
        raise httpcore2.ConnectError(problem) from problem

    def _judged(self, host: str, port: int, seconds: float) -> Sequence[str]:
        found = _resolve_within(self.resolver, host, port, seconds)[:_MAX_ADDRESSES]
        if self.allow_private or host in self.trusted:
            return found
        public = [address for address in found if is_public(address)]
        if found and not public:
            raise SourceError(
                f"{host} is on this machine or a private network, which is not read; "
                "[fetch] allow_private = true allows it"
            )
        return public
