"""Build `index/data/fold.txt`, the table that folds Han variants to one form.

Run it by hand after changing an override or to take newer OpenCC data:

    pip install --target /tmp/opencc opencc-python-reimplemented==0.1.7
    PYTHONPATH=/tmp/opencc .venv/bin/python scripts/build_fold.py

Each character goes from the Japanese form to the traditional one (OpenCC's `JPVariants`, read
backwards: jp2t) and from there to the simplified one (`TSCharacters`: t2s). The result is closed
until it is idempotent. `OVERRIDES` comes last and says where the general rule would be wrong for
text in three languages, or where OpenCC has no entry.

The table is two lines of equal length: the characters, and what each becomes.
"""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "index" / "data"

# What a character becomes, whatever OpenCC says.
OVERRIDES = {
    # A Japanese short form that is a word of its own elsewhere, or stands for several.
    "予": "予",
    "弁": "弁",
    "沪": "沪",
    # Japanese writes 連 where Chinese writes 聯 (連合 聯合, 連絡 聯絡): one form for all four.
    "連": "联",
    "连": "联",
    # Taiwan 著, Hong Kong, Japan and the mainland 着.
    "著": "着",
    # Yeast is no melody.
    "麴": "麹",
    "麹": "麹",
    # OpenCC's own standard form has no simplified partner.
    "緒": "绪",
    "緖": "绪",
    "鑛": "矿",
    "鉱": "矿",
    "疎": "疏",
    "疏": "疏",
    # Forms in names and old prints that OpenCC's tables do not have.
    "髙": "高",
    "邉": "边",
    "氷": "冰",
    "﨑": "崎",
    "嵜": "崎",
    "栁": "柳",
    "濵": "滨",
    "冨": "富",
    "舘": "馆",
    "嶋": "岛",
    "嶌": "岛",
    "隣": "邻",
    "姉": "姊",
    "槇": "槙",
    "桒": "桑",
    "𠮷": "吉",
    "齊": "齐",
}
# Old Japanese print and its present form, where OpenCC has one of them only.
PRINT_FORMS = """
衞衛 慨槪 概槪 挙擧 郷鄕 鶏鷄 研硏 渋澁 叙敍 尚尙
奨奬 真眞 慎愼 即卽 既旣 鎮鎭 闘鬪 秘祕 瓶甁 併倂
並竝 翻飜 尭堯 晋晉 禄祿 凛凜 桧檜 蝉蟬 頬頰 侠俠
教敎 清淸 青靑 郎郞 内內 説説 温溫 横橫 黄黃 別别
強强 没沒 戸戶 呂吕 録錄 静靜 虚虛 歳歲 巌巖 遥遙
瑶瑤 稲稻 絶絕 顔顏 値值 植植 直直 羣群 峯峰 裏裡
啓啟 線綫 衆眾 麪麵 痴癡 恒恆 献獻 医醫 条條 者者
収收 塚塚 届屆 弥彌 灯燈 床牀 徳德 毎每 歩步 渉涉
頻頻 賓賓 瀬瀨 頼賴 滝瀧 黒黑 墨墨 増增 憎憎 層層
僧僧 曽曾 贈贈 騒騷 触觸 艶艷 填塡 闘鬭 兎兔 喩喻
叱𠮟 飲飮 餅餠 鯵鰺 侭儘 籠篭 賎賤 靭靱 騨驒 鴬鶯
壷壺 略畧 雁鴈 鵝鵞 線缐 災烖 船舩 隷隸 讃讚 蘇蘓
諌諫 秋穐 秋龝 稚稺 凖準 倶俱
"""


def read_table(path: Path) -> dict[str, str]:
    """One of OpenCC's tables: a character, a tab, what it becomes (the first of several)."""
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        source, targets = line.split("\t")
        if len(source) == 1 and len(target := targets.split(" ")[0]) == 1:
            table[source] = target
    return table


def reversed_table(table: dict[str, str]) -> dict[str, str]:
    """From what a character becomes back to it; of several the first in code point order."""
    return {target: source for source, target in sorted(table.items(), reverse=True)}


def build(dictionary: Path) -> dict[str, str]:
    """The whole table: idempotent, without the characters that stay what they are."""
    to_traditional = reversed_table(read_table(dictionary / "JPVariants.txt"))
    to_simplified = read_table(dictionary / "TSCharacters.txt")

    def by_rule(char: str) -> str:
        traditional = to_traditional.get(char, char)
        return OVERRIDES.get(char) or to_simplified.get(traditional, traditional)

    table = {char: by_rule(char) for char in {*to_traditional, *to_simplified, *OVERRIDES}}
    for old, new in _pairs():
        join(table, old, new)
    return {char: target for char in table if (target := closed(table, char)) != char}


def _pairs() -> list[tuple[str, str]]:
    """`PRINT_FORMS`, without those that compatibility normalisation makes one already."""
    normal = (unicodedata.normalize("NFKC", pair) for pair in PRINT_FORMS.split())
    return [(pair[0], pair[1]) for pair in normal if pair[0] != pair[1]]


def join(table: dict[str, str], one: str, other: str) -> None:
    """Make two characters fold to one form: to where the first of them goes that goes anywhere."""
    ends = closed(table, one), closed(table, other)
    if ends[0] == ends[1]:
        return
    target, moved = ends if ends[0] != one else (ends[1], ends[0])
    table[moved] = target
    table.pop(target, None)


def closed(table: dict[str, str], char: str) -> str:
    """Where a character ends when the table is applied again and again."""
    seen = {char}
    while (target := table.get(char, char)) not in seen:
        seen.add(target)
        char = target
    return char


def main() -> int:
    """Write the table; 2 when OpenCC's data is not there."""
    found = importlib.util.find_spec("opencc")
    if found is None or found.origin is None:
        sys.stderr.write("opencc-python-reimplemented is missing: see the top of this script\n")
        return 2
    table = build(Path(found.origin).parent / "dictionary")
    sources = sorted(table)
    text = "".join(sources) + "\n" + "".join(table[char] for char in sources) + "\n"
    (DATA / "fold.txt").write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(sources)} characters\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
