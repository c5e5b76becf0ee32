"""Words for numbers and for what is counted, in English, Chinese and Japanese."""

from __future__ import annotations

from collections.abc import Mapping

SCALES = {"千": 10**3, "萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"兩": 2, "両": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
_TEENS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {
    **{word: value for value, word in enumerate(_TEENS, start=2)},
    **{word: 10 * value for value, word in enumerate(_DECADES, start=2)},
}
ENGLISH_SCALES = {"dozen": 12, "hundred": 10**2, "thousand": 10**3, "million": 10**6}
ENGLISH_SCALES |= {"billion": 10**9, "trillion": 10**12, "m": 10**6, "bn": 10**9, "k": 10**3}
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("%", "パーセント", "成", "割", "percent", "per cent"), "percent"),
    **dict.fromkeys(("個百分點", "ポイント", "percentage point"), "points"),
    **dict.fromkeys(("美元", "美金", "米ドル", "ドル", "US$", "$", "dollar"), "usd"),
    **dict.fromkeys(
        ("NT$", "元", "新台幣", "新臺幣", "台幣", "臺幣", "台湾ドル", "臺湾ドル"), "twd"
    ),
    **dict.fromkeys(("日圓", "日元", "日幣", "円", "yen", "¥", "￥"), "jpy"),
    **dict.fromkeys(("人", "名", "位"), "people"),
    **dict.fromkeys(("people", "person", "passenger", "visitor", "fan", "spectator"), "people"),
    **dict.fromkeys(("resident", "worker", "employee", "student", "officer"), "people"),
    **dict.fromkeys(("soldier", "troop", "death"), "people"),
    **dict.fromkeys(("公噸", "噸", "トン", "ton", "tonne"), "tonnes"),
    **dict.fromkeys(("公里", "キロメートル", "kilometre", "kilometer", "km"), "km"),
    **dict.fromkeys(("海里", "海浬", "カイリ", "nautical mile"), "miles"),
    **dict.fromkeys(("公尺", "メートル", "metre", "meter"), "metres"),
    **dict.fromkeys(("艘", "隻", "ship", "vessel", "boat"), "ships"),
    **dict.fromkeys(("架", "機", "aircraft", "plane", "jet", "warplane"), "aircraft"),
    **dict.fromkeys(("架次", "sortie"), "sorties"),
    **dict.fromkeys(("年", "year"), "years"),
    **dict.fromkeys(("個月", "か月", "箇月", "カ月", "ヶ月", "month"), "months"),
    **dict.fromkeys(("天", "日間", "day"), "days"),
    **dict.fromkeys(("小時", "時間", "hour"), "hours"),
    **dict.fromkeys(("家", "社", "companie", "firm"), "companies"),
    **dict.fromkeys(
        ("國", "国", "か国", "箇国", "カ国", "ヶ国", "countrie", "nation"), "countries"
    ),
    **dict.fromkeys(("縣", "県", "prefecture"), "prefectures"),
}
