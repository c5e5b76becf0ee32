"""Signs that a text was cut by its publisher."""

from __future__ import annotations

import re

# How much of the end is looked at, and how long a text behind a wall may be to count as cut.
_TAIL = 400
_WALLED = 2_500
_TEASER = 600
_WALLS = re.compile(
    r"この記事は(?:有料会員|会員)限定|有料会員(?:限定|になると|登録)|残り\s*[\d,]+\s*文字"
    r"|続きを読むには|会員登録(?:すると|して)続き|ログインして続き|この続きは(?:会員|有料)|無料会員登録"
    r"|訂閱(?:後|以)?(?:即可|方可|繼續|解鎖|看)|付費(?:會員|訂戶)|本文為付費"
    r"|(?:登入|加入會員)(?:後|即可)?(?:繼續)?(?:閱讀|看)全文|会员(?:登录|专享)后?(?:继续)?阅读"
    r"|subscribe (?:now )?to (?:continue|read|keep)|to (?:continue|keep) reading|sign in to read"
    r"|(?:for|to) subscribers only|this (?:article|content) is (?:for|reserved for) subscribers"
    r"|already a subscriber\?|create (?:a free|an) account to",
    re.IGNORECASE,
)
_CUT_END = re.compile(
    r"(?:\[(?:…|\.\.\.)\]|…|\.\.\.|(?:続きを読む|阅读全文|閱讀全文|繼續閱讀|read more"
    r"|continue reading)\W{0,4})$",
    re.IGNORECASE,
)


def is_stub(text: str, *, paid: bool) -> bool:
    """Whether `text` is known to be only a part of its article.

    It is when it ends as teasers do, when its end asks to subscribe, or when its page says that it
    is not free (`paid`) and there is little of it.
    """
    size = _size(text)
    if size < _TEASER and _CUT_END.search(text.rstrip()[-40:]):
        return True
    if size < _WALLED and _WALLS.search(text[-_TAIL:]):
        return True
    return paid and size < _WALLED


def _size(text: str) -> int:
    """Length as if it were Latin text: an East Asian character says as much as three letters."""
    return len(text) + 2 * sum(1 for char in text[:_WALLED] if char > "\u2e80")
