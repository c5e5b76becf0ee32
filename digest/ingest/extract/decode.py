"""From bytes to text: what the encoding is declared to be, and what the bytes themselves show."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels as browsers take them: the superset that is really in use (WHATWG Encoding, 4.2).
_SUPERSETS = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "big5-eten": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
_SINGLE_BYTE = ("cp125", "iso8859", "iso-8859", "koi8", "cp874", "mac", "latin")
_META = re.compile(
    rb"""<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 8192
_SAMPLE_BYTES = 60_000
# So few characters beyond ASCII may be well-formed UTF-8 by chance.
_FEW = 8
_MARKUP = re.compile(rb"<[!/?a-zA-Z][^>]{0,2000}>")
_ESCAPED_JIS = re.compile(rb"\x1b\$[@B]")

_COMMON = frozenset(
    "のはにをたがでとしれさいるあなもすまかっらりこ、。「」・ー"
    "的是在不有人中這这國国年日大會会們们我上時时個个為为以說说和到要就"
    "台灣湾臺日本經经済政府東京總总統统"
)
_GUESSES = ("cp932", "euc_jp", "big5hkscs", "gb18030", "cp949")


def _as_browsers_read(error: UnicodeError) -> tuple[str, int]:
    """What Python's codecs refuse and browsers read (WHATWG Encoding); else U+FFFD.

    ISO-2022-JP and EUC-JP are written with what NEC and IBM have added to JIS X 0208 (①, ㈱, 髙),
    which Python has in its cp932 alone; Big5 and GBK with a euro sign.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, codec = error.start, error.encoding
    pair = error.object[start : start + 2]
    if codec.startswith(("euc_jp", "iso2022_jp")) and len(pair) == 2:
        row, cell = (byte & 0x7F for byte in pair)
        if 0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E and pair[0] >> 7 == pair[1] >> 7:
            return _in_shift_jis(row, cell), start + 2
    if codec.startswith("big5") and pair == b"\xa3\xe1":
        return "€", start + 2
    if codec == "gb18030" and pair[:1] == b"\x80":
        return "€", start + 1
    return "\ufffd", error.end


def _in_shift_jis(row: int, cell: int) -> str:
    """The sign in a row and cell of JIS X 0208 (each 33 to 126), by its two bytes in Shift_JIS."""
    lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
    trail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
    return bytes((lead, trail)).decode("cp932", "replace")[:1]


_BROWSERS = "digest-as-browsers-read"
codecs.register_error(_BROWSERS, _as_browsers_read)


def decode(data: bytes, content_type: str = "") -> str:
    """`data` as text; bytes that mean nothing become U+FFFD, it never fails.

    The order: byte order mark, escape sequences of ISO-2022-JP, well-formed UTF-8, the charset of
    the HTTP header, of the document itself, and the encoding in which the bytes look most like
    text. A declared encoding that does not fit the bytes is passed over.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if wide := _without_mark(data):
        return data.decode(wide, "replace")
    if data.isascii():
        if _ESCAPED_JIS.search(data):
            return data.decode("iso2022_jp_ext", _BROWSERS)
        return data.decode("ascii")
    declared = _declared(data, content_type)
    wide_ones = [name for name in declared if not name.startswith(_SINGLE_BYTE)]
    texts = (text for name in wide_ones if (text := _fitting(data, name)) is not None)
    if (text := _utf8(data)) is not None:
        return next(texts, text) if wide_ones and _foreign(text) < _FEW else text
    if (fitting := next(texts, None)) is not None:
        return fitting
    best = _guess(data, next(iter(declared), ""))
    return data.decode(best, _BROWSERS)


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark shows in the zero bytes of its ASCII."""
    head = data[:400]
    if len(head) < 8 or head.count(0) * 4 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _utf8(data: bytes) -> str | None:
    """`data` as UTF-8 if it is, but for a few broken bytes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return text if broken * 10 < _foreign(text) - broken else None


def _foreign(text: str) -> int:
    """How many characters at the beginning of `text` are beyond ASCII."""
    return sum(1 for char in text[:_SAMPLE_BYTES] if char > "\x7f")


def _declared(data: bytes, content_type: str) -> list[str]:
    labels = _HEADER.findall(content_type)[:1]
    labels += [found.decode("ascii") for found in _META.findall(data[:_HEAD_BYTES])[:2]]
    names = []
    for label in labels:
        try:
            name = codecs.lookup(_SUPERSETS.get(label.lower(), label)).name
        except LookupError:
            continue
        if name != "utf-8" and "".encode(name) is not None:
            names.append(name)
    return names


def _fitting(data: bytes, name: str) -> str | None:
    text = data.decode(name, _BROWSERS)
    broken = text.count("\ufffd")
    foreign = sum(1 for char in text if char > "\x7f")
    return text if broken * 20 <= foreign else None


def _guess(data: bytes, declared: str) -> str:
    """The East Asian encoding in which the bytes show common characters, else a European one."""
    sample = _MARKUP.sub(b"", data[: _SAMPLE_BYTES * 8])[:_SAMPLE_BYTES]
    scores = {name: _likeness(sample, name) for name in _GUESSES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.1:
        return best
    return declared or _european(sample)


def _likeness(sample: bytes, name: str) -> float:
    """Share of common signs among those beyond ASCII, less twice the share of odd ones."""
    text = sample.decode(name, _BROWSERS)
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    common = sum(1 for char in foreign if char in _COMMON)
    odd = sum(1 for char in foreign if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")
    narrow = sum(1 for char in foreign if "\uff61" <= char <= "\uff9f")
    return (common - 2 * odd - narrow) / len(foreign)


def _european(sample: bytes) -> str:
    import chardet  # noqa: PLC0415 - its models are loaded only for the few undeclared pages

    name = chardet.detect(sample)["encoding"] or "cp1252"
    try:
        return _SUPERSETS.get(name.lower(), codecs.lookup(name).name)
    except LookupError:
        return "cp1252"
