"""Names of authors, taken apart for reference managers: family and given name, or as they stand.

A by-line says neither where a name ends nor which part is the family's, so only forms that leave no
doubt are taken apart; everything else stays one literal name, which no citation style turns around.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆ヶ]"
_CHINESE = re.compile(rf"{_HAN}{{2,4}}\Z")
_SPACED = re.compile(rf"({_HAN}{{1,3}})[\s\u3000]+({_HAN}{{1,4}}|[ぁ-ゖァ-ヺー]{{1,6}})\Z")
_LATIN_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’.-][^\W\d_]*)*\.?"
_LATIN = re.compile(rf"{_LATIN_WORD}(?:\s+{_LATIN_WORD}){{1,3}}\Z")
# Lai Ching-te: a romanised Chinese given name, hyphenated and lower case behind the hyphen,
# stands behind its family name.
_ROMANISED = re.compile(r"([A-Z][a-z]+(?:-[A-Z][a-z]+)?)\s+([A-Z][a-z']+-[a-z']+)\Z")
_TURNED = re.compile(r"([A-Z][a-z']+-[a-z']+)\s+([A-Z][a-z]+(?:-[A-Z][a-z]+)?)\Z")
_TWO_SIGNS = frozenset(
    "歐陽 司馬 諸葛 上官 司徒 皇甫 東方 夏侯 尉遲 公孫 張簡 范姜 歐阳 诸葛 东方 尉迟".split()  # noqa: SIM905 - one row of names
)
_OUTLET = frozenset(
    """
    agency bureau center centre correspondents desk editorial editors foundation group institute
    magazine media ministry network news office post press report reporters review service staff
    team times today tribune weekly
    """.split()  # noqa: SIM905 - one block of words
)
_BODIES = re.compile(
    r"(?:社|部|局|報|报|網|网|台|臺|會|会|処|處|署|院|省|庁|編輯|記者|通信|新聞|中心)\Z"
)


class PersonName(NamedTuple):
    """One author; `literal` is set where the parts are not known, and then alone."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def whole(self) -> str:
        """The name in one piece where no style may turn it around or put a comma in it, else "".

        That is a literal name, and one in Han: the family comes first and nothing parts the two.
        """
        if self.literal:
            return self.literal
        return self.family + self.given if re.match(_HAN, self.family) else ""


def names(author: str, lang: str) -> list[PersonName]:
    """The authors of an article.

    Args:
        author: names as written, joined with ", ".
        lang: the article's BCP 47 tag; a Han name without a space is taken apart in Chinese alone,
            where one sign is the family's (two in the known compound names).
    """
    written = (part.strip() for part in re.split(r"[,、;；]\s*", author))
    return [_name(part, lang) for part in written if part]


def _name(written: str, lang: str) -> PersonName:
    if match := _SPACED.match(written):
        return PersonName(match[1], match[2])
    if _CHINESE.match(written) and lang.lower().startswith("zh") and not _BODIES.search(written):
        cut = 2 if written[:2] in _TWO_SIGNS and len(written) > 2 else 1
        return PersonName(written[:cut], written[cut:])
    if match := _ROMANISED.match(written):
        return PersonName(match[1], match[2])
    if match := _TURNED.match(written):
        return PersonName(match[2], match[1])
    words = written.split()
    if _LATIN.match(written) and not _OUTLET & {word.lower() for word in words}:
        return PersonName(words[-1], " ".join(words[:-1]))
    return PersonName(literal=written)
