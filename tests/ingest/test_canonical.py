from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.ingest.canonical import canonical_url

PIECES = st.sampled_from(
    [
        *("http://", "https://", "HTTPS://", "//", "javascript:", "www.", "m.", "amp.", "mobile."),
        *(
            "example.com",
            "EXAMPLE.co.jp",
            "例え.jp",
            "台灣.tw",
            "en.m.wikipedia.org",
            "[::1]",
            "1.2.3.4",
        ),
        *(
            ":80",
            ":443",
            ":8080",
            "user:pw@",
            "/",
            "//",
            "/..",
            "/./",
            "/amp",
            "/amp/",
            "/a.amp.html",
        ),
        *(
            "%7e",
            "%2F",
            "%",
            "%zz",
            "新聞",
            " ",
            "?",
            "&",
            "&amp;",
            "=",
            "a=1",
            "amp=1",
            "utm_source=x",
        ),
        *(
            "from=rss",
            "ref=home",
            "#",
            "#!",
            "#top",
            ";jsessionid=1",
            "\u200b",
            "%E2%80%8B",
            "\x1b[31m",
        ),
        *(
            "www.google.com/url?url=",
            "www.google.com/amp/s/",
            "x.cdn.ampproject.org/c/s/",
            "\\",
            "'",
            '"',
        ),
    ]
)
ADDRESSES = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://WWW.Example.COM:80/a/../b/./c", "http://www.example.com/b/c"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:443/?", "https://example.com/"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("//example.com/a", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://[::0001]:443/a", "https://[::1]/a"),
        ("https://台灣.tw/新聞", "https://xn--kpry57d.tw/%E6%96%B0%E8%81%9E"),
        ("https://example.com/%7euser/%e3%81%82%2f", "https://example.com/~user/%E3%81%82%2F"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/a#:~:text=x", "https://example.com/a"),
        ("https://example.com/#!/story/1", "https://example.com/#!/story/1"),
        ("https://example.com/a?b=2&a=1&utm_source=rss&c", "https://example.com/a?b=2&a=1&c"),
        (
            "https://example.com/a?fbclid=x&gclid=y&yclid=z&mc_cid=1&cmpid=2",
            "https://example.com/a",
        ),
        ("https://example.com/a?id=1&amp;utm_medium=feed", "https://example.com/a?id=1"),
        ("https://example.com/a?ref=rss&from=rss", "https://example.com/a"),
        (
            "https://example.com/a?ref=chapter2&from=2026",
            "https://example.com/a?ref=chapter2&from=2026",
        ),
        ("https://example.com/a;jsessionid=AB12?x=1", "https://example.com/a?x=1"),
        ("https://example.com/a%E2%80%8B", "https://example.com/a"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com/news/1/amp/", "https://example.com/news/1"),
        ("https://example.com/news/1.amp.html", "https://example.com/news/1.html"),
        ("https://example.com/news/1?amp=1", "https://example.com/news/1"),
        ("https://example.com/news/1?outputType=amp", "https://example.com/news/1"),
        ("https://example.com/amp/lamps", "https://example.com/amp/lamps"),
        ("https://amp.example.com/news/1", "https://www.example.com/news/1"),
        ("https://m.example.com.tw/news/1", "https://www.example.com.tw/news/1"),
        ("https://m.ltn.com.tw/news/1", "https://news.ltn.com.tw/news/1"),
        ("https://m.udn.com/news/story/1", "https://udn.com/news/story/1"),
        ("https://m.blog.example.com/1", "https://m.blog.example.com/1"),
        ("https://ja.m.wikipedia.org/wiki/X", "https://ja.wikipedia.org/wiki/X"),
        ("https://udn.com/news/story/1/2?from=udn-ch2", "https://udn.com/news/story/1/2"),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fe.jp%2Fa%3Futm_source%3Dx&sa=D",
            "https://e.jp/a",
        ),
        ("https://www.google.com/amp/s/e.jp/a/amp", "https://e.jp/a"),
        ("https://e-jp.cdn.ampproject.org/c/s/e.jp/a?usqp=1", "https://e.jp/a"),
        (
            "https://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fe.jp%2fa",
            "https://e.jp/a",
        ),
        (
            "https://www.google.com/search?q=https://e.jp",
            "https://www.google.com/search?q=https://e.jp",
        ),
    ],
)
def test_one_address_for_one_page(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@example.com",
        "https://",
        "https:///a",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://[::zz]/",
        "https://e_x..com/",
        "https://example.com/" + "a" * 5000,
        "http://[",
    ],
)
def test_what_is_no_web_address_is_nothing(written: str) -> None:
    assert canonical_url(written) == ""


@given(ADDRESSES | st.text(max_size=60).map("https://example.com/".__add__))
@example("https://example.com/amp/amp/")
@example("https://example.com/a?amp;amp;b=1")
@example("https://amp.amp.com/amp")
@example("https://www.google.com/url?url=https://www.google.com/url?url=https://e.jp/")
def test_canonical_form_is_stable_ascii_http(written: str) -> None:
    once = canonical_url(written)
    assert canonical_url(once) == once
    assert once == "" or once.startswith(("http://", "https://"))
    assert once.isascii()
    assert not set(once) & set(' <>"\\^`{|}\n\r\t\x1b')


@given(
    st.sampled_from(["utm_source=a", "fbclid=b", "gclid=c", "ref=rss", "spm=1.2"]), st.booleans()
)
def test_tracking_makes_no_other_page(parameter: str, first: bool) -> None:
    query = f"{parameter}&id=7" if first else f"id=7&{parameter}"
    assert canonical_url(f"https://example.jp/a?{query}") == "https://example.jp/a?id=7"


@given(
    st.sampled_from(["m", "mobile", "amp", "touch"]),
    st.from_regex(r"[a-z][a-z0-9]{3,12}\.(?:com|com\.tw|co\.jp)", fullmatch=True),
    st.from_regex(r"(?:/[a-z0-9]{1,8}){1,4}", fullmatch=True),
)
def test_mobile_and_amp_twins_are_the_ordinary_page(label: str, site: str, path: str) -> None:
    ordinary = canonical_url(f"https://www.{site}/x{path}")
    assert canonical_url(f"https://{label}.{site}/x{path}") == ordinary
    assert canonical_url(f"https://www.{site}/x{path}/amp/") == ordinary
