"""Uploads that are refused leave nothing behind, and say why (rows 58 to 61)."""

import io
import shutil
import socket
import threading

import pytest

from services import disk_room
from services.uploads import UploadService
from tests.staff import form_token
from tests.uploading import (
    MIB,
    ORIGIN,
    THIS_YEAR,
    UPLOAD,
    UploadTown,
    form,
    publish_last_year,
    work_at_once,
)
from web.staff import receiving


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return UploadTown(publish_last_year(tmp_path_factory.mktemp("refused")))


@pytest.fixture
def town(whole, monkeypatch):
    """Return the town without any upload; nothing is published in these tests."""
    work_at_once(monkeypatch)
    monkeypatch.setattr(whole.server, "wsgi_app", whole.server.wsgi_app)
    yield whole
    shutil.rmtree(whole.settings.data_dir / "uploads", ignore_errors=True)


@pytest.fixture
def anna(town):
    return town.browser("anna")


def post(client, body, **more):
    kind = "multipart/form-data; boundary=X"
    return client.post(UPLOAD, data=body, content_type=kind, headers=ORIGIN, **more)


def on_the_way(server, **changes):
    """Change what the server hands to the application from now on."""
    inner = server.wsgi_app

    def changed(environ, start):
        environ.update(changes)
        return inner(environ, start)

    server.wsgi_app = changed


def refused(answer, town, status, told):
    assert answer.status_code == status
    assert told in answer.text
    assert town.kept() == []


# 58: too large, cut off, of no length


def test_a_file_that_is_too_large_is_refused_before_it_is_read(town, anna):
    body, unread = form(town, anna), io.BytesIO(b"never read")
    on_the_way(town.server, **{"CONTENT_LENGTH": str(65 * MIB), "wsgi.input": unread})
    refused(post(anna, body), town, 413, "größer als 64 MiB")
    assert unread.tell() == 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_form_that_is_cut_off_is_refused(town, anna, share):
    body = form(town, anna)
    cut = body[: int(share * len(body))]
    refused(post(anna, cut), town, 400, "unvollständig oder beschädigt")


def test_a_body_shorter_than_it_says_is_refused(town, anna):
    body = form(town, anna)
    on_the_way(town.server, CONTENT_LENGTH=str(len(body)))
    refused(post(anna, body[:-20]), town, 400, "unvollständig oder beschädigt")


