"""What a word or name is in the three languages, and how it is read, from the shipped tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.names.names import Names

MOST = 12
LONGEST = 200
_HAN = ("\u3400", "\u9fff")


class Gloss(NamedTuple):
    """One word or name of what was asked for.

    Attributes:
        term: as written; of a word found inside a longer run, in its folded form.
        kind: the kind of a name (`person`, `place`); "" for a word of the dictionary.
        reading: of Han characters their Mandarin reading in pinyin without tones, "" for others.
        en: its forms or senses in English, commonest first; so for `zh` and `ja`.
    """

    term: str
    kind: str
    reading: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    ja: tuple[str, ...]


def gloss(text: str, names: Names, lang: str = "") -> list[Gloss]:
    """The names in `text` and its words, the text as a whole first; nothing for unknown ones.

    Args:
        text: a word, a name or a passage; what is behind the first 200 characters is left out.
        names: the names of the library.
        lang: the language it is in (BCP 47), "" when unknown.
    """
    from index.fold import fold  # noqa: PLC0415 - the index's own modules

    asked = " ".join(text.split())[:LONGEST]
    found = {(one.term, one.kind): one for one in _names(asked, names)}
    named = {fold(term) for term, _ in found}
    for one in _words(asked, lang.partition("-")[0].lower()):
        if fold(one.term) not in named:
            found.setdefault((one.term, ""), one)
    return list(found.values())[:MOST]


def _names(asked: str, names: Names) -> Iterator[Gloss]:
    from index.fold import fold  # noqa: PLC0415 - the index's own modules

    key = fold(asked).strip()
    for entity in names.lookup(asked)[:MOST]:
        if any(fold(form) == key for form in (*entity.en, *entity.zh, *entity.ja)):
            yield Gloss(asked, entity.kind, reading(asked), entity.en, entity.zh, entity.ja)
    for mention in names.recognise(asked):
        entity_found = names.entity(mention.entity_id)
        written = asked[mention.start : mention.end]
        if entity_found is not None and written != asked:
            forms = entity_found
            yield Gloss(written, forms.kind, reading(written), forms.en, forms.zh, forms.ja)


def _words(asked: str, lang: str) -> Iterator[Gloss]:
    from index.dictionary.dictionary import Dictionary  # noqa: PLC0415 - the index's own modules

    dictionary = Dictionary.load()
    known = lang if lang in ("en", "zh", "ja") else None
    latin = [word.strip(".,;:!?'\"()") for word in asked.split()] if asked.isascii() else []
    pieces = [asked, *latin, *dictionary.segments(asked, None if known == "en" else known)]
    for word in dict.fromkeys(piece for piece in pieces if piece):
        senses = dictionary.translations(word, "en" if word.isascii() else None)
        if any(senses):
            yield Gloss(word, "", reading(word), *senses)


def reading(text: str) -> str:
    """The pinyin of a run of Han characters, the likeliest of each; "" for anything else."""
    from index.fold import fold  # noqa: PLC0415 - the index's own modules
    from index.names.readings import readings  # noqa: PLC0415

    if not text or not all(_HAN[0] <= sign <= _HAN[1] for sign in text):
        return ""
    table = readings()
    syllables = [table.spelt(fold(sign), surname=at == 0) for at, sign in enumerate(text)]
    return " ".join(one[0] for one in syllables) if all(syllables) else ""
