"""The relaxed reading of a query: any of its words or pairs of characters.

A whole question or a headline pasted into the search box is one long phrase, or a long list of
words that all have to be there; documents that share many of its rare terms are what it means.
"""

from __future__ import annotations

from typing import Any

from whoosh import query as whoosh_query

from index.compile import BOOSTS
from index.patterns import Term, patterns, wanted
from index.query.ast import Node
from index.schema import TEXT_FIELDS

MAX_TERMS = 96
MAX_RELATED = 100  # documents
LEAST_SHARE = 0.2  # of the best document's score

# English words that say nothing about a text's subject.
STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be been being but by can could did do does for
    from had has have he her his how i if in into is it its may might more most no not of on or
    our over s she should so some such t than that the their them then there these they this to
    under up was we were what when where which while who whom whose why will with would you
    your
    """.split()  # noqa: SIM905 - one word a line would hide the list
)


def relaxed_query(root: Node) -> Any | None:
    """Any of the terms a tree asks for, in their fields, titles double; None without a term."""
    fields: dict[str, set[str]] = {}
    for field, term in terms(root):
        for name in (field,) if field else TEXT_FIELDS:
            fields.setdefault(name, set()).add(term.text)
    found = [
        whoosh_query.Term(name, text, boost=BOOSTS.get(name, 1.0))
        for name, texts in fields.items()
        for text in sorted(texts)
    ]
    return whoosh_query.Or(found) if found else None


def terms(root: Node) -> list[tuple[str, Term]]:
    """Field and term of each wish of the relaxed reading, in the query's order.

    Words that say nothing are left out unless there are no others; so are pairs of hiragana, which
    are endings and particles.
    """
    found = {
        (words.field, term): None
        for words in wanted(root)
        for pattern in patterns(words)[:1]
        for term in pattern
        if not term.prefix
    }
    telling = [pair for pair in found if _tells(pair[1])]
    return (telling or list(found))[:MAX_TERMS]


def _tells(term: Term) -> bool:
    if not term.cjk:
        return term.written not in STOP_WORDS
    return not all("ぁ" <= char <= "ゟ" for char in term.text)
