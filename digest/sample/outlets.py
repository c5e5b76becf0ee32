"""The outlets of the sample edition; their names say that they are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# The addresses of record; no server has this name, it is reserved by RFC 2606.
SITE: Final = "https://sample.example"
# The same site as it is asked for through the sample's server, which has no certificate.
PLAIN_SITE: Final = "http://sample.example"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet.

    Attributes:
        key: its folder in the edition and in the package.
        name: as readers see it.
        about: what its feed says of it.
        lang: BCP 47 tag of what it writes.
        format: the feed template, `rss`, `atom` or `rdf`.
        hours: its offset from UTC.
        group: the feed group in the demo.
    """

    key: str
    name: str
    about: str
    lang: str
    format: str
    hours: int
    group: str


OUTLETS: Final = (
    Outlet(
        key="herald",
        name="Sample Strait Herald (sample)",
        about="A sample feed written for this program",
        lang="en",
        format="rss",
        hours=8,
        group="English",
    ),
    Outlet(
        key="post",
        name="Pacific Sample Post (sample)",
        about="A sample feed written for this program",
        lang="en",
        format="atom",
        hours=9,
        group="English",
    ),
    Outlet(
        key="haixia",
        name="範例海峽報",
        about="為本程式撰寫的範例",
        lang="zh-Hant",
        format="rss",
        hours=8,
        group="繁體中文",
    ),
    Outlet(
        key="daoyu",
        name="樣本島嶼新聞（範例）",
        about="為本程式撰寫的範例",
        lang="zh-Hant",
        format="rdf",
        hours=8,
        group="繁體中文",
    ),
    Outlet(
        key="toa",
        name="サンプル東亜新報",
        about="このプログラムのために書かれた見本",
        lang="ja",
        format="rdf",
        hours=9,
        group="日本語",
    ),
    Outlet(
        key="nittai",
        name="見本日台通信（サンプル）",
        about="このプログラムのために書かれた見本",
        lang="ja",
        format="atom",
        hours=9,
        group="日本語",
    ),
)
MEDIA: Final = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
}
