"""What Taiwan and Japan do together scores one half or more; what only looks like it does not."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from digest.ingest.relevance.score import ON_TOPIC, relevance
from digest.model import Mention, Relevance
from index.names.names import Names

LABELS = Path(__file__).parents[2] / ".." / "shared" / "data" / "relevance" / "dev.jsonl"


@cache
def names() -> Names:
    return Names.load()


def judged(title: str, text: str) -> Relevance:
    found = [Mention(*one, in_title=True) for one in names().recognise(title)]
    found += [Mention(*one, in_title=False) for one in names().recognise(text)]
    return relevance(title, text, found, names().side)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Lawmakers from Tokyo arrive in Taipei",
            (
                "Japanese lawmakers met Taiwan's foreign minister in Taipei on Monday. "
                "Japan and Taiwan agreed to exchange notes on cables. Its side will "
                "invite Taiwanese engineers to Nagasaki in spring."
            ),
        ),
        (
            "日本議員團訪台 談海纜",
            (
                "日本跨黨派議員團十日訪台，與外交部長林佳龍會談。"
                "台日雙方同意就海底電纜維修交流經驗，日方也將邀請台灣工程師訪日。"
            ),
        ),
        (
            "議員団が訪台",
            (
                "日本の超党派議員団が10日、台北を訪問し、林佳龍外相と会談した。"
                "日本と台湾は海底ケーブルの修理について協力することで合意した。"
            ),
        ),
        (
            "Summit again mentions the Taiwan Strait",
            (
                "Japan and the United States stressed peace in the Taiwan Strait in a statement "
                "after their summit. Taiwan's foreign ministry thanked Tokyo and Washington. "
                "Japan's chief cabinet secretary said its position on Taiwan had not changed."
            ),
        ),
        (
            "日治時期的水利工程",
            (
                "1910年，日本工程師八田與一來台，在臺灣總督府土木局任職。"
                "日本殖民政府在嘉南平原興建水庫，台灣農民被迫輪作，稻米輸往日本。"
            ),
        ),
    ],
)
def test_what_the_two_do_together_is_on_topic(title: str, text: str) -> None:
    assert (judged(title, text).score or 0) >= ON_TOPIC


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Grain sales rise",
            (
                "Corn was sold to Iraq, Japan, South Korea, Taiwan and the USSR, it said. "
                "Prices rose in Chicago. Wheat was sold to Morocco and Spain for May delivery."
            ),
        ),
        (
            "台灣中小企業的數位轉型",
            (
                "台灣中小企業今年加速數位轉型，台北與台中的業者投入最多。政府補助將延長到年底，"
                "台灣的比例已高於日本、韓國與新加坡。業者希望台灣的銀行放寬貸款。"
            ),
        ),
        (
            "台湾の議会、予算案を可決",
            (
                "台湾の立法院は3日、来年度の予算案を可決した。野党は反対した。"
                "日本経済新聞によると、台湾の与党は修正に応じた。台北では市民が集まった。"
            ),
        ),
        (
            "老街的百年",
            (
                "這條老街在清代形成，日治時期拓寬，戰後成為台灣中部的布匹市場。"
                "今日台北人週末來此吃小吃，店家說遊客多半來自台灣各地。"
            ),
        ),
    ],
)
def test_what_only_names_the_two_is_not(title: str, text: str) -> None:
    assert (judged(title, text).score or 0) < ON_TOPIC


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        (
            "戴資穎奪銀",
            "戴資穎在2021年東京奧運奪銀，是台灣羽球史上首面。",
            "names Taiwan, not Japan",
        ),
        ("浅草の映画祭", "東京都台東区の浅草で映画祭が開かれる。", "names Japan, not Taiwan"),
        (
            "新北三重",
            "三重區與台北市隔河相望，新北市政府將整修三重的市場。",
            "names Taiwan, not Japan",
        ),
        ("球速", "先発は130キロ台中盤の直球を投げた。日本の投手だ。", "names Japan, not Taiwan"),
        ("國共內戰", "中華民國政府與日軍在河南作戰。", "names Japan, not Taiwan"),
        ("Rain", "Rain fell in Formosa and one more province of Argentina.", "names neither"),
    ],
)
def test_a_word_that_looks_like_a_side_is_none(title: str, text: str, why: str) -> None:
    found = judged(title, text)
    assert found.score == 0
    assert found.why[0].startswith(why)


def test_the_reasons_are_what_moved_the_score() -> None:
    good = judged("台日漁業會談登場", "台灣與日本十日在台北舉行漁業會談。日方代表團訪台。")
    assert "both in the title" in good.why
    assert "words of dealings between them" in good.why
    weather = judged(
        "台風5号、台湾南部に上陸",
        "気象庁によると、台風5号は24日午後、台湾南部に上陸した。中心気圧は960ヘクトパスカル。"
        "台風は台湾を横断した。台湾の当局は警報を出した。沖縄県では震度1の地震もあった。",
    )
    assert "about a typhoon or an earthquake" in weather.why


@pytest.mark.skipif(not LABELS.exists(), reason="no labelled articles at ../shared")
def test_labelled_articles_are_told_apart() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").split("\n") if line]
    clear = [row for row in rows if "borderline" not in row["why"]]
    for judged_rows, least in ((rows, 0.80), (clear, 0.90)):
        said = [(judged(row["title"], row["text"]).score or 0) >= ON_TOPIC for row in judged_rows]
        right = sum(yes and row["label"] == 1 for yes, row in zip(said, judged_rows, strict=True))
        assert 2 * right / (sum(said) + sum(row["label"] for row in judged_rows)) > least
