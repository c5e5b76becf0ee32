from __future__ import annotations

import pytest

from digest.errors import SourceError
from digest.ingest.extract.pages import extract_fragment, extract_page
from digest.ingest.extract.values import Hints
from digest.model import Block, BlockKind, Span
from tests.ingest.extract.pages import HINTS, URL, article, page

ARTICLE = """<h1>台日関係の進展</h1>
<p>台湾の頼清徳総統は8日、<a href="/people/1">日本の議員団</a>と会談した。</p>
<h2>半導体の協力</h2>
<p>双方は協力を<b>深める</b>ことで一致した。
<a href="javascript:alert(1)">詳細</a>は公表していない。</p>
<blockquote><p>重要な一歩だ。</p><p>これからも続けたい。</p></blockquote>
<ul><li>経済<ul><li>半導体</li></ul></li><li>防災</li></ul>
<ol><li>会談</li><li>視察</li></ol>
<table><tr><th>年</th><th>額</th></tr><tr><td>2025</td><td>3億</td></tr></table>
<figure><img src="/i.jpg" alt="写真"><figcaption>会談する両氏</figcaption></figure>
<p>議員団は11日に帰国する予定である。</p>"""


def shapes(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks]


def check_whole(blocks: tuple[Block, ...]) -> None:
    assert shapes(blocks) == [
        ("paragraph", "台湾の頼清徳総統は8日、日本の議員団と会談した。"),
        ("heading", "半導体の協力"),
        ("paragraph", "双方は協力を深めることで一致した。詳細は公表していない。"),
        ("quote", "重要な一歩だ。"),
        ("quote", "これからも続けたい。"),
        ("item", "経済"),
        ("item", "半導体"),
        ("item", "防災"),
        ("item", "会談"),
        ("item", "視察"),
        ("row", "年\t額"),
        ("row", "2025\t3億"),
        ("figure", "会談する両氏"),
        ("paragraph", "議員団は11日に帰国する予定である。"),
    ]
    by_text = {block.text: block for block in blocks}
    assert by_text["半導体の協力"].level == 2
    assert [by_text[text].level for text in ("経済", "半導体", "防災")] == [1, 2, 1]
    assert [by_text[text].ordinal for text in ("防災", "会談", "視察")] == [0, 1, 2]
    assert [by_text[text].header for text in ("年\t額", "2025\t3億")] == [True, False]
    assert by_text["会談する両氏"].src == "https://news.example.jp/i.jpg"
    assert blocks[0].spans[1] == Span("日本の議員団", "https://news.example.jp/people/1")
    assert not any("javascript" in span.href for block in blocks for span in block.spans)


def test_a_page_keeps_its_structure() -> None:
    check_whole(article(ARTICLE, title="台日関係の進展").blocks)


def test_a_fragment_keeps_its_structure() -> None:
    hints = Hints(title="台日関係の進展")
    check_whole(extract_fragment(ARTICLE, url=URL, hints=hints).blocks)


PARAGRAPHS = ["頼総統は8日、議員団と会談した。", "双方は協力で一致した。", "外相は評価した。"]


@pytest.mark.parametrize(
    "body",
    [
        "<main><h1>会談</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</main>",
        "<div id=main><h1>会談</h1><div>" + "<br><br>".join(PARAGRAPHS) + "</div></div>",
        "<div id=main><h1>会談</h1><div>　" + "<br>　".join(PARAGRAPHS) + "</div></div>",
        "<div id=contents><h1>会談</h1>"
        + "".join(f"<div>{t}</div>" for t in PARAGRAPHS)
        + "</div>",
        "<div><h1>会談</h1><pre>　" + "\n　".join(PARAGRAPHS) + "</pre></div>",
        "<table><tr><td><h1>会談</h1></td></tr><tr><td>"
        + "<br><br>".join(PARAGRAPHS)
        + "</td></tr></table>",
    ],
    ids=["p", "two-breaks", "one-break", "div", "pre", "layout-table"],
)
def test_a_short_japanese_article_keeps_its_paragraphs(body: str) -> None:
    found = extract_page(page(body).encode(), url=URL, hints=HINTS)
    assert [block.text for block in found.blocks] == PARAGRAPHS
    assert {block.kind for block in found.blocks} == {BlockKind.PARAGRAPH}


