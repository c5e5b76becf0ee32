"""What may follow the strict matches: some of the words, their translations, or near in meaning.

Two lists are made of the documents that meet all conditions and do not match strictly:

- by text: BM25F (`index.bag`) of any of the words or pairs of characters (`index.relaxed`), and for
  each name and each word in the dictionary `PIVOT` times the best of its other forms
  (`index.pivot`);
- by meaning: the cosine of document and query, above `LEAST_COSINE`.

Of a few words, what each gives to a document is added up as `sum(x ** EVEN) ** (1 / EVEN)`: with an
exponent below 1 a document that has one of each comes before one that has much of a single one (the
p-norm of Salton, Fox and Wu, "Extended Boolean information retrieval", 1983, is of this kind). In a
sentence there are enough words for a plain sum.

A document's score is the weighted mean of its shares of the best score in each list. Text weighs 1.
Meaning weighs `SENTENCE` for sentences and questions, `KEYWORDS` for a few words, of which a model
of sentences knows less, and `NAME` for a name, of which it knows little; in documents of the
query's own language, where the words say enough, `SAME_LANGUAGE`. Then what is new ranks a little
higher, as among strict matches.

A document is marked by what brought it: any of the words or names (`relaxed`), the dictionary
where that says more, and meaning where there is nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import relaxed
from index.bag import Bag
from index.dictionary.dictionary import Dictionary
from index.fold import fold
from index.masks import MAX_ID, Masks
from index.model import DICTIONARY, MEANING, RELAXED, Ids, Neighbours, Texts
from index.names.names import Names
from index.patterns import wanted
from index.pivot import by_dictionary, by_names, target_languages
from index.query.ast import And, Everything, Filter, Languages, Node, Order, Words
from index.ranking import NOTHING, Found, Scorer, ordered
from index.relaxed import LEAST_SHARE, MAX_RELATED
from index.tokens import is_cjk, runs
from index.unlisted.candidates import candidates
from index.unlisted.unlisted import Unlisted
from index.view import Docs, Mask, Scores, View

EVEN = 0.8
PIVOT = 0.6
UNLISTED = 0.6
SENTENCE = 1.5
KEYWORDS = 0.6
NAME = 0.2
SAME_LANGUAGE = 0.2
LEAST_COSINE = 0.2
_FEW = 5.0  # words; two Han or kana characters are one
_READ = 400  # characters of a query that are looked up in names and dictionary
_LEAD = 600  # characters of a document that stand for it where it has no vector


@dataclass(frozen=True, slots=True)
class Aids:
    """What finds related documents besides their words; each may be missing."""

    names: Names | None = None
    dictionary: Dictionary | None = None
    neighbours: Neighbours | None = None


NO_AIDS = Aids()


@dataclass(frozen=True, slots=True)
class _List:
    """A score for each document number, 0 for what is not in the list, and what brought it."""

    scores: Scores
    kinds: NDArray[np.int8]

    def share(self) -> Scores:
        """The scores as parts of the best one."""
        best = self.scores.max(initial=0.0)
        return self.scores / best if best > 0 else self.scores


class Related:
    """Finds what is related to queries on one view."""

    def __init__(
        self,
        view: View,
        masks: Masks,
        scorer: Scorer,
        aids: Aids,
        texts: Texts,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """`check` is called between two steps; it raises when the search was cancelled."""
        self._check = check
        self._view = view
        self._masks = masks
        self._scorer = scorer
        self._aids = aids
        self._texts = texts

    def found(self, root: Node, strict: Docs) -> Found:
        """The best of what meets all conditions of a tree and is not among `strict`."""
        parts = root.children if isinstance(root, And) else (root,)
        like = next((one for one in parts if isinstance(one, Filter) and one.name == "like"), None)
        if like is not None:
            rest = tuple(one for one in parts if one is not like)
            return self._like(int(like.value), And(rest) if rest else Everything())
        allowed = self._masks.constraint(root, self._view.snapshot.live)
        allowed = allowed & ~self._view.mask(strict)
        text = " ".join(words.text for words in wanted(root))
        return self._fused(
            self._by_text(root, text, allowed), self._by_meaning(text, allowed), self._weights(text)
        )

    def _like(self, id_: int, rest: Node) -> Found:
        """What is like a document and strictly matches the rest; by its words without a vector."""
        view = self._view
        if id_ > MAX_ID:
            return NOTHING
        allowed = self._masks.mask(rest, view.snapshot.live)
        allowed = allowed & ~view.mask(view.snapshot.docnums([id_]))
        neighbours = self._aids.neighbours
        if neighbours is not None:
            near = self._near(*neighbours.like(id_, view.ids[allowed], MAX_RELATED))
            if near.scores.any():
                return self._fused(None, near, np.ones(view.size))
        texts = self._texts.texts([id_])
        if id_ not in texts:
            return NOTHING
        text = f"{texts[id_].title} {texts[id_].body[:_LEAD]}"
        return self._fused(self._by_text(Words(text), text, allowed), None, np.zeros(view.size))

    def _by_text(self, root: Node, text: str, allowed: Mask) -> _List:
        targets, text = target_languages(root), text[:_READ]
        names, dictionary, short = self._aids.names, self._aids.dictionary, _is_short(text)
        even = EVEN if short else 1.0
        bag = Bag(self._view)
        scores = relaxed.scores(root, bag, even)
        for group in by_names(text, names, targets, loosely=short) if names else ():
            docs, own = bag.any_of(group)
            scores[docs] += (PIVOT * own) ** even
        self._check()
        for queries in Unlisted(self._view, self._texts).groups(text, names, dictionary):
            best = np.zeros(self._view.size)
            for query in queries:
                self._add(best, query, allowed)
            scores += (UNLISTED * best) ** even
        pivot = np.zeros(self._view.size)
        for group in by_dictionary(text, dictionary, targets, loosely=short) if dictionary else ():
            docs, own = bag.any_of(group)
            pivot[docs] += (PIVOT * own) ** even
        self._check()
        scores[~allowed] = pivot[~allowed] = 0
        kinds = np.where(pivot > scores, DICTIONARY, RELAXED).astype(np.int8)
        both = (scores + pivot) ** (1 / even)
        both[both < LEAST_SHARE * both.max(initial=0.0)] = 0
        return _List(both, kinds)

    def _add(self, scores: Scores, query: object, allowed: Mask) -> None:
        """Raise scores to those of what a query matches."""
        docs = self._view.snapshot.match(query)
        docs = docs[allowed[docs]]
        if len(docs):
            found = self._view.snapshot.score(query, docs)
            scores[docs] = np.maximum(scores[docs], found)

    def _by_meaning(self, text: str, allowed: Mask) -> _List | None:
        neighbours = self._aids.neighbours
        if neighbours is None or not text:
            return None
        return self._near(*neighbours.nearest(text, self._view.ids[allowed], MAX_RELATED))

    def _near(self, ids: Ids, cosines: Scores) -> _List:
        order = np.argsort(ids)
        docs = self._view.snapshot.docnums(ids)
        near = cosines[order][np.isin(ids[order], self._view.ids[docs])]
        scores = np.zeros(self._view.size)
        by_id = np.argsort(self._view.ids[docs])
        scores[docs[by_id]] = np.where(near > LEAST_COSINE, near, 0)
        return _List(scores, np.full(self._view.size, MEANING, np.int8))

    def _weights(self, text: str) -> Scores:
        """How much meaning weighs in each document, for this text of a query."""
        same = self._view.in_languages(Languages((_language(text),)))
        other = SENTENCE
        if _is_short(text):
            other = NAME if self._is_name(text) else KEYWORDS
        weights: Scores = np.where(same, SAME_LANGUAGE, other)
        return weights

    def _is_name(self, text: str) -> bool:
        """Whether all of a query is one name, in a list or not.

        Latin words beside each other are taken for a name if they have capitals and one of them is
        in no dictionary.
        """
        names, dictionary = self._aids.names, self._aids.dictionary
        known = names.in_query(text, inside_runs=True, loosely=True) if names else ()
        if any((name.start, name.end) == (0, len(text)) for name in known):
            return True
        possible = next(iter(candidates(text, names, dictionary)), None)
        if possible is None or possible.written != text or text.islower():
            return False
        if dictionary is None or not possible.is_latin:
            return True
        return not all(dictionary.knows(word, "en") for word in possible.words)

    def _fused(self, text: _List | None, meaning: _List | None, weights: Scores) -> Found:
        """Both lists as one, best first; `weights` are those of meaning."""
        scores = np.zeros(self._view.size)
        kinds = np.full(self._view.size, MEANING, np.int8)
        if text is not None:
            scores += text.share()
            kinds = np.where(text.scores > 0, text.kinds, kinds)
        if meaning is not None:
            scores = (scores + weights * meaning.share()) / (1 + weights)
        docs = np.flatnonzero(scores)
        if not len(docs):
            return NOTHING
        shares = scores[docs] * self._scorer.freshness(docs)
        places = ordered(self._view, docs, shares, Order.RELEVANCE)[:MAX_RELATED]
        return Found(docs[places], shares[places], kinds[docs[places]].astype(np.int8))


def _is_short(text: str) -> bool:
    """Whether a query is a name or a few words rather than a sentence."""
    words = sum(len(run) / 2 if is_cjk(run) else 1 for run in runs(fold(text)))
    return words <= _FEW


def _language(text: str) -> str:
    """The language of a query by its script: no Japanese sentence is without kana."""
    if any("ぁ" <= char <= "ヺ" for char in text):
        return "ja"
    return "zh" if any(is_cjk(run) for run in runs(fold(text))) else "en"
