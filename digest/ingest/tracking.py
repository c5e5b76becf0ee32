"""Which parameters of an address tell how a reader came, and not what is shown."""

from __future__ import annotations

_PREFIXES = (
    "utm_",
    "utm-",
    "mc_",
    "pk_",
    "piwik_",
    "mtm_",
    "matomo_",
    "hsa_",
    "_hs",
    "vero_",
    "oly_",
    "ns_",
    "at_",
    "fb_",
    "ga_",
    "guce_",
    "amp_",
    "wt.",
    "xtor",
)

_NAMES = frozenset(
    str.split(
        """
        __twitter_impression _ga _gl _openstat amp chdtv cmp cmpid ctrack dclid ebisadid fbclid
        feature_id gbraid gclid gclsrc guccounter icid igsh igshid iref ito mbid mibextid mkt_tok
        msclkid n_cid ncid ocid phpsessid ref_src ref_url s_cid sc_cid share_source share_token
        smid soc_src soc_trk spm sr_share srsltid taid trk twclid usqp wbraid yclid ysclid zanpid
        """
    )
)

# Names that may select what is shown, and only with these values tell where the reader came from.
_SOURCES = frozenset(
    str.split("from ref referer referrer source src via partner origin feature rss")
)
_CHANNELS = frozenset(
    str.split(
        """
        atom email facebook fb feed feedburner feeds flipboard google_news googlenews homescreen
        line mail newsletter push rss rss2 rss20 rssfeed share sns telegram threads tw twitter
        weibo whatsapp x
        """
    )
)
_AMP_NAMES = frozenset(["outputtype", "output", "view", "format", "mode"])
_AMP_VALUES = frozenset(["amp", "amphtml"])

# Parameters that mean nothing on these hosts (and the hosts below them).
_BY_HOST = {
    "udn.com": frozenset(["from"]),
    "youtube.com": frozenset(["si", "feature", "pp"]),
    "blogspot.com": frozenset(["m"]),
    "news.yahoo.co.jp": frozenset(["source"]),
}


def is_tracking(name: str, value: str, host: str) -> bool:
    """Whether the parameter `name=value`, both in lower case, changes nothing of the page."""
    if name in _NAMES or name.startswith(_PREFIXES):
        return True
    if (name in _SOURCES and value in _CHANNELS) or (name, value) == ("rss", "1"):
        return True
    if name in _AMP_NAMES and value in _AMP_VALUES:
        return True
    return any(
        name in names and (host == site or host.endswith("." + site))
        for site, names in _BY_HOST.items()
    )
