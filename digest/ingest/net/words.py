"""What went wrong on the network, in words a reader understands; the one place that translates."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpcore2
import httpx2

from digest.errors import SourceError

# What the two libraries raise; `UnicodeError` and `ValueError` come from odd host names.
LIBRARY_ERRORS = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
    UnicodeError,
    ValueError,
)

_STATUS = {
    400: "the site does not understand the request",
    401: "the site asks for a login",
    402: "the site asks for payment",
    403: "the site refuses; it may block programs, or want a login",
    404: "there is nothing at this address any more; check the address",
    406: "the site has no form of it that we can read",
    407: "the proxy asks for a login",
    408: "the site gave up waiting",
    410: "it is gone for good",
    429: "the site asks for fewer requests",
    451: "the site may not show it for legal reasons",
    500: "the site has a fault",
    502: "the site has a fault behind its front",
    503: "the site is not available now",
    504: "the site has a fault behind its front",
}


def status_problem(status: int) -> str:
    """What an HTTP status that is no success means, with its number."""
    if status in _STATUS:
        words = _STATUS[status]
    elif status >= 500:
        words = "the site has a fault"
    elif status >= 400:
        words = "the site refuses"
    else:
        words = "the site gives an answer that carries nothing"
    return f"{words} (HTTP {status})"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The errors behind `error`: httpcore2 hands the first one on as an argument, not as cause."""
    for cause in (*error.args, error.__cause__, error.__context__):
        if isinstance(cause, BaseException):
            yield cause


def _no_connection(error: BaseException, host: str) -> str:
    for cause in _causes(error):
        match cause:
            case socket.gaierror() | UnicodeError():
                return f"the host name {host} is not found; check the address and the connection"
            case ssl.SSLCertVerificationError():
                return f"the certificate of {host} is not valid: {cause.verify_message}"
            case ssl.SSLError():
                return f"no secure connection to {host} could be made"
            case ConnectionRefusedError():
                return f"{host} refuses the connection"
            case OSError() if cause.errno == errno.ECONNREFUSED:
                return f"{host} refuses the connection"
            case OSError() if cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
                return f"there is no way to {host}; is the network up?"
    return f"{host} cannot be reached"


def translated(error: Exception, host: str, seconds: float) -> SourceError:
    """The error to show for one that httpx2 or httpcore2 raised while asking `host`.

    `seconds` is the limit for a single wait.
    """
    match error:
        case httpcore2.ConnectTimeout() | httpx2.ConnectTimeout():
            words = f"{host} does not answer (waited {seconds:g} seconds)"
        case httpcore2.TimeoutException() | httpx2.TimeoutException():
            words = f"{host} stopped answering (waited {seconds:g} seconds)"
        case httpcore2.ConnectError() | httpx2.ConnectError():
            words = _no_connection(error, host)
        case httpcore2.ProxyError() | httpx2.ProxyError():
            words = f"the proxy does not lead to {host}"
        case httpcore2.ProtocolError() | httpx2.ProtocolError() if "without" in str(error):
            words = f"{host} broke the answer off before its end"
        case httpcore2.ProtocolError() | httpx2.ProtocolError():
            words = f"{host} does not answer in proper HTTP"
        case httpcore2.NetworkError() | httpx2.NetworkError():
            words = f"the connection to {host} broke"
        case _:
            words = f"the address of {host or 'it'} cannot be used"
    return SourceError(words)
