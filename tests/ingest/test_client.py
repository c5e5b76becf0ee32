"""The client alone against servers that misbehave."""

from __future__ import annotations

import logging
import socket
import zlib
from collections.abc import Iterator, Sequence

import pytest

from digest.config.secrets import Secret
from digest.config.settings import Fetch
from digest.errors import ConfigError, SourceError
from digest.ingest.net import sockets
from digest.ingest.net.budget import Stopped
from digest.ingest.net.client import Client, with_login_of
from tests.ingest.server import Exchange, NewsServer


@pytest.fixture
def client(settings: Fetch) -> Iterator[Client]:
    with Client(settings) as client:
        yield client


def gzipped(data: bytes) -> bytes:
    return packed(data, zlib.MAX_WBITS | 16)


def packed(data: bytes, wbits: int) -> bytes:
    packer = zlib.compressobj(wbits=wbits)
    return packer.compress(data) + packer.flush()


def test_an_answer_comes_with_its_head(client: Client, server: NewsServer) -> None:
    url = server.route("/a", "湾と灣", headers={"ETag": '"1"', "X-Thing": "x"})
    answer = client.get(url, headers={"If-None-Match": '"0"'})
    assert (answer.status, answer.url, answer.body.decode()) == (200, url, "湾と灣")
    assert answer.headers["etag"] == '"1"'
    assert answer.content_type == "text/html; charset=utf-8"
    asked = server.requests[0].headers
    assert asked["if-none-match"] == '"0"'
    assert asked["user-agent"].startswith("taiwan-japan-digest/")


def test_a_configured_user_agent_is_used(server: NewsServer) -> None:
    with Client(Fetch(allow_private=True, user_agent="desk/1")) as client:
        client.get(server.route("/"))
    assert server.requests[0].headers["user-agent"] == "desk/1"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzipped(b"a story")),
        ("gzip", gzipped(b"a st") + gzipped(b"ory")),
        ("gzip", gzipped(b"a story") + b"trailing noise"),
        ("x-gzip", gzipped(b"a story")),
        ("deflate", packed(b"a story", zlib.MAX_WBITS)),
        ("deflate", packed(b"a story", -zlib.MAX_WBITS)),
        ("gzip", b"a story"),
        ("utf-8", b"a story"),
        ("identity", b"a story"),
    ],
)
def test_packed_answers_are_unpacked(
    client: Client, server: NewsServer, coding: str, body: bytes
) -> None:
    url = server.route("/a", body, headers={"Content-Encoding": coding})
    assert client.get(url).body == b"a story"


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("gzip", gzipped(b"a story" * 50)[:-12], "broke off"),
        ("gzip", b"\x1f\x8b" + b"nonsense" * 9, "damaged"),
        ("br", b"\x0b\x03\x80a story\x03", "not asked for"),
        ("gzip", gzipped(bytes(50_000_000)), "larger than 10 MB"),
        ("deflate", packed(bytes(50_000_000), 15), "larger than 10 MB"),
    ],
)
def test_broken_and_bloated_packing_is_refused(
    client: Client, server: NewsServer, coding: str, body: bytes, words: str
) -> None:
    url = server.route("/a", body, headers={"Content-Encoding": coding})
    with pytest.raises(SourceError, match=words):
        client.get(url)


def test_an_endless_stream_ends_at_the_limit(client: Client, server: NewsServer) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.start()
        while exchange.send(b"more and more " * 1000):
            pass

    with pytest.raises(SourceError, match="larger than 100 kB"):
        client.get(server.route("/a", endless), max_bytes=100_000)


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_of_a_large_answer_the_beginning_can_be_enough(
    client: Client, server: NewsServer, coding: str
) -> None:
    body = b"first " + bytes(5_000_000)
    sent = gzipped(body) if coding else body
    url = server.route("/a", sent, headers={"Content-Encoding": coding})
    beginning = client.get(url, max_bytes=1_000_000, cut=True).body
    assert len(beginning) > 900_000
    assert body.startswith(beginning)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_an_errors_page_is_not_read(client: Client, server: NewsServer, coding: str) -> None:
    headers = {"Content-Encoding": coding}
    url = server.route("/a", bytes(20_000_000), status=404, headers=headers)
    answer = client.get(url)
    assert (answer.status, answer.body) == (404, b"")


def test_a_head_without_end_is_refused(client: Client, server: NewsServer) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while exchange.send(b"X-Filler: " + b"x" * 1000 + b"\r\n"):
            pass

    with pytest.raises(SourceError, match="proper HTTP"):
        client.get(server.route("/a", endless))


def test_what_is_no_http_is_refused(client: Client, server: NewsServer) -> None:
    def nonsense(exchange: Exchange) -> None:
        exchange.send(b"SSH-2.0-OpenSSH\r\n\r\n")
        exchange.close_connection = True

    with pytest.raises(SourceError, match="proper HTTP"):
        client.get(server.route("/a", nonsense))


