"""One address for one page: what differs only by how a reader came to it becomes the same.

The syntax follows RFC 3986 section 6.2.2 (case, percent-encoding, dot segments) and 6.2.3
(default ports); what is dropped as tracking is listed in `tracking`.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

from digest.ingest.tracking import is_tracking
from digest.ingest.twins import ordinary_host, ordinary_path, unwrapped
from digest.text import clean_line

MAX_LENGTH = 4096
_MAX_WRAPPERS = 4
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = _UNRESERVED | frozenset("!$&'()*+,;=:@/")
_QUERY_SAFE = _PATH_SAFE | frozenset("?")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#;]*", re.IGNORECASE)
_ESCAPED_AMPERSAND = re.compile(r"^(?:amp;)+")
_NOISE = re.compile(r"""(?:%E2%80%8B|%20|%22|%3C|%3E|%EF%BB%BF)+$""")


def canonical_url(url: str) -> str:
    """The one address of the page at `url`, or "" when that is no http(s) address.

    Idempotent. Credentials, default ports, fragments (but not `#!`), tracking and session
    parameters go; the other parameters stay in their order; AMP and mobile twins become the
    ordinary page; addresses wrapped in a redirector become their target.
    """
    result = _normal(url)
    for _ in range(_MAX_WRAPPERS):
        target = unwrapped(result)
        inner = _normal(target) if target else ""
        if not inner or inner == result:
            break
        result = inner
    return result


def _normal(url: str) -> str:
    url = clean_line(url, MAX_LENGTH + 1)
    if not url or len(url) > MAX_LENGTH:
        return ""
    if url.startswith("//"):
        url = "https:" + url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        return ""
    host = _host(parts.hostname or "")
    if not host:
        return ""
    amp_host, host = host, ordinary_host(host)
    at_port = f":{port}" if port is not None and port != _DEFAULT_PORTS[scheme] else ""
    path = ordinary_path(_path(parts.path), on_twin=amp_host != host)
    result = f"{scheme}://{host}{at_port}{path}{_query(parts.query, host)}{_fragment(parts)}"
    return result if len(result) <= MAX_LENGTH else ""


def _host(host: str) -> str:
    """`host` in lower case and in ASCII; "" when it cannot be one."""
    if ":" in host:
        try:
            return f"[{IPv6Address(host).compressed}]"
        except ValueError:
            return ""
    host = host.rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower().rstrip(".")
        except UnicodeError:
            return ""
    return host if len(host) <= 253 and _HOST.fullmatch(host) else ""


def _escaped(text: str, safe: frozenset[str]) -> str:
    """Percent-encoding in its normal form: only what needs it, in UTF-8, with upper-case digits."""
    pieces = []
    for place, piece in enumerate(_ESCAPE.split(text)):
        if place % 2:
            char = chr(int(piece, 16))
            pieces.append(char if char in _UNRESERVED else f"%{piece.upper()}")
        else:
            pieces += [
                char if char in safe else "".join(f"%{byte:02X}" for byte in char.encode())
                for char in piece
            ]
    return "".join(pieces)


def _path(path: str) -> str:
    path = _NOISE.sub("", _escaped(_SESSION.sub("", path), _PATH_SAFE))
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str, host: str) -> str:
    kept = []
    for pair in _NOISE.sub("", _escaped(query, _QUERY_SAFE)).split("&"):
        plain = _ESCAPED_AMPERSAND.sub("", pair)
        name, _, value = plain.partition("=")
        if name and not is_tracking(name.lower(), value.lower(), host):
            kept.append(plain)
    return "?" + "&".join(kept) if kept else ""


def _fragment(parts: SplitResult) -> str:
    if not parts.fragment.startswith("!"):
        return ""
    return "#" + _NOISE.sub("", _escaped(parts.fragment, _QUERY_SAFE))
