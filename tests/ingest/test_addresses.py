from __future__ import annotations

import pytest

from digest.ingest.net.addresses import is_nobodys, is_own, is_public

PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:4136:e378::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_on_this_side_of_the_router_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "printer.local", "db.internal", "a.localhost", "[::1]"]
)
def test_names_of_ones_own_network_are_known_without_asking(host: str) -> None:
    assert is_own(host)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "2852039166",
        "0xa9fea9fe",
        "169.254.43518",
        "0300.0250.1.1",
        "192.168.257",
        "１２７.０.０.１",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "0x",
        "999999999999",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:a9fe:a9fe::]",
        "fd00:ec2::254",
    ],
)
def test_old_and_foreign_forms_of_private_addresses_are_known_without_asking(host: str) -> None:
    assert is_own(host)


@pytest.mark.parametrize(
    "host", ["news.example", "1.1.1.1", "16843009", "0x1.example", "10.example", "日本.example"]
)
def test_other_names_are_not(host: str) -> None:
    assert not is_own(host)


@pytest.mark.parametrize("host", ["sample.example", "A.TEST.", "x.invalid", "localhost", "test"])
def test_names_reserved_for_examples_and_tests_are_nobodys(host: str) -> None:
    assert is_nobodys(host)


@pytest.mark.parametrize(
    "host", ["example.com", "example.org", "latest", "test.tw", "192.0.2.1", ""]
)
def test_names_that_a_server_may_have_are_somebodys(host: str) -> None:
    assert not is_nobodys(host)
