"""From a file to a release that waits, page by page."""

import io
import re
import shutil

import openpyxl
import pytest

from domain.model import Audience
from services.learned_names import read_names
from services.recipe_writing import load_recipe
from tests.staff import form_token, send
from tests.uploading import (
    DELIVERY,
    LAST_YEAR,
    THIS_YEAR,
    UPLOAD,
    UploadTown,
    publish_last_year,
    work_at_once,
)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return publish_last_year(tmp_path_factory.mktemp("uploads"))


@pytest.fixture
def town(published, tmp_path, monkeypatch):
    shutil.copytree(published.data_dir, tmp_path / "instance")
    work_at_once(monkeypatch)
    return UploadTown(type(published)(data_dir=tmp_path / "instance"))


@pytest.fixture
def anna(town):
    return town.browser("anna")


def act(client, path, deed, **fields):
    return send(client, f"{path}/{deed}", page=path, **fields)


def release_on(page):
    found = re.search(r"/intern/daten/ausgabe/([\d-]+)", page)
    assert found is not None, page
    return found[1]


def test_a_file_like_last_years_becomes_a_release_with_both_years(town, anna):
    path = town.brought(anna, THIS_YEAR)
    page = anna.get(path).text
    assert "Bekannte Form" in page
    assert "Textdatei (CSV)" in page
    assert act(anna, path, "einlesen").status_code == 303
    release = release_on(anna.get(path).text)
    reader = town.services.releases.reader(release, Audience.INTERNAL)
    assert set(reader.availability()["period"]) == {"2023", "2024"}
    assert town.services.store.current() == town.first
    draft = town.services.desk.draft(release)
    assert draft.built_by == "anna"
    recipe = town.services.store.folder / release / "originals" / "recipe.toml"
    assert {t.file for t in load_recipe(recipe).table} == {"werte.csv", "eingang/werte_2024.csv"}


def test_a_file_may_take_the_place_of_an_earlier_one(town, anna):
    whole = "\n".join([*LAST_YEAR, "01;2024;110", "02;2024;210", "03;2024;310"])
    path = town.brought(anna, whole, name="werte.csv")
    assert "Sie tritt an die Stelle von werte.csv" in anna.get(path).text
    assert act(anna, path, "einlesen", replaced="werte.csv").status_code == 303
    release = release_on(anna.get(path).text)
    recipe = town.services.store.folder / release / "originals" / "recipe.toml"
    before = town.services.store.folder / town.first / "originals" / "recipe.toml"
    assert recipe.read_text() == before.read_text()
    reader = town.services.releases.reader(release, Audience.INTERNAL)
    assert set(reader.availability()["period"]) == {"2023", "2024"}


def test_the_release_a_file_is_added_to_is_never_written_to(town, anna):
    folder = town.services.store.folder / town.first
    path = town.brought(anna, "id;jahr;kinder\n01;2023;1\n02;2023;2\n03;2023;3\n", name="werte.csv")
    act(anna, path, "einlesen", replaced="werte.csv")
    assert release_on(anna.get(path).text)
    assert (folder / "originals/files/werte.csv").read_text().splitlines() == list(LAST_YEAR)
    assert town.services.store.damages(town.first) == []


def test_two_files_follow_one_another_before_anything_is_public(town, anna):
    path = town.brought(anna, THIS_YEAR)
    act(anna, path, "einlesen")
    second = release_on(anna.get(path).text)
    assert f"{second}, wartet" in anna.get(UPLOAD).text
    later = THIS_YEAR.replace("2024", "2025")
    path = town.brought(anna, later, name="werte_2025.csv", base=second)
    act(anna, path, "einlesen")
    third = release_on(anna.get(path).text)
    reader = town.services.releases.reader(third, Audience.INTERNAL)
    assert set(reader.availability()["period"]) == {"2023", "2024", "2025"}


