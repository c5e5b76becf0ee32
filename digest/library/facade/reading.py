"""The facade's reading side: articles, lists, searches, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.ingest.ports import Cancelled
from digest.library import statistics
from digest.library.briefing import Briefs
from digest.library.coverage import cover
from digest.library.facade.core import Core
from digest.library.glossing import Gloss, gloss
from digest.library.grouping import grouped
from digest.library.values import (
    Counts,
    FeedInfo,
    Group,
    Listing,
    Passages,
    Problem,
    SearchPage,
    Stats,
    Timeline,
)
from digest.model import Article, Mark, Summary, Version
from digest.store import entities, reading, tagging
from digest.store.criteria import All, Everything, Is, OneOf, count
from digest.stories.coverage import Coverage


class Reading(Core):
    """What can be asked of a library."""

    @property
    def briefs(self) -> Briefs:
        """The stories of a period, to hand on."""
        return Briefs(self, self._database, self._naming, self._clock)

    def article(self, ident: int) -> Article:
        """A whole article.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.read() as db:
            found = reading.article(db, ident)
        return self._marker.completed(found)

    def versions(self, ident: int) -> list[Version]:
        """The texts an article has had, the present one last.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.read() as db:
            return reading.versions(db, ident)

    def rows(self, ids: Sequence[int]) -> list[Summary]:
        """The rows of a list, in the order of `ids`; what is gone is left out."""
        with self._database.read() as db:
            return reading.summaries(db, ids)

    def coverage(self, story: int, lang: str = "") -> Coverage:
        """A story by language: who was first, what each stresses, where they differ.

        Names are told as in `lang` (`en`, `zh`, `ja`), where they have a form in that.

        Raises:
            UnknownStory: there is none with this id.
        """
        return cover(self, self._naming, story, lang)

    def listing(
        self,
        query: str,
        *,
        order: str | None = None,
        cancelled: Cancelled | None = None,
        folded: bool = False,
    ) -> Listing:
        """Everything a query brings, in order; "" brings all articles, newest first.

        With `folded`, copies are left out where what they are copies of is there.
        """
        return self._searcher.listing(query, order=order, cancelled=cancelled, folded=folded)

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: str | None = None,
        facets: bool = False,
    ) -> SearchPage:
        """One page of results; `order` is relevance, newest or oldest, and `sort:` beats it.

        With `facets`, the page says what all strict matches are made of.
        """
        count = self._faceter.facets if facets else None
        return self._searcher.search(query, limit=limit, offset=offset, order=order, count=count)

    def grouped(self, ids: Sequence[int], by: str, lang: str) -> tuple[list[int], list[Group]]:
        """The articles of a list in groups, `by` feed, language or story, as `lang` calls these."""
        with self._database.read() as db:
            return grouped(db, ids, by, lang)

    def matching(self, query: str) -> tuple[list[int], tuple[Problem, ...]]:
        """The ids of all articles that match strictly, and what was not understood."""
        return self._searcher.matching(query)

    def snippets(self, query: str, ids: Sequence[int]) -> dict[int, Passages]:
        """Title and best piece of text of each article, hits marked."""
        return self._searcher.passages(query, ids)

    def hits(self, query: str, texts: Sequence[str]) -> list[tuple[Mark, ...]]:
        """Where the query's words stand in each of `texts`."""
        return self._searcher.marks(query, texts)

    def counts(self, lang: str = "") -> Counts:
        """Live counts for the sidebar; with `lang` (`zh`, `ja`), names in that language too."""
        with self._database.read() as db:
            found = statistics.counts(db, self._clock(), self.zone)
            ids = entities.keys(db, (name for name, *_rest in found.people)) if lang else {}
        labels = {name: self._naming.label(ident, lang) for name, ident in ids.items()}
        views = {view.name: self._unread(view.query) for view in self.config.views}
        labels = {name: label for name, label in labels.items() if label}
        return replace(found, views=views, labels=labels)

    def gloss(self, text: str, lang: str = "") -> list[Gloss]:
        """What the words and names in `text` are in the three languages; [] for unknown ones."""
        return gloss(text, self._naming.names(), lang)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag in use with its number of articles, by name."""
        with self._database.read() as db:
            return [(name, every) for _, name, _, _, every in tagging.all_tags(db)]

    def checkups(self) -> list[FeedInfo]:
        """The configured feeds with all that the feed doctor (`diagnosis`) goes by."""
        with self._database.read() as db:
            return statistics.checkups(db, self.config.feeds, full_text=self.config.fetch.full_text)

    def stats(self, query: str = "", *, by: str = "", split: str = "") -> Stats:
        """Numbers about what a query matches, by day, week or month, by lang or feed."""
        ids, problems = self.matching(query) if query or by else ([], ())
        with self._database.read() as db:
            found = statistics.stats(db, OneOf(tuple(ids)) if query else Everything())
        buckets = self._faceter.buckets(ids, self.zone, by=by, split=split) if by else ()
        return replace(found, buckets=buckets, problems=problems)

    def spread(self, ids: Sequence[int]) -> tuple[Mapping[str, int], Timeline]:
        """These articles by language, and over time; quick enough for every keystroke."""
        return self._faceter.spread(ids, self.zone)

    def findable(self) -> bool:
        """Whether the index has all that is stored."""
        return self._indexer.pending() == 0

    def change_token(self) -> int:
        """A number that differs once this or another process has changed the library; cheap."""
        return self._database.version()

    def _unread(self, query: str) -> int:
        ids, _ = self._searcher.matching(query)
        with self._database.read() as db:
            return count(db, All((Is("unread"), OneOf(tuple(ids)))))