def test_a_body_without_a_length_is_refused(town, anna):
    body = form(town, anna)
    on_the_way(town.server, **{"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True})
    refused(post(anna, body), town, 400, "unvollständig oder beschädigt")


@pytest.mark.parametrize(
    "kind", ["text/csv", "multipart/form-data", "multipart/form-data; boundary=" + "y" * 300]
)
def test_another_kind_of_body_is_refused(town, anna, kind):
    answer = anna.post(UPLOAD, data=b"id;jahr\n", content_type=kind, headers=ORIGIN)
    refused(answer, town, 400, "unvollständig oder beschädigt")


# 59: slow ones


def test_a_file_that_stops_coming_is_given_up(town, anna):
    waited = []

    class Wire:
        def settimeout(self, seconds):
            waited.append(seconds)

        def shutdown(self, how):
            waited.append(how)

    class Stopping:
        def __init__(self, content):
            self.left = io.BytesIO(content)

        def read(self, size):
            found = self.left.read(size)
            if not found:
                raise TimeoutError
            return found

    body = form(town, anna)
    stream = {"wsgi.input": Stopping(body[:-40]), "gunicorn.socket": Wire()}
    on_the_way(town.server, CONTENT_LENGTH=str(len(body)), **stream)
    answer = post(anna, body)
    refused(answer, town, 408, "keine Daten mehr")
    assert waited[0] == receiving.IDLE_SECONDS == 30
    assert waited[-1] == socket.SHUT_RD


def test_one_process_receives_few_files_at_once(town, anna, monkeypatch):
    monkeypatch.setattr(receiving, "_turns", threading.BoundedSemaphore(1))
    with receiving._turn():
        refused(town.bring(anna, THIS_YEAR), town, 503, "zu viele Dateien zugleich")
    assert town.bring(anna, THIS_YEAR).status_code == 303


# 60: who may not


def test_without_origin_or_from_elsewhere_nothing_is_taken(town, anna):
    body, kind = form(town, anna), "multipart/form-data; boundary=X"
    for headers in ({}, {"Origin": "https://anderswo.example"}, {"Origin": "null"}):
        answer = anna.post(UPLOAD, data=body, content_type=kind, headers=headers)
        refused(answer, town, 403, "")
    rows = _log(town.services.staff.log.rows)
    assert [r.action for r in rows if r.actor == "anna"][:3] == ["foreign_write"] * 3


def test_an_old_token_is_refused_before_anything_is_written(town, anna, monkeypatch):
    def written(*_):
        raise AssertionError

    monkeypatch.setattr(UploadService, "receiving", written)
    old = form_token(town.browser("bert"), UPLOAD)
    for token in (old, "", "x" * 64, "ä"):
        refused(post(anna, form(town, anna, form_token=token)), town, 403, "")
    assert "foreign_write" in {r.action for r in _log(town.services.staff.log.rows)}


def test_a_planner_gets_403_and_a_row_of_the_log(town):
    dora = town.browser("dora")
    token = form_token(dora, "/intern/konto")
    body = form(town, town.browser("anna"), form_token=token)
    refused(post(dora, body), town, 403, "")
    rows = _log(town.services.staff.log.rows)
    assert [(r.actor, r.action, r.object) for r in rows][:1] == [
        ("dora", "no_right", f"rule {UPLOAD}")
    ]
    for path in (UPLOAD, "/intern/daten/lieferung/x", "/intern/daten/lieferung/x/befunde.xlsx"):
        assert dora.get(path).status_code == 403
    for path in ("/intern/daten/namen", "/intern/daten/lieferung/x/einlesen"):
        answer = dora.post(path, data={"form_token": token}, headers=ORIGIN)
        assert answer.status_code == 403
    assert "/intern/daten/hochladen" not in dora.get("/intern/daten").text
    assert dora.get("/intern/daten/vorlage").status_code == 200


def test_a_stranger_is_asked_to_sign_in(town, anna):
    stranger = town.server.test_client()
    assert post(stranger, form(town, anna)).status_code == 401
    assert town.kept() == []


def _log(rows):
    from services.audit_log import LogQuery

    return rows(LogQuery(), most=20)[1]


# 61: odd forms


def test_ten_thousand_parts_are_refused(town, anna):
    parts = {f"p{n}": "x" for n in range(10_000)}
    refused(post(anna, form(town, anna, **parts)), town, 400, "unvollständig oder beschädigt")


def test_a_field_longer_than_any_of_ours_is_refused(town, anna):
    refused(post(anna, form(town, anna, more="x" * 100_000)), town, 400, "")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x", "x"),
        ("C:\\\\Daten\\\\x.csv", "x.csv"),
        ("a\x00b.csv", "a_b.csv"),
        ("n" * 300 + ".csv", "n" * 76 + ".csv"),
        ("...", "lieferung"),
        ("", "lieferung"),
        ("<b>=1+1.csv", "_b_1+1.csv"),
    ],
)
def test_an_odd_name_decides_nothing(town, anna, name, kept):
    answer = post(anna, form(town, anna, name=name))
    if answer.status_code == 400:
        assert town.kept() == []
        return
    assert answer.status_code == 303
    folder = town.settings.data_dir / "uploads" / answer.headers["Location"].rpartition("/")[2]
    assert (folder / "input.bin").read_bytes() == THIS_YEAR.encode()
    upload = town.services.uploads.view(folder.name).upload
    assert upload.given == kept
    assert upload.name == f"eingang/{kept}"


@pytest.mark.parametrize(
    ("fields", "content", "told"),
    [
        ({"base": "2019-01-01-1"}, b"x", "gibt es nicht mehr"),
        ({"base": "../.."}, b"x", "gibt es nicht mehr"),
        ({}, b"", "Die Datei ist leer"),
    ],
)
def test_what_cannot_be_added_is_refused(town, anna, fields, content, told):
    refused(post(anna, form(town, anna, content, **fields)), town, 400, told)


def test_a_form_without_a_file_is_refused(town, anna):
    body = form(town, anna).replace(b'; filename="werte.csv"', b"")
    refused(post(anna, body), town, 400, "keine Datei gewählt")


def test_a_full_disk_is_told_with_what_is_free(town, anna, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(disk_room.shutil, "disk_usage", lambda _: usage._replace(free=5 * MIB))
    refused(town.bring(anna, THIS_YEAR), town, 507, "frei: 5 MiB")