def test_a_short_chinese_article_keeps_its_paragraphs() -> None:
    texts = ["總統賴清德今天會見日本議員團。", "雙方就半導體合作交換意見。"]
    body = "<h1>總統會見議員團</h1>" + "".join(f"<p>{text}</p>" for text in texts)
    found = article(body, lang="zh-TW", title="總統會見議員團")
    assert [block.text for block in found.blocks] == texts


def test_readings_over_han_go() -> None:
    found = article(
        "<h1>会談</h1><p><ruby>頼<rp>（</rp><rt>らい</rt><rp>）</rp></ruby>総統は8日、"
        "<ruby><rb>議員</rb><rt>ぎいん</rt></ruby>団と会談した。</p><p>双方は協力で一致した。</p>"
    )
    assert found.blocks[0].text == "頼総統は8日、議員団と会談した。"


def test_readings_go_wherever_they_stand() -> None:
    ruby = "<ruby>{}<rt>よみ</rt></ruby>"
    body = f"<h1>{ruby.format('会談')}</h1><p>頼総統は<ruby>議<rt>ぎ</rt>員<rt>いん</rt></ruby>団と"
    body += f"会談した。</p><h2>{ruby.format('背景')}</h2><ul><li>{ruby.format('経済')}</li></ul>"
    body += "<p>双方は<ruby>協力<rtc><rt>きょうりょく</rt></rtc></ruby>で一致した。</p>"
    body += f"<table><tr><th>{ruby.format('年')}</th><td>2025</td></tr></table>"
    found = article(body, title="会談")
    assert found.title == "会談"
    assert [block.text for block in found.blocks] == [
        "頼総統は議員団と会談した。",
        "背景",
        "経済",
        "双方は協力で一致した。",
        "年\t2025",
    ]


def test_a_table_in_a_figure_stays_with_its_caption() -> None:
    table = "<table><tr><th>年</th><th>額</th></tr><tr><td>2025</td><td>3億</td></tr></table>"
    figure = f"<figure>{table}<figcaption>表1　対日輸出</figcaption></figure>"
    body = "<h1>会談</h1><p>頼総統は8日、日本の議員団と会談した。</p>" + figure
    found = article(body + "<p>双方は半導体の協力で一致した。</p>")
    assert [block.text for block in found.blocks[1:4]] == ["年\t額", "2025\t3億", "表1 対日輸出"]


@pytest.mark.parametrize("whole", [True, False], ids=["page", "content of a feed"])
@pytest.mark.parametrize(
    "box",
    [
        "<div class='photo'>{}<p class='caption'>会談する両氏</p></div>",
        "<div class='wp-caption'>{}<p class='wp-caption-text'>会談する両氏</p></div>",
        "<div class='photo boxTitle'><a href='/l'>{}</a><p>会談する両氏</p></div>",
        "<span><span class='ph_i'>{}</span><span class='ph_d'>会談する両氏</span></span>",
        "<div><a href='/l'>{}</a><p><span class='photo_text'>会談する両氏</span></p>共同</div>",
    ],
)
def test_a_caption_in_a_plain_box_is_the_picture_s(box: str, whole: bool) -> None:
    paragraphs = [
        "<p>頼総統は8日、日本の議員団と会談した。</p>",
        "<p>双方は半導体の協力で一致した。</p>",
    ]
    body = box.format("<img src='/i.jpg' alt='写真'>").join(paragraphs)
    found = article(body) if whole else extract_fragment(body, url=URL, hints=HINTS)
    assert shapes(found.blocks) == [
        ("paragraph", "頼総統は8日、日本の議員団と会談した。"),
        ("figure", "会談する両氏"),
        ("paragraph", "双方は半導体の協力で一致した。"),
    ]
    assert found.blocks[1].src == "https://news.example.jp/i.jpg"


