"""One safe GET: where it may go, how often it may be sent on, how long and how large it may be.

    url → check scheme → request → 3xx? → check again → … → stream, counting → bytes

Redirects are followed here and not in the library, because each hop is checked and remembered.
Every failure leaves as `SourceError` with words for a reader; an HTTP status is no failure here.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx2

from digest import __version__
from digest.config.secrets import Secret
from digest.config.settings import Fetch
from digest.errors import SourceError
from digest.ingest.net.addresses import is_own
from digest.ingest.net.budget import Cancelled, never, spending
from digest.ingest.net.inflate import Inflater, TooLarge
from digest.ingest.net.sockets import Resolver, resolve
from digest.ingest.net.transport import Transport
from digest.ingest.net.words import LIBRARY_ERRORS, translated

USER_AGENT = f"taiwan-japan-digest/{__version__} (a personal news reader; follows robots.txt)"
MAX_REDIRECTS = 10
MAX_URL = 4000
_MAX_HEADER = 8000
_REDIRECTS = (301, 302, 303, 307, 308)
# The whole of a request may take this many times as long as a single wait.
_DEADLINE_FACTOR = 3
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/html, "
    "application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
)
# Never sent on to another host than the one they were meant for, nor there less encrypted.
_PRIVATE_HEADERS = ("authorization", "cookie")


@dataclass(frozen=True, slots=True)
class Response:
    """A finished answer.

    Attributes:
        url: where it came from in the end, without credentials or fragment.
        status: the HTTP status of the last hop.
        headers: by lower-case name, each value at most 8,000 characters.
        body: unpacked; empty for a status of 400 and above.
        redirects: (status, address it led to) for each hop, in order.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirects: tuple[tuple[int, str], ...] = ()

    @property
    def content_type(self) -> str:
        """The `Content-Type` as sent, "" without one."""
        return self.headers.get("content-type", "")


@dataclass(slots=True)
class _Way:
    """Where a request stands: the next address, and what goes with it."""

    url: httpx2.URL
    headers: dict[str, str]
    secret: Secret | None = None
    hops: list[tuple[int, str]] = field(default_factory=list)
    cookies: httpx2.Cookies = field(default_factory=httpx2.Cookies)


