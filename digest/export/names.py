"""File names made of an article."""

from __future__ import annotations

import re

from digest.model import Article

_NO_WORD = re.compile(r"[^\w]+")
_LONGEST = 60


def file_name(article: Article, ending: str) -> str:
    """`12-a-short-title.md`: the id, then letters and digits of the title, of any script.

    Nothing else of a title gets in, so that it can neither lead out of a folder nor be hidden,
    and the id keeps two articles apart.
    """
    words = _NO_WORD.sub("-", article.summary.title.lower()).replace("_", "-").strip("-")
    while len(words.encode()) > _LONGEST:
        words = words[:-1]
    words = words.strip("-")
    return f"{article.id}-{words}.{ending}" if words else f"{article.id}.{ending}"
