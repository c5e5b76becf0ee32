"""Which language a text is in: script evidence first, then what is declared."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAMPLE = 8_000
# Runs of each script.
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")
_THAI = re.compile("[\u0e00-\u0e7f]+")
_ENGLISH = frozenset(str.split("the of and to in is for that with on was by as from said"))
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{1,8})*)",
    re.IGNORECASE,
)

# Frequent characters that exist in one of the two written forms of Chinese only.
_TRADITIONAL = frozenset(
    "們來個為時國會對說這學長發經過還進與開關問題實際應當區體聯從現點無業電動機產義議論變"
    "強總統選舉黨員書記報導訪談話條約協權議員萬億幣貿處後專輸運車東門間聞題錄聲務農軍"
    "將難灣臺島讓認識計設許證據護衛療醫藥檢測網絡資訊雙邊歷史戰爭災類種華語綜合係"
)
_SIMPLIFIED = frozenset(
    "们来个为时国会对说这学长发经过还进与开关问题实际应当区体联从现点无业电动机产义议论变"
    "强总统选举党员书记报导访谈话条约协权议员万亿币贸处后专输运车东门间闻题录声务农军"
    "将难湾台岛让认识计设许证据护卫疗医药检测网络资讯双边历史战争灾类种华语综合系"
)


def _among(characters: str | frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(characters))}]+")


_ONLY_TRADITIONAL = _among(_TRADITIONAL - _SIMPLIFIED)
_ONLY_SIMPLIFIED = _among(_SIMPLIFIED - _TRADITIONAL)
# Characters that only Japanese writes, and frequent ones that it does not write.
_ONLY_JAPANESE = _among(
    "総実検験経関発対応広両価図帰変読売続円気県択辺黒歳戦団拡圧処営働込峠畑脳悪様権撃駅沢仏払桜豊浜"
)
_NOT_JAPANESE = _among(
    "們來為國會對說這學發經還與關實應當區體聯從點產變總黨舉條萬幣處專戰歷醫藥檢臺灣嗎呢吧你她沒很"
    "们个为时对说这发经过还问题际应联从现无业电动机产义议论变强总选举党书记报导访谈话约协权员万亿"
)

_LATIN_LANGUAGES = frozenset(
    str.split(
        """
        en fr de es it pt nl sv da no nb nn fi is pl cs sk hu ro hr sl et lv lt tr vi id ms tl af
        sq ca gl eu ga cy mt sw eo la
        """
    )
)


def language(text: str, *, declared: Sequence[str] = (), hint: str = "") -> str:
    """The BCP 47 tag of the language `text` is written in, "" when nothing tells.

    Kana show Japanese, Han without kana Chinese (`zh-Hant`, `zh-Hans` by characters that only one
    of them has). Where the script leaves a choice, what the page declares counts, then the hint.
    """
    sample = text[:_SAMPLE]
    tags = [tag for tag in map(normal_tag, [*declared, hint]) if tag]
    kana, han, latin = (_count(script, sample) for script in (_KANA, _HAN, _LATIN))
    if (kana + han) * 3 >= latin and kana + han > 0:
        return _east_asian_language(sample, kana, han, tags)
    if _count(_HANGUL, sample) * 3 >= latin and _HANGUL.search(sample):
        return "ko"
    for script, usual in ((_CYRILLIC, "ru"), (_ARABIC, "ar"), (_THAI, "th")):
        if _count(script, sample) > latin:
            return next((tag for tag in tags if tag not in _LATIN_LANGUAGES), usual)
    if not latin:
        return tags[0] if tags else ""
    return _latin_language(sample, tags)


def _east_asian_language(sample: str, kana: int, han: int, tags: list[str]) -> str:
    bases = [tag.split("-")[0] for tag in tags]
    says_japanese = "ja" in bases and not ("zh" in bases and bases.index("zh") < bases.index("ja"))
    share = kana / (kana + han)
    if share > (0.03 if says_japanese else 0.12):
        return "ja"
    for_japanese, against = _count(_ONLY_JAPANESE, sample), _count(_NOT_JAPANESE, sample)
    if for_japanese > against or (says_japanese and for_japanese == against):
        return "ja"
    traditional = _count(_ONLY_TRADITIONAL, sample)
    simplified = _count(_ONLY_SIMPLIFIED, sample)
    if traditional != simplified:
        return "zh-Hant" if traditional > simplified else "zh-Hans"
    return next((tag for tag in tags if tag.startswith("zh-")), "zh-Hant")


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters there are in the runs of a kind."""
    return sum(map(len, runs.findall(text)))


def _latin_language(sample: str, tags: list[str]) -> str:
    words = _WORD.findall(sample.lower())
    english = sum(1 for word in words if word in _ENGLISH)
    if len(words) >= 20 and english > len(words) * 0.15:
        return "en"
    fitting = (tag for tag in tags if tag.split("-")[0] in _LATIN_LANGUAGES)
    return next(fitting, "en")


def east_asian(text: str) -> bool:
    """Whether a text is mostly Han or kana, so that it says much in few characters."""
    sample = text[:_SAMPLE]
    wide = _count(_HAN, sample) + _count(_KANA, sample)
    return wide * 3 > _count(_LATIN, sample) and wide > 10


def normal_tag(tag: str) -> str:
    """`tag` as a language with its script where that tells something; "" when it is no BCP 47 tag.

    Regions go, but those of Chinese become its script: `zh-TW` is `zh-Hant`, `en_US` is `en`.
    """
    match = _TAG.fullmatch(tag.strip().replace("_", "-"))
    if match is None:
        return ""
    base, script = match["language"].lower(), (match["script"] or "").title()
    region = (match["region"] or "").upper()
    if base in {"jp", "jpn"}:
        base = "ja"
    if base in {"zho", "chi", "cmn"}:
        base = "zh"
    if base == "zh" and not script and region:
        script = "Hant" if region in {"TW", "HK", "MO"} else "Hans"
    if base in {"ja", "ko", "en"} or script in {"", "Latn"}:
        return base
    return f"{base}-{script}"