def test_a_faulty_cell_is_told_and_noted_in_a_copy_of_the_file(town, anna):
    book = openpyxl.Workbook()
    for row in (["id", "jahr", "kinder"], ["01", 2024, 110], ["02", 2024, "zwölf"]):
        book.active.append(row)
    for row in range(3, 12):
        book.active.append([f"0{row % 3 + 1}", 2013 + row, 100 + row])
    raw = io.BytesIO()
    book.save(raw)
    path = town.brought(anna, raw.getvalue(), name="werte_2024.xlsx")
    act(anna, path, "zuordnen", **{"c2-0-role": "value", "c2-0-indicator": "kinder"})
    act(anna, path, "einlesen")
    page = anna.get(path).text
    for told in ("nicht übernommen", "<dd>Viertel (1)", "unter „Wie die Datei gelesen wird“"):
        assert told in page
    assert "eingang/" not in page.split("<main")[1].split("<form")[0]
    assert town.services.store.current() == town.first
    answer = anna.get(f"{path}/befunde.xlsx")
    assert answer.status_code == 200
    assert "werte_2024-befunde.xlsx" in answer.headers["Content-Disposition"]
    marked = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert "zwölf" in marked.worksheets[0]["C3"].comment.text


def test_a_file_no_reader_takes_is_told_with_cause_and_remedy(town, anna):
    path = town.brought(anna, b"%PDF-1.7 nothing", name="bericht.pdf")
    page = anna.get(path).text
    assert "lässt sich die Datei nicht lesen" in page
    assert "PDF" in page
    assert act(anna, path, "einlesen").status_code == 400


def test_an_error_cell_of_a_workbook_is_noted_before_any_recipe_reads_it(town, anna):
    book = openpyxl.Workbook()
    for row in (["id", "jahr", "kinder"], ["01", 2024, 110], ["02", 2024, "#DIV/0!"]):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    path = town.brought(anna, raw.getvalue(), name="werte_2024.xlsx")
    assert "lässt sich die Datei nicht lesen" in anna.get(path).text
    marked = openpyxl.load_workbook(io.BytesIO(anna.get(f"{path}/befunde.xlsx").data))
    assert marked.worksheets[0]["C3"].comment is not None


def test_an_unknown_name_is_learnt_used_and_forgotten(town, anna):
    text = "name;jahr;kinder\nAltstadt;2024;110\nHochviertel;2024;210\nSt. Jürgen;2024;310\n"
    path = town.brought(anna, text, name="namen_2024.csv")
    assert "Keine Spalte mit Gebieten gefunden" in anna.get(path).text
    act(anna, path, "zuordnen", **{"c0-0-role": "area-name"})
    assert "„Hochviertel“ meint" in anna.get(path).text
    bad = act(anna, path, "zuordnen", **{"name-0": "Mars"})
    assert bad.status_code == 400
    assert "„Mars“ ist kein Gebiet" in bad.text
    assert act(anna, path, "zuordnen", **{"name-0": "02"}).status_code == 303
    assert [n.area for n in read_names(town.settings.data_dir)] == ["02"]
    assert "„Hochviertel“ meint" not in anna.get(path).text
    act(anna, path, "einlesen")
    release = release_on(anna.get(path).text)
    recipe = town.services.store.folder / release / "originals" / "recipe.toml"
    assert "Hochviertel" in load_recipe(recipe).alias[-1].written
    fields = {"level": "viertel", "written": "Hochviertel"}
    assert send(anna, "/intern/daten/namen", page=UPLOAD, **fields).status_code == 303
    assert read_names(town.settings.data_dir) == ()


def test_a_new_indicator_is_described_on_the_page(town, anna):
    text = "id;jahr;hunde\n01;2024;10\n02;2024;20\n03;2024;30\n"
    path = town.brought(anna, text, name="hunde.csv")
    told = {"c2-0-role": "value", "c2-0-indicator": "+", "i0-name_de": "Hunde"}
    act(anna, path, "zuordnen", **told)
    page = anna.get(path).text
    assert "Neue Indikatoren" in page
    act(anna, path, "einlesen", **{"i0-name_de": "Gemeldete Hunde", "i0-name_en": "Dogs"})
    release = release_on(anna.get(path).text)
    catalogue = town.services.releases.reader(release, Audience.INTERNAL).catalogue()
    assert catalogue.indicator("hunde").name.en == "Dogs"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"c2-0-role": "value"}, "fehlt der Indikator"),
        ({"c2-0-role": "magic"}, "lässt sich nicht verstehen"),
        ({"c2-0-role": "filter", "c2-0-more": "a,b"}, "darf kein Komma enthalten"),
    ],
)
def test_a_choice_that_cannot_be_is_said_above_the_page(town, anna, fields, told):
    path = town.brought(anna, THIS_YEAR)
    answer = act(anna, path, "zuordnen", **fields)
    assert answer.status_code == 400
    assert told in answer.text