def test_a_short_body_is_noticed(client: Client, server: NewsServer) -> None:
    def short(exchange: Exchange) -> None:
        exchange.start(200, {"Content-Length": "1000"})
        exchange.send(b"only this")
        exchange.close_connection = True

    with pytest.raises(SourceError, match="broke the answer off"):
        client.get(server.route("/a", short))


def trickle(exchange: Exchange) -> None:
    exchange.start()
    while exchange.send(b".") and exchange.pause(0.02):
        pass


def test_a_trickle_meets_the_deadline(client: Client, server: NewsServer) -> None:
    with pytest.raises(SourceError, match=r"too slow: not finished after 0\.3 seconds"):
        client.get(server.route("/a", trickle), deadline=0.3)


def test_silence_meets_the_timeout(server: NewsServer) -> None:
    def silent(exchange: Exchange) -> None:
        exchange.pause(30)

    with (
        Client(Fetch(allow_private=True, timeout=0.2)) as client,
        pytest.raises(SourceError, match="stopped answering"),
    ):
        client.get(server.route("/a", silent))


def test_a_stop_is_heard_in_the_middle(client: Client, server: NewsServer) -> None:
    stops = iter([False] * 4)
    with pytest.raises(Stopped):
        client.get(server.route("/a", trickle), cancelled=lambda: next(stops, True))


def test_redirects_are_followed_and_remembered(client: Client, server: NewsServer) -> None:
    server.route("/c", "there")
    server.redirect("/b", "c?x=台".encode().decode("latin-1"), 302)
    url = server.redirect("/a", server.url("/b"), 301)
    answer = client.get(url)
    assert answer.body == b"there"
    assert answer.redirects == (
        (301, server.url("/b")),
        (302, server.url("/c?x=%E5%8F%B0")),
    )
    assert answer.url == server.url("/c?x=%E5%8F%B0")


def test_a_redirect_loop_ends(client: Client, server: NewsServer) -> None:
    server.redirect("/b", "/a")
    with pytest.raises(SourceError, match="more than 10 times"):
        client.get(server.redirect("/a", "/b"))
    assert len(server.requests) == 11


def test_a_site_that_wants_its_cookie_back_gets_it_within_one_request(
    client: Client, server: NewsServer
) -> None:
    def door(exchange: Exchange) -> None:
        if "pass=1" in exchange.headers.get("Cookie", ""):
            exchange.reply(b"inside")
        else:
            head = {"Location": "/a", "Set-Cookie": "pass=1; Path=/"}
            exchange.reply(b"", status=302, headers=head)

    url = server.route("/a", door)
    assert client.get(url).body == b"inside"
    assert "cookie" not in server.requests[0].headers
    assert client.get(url).body == b"inside"
    assert "cookie" not in server.requests[2].headers


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "javascript:1"])
def test_a_redirect_to_another_scheme_is_refused(
    client: Client, server: NewsServer, target: str
) -> None:
    with pytest.raises(SourceError, match="only http"):
        client.get(server.redirect("/a", target))


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x.example/a", "file:///etc/passwd", "http://", "//x.example", "http://[::1", "x",
     "http://x.example:99999999/", "https://" + "a" * 5000 + ".example", "http://\ud800/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(client: Client, url: str) -> None:
    with pytest.raises(SourceError):
        client.get(url)


def test_an_unused_port_refuses(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(SourceError, match=r"127\.0\.0\.1 refuses the connection"):
            client.get(f"http://127.0.0.1:{port}/")


def test_an_unknown_name_is_said_to_be_one() -> None:
    def nobody(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with (
        Client(Fetch(), resolver=nobody) as client,
        pytest.raises(SourceError, match=r"the host name news\.example is not found"),
    ):
        client.get("https://news.example/feed")


def test_plain_text_behind_https_is_no_secure_connection(
    client: Client, server: NewsServer
) -> None:
    with pytest.raises(SourceError, match="no secure connection"):
        client.get(server.url("/").replace("http:", "https:"))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "127.1"]
)
def test_this_machine_is_refused_however_it_is_written(server: NewsServer, host: str) -> None:
    with Client(Fetch()) as client, pytest.raises(SourceError, match="allow_private"):
        client.get(f"http://{host}:{server.port}/")
    assert not server.requests


def test_a_public_name_with_a_private_address_is_refused(server: NewsServer) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with (
        Client(Fetch(), resolver=rebinding) as client,
        pytest.raises(SourceError, match=r"news\.example is on this machine"),
    ):
        client.get(f"http://news.example:{server.port}/")
    assert asked == ["news.example"]
    assert not server.requests


