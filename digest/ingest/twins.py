"""Other addresses of the same page: AMP, mobile hosts, and redirectors that name their target."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

# Hosts whose ordinary twin is not `www.` and the registered domain.
_KNOWN_HOSTS = {
    "m.ltn.com.tw": "news.ltn.com.tw",
    "m.udn.com": "udn.com",
    "m.twitter.com": "twitter.com",
    "mobile.twitter.com": "twitter.com",
    "m.blog.naver.com": "blog.naver.com",
    "amp.scmp.com": "www.scmp.com",
    "amp.rfi.fr": "www.rfi.fr",
    "m.focustaiwan.tw": "focustaiwan.tw",
}
_TWIN_LABELS = frozenset(["m", "mobile", "amp", "touch"])
# Second-level labels under which names are registered: `example.co.jp` is a site, `co.jp` is not.
_REGISTRIES = frozenset(str.split("ac ad co com ed edu go gov gr lg mil ne net or org idv"))
_AMP_PATH = re.compile(r"/amp/?$|\.amp$|(?<=\.)amp\.(?=html?$)|^/amp(?=/.)")

# Redirectors: the host, a pattern of the path, and the parameters that may hold the target.
_REDIRECTORS = (
    (
        re.compile(r"(?:www\.|news\.)?google\.[a-z.]{2,6}"),
        re.compile(r"/(?:news/)?url"),
        ("url", "q"),
    ),
    (re.compile(r"news\.url\.google\.com"), re.compile(r"/.*"), ("url",)),
    (re.compile(r"www\.bing\.com"), re.compile(r"/news/apiclick\.aspx"), ("url",)),
    (re.compile(r"lm?\.facebook\.com"), re.compile(r"/l\.php"), ("u",)),
    (re.compile(r"www\.youtube\.com"), re.compile(r"/redirect"), ("q",)),
    (re.compile(r"disq\.us"), re.compile(r"/url"), ("url",)),
    (
        re.compile(r"feedproxy\.google\.com|feeds\.feedburner\.com"),
        re.compile(r"/.*"),
        ("url", "q"),
    ),
    (re.compile(r"t\.umblr\.com"), re.compile(r"/redirect"), ("z",)),
)
_GOOGLE_AMP = re.compile(r"/amp/(s/)?(.+)")
_AMP_CACHE = re.compile(r"/(?:[a-z]/)?(s/)?([^/]+\..+)")
_YAHOO_TARGET = re.compile(r"/RU=([^/]+)/|/\*(https?://.+)$")


def ordinary_host(host: str) -> str:
    """The ordinary site of a mobile or AMP host; `host` itself where it is none."""
    if known := _KNOWN_HOSTS.get(host):
        return known
    label, _, rest = host.partition(".")
    if label in _TWIN_LABELS and _is_site(rest):
        return "www." + rest
    language, _, wiki = host.partition(".")
    if wiki.startswith("m.") and wiki.count(".") == 2 and wiki.startswith("m.wik"):
        return f"{language}.{wiki[2:]}"
    return host


def _is_site(host: str) -> bool:
    labels = host.split(".")
    if labels[-1].isdigit():
        return False
    return len(labels) == 2 or (len(labels) == 3 and labels[1] in _REGISTRIES)


def site_of(host: str) -> str:
    """The registered domain of a host, by its usual shape: of `a.example.co.jp` the last three."""
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _REGISTRIES else 2
    return ".".join(labels[-keep:])


def ordinary_path(path: str, *, on_twin: bool) -> str:
    """`path` without what marks the AMP page; a leading `/amp/` goes only on an AMP host."""
    while (shorter := _shortened(path, on_twin=on_twin)) != path:
        path = shorter
    return path


def _shortened(path: str, *, on_twin: bool) -> str:
    match = _AMP_PATH.search(path)
    if match is None or path in {"/amp", "/amp/"}:
        return path
    if match[0] == "/amp" and match.start() == 0 and not on_twin:
        return path
    return path[: match.start()] + path[match.end() :] or "/"


def unwrapped(url: str) -> str:
    """The address that `url` merely leads to, or "" when it is no known redirector."""
    if not url:
        return ""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host.endswith(".cdn.ampproject.org"):
        return _embedded(_AMP_CACHE.fullmatch(parts.path))
    if host.startswith("www.google.") and (amp := _GOOGLE_AMP.fullmatch(parts.path)):
        return _embedded(amp)
    if host.endswith((".yahoo.com", ".yahoo.co.jp")) and (inner := _YAHOO_TARGET.search(url)):
        return unquote(inner[1] or inner[2])
    for hosts, path, names in _REDIRECTORS:
        if hosts.fullmatch(host) and path.fullmatch(parts.path):
            values = dict(reversed(parse_qsl(parts.query)))
            found = (values[name] for name in names if values.get(name, "").startswith("http"))
            return next(found, "")
    return ""


def _embedded(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return ("https://" if match[1] else "http://") + unquote(match[2])
