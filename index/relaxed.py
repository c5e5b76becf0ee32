"""The relaxed reading of a query: any of its words or pairs of characters.

A whole question or a headline pasted into the search box is one long phrase, or a long list of
words that all have to be there; documents that share many of its rare terms are what it means.
"""

from __future__ import annotations

from index.bag import Bag
from index.patterns import Term, patterns, wanted
from index.query.ast import Node
from index.view import Scores

MAX_READ = 128  # terms of a query, from its start on, that are looked up
MAX_TERMS = 64  # of them, the rarest ones
SURE_TERMS = 8
MAX_POSTINGS = 300_000
MAX_RELATED = 100  # documents
LEAST_SHARE = 0.15  # of the best document's score

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


def scores(root: Node, bag: Bag, even: float = 1.0) -> Scores:
    """What the telling terms of a tree, in their fields, give to each document.

    What each gives is raised to the power `even` before it is added (see `index.related`).
    Of a long text they are its rarest words. The work is bounded: by `MAX_TERMS`, and from
    `SURE_TERMS` on by `MAX_POSTINGS`.
    """
    found = dict.fromkeys((field, term.text) for field, term in terms(root))
    having = {pair: count for pair in found if (count := bag.frequency(pair[1], pair[0]))}
    rarest = sorted(having, key=having.__getitem__)
    given, read = bag.nothing(), 0
    for number, (field, text) in enumerate(rarest[:MAX_TERMS]):
        docs, own = bag.scored(text, field)
        read += len(docs)
        if number >= SURE_TERMS and read > MAX_POSTINGS:
            break
        given[docs] += own**even
    return given


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
    return (telling or list(found))[:MAX_READ]


def _tells(term: Term) -> bool:
    if not term.cjk:
        return term.written not in STOP_WORDS
    return not all("ぁ" <= char <= "ゟ" for char in term.text)
