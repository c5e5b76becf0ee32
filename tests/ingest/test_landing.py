"""A login, a question about cookies or a front page is never taken for the article."""

from __future__ import annotations

import pytest

from digest.ingest.landing import led_astray

STORY = "https://news.example/2026/11/story"


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/login",
        "https://news.example/account/login?next=/2026/11/story",
        "https://news.example/users/sign_in",
        "https://news.example/SignIn.aspx",
        "https://news.example/wp-login.php?redirect_to=x",
        "https://id.news.example/lounge/auth/password/",
        "https://login.news.example/start",
        "https://news.example/ログイン/login/",
    ],
)
def test_a_login_is_no_article(address: str) -> None:
    assert led_astray(STORY, address) == "the site asks for a login"


@pytest.mark.parametrize(
    "address",
    ["https://consent.news.example/ml?continue=x", "https://news.example/v2/collectConsent"],
)
def test_a_question_about_cookies_is_no_article(address: str) -> None:
    assert led_astray(STORY, address) == "the site asks for consent to cookies first"


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/home", "/zh-TW/", "/ja"])
def test_a_front_page_is_no_article(path: str) -> None:
    assert "front page" in led_astray(STORY, "https://news.example" + path)


@pytest.mark.parametrize(
    "address",
    [
        STORY,
        "https://news.example/signin-the-blank-article",
        "https://news.example/2026/login-to-taiwan.html",
        "https://news.example/story?from=login",
        "https://news.example/story?next=/login",
        "https://news.example/authors/consent-and-law",
        "https://news.example/?p=123",
        "https://news.example/jp/politics",
        "https://login-news.example/story",
    ],
)
def test_where_an_article_may_be_it_is_read(address: str) -> None:
    assert led_astray("https://feed.example/r/1", address) == ""


def test_what_an_entry_itself_names_is_read() -> None:
    assert led_astray("https://news.example/auth/1", "https://news.example/auth/one") == ""
    assert led_astray("https://news.example/", "https://news.example/en/") == ""
