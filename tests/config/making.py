"""Strategies for configurations that are valid."""

from __future__ import annotations

from hypothesis import strategies as st

from digest.config.settings import Config, Feed, Fetch, Rule, Search, Ui, View
from digest.text import clean_line

LETTERS = "abcXYZ 09\"'\\#[]{}=,.&<>;:/é台灣東京さくらカタ！「」\U0001f363"
lines = st.text(LETTERS, max_size=12).map(clean_line)
words = lines.filter(bool)
word_lists = st.lists(words, max_size=3, unique=True).map(tuple)
addresses = st.from_regex(r"https?://[a-z]{1,6}\.example(/[a-z0-9._-]{0,6}){0,2}", fullmatch=True)


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    kind = draw(st.sampled_from(["feed", "sitemap", "page"]))
    return Feed(
        url=draw(addresses),
        name=draw(lines),
        lang=draw(st.sampled_from(["", "en", "zh-Hant", "ja"])),
        scope=draw(st.sampled_from(["all", "topic"])),
        groups=draw(word_lists),
        tags=draw(word_lists),
        full_text=draw(st.sampled_from([None, True, False])),
        label=draw(lines),
        kind=kind,
        items=draw(st.sampled_from(["li a", "ul.news > li", '#新着 a[href*="/press/"]']))
        if kind == "page"
        else "",
    )


feed_lists = st.lists(feeds(), max_size=6, unique_by=lambda feed: feed.url)
views = st.builds(View, name=words, query=lines, alert=st.booleans())
rules = st.builds(Rule, when=words, then=st.just(("+chips", "star")))


@st.composite
def configs(draw: st.DrawFn) -> Config:
    return Config(
        ui=Ui(theme=draw(words), keys=draw(st.sampled_from(["vim", "newsboat", "elfeed"]))),
        fetch=Fetch(concurrency=draw(st.integers(1, 64)), timeout=draw(st.floats(1, 600))),
        search=Search(recency=draw(st.floats(0, 1)), meaning=draw(st.booleans())),
        feeds=tuple(draw(feed_lists)),
        views=tuple(draw(st.lists(views, max_size=3, unique_by=lambda view: view.name))),
        rules=tuple(draw(st.lists(rules, max_size=2))),
        keys=draw(st.sampled_from([{}, {"article.tag": "T", "undo": "ctrl+u"}])),
        commands=draw(st.dictionaries(words, word_lists.filter(bool), max_size=2)),
    )
