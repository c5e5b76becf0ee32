"""The picture a page gives for its article, as an address; nothing is downloaded.

Looked for in the order in which publishers mean it: Open Graph, schema.org's `image` and
`thumbnailUrl`, Twitter's cards, `link rel=image_src`; last, the first picture in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from digest.ingest.extract.inline import address
from digest.ingest.extract.jsonld import Node
from digest.ingest.net.addresses import is_own
from digest.model import Block, BlockKind

OPEN_GRAPH = ("og:image:secure_url", "og:image", "og:image:url")
CARDS = ("twitter:image", "twitter:image:src", "thumbnail", "image")
_MAX_NODES = 20
# What a site shows where an article has no picture of its own: `og.png`, `logo_share.jpg`.
_STAND_IN = re.compile(
    r"(?:.*[-_.])?(?:logo|favicon|default|no[-_]?image|no[-_]?photo|placeholder|blank|spacer|ogp?"
    r"|ogp?[-_]?image|dummy|share|sns|fb[-_]?share|apple-touch-icon)(?:[-_.]?\d{1,4}(?:x\d{1,4})?)?"
    r"(?:[-_.](?:logo|share|default|ogp?|image|large|small|min|square|white|black|ja?|en|tw|zh))*",
    re.IGNORECASE,
)


def lead_image(named: Iterable[str], base: str) -> str:
    """The first of the addresses `named` that may be an article's picture, "" when none is.

    It is absolute, http or https, without credentials, not on this machine or a private network
    (but where the page itself is), and not what the site shows in the place of a picture.
    """
    for written in named:
        found = address(written, base)
        if found and _is_elsewhere(found, base) and not _is_stand_in(found):
            return found
    return ""


def first_figure(blocks: Sequence[Block]) -> Iterator[str]:
    """The address of the first picture in the text, if there is one."""
    for block in blocks:
        if block.kind is BlockKind.FIGURE and block.src:
            yield block.src
            return


def images_of(node: Node) -> Iterator[str]:
    """What schema.org data names as the pictures of an article, in order."""
    pending: list[Any] = [node.get("image"), node.get("thumbnailUrl"), node.get("thumbnail")]
    for count, value in enumerate(pending):
        if count > _MAX_NODES:
            return
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            pending.extend(value[:_MAX_NODES])
        elif isinstance(value, dict):
            pending += [value.get("url"), value.get("contentUrl")]


def _is_elsewhere(found: str, base: str) -> bool:
    host = urlsplit(found).hostname or ""
    return not is_own(host) or host == (urlsplit(base).hostname or "")


def _is_stand_in(found: str) -> bool:
    name = unquote(urlsplit(found).path).rpartition("/")[2]
    return _STAND_IN.fullmatch(name.partition(".")[0]) is not None
