"""Which addresses a stranger's link may lead to: public ones, nothing on this side of the router.

After the special-purpose registries of RFC 6890. IPv6 forms that carry an IPv4 address (mapped,
NAT64, 6to4) are judged by the address inside.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

IpAddress = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
# Public by the registry, and yet answered by this machine's host or by nobody we may ask.
_REFUSED = tuple(
    ip_network(text)
    for text in (
        "168.63.129.16/32",  # the metadata service of one cloud
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # 6to4 relays, deprecated by RFC 7526
        "::/96",  # IPv4-compatible, deprecated by RFC 4291
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2001::/32",  # Teredo: the address inside is obscured
        "fec0::/10",  # site-local, deprecated by RFC 3879
    )
)
# Top-level names that RFC 2606 and RFC 6761 keep for examples and tests. (`example.com` and its
# like are reserved too, but a server answers there.)
_NOBODYS = ("example", "test", "invalid", "localhost")


def _carried(address: IpAddress) -> IpAddress:
    """The IPv4 address inside an IPv6 one, or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def is_public(text: str) -> bool:
    """Whether the IP address in `text` (a zone after `%` is allowed) is one of the open internet.

    What is no address at all is not public.
    """
    try:
        address = _carried(ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_unspecified


def is_own(host: str) -> bool:
    """Whether `host`, as it stands in a URL, names this machine or a private network by itself.

    No name is looked up: this serves where a proxy does that, and where one's own server needs no
    courtesy between two requests.
    """
    name = unicodedata.normalize("NFKC", host).replace("\u3002", ".")
    name = name.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return bool(_OLD_FORM.fullmatch(name)) and not is_public(_in_four_parts(name))
    return not is_public(name)


# One to four numbers, each decimal, octal (0177) or hexadecimal (0x7f), as `inet_aton` reads them.
_OLD_FORM = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")


def _in_four_parts(name: str) -> str:
    """An IPv4 address written in an old form in its usual one, "" when it is none."""
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return ""


def is_nobodys(host: str) -> bool:
    """Whether `host` is under a name that is reserved for examples and tests.

    No public server can have such a name: whatever answers to it, through a proxy or a resolver
    of one's own, was set up by who asks.
    """
    return host.rstrip(".").lower().rpartition(".")[2] in _NOBODYS
