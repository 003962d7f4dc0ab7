"""Requests that no library would send, on the wire to the program as it is served."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.serving import serve
from tests.town_fixture import publish_small_town


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    settings = publish_small_town(tmp_path_factory.mktemp("wire"))
    with contextmanager(serve)(settings.data_dir) as found:
        yield found


def sent(address, raw):
    """Send bytes and return the answer's status, head and body; status 0 for a closed door."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as wire:
        wire.sendall(raw)
        wire.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]) if head else 0, head, body


def host_of(address):
    return urlsplit(address).netloc.encode()


GET = b"GET /api/v1/levels HTTP/1.1\r\nConnection: close\r\n"
FORGED = {
    "foreign host": GET + b"Host: evil.example\r\n\r\n",
    "no host": GET + b"\r\n",
    "two hosts": GET + b"Host: %h\r\nHost: evil.example\r\n\r\n",
    "foreign address": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n"
    b"Connection: close\r\n\r\n",
    "two lengths": b"POST /_dash-update-component HTTP/1.1\r\nHost: %h\r\nContent-Length: 3\r\n"
    b"Content-Length: 5\r\n\r\nabcde",
    "length and pieces": b"POST /_dash-update-component HTTP/1.1\r\nHost: %h\r\n"
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /intern/ HTTP/1.1\r\n"
    b"Host: %h\r\n\r\n",
    "odd pieces": b"POST /_dash-update-component HTTP/1.1\r\nHost: %h\r\n"
    b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "negative length": b"POST /_dash-update-component HTTP/1.1\r\nHost: %h\r\n"
    b"Content-Length: -1\r\n\r\n",
    "20 KB of a header": GET + b"Host: %h\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n",
    "200 headers": GET + b"Host: %h\r\n" + b"X-A: b\r\n" * 200 + b"\r\n",
    "space before the colon": GET + b"Host: %h\r\nX-A : b\r\n\r\n",
    "line break in a header": GET + b"Host: %h\r\nX-A: b\r\n c\r\n\r\n",
    "long address": b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: %h\r\n\r\n",
    "no protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 40 + b"\r\n\r\n",
    "half a request": b"GET /api/v1/le",
}  # fmt: skip


@pytest.mark.parametrize("raw", FORGED.values(), ids=FORGED)
def test_what_no_browser_sends_is_refused_and_names_no_foreign_host(address, raw):
    status, head, body = sent(address, raw.replace(b"%h", host_of(address)))
    # 501 is what HTTP says to a coding of pieces that nobody knows
    assert status in {0, 501} or 400 <= status < 500, head
    assert b"evil" not in head + body
    assert b"Traceback" not in body
    assert head.count(b"HTTP/1.1 ") <= 1
    # whatever came before, the next one is answered
    whole = GET + b"Host: " + host_of(address) + b"\r\n\r\n"
    assert sent(address, whole)[0] == 200


def test_an_address_written_out_in_full_is_answered_for_an_own_host_only(address):
    own = b"GET http://" + host_of(address) + b"/api/v1/levels HTTP/1.1\r\nHost: "
    status, head, _ = sent(address, own + host_of(address) + b"\r\nConnection: close\r\n\r\n")
    assert status in {200, 400, 404}
    assert b"Location" not in head
    other = b"GET http://evil.example/api/v1/levels HTTP/1.1\r\nHost: "
    status, head, body = sent(address, other + host_of(address) + b"\r\nConnection: close\r\n\r\n")
    assert b"evil" not in head + body


TOLD = (
    b"X-Forwarded-Proto: https",
    b"X-Forwarded-Host: evil.example",
    b"X-Forwarded-For: 127.0.0.1",
    b"Forwarded: for=127.0.0.1;host=evil.example;proto=https",
    b"Remote-User: admin",
)


@pytest.mark.parametrize("name", TOLD)
def test_what_a_proxy_says_is_ignored_where_none_was_counted(address, name):
    inside = b"GET /intern/ HTTP/1.1\r\nConnection: close\r\nHost: "
    status, head, body = sent(address, inside + host_of(address) + b"\r\n" + name + b"\r\n\r\n")
    assert status == 401
    assert b"Strict-Transport-Security" not in head
    assert b"evil" not in head + body
