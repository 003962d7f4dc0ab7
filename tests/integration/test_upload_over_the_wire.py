"""Uploads that break off or dawdle, over real connections to the program as it is started."""

import socket
from contextlib import closing, contextmanager

from tests.serving import serve
from tests.staff import attempt
from tests.uploading import MIB, UPLOAD, UploadTown, form, publish_last_year


@contextmanager
def wire(address):
    host, port = address.removeprefix("http://").split(":")
    with closing(socket.create_connection((host, int(port)), timeout=60)) as made:
        yield made


def head(token, length, extra=""):
    return (
        f"POST {UPLOAD} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        f"Cookie: keck_session={token}\r\nContent-Type: multipart/form-data; boundary=X\r\n"
        f"{extra}{f'Content-Length: {length}' if length else 'Transfer-Encoding: chunked'}\r\n\r\n"
    ).encode()


def status(connection):
    return connection.makefile("rb").readline().split()[1].decode()


def test_over_the_wire_half_a_file_leaves_nothing_and_slow_ones_stop_nobody(tmp_path):
    town = UploadTown(publish_last_year(tmp_path))
    anna, staff = town.browser("anna"), town.services.staff
    session = staff.sign_in.sign_in(attempt("anna"))
    anna.set_cookie("keck_session", session, path="/intern/")
    body = form(town, anna)
    with contextmanager(serve)(town.settings.data_dir) as address:
        with wire(address) as cut:
            cut.sendall(head(session, len(body)) + body[: len(body) // 2])
            cut.shutdown(socket.SHUT_WR)
            assert status(cut) == "400"
        with wire(address) as chunked:
            chunked.sendall(head(session, 0) + b"5\r\nhello\r\n0\r\n\r\n")
            assert status(chunked) == "400"
        with wire(address) as large:
            large.sendall(head(session, 65 * MIB) + b"x" * 1000)
            assert status(large) == "413"
        slow = [wire(address) for _ in range(50)]
        made = [one.__enter__() for one in slow]
        for connection in made:
            connection.sendall(head(session, len(body)) + body[:-100])
        with wire(address) as reader:
            reader.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert status(reader) == "200"
        for one in slow:
            one.__exit__(None, None, None)
        with wire(address) as good:
            good.sendall(head(session, len(body)) + body)
            assert status(good) in {"303", "503"}
    left = [p for p in town.kept() if p.parent.name == "uploads" and p.name.startswith(".")]
    assert left == []
