"""The work on an upload in its own process: it goes on without the page, and its end is told."""

import pytest

from services import importing, uploads, work_process
from services.jobs import JobState
from services.recipe_writing import load_recipe
from services.uploads import Stage
from tests.staff import send
from tests.uploading import DELIVERY, THIS_YEAR, UploadTown, publish_last_year, work_at_once


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return UploadTown(publish_last_year(tmp_path_factory.mktemp("work")))


@pytest.fixture
def anna(town):
    return town.browser("anna")


def stage(town, path):
    return town.services.uploads.view(path.rpartition("/")[2]).stage


def test_a_file_is_looked_into_and_an_import_is_cancelled(town, anna):
    path = town.brought(anna, THIS_YEAR)
    assert path.startswith(DELIVERY)
    town.settled(path)
    assert stage(town, path) is Stage.LOOKED
    before = [r.id for r in town.services.store.list()]
    send(anna, f"{path}/einlesen", page=path)
    send(anna, f"{path}/abbrechen", page=path)
    town.settled(path)
    view = town.services.uploads.view(path.rpartition("/")[2])
    assert (view.stage, view.job.state) == (Stage.REFUSED, JobState.CANCELLED)
    assert [r.id for r in town.services.store.list()] == before
    assert "abgebrochen" in anna.get(path).text


def test_work_whose_process_ends_without_a_word_is_told_and_begun_again(town, anna, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(work_process.sys, "executable", "false")
        path = town.brought(anna, THIS_YEAR)
        town.settled(path)
    assert stage(town, path) is Stage.BROKEN
    page = anna.get(path).text
    assert "unerwartet beendet" in page
    assert "Zuordnung prüfen" in page
    work_at_once(monkeypatch)
    send(anna, f"{path}/zuordnen", page=path)
    assert stage(town, path) is Stage.LOOKED


def test_a_disk_that_is_full_for_an_import_is_told_on_the_page(town, anna, monkeypatch):
    work_at_once(monkeypatch)
    path = town.brought(anna, THIS_YEAR)
    usage = importing.shutil.disk_usage("/")
    monkeypatch.setattr(importing.shutil, "disk_usage", lambda _: usage._replace(free=0))
    send(anna, f"{path}/einlesen", page=path)
    assert stage(town, path) is Stage.REFUSED
    assert "MiB" in anna.get(path).text


def test_a_fault_of_the_work_is_an_end_of_its_job(town, anna, monkeypatch):
    work_at_once(monkeypatch)
    monkeypatch.setattr("services.upload_work.read_names", lambda _: 1 / 0)
    path = town.brought(anna, THIS_YEAR)
    assert stage(town, path) is Stage.BROKEN


def test_a_file_in_place_of_another_may_be_matched_anew(town, anna, monkeypatch):
    work_at_once(monkeypatch)
    text = "id;jahr;kinder;hunde\n01;2023;1;5\n02;2023;2;6\n03;2023;3;7\n"
    path = town.brought(anna, text, name="werte.csv")
    told = {"c3-0-role": "value", "c3-0-indicator": "+", "replaced": "werte.csv"}
    send(anna, f"{path}/zuordnen", page=path, **told)
    send(anna, f"{path}/einlesen", page=path, replaced="werte.csv")
    view = town.services.uploads.view(path.rpartition("/")[2])
    assert view.stage is Stage.DONE, view.findings
    recipe = town.services.store.folder / view.job.release_id / "originals" / "recipe.toml"
    (table,) = load_recipe(recipe).table
    assert (table.file, len(table.measure)) == ("werte.csv", 2)


def test_a_changed_choice_is_looked_at_before_it_is_imported(town, anna, monkeypatch):
    work_at_once(monkeypatch)
    path = town.brought(anna, THIS_YEAR)
    answer = send(anna, f"{path}/einlesen", page=path, decimal=",")
    assert "done=looks_again" in answer.headers["Location"]
    assert stage(town, path) is Stage.LOOKED
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 0)
    assert send(anna, f"{path}/einlesen", page=path, decimal=".").status_code == 503