def test_a_name_whose_address_changes_after_the_check_gains_nothing(
    server: NewsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((["93.184.216.34"], ["93.184.216.35", "127.0.0.1"], ["127.0.0.1"]))
    tried: list[str] = []

    def connect(address: str, *_: object) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(sockets, "_connect", connect)
    url = f"http://news.example:{server.port}/"
    with Client(Fetch(), resolver=lambda _host, _port: next(answers)) as client:
        for words in ("refuses the connection", "refuses the connection", "allow_private"):
            with pytest.raises(SourceError, match=words):
                client.get(url)
    assert tried == ["93.184.216.34", "93.184.216.35"]
    assert not server.requests


def test_a_redirect_to_a_private_address_is_refused(server: NewsServer) -> None:
    # The server stands in for a proxy, so that a public front can be reached at all.
    secret = server.route("/secret", "keys")
    server.redirect("http://front.example/", secret)
    with (
        Client(Fetch(proxy=server.url())) as client,
        pytest.raises(SourceError, match="allow_private"),
    ):
        client.get("http://front.example/")
    assert [request.path for request in server.requests] == ["http://front.example/"]


def test_a_proxy_is_used_and_gets_its_login(server: NewsServer) -> None:
    server.route("http://front.example/a", "through the proxy")
    with Client(Fetch(proxy=server.url().replace("//", "//me:secret@"))) as client:
        assert client.get("http://front.example/a").body == b"through the proxy"
    assert server.requests[0].headers["proxy-authorization"] == "Basic bWU6c2VjcmV0"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "http://", "https://p.example"])
def test_a_proxy_that_cannot_be_used_is_a_wrong_configuration(proxy: str) -> None:
    with pytest.raises(ConfigError, match="proxy"):
        Client(Fetch(proxy=proxy))


def test_credentials_go_to_their_own_host_only_and_into_no_message(
    client: Client, server: NewsServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with NewsServer() as other:
        other.route("/b", "elsewhere")
        server.redirect("/a", other.url("/b"))
        answer = client.get(server.url("/a").replace("//", "//me:hunter2@"))
        assert "authorization" in server.requests[0].headers
        assert "authorization" not in other.requests[0].headers
    assert "hunter2" not in answer.url
    with pytest.raises(SourceError) as caught:
        client.get("http://me:hunter2@127.0.0.1:1/")
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://paper.example/b", "https://me:hunter2@paper.example/b"),
        ("https://PAPER.example:443/b", "https://me:hunter2@paper.example/b"),
        ("https://you:x@paper.example/b", "https://you:x@paper.example/b"),
        ("https://www.paper.example/b", "https://www.paper.example/b"),
        ("https://paper.example:8443/b", "https://paper.example:8443/b"),
        ("http://paper.example/b", "http://paper.example/b"),
    ],
)
def test_a_login_belongs_to_its_host_and_is_never_sent_less_encrypted(
    url: str, expected: str
) -> None:
    assert with_login_of("https://me:hunter2@paper.example/a", url) == expected
    assert with_login_of("https://paper.example/a", url) == url


def test_a_secret_goes_to_its_own_host_only_and_into_no_message(server: NewsServer) -> None:
    secret = Secret(
        "paper", ("127.0.0.1",), {"authorization": "Bearer s3cr3t"}, {"session": "s3cr3t"}
    )
    server.route("/here", b"x")
    server.redirect("/away", f"http://localhost:{server.port}/there")
    server.redirect("/there", server.url("/back"))
    server.route("/back", b"x", headers={"Set-Cookie": "session=theirs"})
    with Client(Fetch(allow_private=True)) as client:
        for path in ("/here", "/away"):
            client.get(server.url(path), secret=secret)
        client.get(server.url("/back"))
    seen = [
        (request.path, request.headers.get("authorization"), request.headers.get("cookie"))
        for request in server.requests
    ]
    mine = ("Bearer s3cr3t", "session=s3cr3t")
    assert seen == [
        ("/here", *mine),
        ("/away", *mine),
        ("/there", None, None),
        ("/back", *mine),
        ("/back", None, None),
    ]


def test_a_secret_is_not_sent_where_others_can_read_it(server: NewsServer) -> None:
    secret = Secret("paper", ("paper.example",), {"authorization": "Bearer s3cr3t"})
    server.route("http://paper.example/", b"x")
    with Client(Fetch(proxy=server.url())) as client:
        client.get("http://paper.example/", secret=secret)
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize("configured", [True, False])
@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "１２７.0.0.1", "[::ffff:7f00:1]"]
)
def test_a_proxy_is_not_asked_for_this_machine_in_any_form(
    server: NewsServer, monkeypatch: pytest.MonkeyPatch, host: str, configured: bool
) -> None:
    if not configured:
        monkeypatch.setenv("http_proxy", server.url())
        monkeypatch.setenv("no_proxy", "")
    settings = Fetch(proxy=server.url() if configured else "")
    with Client(settings) as client, pytest.raises(SourceError):
        client.get(f"http://{host}:9/latest/meta-data/")
    assert not server.requests