class Client:
    """An HTTP client for strangers' servers; safe to share between threads.

    Cookies live for the redirects of one request only: some sites send a reader in a circle
    without them, and none may follow a reader from one day to the next.
    """

    def __init__(self, settings: Fetch, *, resolver: Resolver = resolve) -> None:
        self.settings = settings
        self.user_agent = settings.user_agent or USER_AGENT
        refuse_all = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self._client = httpx2.Client(
            transport=Transport(settings, resolver),
            trust_env=False,
            cookies=refuse_all,
            timeout=httpx2.Timeout(settings.timeout),
        )

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        secret: Secret | None = None,
        max_bytes: int | None = None,
        cut: bool = False,
        deadline: float | None = None,
        cancelled: Cancelled = never,
    ) -> Response:
        """Read `url`, following redirects.

        Args:
            url: an http or https address; credentials in it go into a header.
            headers: sent besides our own.
            secret: sent besides, on those hops alone that lead to its hosts, encrypted.
            max_bytes: of the body, before and after unpacking; the configured limit by default.
            cut: of a larger body its beginning is enough.
            deadline: seconds for everything; three times the configured timeout by default.
            cancelled: asked several times a second.

        Raises:
            Stopped: `cancelled` said so.
            SourceError: there is no whole answer; the message says why.
        """
        limit = max_bytes if max_bytes is not None else self.settings.max_bytes
        seconds = deadline if deadline is not None else self.settings.timeout * _DEADLINE_FACTOR
        way = self._start(url, headers or {}, secret)
        with spending(seconds, cancelled):
            for _ in range(MAX_REDIRECTS + 1):
                with self._asked(way) as answer:
                    if not self._sent_on(way, answer):
                        return self._read(way, answer, limit, cut=cut)
        raise SourceError(f"redirected more than {MAX_REDIRECTS} times, without an end")

    def _start(self, url: str, headers: Mapping[str, str], secret: Secret | None) -> _Way:
        target = checked_url(url)
        sent = {
            "accept": _ACCEPT,
            "accept-encoding": "gzip, deflate",
            "user-agent": self.user_agent,
            **{name.lower(): value for name, value in headers.items()},
        }
        if target.userinfo:
            login = f"{target.username}:{target.password}".encode()
            sent["authorization"] = "Basic " + base64.b64encode(login).decode("ascii")
        return _Way(target.copy_with(userinfo=b"", fragment=None), sent, secret)

    @contextlib.contextmanager
    def _asked(self, way: _Way) -> Iterator[httpx2.Response]:
        """The answer's head, its body still to be read; the library's errors translated."""
        try:
            request = self._client.build_request("GET", way.url, headers=way.headers)
            way.cookies.set_cookie_header(request)
            _confide(way, request)
            answer = self._client.send(request, stream=True, follow_redirects=False)
            with contextlib.closing(answer):
                yield answer
        except LIBRARY_ERRORS as error:
            raise translated(error, way.url.host, self.settings.timeout) from error

    def _sent_on(self, way: _Way, answer: httpx2.Response) -> bool:
        """Whether the answer is a redirect; `way` then leads where it points."""
        place = answer.headers.get("location", "").strip()
        if answer.status_code not in _REDIRECTS or not place:
            return False
        way.cookies.extract_cookies(answer)
        target = checked_url(str(way.url.join(place))).copy_with(userinfo=b"", fragment=None)
        if not _is_at_home(way.url, target):
            for name in _PRIVATE_HEADERS:
                way.headers.pop(name, None)
        way.hops.append((answer.status_code, str(target)))
        way.url = target
        return True

    def _read(self, way: _Way, answer: httpx2.Response, limit: int, *, cut: bool) -> Response:
        return Response(
            url=str(way.url),
            status=answer.status_code,
            headers={name.lower(): value[:_MAX_HEADER] for name, value in answer.headers.items()},
            body=_body(answer, limit, cut=cut) if answer.status_code < 400 else b"",
            redirects=tuple(way.hops),
        )

    def close(self) -> None:
        """Give all connections up."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _body(answer: httpx2.Response, limit: int, *, cut: bool) -> bytes:
    inflater = Inflater(answer.headers.get("content-encoding", ""), limit)
    try:
        for chunk in answer.iter_raw():
            inflater.feed(chunk)
    except TooLarge:
        if not cut:
            raise
        return inflater.beginning()
    return inflater.finish()


def _confide(way: _Way, request: httpx2.Request) -> None:
    """Add the secret where the request goes to its host, and nobody on the way can read it."""
    secret = way.secret
    if secret is None or not secret.fits(way.url.host):
        return
    if way.url.scheme != "https" and not is_own(way.url.host):
        return
    request.headers.update(secret.headers)
    if secret.cookies:
        given = request.headers.get("cookie", "")
        names = {part.partition("=")[0].strip() for part in given.split(";")}
        own = [f"{name}={value}" for name, value in secret.cookies.items() if name not in names]
        request.headers["cookie"] = "; ".join([*own, *([given] if given else [])])


def with_login_of(configured: str, url: str) -> str:
    """`url` with the name and password in the `configured` address, where these belong there too.

    Raises:
        SourceError: one of the two is no address that we read.
    """
    if "@" not in configured:
        return url
    own, target = checked_url(configured), checked_url(url)
    if not own.userinfo or target.userinfo or not _is_at_home(own, target):
        return url
    return str(target.copy_with(userinfo=own.userinfo))


def _is_at_home(own: httpx2.URL, target: httpx2.URL) -> bool:
    """Whether what was meant for `own` may be sent to `target`: its host, encrypted as well."""
    same = (own.host, own.port) == (target.host, target.port)
    return same and (own.scheme, target.scheme) != ("https", "http")


def checked_url(url: str) -> httpx2.URL:
    """The address, if it is one that we read.

    Raises:
        SourceError: it is not an http or https address with a host.
    """
    text = url.strip()
    if text.startswith("feed:"):
        text = text.removeprefix("feed:")
        text = f"http:{text}" if text.startswith("//") else text
    if len(text) > MAX_URL:
        raise SourceError(f"the address is longer than {MAX_URL:,} characters")
    try:
        target = httpx2.URL(text)
        host = target.host
    except LIBRARY_ERRORS as error:
        raise SourceError("this is not a web address; it should look like https://…") from error
    if target.scheme not in ("http", "https") or not host:
        raise SourceError("only http:// and https:// addresses are read")
    return target