def test_a_box_with_the_article_in_it_is_no_figure() -> None:
    paragraphs = (
        "<p>頼総統は8日、日本の議員団と会談した。双方は半導体と漁業の協力で一致し、次は東京で会う。</p>"
        * 2
    )
    body = (
        f"<div class='caption-box'><img src='/i.jpg'>{paragraphs}<p class='caption'>両氏</p></div>"
    )
    found = article(body)
    assert "頼総統は8日" in found.blocks[0].text
    assert all(block.kind is not BlockKind.FIGURE for block in found.blocks)


def test_lines_of_the_source_are_no_spaces_in_japanese() -> None:
    found = article(
        "<p>台湾の総統は\n  日本の議員団と\r\n会談した。</p><p>The two\nsides agreed.</p>"
    )
    assert found.blocks[0].text == "台湾の総統は日本の議員団と会談した。"
    assert found.blocks[1].text == "The two sides agreed."


def test_code_keeps_its_lines() -> None:
    source = "<p>Run this:</p><pre><code>if x:\n    go()</code></pre>"
    source += "<p>Then call <code>stop()</code>.</p>"
    found = extract_fragment(source, url="", hints=HINTS)
    assert shapes(found.blocks)[1:] == [
        ("code", "if x:\n    go()"),
        ("paragraph", "Then call stop()."),
    ]


def test_a_picture_of_another_article_stays_out() -> None:
    card = (
        "<a href='/x'><figure><img src='/x.jpg' alt='別の記事の写真'></figure>別の記事の見出し</a>"
    )
    source = page(
        "<article><h1>会談</h1><p>頼総統は8日、日本の議員団と会談した。</p><p>双方は一致した。</p></article>"
        f"<aside class='related'><ul>{f'<li>{card}</li>' * 6}</ul></aside>"
    )
    found = extract_page(source.encode(), url=URL, hints=HINTS)
    assert all(block.kind is BlockKind.PARAGRAPH for block in found.blocks)


def test_nothing_from_outside_steers_the_terminal() -> None:
    found = article(
        "<h1>t</h1><p>前の文\x1b[31m赤\x1b[0m\u202eです&#x1b;]0;x&#x07;。</p><p>[red]次[/red]の段落です。</p>",
        title="題\x1b]0;evil\x07名&#x202e;だ",
    )
    assert found.title == "題名だ"
    text = "".join(block.text for block in found.blocks)
    assert text.isprintable()
    assert "[red]次[/red]" in text


def test_links_never_carry_credentials_or_other_schemes() -> None:
    source = (
        '<p>See <a href="https://me:pw@example.com/a">one</a>, <a href="/rel?x=1">two</a>,'
        ' <a href="data:text/html,x">three</a> and <a href="#note">four</a>.</p>'
    )
    found = extract_fragment(source, url=URL, hints=HINTS)
    links = [span.href for span in found.blocks[0].spans if span.href]
    assert links == ["https://example.com/a", "https://news.example.jp/rel?x=1"]


def test_plain_text_is_a_fragment_too() -> None:
    found = extract_fragment("Just a line & no markup", url="", hints=Hints(title="A title"))
    assert shapes(found.blocks) == [("paragraph", "Just a line & no markup")]
    assert found.title == "A title"


@pytest.mark.parametrize(
    "html", ["", "   ", "<p></p>", "<html><body></body></html>", "<!-- x -->", "\x00"]
)
def test_without_text_there_is_no_article(html: str) -> None:
    with pytest.raises(SourceError):
        extract_fragment(html, url="", hints=HINTS)
    with pytest.raises(SourceError):
        extract_page(html.encode(), url=URL, hints=HINTS)
