"""httpx2's transport over guarded sockets, directly or through the proxy of the configuration."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

import httpcore2
import httpx2

from digest.config.settings import Fetch
from digest.errors import ConfigError, SourceError
from digest.ingest.net.addresses import is_own
from digest.ingest.net.sockets import GuardedBackend, Resolver, resolve

_KEEP_ALIVE_SECONDS = 15.0


class _Body(httpx2.SyncByteStream):
    """The body as the pool streams it; closing gives the connection back or up."""

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def proxies(setting: str) -> Mapping[str, str]:
    """The proxy by scheme: the one of the configuration, else those of the environment.

    Raises:
        ConfigError: it is not an http:// address with a host.
    """
    if setting:
        found = {"http": setting, "https": setting}
    else:
        environment = urllib.request.getproxies()
        fallback = environment.get("all", "")
        found = {name: environment.get(name, fallback) for name in ("http", "https")}
    for address in found.values():
        parts = urlsplit(address if "://" in address or not address else f"http://{address}")
        if address and (parts.scheme != "http" or not parts.hostname):
            raise ConfigError(
                "[fetch] proxy (or the environment's proxy) has to be an address such as "
                "http://proxy.example:3128"
            )
    return {name: address for name, address in found.items() if address}


class Transport(httpx2.BaseTransport):
    """Sends one request after another through pools that only the guarded backend connects.

    With a proxy, it is the proxy that resolves names; what names a private place by itself is
    refused here all the same. Hosts of this machine and those in `no_proxy` are asked directly.
    """

    def __init__(self, settings: Fetch, resolver: Resolver = resolve) -> None:
        self._settings = settings
        self._proxies = proxies(settings.proxy)
        trusted = {urlsplit(f"//{p.rpartition('//')[2]}").hostname for p in self._proxies.values()}
        backend = GuardedBackend(
            allow_private=settings.allow_private,
            trusted=frozenset(host for host in trusted if host),
            resolver=resolver,
        )
        guarded = GuardedBackend(allow_private=settings.allow_private, resolver=resolver)
        secure = httpx2.create_ssl_context()
        limit = max(settings.concurrency, 1) * 2
        self._direct = httpcore2.ConnectionPool(
            ssl_context=secure,
            max_connections=limit,
            max_keepalive_connections=limit,
            keepalive_expiry=_KEEP_ALIVE_SECONDS,
            network_backend=guarded,
        )
        self._through = {
            scheme: httpcore2.ConnectionPool(
                ssl_context=secure,
                proxy=_proxy(address),
                max_connections=limit,
                max_keepalive_connections=limit,
                keepalive_expiry=_KEEP_ALIVE_SECONDS,
                network_backend=backend,
            )
            for scheme, address in self._proxies.items()
        }

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer's head; its body is streamed by the response."""
        url = request.url
        answer = self._pool(url).handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def _pool(self, url: httpx2.URL) -> httpcore2.ConnectionPool:
        pool = self._through.get(url.scheme)
        if pool is None or (not self._settings.proxy and urllib.request.proxy_bypass(url.host)):
            return self._direct
        if is_own(url.host):
            # A proxy must not be the way around the guard; the direct way meets it.
            return self._direct
        return pool

    def close(self) -> None:
        """Give all connections up."""
        for pool in (self._direct, *self._through.values()):
            pool.close()


def _proxy(address: str) -> httpcore2.Proxy:
    parts = urlsplit(address if "://" in address else f"http://{address}")
    auth = None
    if parts.username:
        auth = (unquote(parts.username).encode(), unquote(parts.password or "").encode())
    try:
        port = parts.port or 8080
    except ValueError as error:
        raise SourceError("the proxy's port is not a number") from error
    return httpcore2.Proxy(f"http://{parts.hostname}:{port}", auth=auth)
