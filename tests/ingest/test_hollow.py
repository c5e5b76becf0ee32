"""What answers in an article's place is told from short articles."""

from __future__ import annotations

import pytest

from digest.ingest.hollow import SHORT, is_notice, is_poorer


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "404 - Page not found | Strait Wire",
        "Page Not Found - Strait Wire",
        "This page doesn’t exist",
        "403 Forbidden",
        "Access Denied",
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Before you continue to Strait Wire",
        "Sign in",
        "找不到網頁",
        "查無此新聞 | 通訊社",
        "頁面不存在",
        "會員登入",
        "請稍候...",
        "ページが見つかりません：海峡通信",
        "お探しのページは見つかりませんでした | 海峡通信",
        "404エラー",
        "しばらくお待ちください。",
        "ログイン",
    ],
)
def test_a_title_tells_a_notice(title: str) -> None:
    assert is_notice(title, ["Back to the front page"], feed_title="Envoy lands in Taipei")


@pytest.mark.parametrize(
    "text",
    [
        "You need to enable JavaScript to run this app.",
        "Please turn on JavaScript and reload the page.",
        "We're sorry but news doesn't work properly without JavaScript enabled.",
        "JavaScript is disabled in your browser.",
        "Verifying you are human. This may take a few seconds.",
        "wire.example needs to review the security of your connection before proceeding.",
        "Sorry, the page you are looking for could not be found.",
        "The article you requested is no longer available.",
        "We and our partners use cookies to store information on a device.",
        "請啟用 JavaScript 以瀏覽本網站。",
        "很抱歉，找不到您要的頁面。",
        "您所查詢的網頁不存在。",
        "本網站使用 Cookie 以提供更好的服務。",
        "JavaScriptを有効にしてください。",
        "申し訳ございません。お探しのページは見つかりませんでした。",
        "この記事は掲載期間が終了しました。",
        "当サイトではCookieを使用しています。",
    ],
)
def test_a_text_tells_a_notice(text: str) -> None:
    assert is_notice("Strait Wire", [text, "Home"], feed_title="Envoy lands in Taipei")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Envoy lands in Taipei", "The envoy arrived on Monday."),
        ("Taiwan's page in history", "The page was turned, officials said. More will follow."),
        ("柯文哲道歉", "柯文哲的臉書文章已刪除，民進黨批評他未說明原因。"),
        ("外相が会見", "記事の内容は事実と異なると外相は述べた。"),
        ("請稍候的人們", "旅客在機場等候。"),
        ("500 companies at the fair", "They come from Kumamoto and Hsinchu."),
        ("Ministry site down", "Visitors met errors. The ministry said access was restored."),
    ],
)
def test_a_short_article_is_no_notice(title: str, text: str) -> None:
    assert not is_notice(title, [text], feed_title="")


def test_what_the_feed_says_itself_is_its_headline() -> None:
    title = "Access denied: Taiwan kept out of the assembly"
    assert not is_notice(title, ["The envoy was turned away."], feed_title=title)
    assert is_notice(title, ["The envoy was turned away."], feed_title="Assembly opens")


def test_a_banner_over_a_short_article_does_not_hide_it() -> None:
    blocks = ["We use cookies.", "The envoy arrived in Taipei on Monday, the ministry said."]
    assert not is_notice("Envoy lands", blocks, feed_title="")


def test_a_longer_text_is_an_article_whatever_it_says() -> None:
    text = "You need to enable JavaScript to run this app. " * 7
    assert len(text) >= SHORT
    assert not is_notice("404", [text], feed_title="")


def test_a_feed_tells_where_the_page_holds_clearly_less() -> None:
    assert is_poorer(40, 180)
    assert is_poorer(0, 100)
    assert not is_poorer(40, 170)
    assert not is_poorer(40, 0)
    assert not is_poorer(SHORT, 5_000)
