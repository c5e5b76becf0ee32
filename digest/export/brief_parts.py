"""What all forms of a brief choose, and what they call it in the language of its reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from itertools import groupby

from digest.export.forms import language_code
from digest.languages.dates import written_date, written_moment
from digest.languages.words import N_, Words
from digest.model import SUBJECT, Article, Brief, BriefStory

LINE = 300
LANGUAGES = {"en": N_("English"), "ja": N_("日本語"), "zh": N_("中文")}
NOTHING = N_("Nothing new.")


def brief_title(
    brief: Brief, zone: tzinfo, words: Words, shown: Callable[[datetime, str], str] | None = None
) -> str:
    """What a brief is called: its period in `zone`; each end as `shown` puts it, if it is given."""
    ends = []
    for moment in (brief.start, brief.end):
        told = written_moment(moment.astimezone(zone), words)
        ends.append(shown(moment, told) if shown else told)
    start, end = ends
    return words.gettext("Taiwan and Japan, {start} to {end}").format(start=start, end=end)


def section_title(section: str) -> str:
    """What a section is called: its query; a saved search by its name."""
    return section.removeprefix("@")


def by_language(story: BriefStory, words: Words) -> list[tuple[str, list[Article]]]:
    """The reports by the name of their language, the reader's own first.

    A copy stands behind its original.
    """
    ordered = sorted(
        story.articles,
        key=lambda a: (
            _code(a) != words.code,
            _code(a),
            a.summary.copy_of or a.id,
            a.summary.copy_of is not None,
        ),
    )
    names = {code: words.gettext(name) for code, name in LANGUAGES.items()}
    groups = groupby(ordered, key=_code)
    return [(names.get(code, code), list(articles)) for code, articles in groups]


def remarks(article: Article, story: BriefStory, zone: tzinfo, words: Words) -> list[str]:
    """What is said of a report behind its title: its day, and whether it is a reprint or new."""
    row = article.summary
    found = [written_date(row.at.astimezone(zone), words)]
    if row.copy_of is not None:
        found.append(words.gettext("reprint"))
    if row.id in story.fresh and not story.new:
        found.append(words.gettext("new"))
    return found


def source(story: BriefStory, ident: int) -> Article | None:
    """The report that a quote is from."""
    return next((one for one in story.articles if one.id == ident), None)


def notes(story: BriefStory) -> list[str]:
    """What a person wrote: on the story for this brief, then on its articles."""
    own = [story.comment] if story.comment else []
    return own + [one.note for one in story.articles if one.note]


def tags(story: BriefStory) -> list[str]:
    """The tags of all reports."""
    return list(dict.fromkeys(tag for one in story.articles for tag in one.summary.tags))


def about(story: BriefStory, words: Words) -> list[tuple[str, str]]:
    """Labelled lines on a story: who and where besides Taiwan and Japan, and its tags."""
    named = [name for one, name in story.names if one not in SUBJECT]
    lines = [
        (words.gettext("Who and where"), listed(named, words)),
        (words.gettext("Tags"), " ".join(f"#{tag}" for tag in tags(story))),
    ]
    return [(label, text) for label, text in lines if text]


def listed(parts: Sequence[str], words: Words) -> str:
    """Several things in a row, with the language's own comma between two."""
    return words.gettext(", ").join(parts)


def labelled(label: str, text: str, words: Words) -> str:
    """A text behind its label."""
    return words.gettext("{label}: {text}").format(label=label, text=text)


def _code(article: Article) -> str:
    return language_code(article.summary.lang) or "?"
