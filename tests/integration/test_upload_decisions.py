"""Several people and one delivered file: nothing begins twice, nothing is lost, all is noted."""

import re
import threading

import pytest

from services.audit_log import LogQuery
from services.heavy_exports import ExportsBusyError, HeavyExports
from services.uploads import IMPORT, UploadBusyError, UploadService
from tests.staff import send
from tests.uploading import (
    THIS_YEAR,
    UPLOAD,
    UploadTown,
    publish_last_year,
    work_at_once,
)

UNKNOWN = "name;jahr;kinder\nAltstadt;2024;110\nHochviertel;2024;210\nSt. Jürgen;2024;310\n"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return UploadTown(publish_last_year(tmp_path_factory.mktemp("together")))


@pytest.fixture
def anna(town):
    return town.browser("anna")


def noted(town):
    return [(r.actor, r.action, r.object) for r in town.services.staff.log.rows(LogQuery())[1]]


def test_of_four_who_begin_to_import_at_once_one_does(town, anna, monkeypatch):
    with monkeypatch.context() as patched:
        work_at_once(patched)
        upload = town.brought(anna, THIS_YEAR).rpartition("/")[2]
    monkeypatch.setattr(UploadService, "_launch", lambda *_: None)
    begun, refused = [], []

    def begin():
        try:
            begun.append(town.services.uploads.start(upload, IMPORT, "anna"))
        except UploadBusyError:
            refused.append(upload)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(begun), len(refused)) == (1, 3)
    running = [j.id for j in town.services.jobs.list() if j.kind == IMPORT]
    assert begun[0] in running


def test_who_decides_on_an_old_page_is_shown_the_new_state(town, anna, monkeypatch):
    work_at_once(monkeypatch)
    path = town.brought(anna, THIS_YEAR)
    upload = path.rpartition("/")[2]
    seen = re.search(r'name="seen" value="(\w+)"', anna.get(path).text)[1]
    town.services.uploads.decide(upload, reading={"decimal": ","})
    answer = send(anna, f"{path}/zuordnen", page=path, seen=seen, decimal=".")
    assert answer.status_code == 409
    assert "jemand anders" in answer.text
    assert town.services.uploads.view(upload).upload.reading == {"decimal": ","}
    seen = re.search(r'name="seen" value="(\w+)"', answer.text)[1]
    answer = send(anna, f"{path}/zuordnen", page=path, seen=seen, decimal=".")
    assert answer.status_code == 303
    assert town.services.uploads.view(upload).upload.reading["decimal"] == "."


def test_what_is_done_with_files_and_names_is_noted(town, anna, monkeypatch):
    work_at_once(monkeypatch)
    path = town.brought(anna, UNKNOWN, name="namen.csv")
    for choice in ({"c0-0-role": "area-name"}, {"name-0": "02"}):
        assert send(anna, f"{path}/zuordnen", page=path, **choice).status_code == 303
    send(anna, f"{path}/abbrechen", page=path)
    send(anna, f"{path}/loeschen", page=path)
    level = "viertel"
    send(anna, "/intern/daten/namen", page=UPLOAD, level=level, written="Hochviertel")
    send(anna, "/intern/daten/namen", page=UPLOAD, level=level, written="niemand")
    rows = [row for row in noted(town) if "namen.csv" in row[2] or row[2].startswith("name ")]
    assert [action for _, action, _ in rows] == [
        "name_forgotten", "upload_removed", "upload_cancelled", "name_learned", "upload_loaded",
    ]  # fmt: skip
    assert {actor for actor, _, _ in rows} == {"anna"}
    admin = town.browser("bert")
    text = admin.get("/intern/protokoll").text
    for word in ("Datei hochgeladen", "Name gelernt", "Datei namen.csv"):
        assert word in text


def test_a_template_is_built_in_its_turn(town, anna, monkeypatch):
    def full(_self):
        raise ExportsBusyError

    monkeypatch.setattr(HeavyExports, "turn", full)
    page = anna.get("/intern/daten/vorlage").text
    indicator = re.search(r'name="indicator" value="([^"]+)"', page)[1]
    query = f"indicator={indicator}&level=viertel@1&years=2025"
    answer = anna.get(f"/intern/daten/vorlage.xlsx?{query}")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
