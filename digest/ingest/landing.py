"""Where a page's address ended up: at the article, or at what stands before it. Pure.

A login, a question about cookies and a front page have an address of their own, at which every
article that leads there would be the same one. They are told by that address alone: a part of its
path, or the first label of its host, that is one of a few words as a whole. The words are those of
OAuth and OpenID Connect, of common frameworks and shop systems (`/users/sign_in`, `wp-login.php`),
and of the consent pages of Yahoo and Google.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_LOGIN = frozenset(str.split("login logon signin wplogin auth oauth oauth2 sso"))
_CONSENT = frozenset(str.split("consent collectconsent cookieconsent"))
# As the only part of a path: a file for the folder itself, or the root of one language.
_FRONT = re.compile(
    r"(?:index|default)\.[a-z]{3,5}|home|[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE
)
_JOINT = re.compile(r"[-_]")


def led_astray(asked: str, came_to: str) -> str:
    """Why the page at `came_to` is not the article asked for at `asked`; "" where it may be."""
    if is_front(came_to) and not is_front(asked):
        return "the site leads to its front page; the article may be gone"
    return "" if barrier(asked) else barrier(came_to)


def barrier(url: str) -> str:
    """What `url` asks for before any article, in words; "" for nothing."""
    names = _names(urlsplit(url))
    if names & _LOGIN:
        return "the site asks for a login"
    return "the site asks for consent to cookies first" if names & _CONSENT else ""


def is_front(url: str) -> bool:
    """Whether `url` is a site's front page, of one of its languages perhaps."""
    parts = urlsplit(url)
    path = parts.path.strip("/")
    return not parts.query and (not path or _FRONT.fullmatch(path) is not None)


def _names(parts: SplitResult) -> set[str]:
    """The host's first label and the parts of the path, without joints and file types."""
    words = [(parts.hostname or ""), *parts.path.lower().split("/")]
    return {_JOINT.sub("", word.partition(".")[0]) for word in words}
