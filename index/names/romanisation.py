"""How a Mandarin syllable is written in Latin letters, in the systems that names are written in.

Pinyin, Wade-Giles as passports have it (no apostrophes, no dots on the u), Tongyong, and a few
spellings of surnames that follow none of them (Lee, Soong, Koo). Syllables are pinyin without
tones, `v` for ü; spellings are in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable

_INITIALS = (
    "zh",
    "ch",
    "sh",
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "r",
    "z",
    "c",
    "s",
)  # fmt: skip - a table

_WADE_INITIALS = {
    "b": "p",
    "d": "t",
    "g": "k",
    "j": "ch",
    "q": "ch",
    "x": "hs",
    "zh": "ch",
    "r": "j",
    "z": "ts",
    "c": "ts",
}  # fmt: skip - a table
_WADE_SYLLABLES = {
    "zhi": ("chih",),
    "chi": ("chih",),
    "shi": ("shih",),
    "ri": ("jih",),
    "zi": ("tzu", "tze"),
    "ci": ("tzu", "tsu"),
    "si": ("ssu", "szu", "sze"),
    "e": ("o", "e"),
    "er": ("erh",),
    "yi": ("i", "yi"),
    "ye": ("yeh",),
    "yan": ("yen",),
    "you": ("yu",),
    "yong": ("yung",),
    "yue": ("yueh",),
    "guo": ("kuo",),
    "kuo": ("kuo",),
    "huo": ("huo",),
    "shuo": ("shuo",),
    "gui": ("kuei",),
    "kui": ("kuei",),
    "ge": ("ko", "ke"),
    "ke": ("ko", "ke"),
    "he": ("ho", "he"),
    "xiong": ("hsiung",),
}  # fmt: skip - a table
_WADE_FINALS = {
    "ian": "ien",
    "ie": "ieh",
    "ong": "ung",
    "iong": "iung",
    "uo": "o",
    "ve": "ueh",
    "v": "u",
    "ue": "ueh",
}  # fmt: skip - a table

_TONGYONG_INITIALS = {"zh": "jh", "q": "c", "x": "s"}
_TONGYONG_SYLLABLES = {
    "zhi": "jhih",
    "chi": "chih",
    "shi": "shih",
    "ri": "rih",
    "zi": "zih",
    "ci": "cih",
    "si": "sih",
    "feng": "fong",
    "weng": "wong",
    "wen": "wun",
    "xiong": "syong",
    "qiong": "cyong",
    "jiong": "jyong",
}  # fmt: skip - a table
_TONGYONG_FINALS = {"iu": "iou", "ui": "uei", "v": "yu", "ve": "yue"}
# After j, q and x the letter u is an ü.
_FRONTED = ("j", "q", "x")

# Spellings of no system that are common in Taiwan, Hong Kong and among Chinese overseas.
_OTHERS = {
    "cai": ("tsay", "chua", "choi"),
    "cao": ("tsao",),
    "chen": ("chern", "tan", "chan"),
    "du": ("toh",),
    "gao": ("kau",),
    "gu": ("koo",),
    "guan": ("kwan",),
    "guo": ("kwok", "quo"),
    "han": ("hahn",),
    "he": ("hoh",),
    "hong": ("hong", "ang"),
    "hu": ("hwu",),
    "hua": ("hwa",),
    "huang": ("hwang", "wong", "huong", "ng"),
    "jian": ("jean", "chien", "kan"),
    "jiang": ("kang",),
    "kong": ("kung", "koong"),
    "lai": ("lye",),
    "li": ("lee", "ly", "lii"),
    "lian": ("lien",),
    "liang": ("leung",),
    "liao": ("liaw",),
    "lin": ("lim", "lam"),
    "liu": ("liou", "lau", "liew"),
    "lu": ("loo", "luh"),
    "luo": ("loh", "law"),
    "lv": ("lyu", "leu", "lu"),
    "ou": ("au", "ow"),
    "peng": ("perng",),
    "qian": ("chyan",),
    "qiu": ("chiou", "chyu", "khoo"),
    "shao": ("shaw",),
    "song": ("soong",),
    "su": ("soo", "sue"),
    "sun": ("suen",),
    "tang": ("tong",),
    "wang": ("ong", "wong"),
    "weng": ("wong", "ueng"),
    "wu": ("woo", "ng", "goh"),
    "xiao": ("shaw", "siew", "shiau"),
    "xie": ("shieh", "sia", "tse"),
    "xing": ("shing", "shyng"),
    "xiu": ("shiu",),
    "xu": ("sheu", "shyu", "shu", "hsu", "koh"),
    "xue": ("shyue",),
    "yan": ("yen", "yien"),
    "yao": ("yaw",),
    "ye": ("yeh", "yip", "yap"),
    "yi": ("ee", "yih", "yee"),
    "yu": ("yuh",),
    "you": ("yu", "yo"),
    "zeng": ("tzeng", "tseng", "tsang"),
    "zhang": ("jang", "cheung", "teo"),
    "zhao": ("jaw", "chiu"),
    "zheng": ("jeng", "tay", "tee"),
    "zhou": ("jou", "chow", "chew"),
    "zhu": ("choo",),
    "zhuang": ("juang", "chong"),
    "zi": ("tsz", "tzyy"),
    "hui": ("huey", "hwei", "huei"),
    "xin": ("shin",),
    "xian": ("shian",),
    "jun": ("jiun", "jyun"),
    "ru": ("zu", "ju"),
    "ling": ("lin",),
    "min": ("ming",),
    "ying": ("yin",),
    "qing": ("ching", "chin"),
    "zhi": ("chi", "jyh", "tze"),
    "shi": ("shi", "shyh"),
    "chi": ("chi",),
    "zong": ("tzong",),
    "de": ("der", "teh"),
    "jie": ("jay",),
    "jia": ("jia",),
    "wei": ("wei", "way"),
    "fen": ("fen",),
    "hao": ("how",),
    "kai": ("kae",),
    "ming": ("ming",),
    "rui": ("ray", "rei"),
    "yong": ("yeong",),
}  # fmt: skip - a table


def _split(syllable: str) -> tuple[str, str]:
    initial = next((one for one in _INITIALS if syllable.startswith(one)), "")
    final = syllable[len(initial) :]
    if initial in _FRONTED and final.startswith("u"):
        final = "v" + final[1:]
    return initial, final


def _wade(syllable: str) -> Iterable[str]:
    if syllable in _WADE_SYLLABLES:
        return _WADE_SYLLABLES[syllable]
    initial, final = _split(syllable)
    if not initial:
        return (syllable,)
    if final.startswith("v") and final not in _WADE_FINALS:
        final = "u" + final[1:]
    spelt = _WADE_INITIALS.get(initial, initial) + _WADE_FINALS.get(final, final)
    return (spelt, spelt[:-1]) if spelt.endswith("eh") else (spelt,)


def _tongyong(syllable: str) -> str:
    if syllable in _TONGYONG_SYLLABLES:
        return _TONGYONG_SYLLABLES[syllable]
    initial, final = _split(syllable)
    if not initial:
        return syllable
    if initial in _FRONTED and final.startswith("v"):
        final = "yu" + final[1:]
    return _TONGYONG_INITIALS.get(initial, initial) + _TONGYONG_FINALS.get(final, final)


def spellings(syllable: str) -> tuple[str, ...]:
    """The ways in which one syllable may be written, pinyin first."""
    plain = syllable.replace("v", "u")
    dotted = syllable.replace("v", "yu")
    found = (plain, dotted, *_wade(syllable), _tongyong(syllable), *_OTHERS.get(syllable, ()))
    return tuple(dict.fromkeys(found))
