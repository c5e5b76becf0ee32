from __future__ import annotations

import pytest

from digest.ingest.extract.language import language, normal_tag

JAPANESE = "頼清徳総統は日本の議員団と会談し、半導体の協力で一致した。"
TRADITIONAL = "總統賴清德會見日本議員團，雙方就半導體合作交換意見。"
SIMPLIFIED = "总统会见日本议员团，双方就半导体合作交换意见。"
ENGLISH = (
    "The president met with the delegation in Taipei, and both sides agreed to deepen the "
    "cooperation on chips that was announced by the ministry."
)


@pytest.mark.parametrize(
    ("text", "declared", "hint", "expected"),
    [
        (JAPANESE, ["en"], "", "ja"),
        (JAPANESE, ["zh-TW"], "zh", "ja"),
        (TRADITIONAL, ["ja"], "", "zh-Hant"),
        (TRADITIONAL, ["zh-CN"], "", "zh-Hant"),
        (SIMPLIFIED, ["zh-TW"], "", "zh-Hans"),
        ("日本政府今天宣布", ["zh-HK"], "", "zh-Hant"),
        ("日台首脳会談実現", ["ja"], "", "ja"),
        ("台湾総統選", [], "ja", "ja"),
        (
            "「日本の味」正式登台，業者表示將在臺北開設三家門市，引進當地農產品。",
            ["zh-TW"],
            "",
            "zh-Hant",
        ),
        (ENGLISH, ["ja"], "zh", "en"),
        (ENGLISH, ["fr"], "", "en"),
        ("Le ministre des affaires étrangères a rencontré ses homologues.", ["fr-FR"], "", "fr"),
        ("Short words", ["ja"], "", "en"),
        ("台灣的 TSMC 與日本 Sony 合作設廠，雙方今天簽約。", ["en"], "", "zh-Hant"),
        ("대만과 일본의 협력", ["en"], "", "ko"),
        ("Министр встретился с делегацией", [], "", "ru"),
        ("12345", ["ja-JP"], "", "ja"),
        ("", [], "", ""),
    ],
)
def test_script_evidence_comes_first(
    text: str, declared: list[str], hint: str, expected: str
) -> None:
    assert language(text, declared=declared, hint=hint) == expected


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("en-US", "en"),
        ("EN_us", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-hant-hk", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh"),
        ("ja-JP", "ja"),
        ("jp", "ja"),
        ("sr-Latn-RS", "sr"),
        ("uz-Cyrl", "uz-Cyrl"),
        ("english language", ""),
        ("", ""),
    ],
)
def test_tags_in_one_form(tag: str, normal: str) -> None:
    assert normal_tag(tag) == normal