def test_how_a_file_is_read_can_be_chosen(town, anna):
    text = "id;jahr;kinder\n01;2024;1.374\n02;2024;2.100\n03;2024;3.310\n"
    path = town.brought(anna, text)
    act(anna, path, "zuordnen", thousands=".", encoding="cp1252", **{"sign-0": "suppressed"})
    upload = town.services.uploads.view(path.rpartition("/")[2]).upload
    assert upload.reading["thousands"] == "."
    assert upload.reading["encoding"] == "cp1252"
    act(anna, path, "einlesen")
    release = release_on(anna.get(path).text)
    reader = town.services.releases.reader(release, Audience.INTERNAL)
    frame = reader.values("kinder", "viertel", "1")
    assert 1374.0 in set(frame["value"])


def test_an_upload_is_discarded(town, anna):
    path = town.brought(anna, THIS_YEAR)
    assert act(anna, path, "loeschen").status_code == 303
    assert anna.get(path).status_code == 404
    assert town.kept() == []


@pytest.mark.parametrize("upload", ["x", "../../etc", "0" * 32, "A" * 32])
def test_an_unknown_upload_is_not_found(anna, upload):
    assert anna.get(f"{DELIVERY}/{upload}").status_code == 404


def test_a_release_that_is_gone_is_said(town, anna):
    path = town.brought(anna, THIS_YEAR)
    upload = town.services.uploads.view(path.rpartition("/")[2]).upload
    town.services.uploads.decide(upload.id, base="2019-01-01-1")
    answer = act(anna, path, "zuordnen")
    assert answer.status_code == 409
    assert "2019-01-01-1" in answer.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_are_drawn_in_both_languages(town, anna, language):
    path = town.brought(anna, THIS_YEAR)
    for address in (UPLOAD, path, "/intern/daten/vorlage"):
        answer = anna.get(f"{address}?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text


def test_a_template_is_downloaded_filled_in_and_known(town, anna):
    query = "level=viertel@1&indicator=kinder&years=2024"
    answer = anna.get(f"/intern/daten/vorlage.xlsx?{query}")
    assert answer.status_code == 200
    assert "vorlage-viertel-2024.xlsx" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book["Werte"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 4).value = 100 + row
    raw = io.BytesIO()
    book.save(raw)
    path = town.brought(anna, raw.getvalue(), name="vorlage-viertel-2024.xlsx")
    assert "Bekannte Form" in anna.get(path).text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("level=viertel@1", "mindestens einen Indikator"),
        ("level=mars&indicator=kinder", "mars"),
        ("level=viertel@1&indicator=kinder&years=immer", "immer"),
    ],
)
def test_a_template_that_cannot_be_is_said_on_the_page(anna, query, told):
    answer = anna.get(f"/intern/daten/vorlage.xlsx?{query}")
    assert answer.status_code == 400
    assert told in answer.text


def test_a_damaged_list_of_names_is_said(town, anna):
    (town.settings.data_dir / "aliases.toml").write_text("[[alias]\n")
    assert "gelernten Namen ist beschädigt" in anna.get(UPLOAD).text
    fields = {"level": "viertel", "written": "x"}
    assert send(anna, "/intern/daten/namen", page=UPLOAD, **fields).status_code == 200
    path = town.brought(anna, THIS_YEAR)
    assert "lässt sich die Datei nicht lesen" in anna.get(path).text


def test_work_under_way_is_shown_cancelled_and_not_disturbed(town, anna, monkeypatch):
    monkeypatch.setattr(type(town.services.uploads), "_launch", lambda *_: None)
    path = town.brought(anna, THIS_YEAR)
    page = anna.get(path).text
    assert 'data-stage="working"' in page
    assert "Wartet (0 %)" in page
    token = form_token(anna, path)
    own = {"Origin": "http://localhost"}
    for deed in ("zuordnen", "einlesen", "loeschen"):
        answer = anna.post(f"{path}/{deed}", data={"form_token": token}, headers=own)
        assert answer.status_code == 409, deed
    assert act(anna, path, "abbrechen").status_code == 303
    job = town.services.uploads.view(path.rpartition("/")[2]).job
    assert town.services.jobs.get(job.id).cancel_requested


def test_a_third_file_at_the_same_time_is_asked_to_wait(town, anna, monkeypatch):
    monkeypatch.setattr(type(town.services.uploads), "_launch", lambda *_: None)
    for _ in range(2):
        town.brought(anna, THIS_YEAR)
    answer = town.bring(anna, THIS_YEAR)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "in einer halben Minute" in answer.text
