"""A story of the library by language, with what the index's tables know of its words."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from digest.blocks import to_text
from digest.errors import UnknownArticle
from digest.library.describing import words
from digest.library.indexing import primary
from digest.model import Article, EntityCount
from digest.stories.coverage import Coverage, Told, coverage
from digest.stories.figures import figures

if TYPE_CHECKING:
    from digest.library.facade.reading import Reading
    from digest.library.naming import Naming

MOST = 120  # reports of a story that are compared, the earliest
GROUP_SECONDS = 5.0


def cover(library: Reading, naming: Naming, ident: int, lang: str) -> Coverage:
    """The story by language, its names as in `lang` (`en`, `zh`, `ja`).

    Raises:
        UnknownStory: there is none with this id.
    """
    _id, known = library.stories.story(ident)
    library.group(GROUP_SECONDS, span=(known[0].at, known[-1].at))
    story, rows = library.stories.story(ident)
    told = []
    for row in rows[:MOST]:
        with suppress(UnknownArticle):  # deleted meanwhile
            told.append(_told(library.article(row.id), naming))
    return coverage(story, told, lambda one: _name(naming, one, lang))


def _told(article: Article, naming: Naming) -> Told:
    row = article.summary
    named = naming.mentions(row.title, "")
    text = f"{row.title}\n{to_text(article.blocks)}"
    return Told(article, words(row.title, primary(row.lang), named), tuple(figures(text)))


def _name(naming: Naming, one: EntityCount, lang: str) -> str:
    found = naming.entity(one.id)
    if found is None or found.kind == "term":
        return ""
    return naming.label(one.id, lang) or one.name
