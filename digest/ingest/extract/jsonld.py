"""schema.org data in a page's scripts (JSON-LD), as far as it speaks of the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

_ARTICLES = re.compile(
    r"Article|BlogPosting|Report|Review$|VideoObject$|PressRelease|SocialMediaPosting"
)
_PAGES = re.compile(r"WebPage$|ItemPage$")
_MAX_SCRIPT = 1_000_000
_MAX_NODES = 2_000
_MAX_DEPTH = 12
_CONTROL = re.compile(r"[\x00-\x1f]+")

Node = dict[str, Any]


def article_node(scripts: Iterable[str]) -> Node:
    """The object that describes the article, else the page; {} when there is none."""
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    for kind in (_ARTICLES, _PAGES):
        for node in nodes:
            if any(kind.search(name) for name in _types(node)):
                return node
    return {}


def _parsed(script: str) -> Any:
    source = (
        script.strip()[:_MAX_SCRIPT].removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    )
    if source.startswith("//<![CDATA["):
        source = source.removeprefix("//<![CDATA[").removesuffix("]]>").rstrip("/ \n")
    for attempt in (source, _CONTROL.sub(" ", source)):
        try:
            return json.loads(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[Node]:
    """All objects, outer ones first, breadth first and bounded."""
    pending: list[tuple[Any, int]] = [(value, 0)]
    for count, (item, depth) in enumerate(pending):
        if count > _MAX_NODES:
            return
        if isinstance(item, dict):
            yield item
            children: Iterable[Any] = item.values()
        elif isinstance(item, list):
            children = item
        else:
            continue
        if depth < _MAX_DEPTH:
            pending.extend(
                (child, depth + 1) for child in children if isinstance(child, dict | list)
            )


def _types(node: Node) -> list[str]:
    kind = node.get("@type")
    return [str(name) for name in (kind if isinstance(kind, list) else [kind]) if name]


def text_of(node: Node, name: str) -> str:
    """The property as one string: itself, the first of a list, or the `name` of an object."""
    value = node.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("@id")
        if isinstance(value, list):
            value = value[0] if value else None
    return unescape(value) if isinstance(value, str) else ""


def names_of(node: Node, name: str) -> list[str]:
    """The property as names: of a person, of several, or plain strings."""
    value = node.get(name)
    found = []
    for item in value if isinstance(value, list) else [value]:
        candidate = item.get("name") if isinstance(item, dict) else item
        names = candidate if isinstance(candidate, list) else [candidate]
        found += [unescape(text) for text in names if isinstance(text, str) and text.strip()]
    return found


def is_paid(node: Node) -> bool:
    """Whether the page says that the article is not free to read."""
    return str(node.get("isAccessibleForFree", "")).strip().lower() in {
        "false",
        "http://schema.org/false",
    }
