"""The plain form of English words in a dictionary: no hyphens, no plural."""

from __future__ import annotations

# Endings that look like a plural and are none.
_SINGULAR = ("ss", "us", "is", "news", "series", "species")
_STEM = 4  # fewer letters in front of an ending are the word itself


def singular(word: str) -> str:
    """`word` without a plural ending; not of all irregular ones."""
    if len(word) < _STEM or not word.endswith("s") or word.endswith(_SINGULAR):
        return word
    if word.endswith("ies") and len(word) > _STEM:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def lemma(phrase: str) -> str:
    """The form by which two dictionaries' glosses, already folded, are compared."""
    return " ".join(singular(word) for word in phrase.replace("-", " ").split())


def _stems(word: str) -> list[str]:
    """What `word` may be an inflection of, likeliest first."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM - 1:
            doubled = [stem[:-1]] if len(stem) >= _STEM and stem[-1] == stem[-2] else []
            return [stem, stem + "e", *doubled]
    return []


def lookups(phrase: str) -> list[str]:
    """The lemmas under which to look for a folded word or phrase, best first."""
    plain = lemma(phrase)
    head, _, last = plain.rpartition(" ")
    before = head + " " if head else ""
    return [plain, *(before + stem for stem in _stems(last))]
