"""Makes the English glosses of two dictionaries comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.fold import fold

# Longer glosses explain; only short ones are said in the same words by two dictionaries.
_WORDS = 3
# Glosses that say something about the headword instead of what it means.
_ABOUT = re.compile(
    r"(?:old |archaic |japanese |erroneous |unorthodox )?variant of|see |surname |CL:|abbr\. |"
    r"also (?:written|called|pr)|used (?:in|to|as)|same as|classifier|\(old\)|erhua|Kangxi|"
    r"radical |equivalent (?:to|of)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_LEAD = re.compile(r"^(?:to be |to |an? |the )")
_PLAIN = re.compile(r"[a-z0-9 './&-]*[a-z][a-z0-9 './&-]*")


def _bare(gloss: str) -> str:
    """A gloss without what stands in brackets."""
    while (shorter := _BRACKETS.sub(" ", gloss)) != gloss:
        gloss = shorter
    return gloss


def clean_glosses(written: Iterable[str]) -> list[str]:
    """The short glosses among `written`, folded, without articles and `to`, in order, once."""
    found: dict[str, None] = {}
    for gloss in written:
        if _ABOUT.match(gloss):
            continue
        for part in re.split(r"[;,]", _bare(gloss)):
            plain = _LEAD.sub("", fold(part).strip(" .!?\"'~…"))
            words = plain.split()
            if 1 <= len(words) <= _WORDS and _PLAIN.fullmatch(plain):
                found[" ".join(words)] = None
    return list(found)
