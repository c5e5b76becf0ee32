"""Pages that answer as if all were well and hold no article: not there, not without a script. Pure.

Only a short text is looked at, so that an article on such things is read. Of that, a page is
refused by its title, or by the greater part of its text, when that is a notice that software puts
in an article's place: of servers and of WordPress (not found, denied), of the templates of React
and Vue (enable JavaScript), of Cloudflare and Imperva (wait, prove to be human), of consent
banners and of logins. Its Chinese and Japanese wordings are those of sites of Taiwan and Japan.
A phrase that the feed has in its own headline is that of an article.

Where no phrase tells, the feed does: what is much shorter than its text is less than its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SHORT = 300
"""Characters from which on a text counts as an article whatever it says."""

# How much longer than a page's text a feed's must be: feeds add a line of their own to each entry.
_TIMES = 2
_ADDED = 100


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PARTS = re.compile(r"\s[-–—]\s|[|｜:：_【】«»‹›·•]")
_SIGNS = " \t.…!！。?？、,，"
# The whole of a title, or of a part of it.
_TITLES = _any(
    r"(?:http |the )?(?:error )?(?:40[34]|50[023])(?: ?error| ?エラー)?",
    r"(?:(?:error )?40[34]\W+)?(?:(?:the |this |that )?(?:page|article|file|url)"
    r"(?: was| is| could| can)? ?)?not (?:be )?(?:found|available)",
    r"(?:this |the )?(?:page|article) does(?:n't|n’t| not) exist",
    r"(?:403 )?forbidden",
    r"access (?:to this page has been )?denied",
    r"service (?:temporarily )?unavailable",
    r"just a moment|one moment,? please|please wait|checking your browser",
    r"attention required|pardon our interruption|security check|robot check",
    r"are you (?:a robot|human)|(?:human|security) verification",
    r"we value your privacy|your privacy|before you continue(?: to .+)?",
    r"cookie (?:consent|settings)|sign in|log ?in",
    r"(?:很?抱歉\W*)?(?:找不到|查無)(?:此|該|這個|您要的|你要的)?(?:網頁|頁面|新聞|文章|网页|页面)",
    r"(?:此|該)?(?:網頁|頁面|网页|页面)(?:不存在|找不到)",
    r"(?:拒絕|拒绝)(?:存取|访问)|存取(?:被拒|遭拒)|請稍[候等後]|请稍[候等后]|(?:系統|網站)維護中?",
    r"(?:會員|会员)?(?:登入|登录)",
    r"(?:お探しの|ご指定の|指定された)?(?:ページ|記事)(?:が|は)(?:見つかりません(?:でした)?|存在しません)",
    r"アクセスが拒否されました|(?:しばらく|少々)お待ち(?:ください|下さい)|(?:ただいま)?メンテナンス中(?:です)?",
    r"(?:会員)?ログイン",
)
# Somewhere in a paragraph, or (`_SORRY`) at its beginning.
_SORRY = (
    r"^\W*(?:(?:sorry|很?抱歉|對不起|对不起"
    r"|(?:大変|誠に)?申し訳(?:ありません|ございません)が?)\W*)?"
)
_NOTICES = _any(
    r"(?:enabl|activat|turn(?:ing)? on|allow)\w* (?:java ?script|js\b|cookies)",
    r"(?:requir|need|without|support)\w* (?:the use of )?java ?script",
    r"java ?script (?:is|was|has been|must be|needs to be|appears to be|seems to be) "
    r"(?:disabled|enabled|turned o|required|not)",
    r"(?:java ?script|cookie|クッキー)s?\s*[をが]\s*(?:有効|無効|オン|オフ)",
    r"(?:啟用|開啟|打開|启用|开启|支援|支持|停用)\s*(?:瀏覽器)?的?\s*(?:java ?script|cookie)",
    r"verify(?:ing)? (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot)",
    r"checking (?:if the site connection is secure|your browser)",
    r"review the security of your connection|(?:ddos protection|security) by cloudflare",
    r"^(?:we|this (?:web)?site|our (?:web)?site)\b.{0,50}\b(?:uses?|stores?) .{0,40}cookies",
    r"^(?:当|この|本)(?:ウェブ)?サイト.{0,20}(?:cookie|クッキー).{0,4}(?:使用|利用)",
    r"^(?:本網站|我們|本站).{0,10}使用\s*cookie",
    _SORRY + r"(?:404\W+)?(?:page )?not found\b",
    _SORRY + r"(?:the|this|that) (?:requested )?(?:page|article|story|url)\b.{0,60}"
    r"(?:not (?:be )?found|not exist|n['’]t exist|no longer (?:exist|available)|not available)",
    _SORRY + r"(?:找不到|查無)(?:此|該|這個|您|你)?.{0,6}(?:網頁|頁面|新聞|文章|网页|页面)",
    _SORRY + r"(?:您|你|此|該|這個?)(?:所|要|想)*(?:查詢|查看|尋找|瀏覽|找|看|訪問|访问|请求)?的?"
    r"(?:網頁|頁面|網址|新聞|文章|內容|网页|页面).{0,6}(?:不存在|找不到|已被?(?:移除|刪除|删除|下架))",
    _SORRY + r"(?:お探し|ご指定|指定|アクセス|お求め|この).{0,12}(?:ページ|記事|URL).{0,40}"
    r"(?:見つかりません|見つけられません|存在しません|掲載期間)",
    _SORRY + r"(?:ページ|記事)[がは](?:見つかりません|存在しません)",
)


def is_notice(title: str, blocks: Sequence[str], *, feed_title: str) -> bool:
    """Whether a page with this title and text is a notice in an article's place.

    Args:
        title: what the page gives as its own title.
        blocks: its text, block by block.
        feed_title: the headline of the feed's entry, "" for none.
    """
    size = sum(map(len, blocks))
    if size >= SHORT:
        return False
    if any(_is_title(part) and part not in feed_title for part in _PARTS.split(title)):
        return True
    return 2 * sum(len(block) for block in blocks if _NOTICES.search(block)) > size


def is_poorer(size: int, feed_size: int) -> bool:
    """Whether a page's text of `size` characters is clearly less than the feed's own."""
    return size < SHORT and feed_size >= _TIMES * size + _ADDED


def _is_title(part: str) -> bool:
    words = part.strip(_SIGNS)
    return bool(words) and _TITLES.fullmatch(words) is not None
