"""Maps of the internal area: overview, a new layer from upload to a release that waits, tables."""

import errno
import io
import shutil

import geopandas as gpd
import pytest

from data.importing.recipe import load_recipe
from domain.model import Audience
from services import disk_room
from services.audit_log import LogQuery
from services.jobs import JobState
from services.map_jobs import KIND
from services.map_release import laid_out
from services.responsibilities import KIND as OWNED
from tests.map_town import (
    LEVEL,
    ORIGIN,
    PATH,
    RECUT,
    SQUARES,
    MapTown,
    layer,
    load,
    page,
    send_file,
    work_in_thread,
)
from tests.staff import form_token, send


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return MapTown.at(tmp_path_factory.mktemp("maps"))


@pytest.fixture
def anna(town):
    return town.browser("anna")


@pytest.fixture(autouse=True)
def in_this_process(town, monkeypatch):
    """Work in a thread of this process, which begins sooner than one of its own."""
    work_in_thread(town, monkeypatch)


def told(town, draft):
    return town.drafts().store.told(draft.id)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_overview_names_vintages_files_and_checksums(town, anna, language):
    text = anna.get(f"{PATH}?lang={language}").text
    for word in ("viertel.geojson", "Viertel", town.first):
        assert word in text
    (row,) = [r for r in town.drafts().overview().levels if r.level.key == LEVEL]
    assert (row.areas, row.has_outlines, len(row.checksum)) == (3, True, 64)
    assert row.checksum in text


def test_planners_read_and_carriers_do_not(town):
    dora = town.browser("dora")
    assert '<form method="post" action="/intern/karten' not in dora.get(PATH).text
    for path in ("laden", "umrechnung", f"entwurf/{'0' * 32}/bauen", f"entwurf/{'0' * 32}/tabelle"):
        assert send_file(dora, f"{PATH}/{path}", b"x").status_code == 403
    assert town.browser("emil").get(PATH).status_code == 403


def test_nobody_redraws_a_level_with_figures_of_another_department(town, anna):
    edits = town.services.catalogue.edits
    draft = town.waited(load(anna, layer(RECUT)))
    carla = town.browser("carla")
    try:
        edits.save(OWNED, "kinder", {"department": "Jugendamt"}, seen=0, actor="test")
        drafts = len(town.drafts().store.all())
        for answer in (
            load(anna, layer(RECUT)),
            send(anna, page(draft, "bauen"), page=page(draft)),
            send(carla, page(draft, "verwerfen"), page=page(draft)),
        ):
            assert answer.status_code == 400
            assert "Zahlen anderer Fachbereiche (Jugendamt)" in answer.text
        assert len(town.drafts().store.all()) == drafts
        assert load(town.browser("berta"), layer(RECUT)).status_code == 303
        assert send(anna, page(draft, "verwerfen"), page=page(draft)).status_code == 303
    finally:
        number = edits.latest(OWNED, "kinder").number
        edits.save(OWNED, "kinder", {}, seen=number, actor="test")


def test_a_recut_becomes_a_release_that_waits_and_nothing_public_changes(town, anna):
    draft = town.waited(load(anna, layer(RECUT, names={"01": "Altstadt-Nord"})))
    found = told(town, draft)
    assert found["fates"] == {"vanished": 1, "new": 2, "moved": 0, "renamed": 1, "same": 1}
    assert {m["kind"] for m in found["marks"]} == {"overlap"}
    assert "weights" in found
    text = anna.get(page(draft)).text
    for word in ("überlappen sich", "Altstadt-Nord", "entfallen", "Splitter", "m²", "redrawn__old"):
        assert (word in text) is (word != "Splitter"), word
    table = anna.get(page(draft, "umrechnung.csv"))
    assert table.text.splitlines()[0] == "\ufeffalt;neu;anteil"
    assert "01;01;1" in table.text
    own = "alt;neu;anteil\n01;01;1\n02;02;1\n03;04;0,25\n03;05;0,75\n".replace(",", ".")
    answer = send_file(anna, page(draft, "tabelle"), own.encode(), name="t.csv", basis="official")
    draft = town.waited(answer)
    assert town.drafts().blocks(draft) == []
    draft = town.waited(send(anna, page(draft, "bauen"), page=page(draft)))
    assert draft.release, town.drafts().store.told(draft.id, "outcome.json")
    services = town.services
    assert services.store.current() == town.first
    assert services.releases.waits(draft.release)
    reader = services.releases.reader(draft.release, Audience.INTERNAL)
    assert reader.area_ids("viertel", "2026") == ("01", "02", "04", "05")
    assert reader.area_ids("viertel", "1") == ("01", "02", "03")
    rows = reader.conversions()
    rows = rows[rows["to_vintage"] == "2026"]
    assert set(rows["basis"]) == {"official"}
    assert rows[rows["old"] == "03"]["weight"].tolist() == [0.25, 0.75]
    assert draft.release in anna.get(page(draft)).text
    actions = [r.action for r in services.staff.log.rows(LogQuery())[1]]
    assert {"map_loaded", "map_built"} <= set(actions)
    assert services.desk.draft(draft.release).built_by == "anna"


def test_a_map_without_a_system_is_tried_against_the_outline(town, anna):
    frame = gpd.GeoDataFrame({"key": list(SQUARES)}, geometry=[*SQUARES.values()], crs=4326)
    metres = dict(zip(frame["key"], frame.to_crs(25832).geometry, strict=True))
    draft = town.waited(load(anna, layer(metres), vintage=""))
    best = told(town, draft)["tried"][0]
    assert best["system"] == "EPSG:25832"
    assert best["inside_pct"] > 99
    text = anna.get(page(draft)).text
    assert "Geprüfte Koordinatensysteme" in text
    assert 'value="EPSG:25832"' in text
    assert town.drafts().blocks(draft) == ["workbench.block.findings"]
    draft = town.waited(send(anna, page(draft, "lesen"), page=page(draft), crs="EPSG:25832"))
    assert town.drafts().blocks(draft) == []
    assert told(town, draft)["fates"]["same"] == 3
    assert "weights" not in told(town, draft)
    assert send(anna, page(draft, "verwerfen"), page=page(draft)).status_code == 303
    assert anna.get(page(draft)).status_code == 404


def test_a_file_that_is_no_map_says_so_with_a_remedy(town, anna):
    draft = town.waited(load(anna, b"a;b\n1;2\n", name="tabelle.geojson"))
    text = anna.get(page(draft)).text
    assert "keine Karte, sondern CSV" in text
    assert "GeoPackage (.gpkg)" in text
    assert "tabelle.geojson" in text
    answer = send(anna, page(draft, "bauen"), page=page(draft))
    assert answer.status_code == 400
    assert "stehen im Weg" in answer.text


def test_what_is_wrong_with_a_form_is_told_and_leaves_nothing(town, anna):
    before = len(town.drafts().store.all())
    good = layer(SQUARES)
    for words, said in (
        ({"vintage": "0"}, "gibt es schon"),
        ({"vintage": "../x"}, "kurzen Namen"),
        ({"valid_from": "bald"}, "Eine der Zeiten"),
        ({"valid_to": "2027"}, "bevor der neue beginnt"),
        ({"level": "stadt@1"}, "nicht bekannt"),
        ({"level": "x"}, "nicht bekannt"),
    ):
        answer = load(anna, good, **words)
        assert (answer.status_code, said in answer.text) == (400, True), words
    answer = load(anna, b"")
    assert (answer.status_code, "ist leer" in answer.text) == (400, True)
    token = {"form_token": form_token(anna, "/intern/konto")}
    kind = "multipart/form-data"
    answer = anna.post(f"{PATH}/laden", data=token, content_type=kind, headers=ORIGIN)
    assert (answer.status_code, "keine Datei gewählt" in answer.text) == (400, True)
    large = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(3 << 20)}
    answer = anna.post(f"{PATH}/laden", headers=ORIGIN, environ_overrides=large)
    assert answer.status_code == 413
    assert "<html" in answer.text
    assert "größer als 1 MiB. Vereinfachen Sie" in answer.text
    data = {"form_token": "0" * 64, "datei": (io.BytesIO(good), "neu.geojson")}
    answer = anna.post(f"{PATH}/laden", data=data, headers=ORIGIN)
    assert answer.status_code == 403
    assert len(town.drafts().store.all()) == before
    for path in ("entwurf/x", f"entwurf/{'0' * 32}", "umrechnung.csv?level=x&from=1&to=2"):
        assert anna.get(f"{PATH}/{path}").status_code == 404


def test_a_full_disk_is_told_and_leaves_nothing(town, anna, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "full")

    before = len(list(town.settings.data_dir.glob("maps/*")))
    with monkeypatch.context() as patched:
        patched.setattr("data.deliveries.os.fsync", full)
        answer = load(anna, layer(SQUARES))
    assert (answer.status_code, "zu wenig Platz" in answer.text) == (507, True)
    usage = shutil.disk_usage("/")._replace(free=5 << 20)
    monkeypatch.setattr(disk_room.shutil, "disk_usage", lambda _: usage)
    answer = load(anna, layer(SQUARES))
    assert (answer.status_code, "frei: 5 MiB" in answer.text) == (507, True)
    assert len(list(town.settings.data_dir.glob("maps/*"))) == before


def test_two_at_once_are_enough_and_work_can_be_cancelled(town, anna):
    jobs = town.services.jobs
    running = load(anna, layer(SQUARES))
    draft = town.drafts().store.get(running.headers["Location"].rsplit("/", 1)[-1])
    assert "Die Arbeit läuft" in anna.get(page(draft)).text
    other = jobs.start("kleinstadt", KIND)
    before = len(town.drafts().store.all())
    answer = load(anna, layer(SQUARES), vintage="2027")
    assert (answer.status_code, "schon an zwei Karten" in answer.text) == (400, True)
    assert len(town.drafts().store.all()) == before
    answer = send(anna, page(draft, "verwerfen"), page=page(draft))
    assert (answer.status_code, "läuft noch" in answer.text) == (400, True)
    assert send(anna, page(draft, "abbrechen"), page=page(draft)).status_code == 303
    draft = town.ended(draft.id)
    jobs.move(other, JobState.FAILED)
    assert jobs.get(draft.job).state is JobState.CANCELLED
    assert "abgebrochen" in anna.get(page(draft)).text


def test_a_table_must_name_known_areas_and_sum_to_one(town, anna):
    draft = town.waited(load(anna, layer(RECUT), vintage="2028"))
    for rows, said in (
        ("01;01;1\n02;02;1\n03;04;0.5\n03;05;0.4\n", "conversion_sum"),
        ("01;99;1\n", "conversion_area_unknown"),
    ):
        answer = send_file(
            anna, page(draft, "tabelle"), f"alt;neu;anteil\n{rows}".encode(), basis="area"
        )
        draft = town.waited(answer)
        found = town.drafts().store.told(draft.id, "table.json")
        assert said in {f["code"] for f in found["findings"]}
        assert town.drafts().blocks(draft) == ["workbench.block.table"]
    assert anna.get(page(draft)).status_code == 200
    answer = send(anna, page(draft, "gewichte"), page=page(draft), basis="area")
    assert answer.status_code == 303
    assert town.drafts().blocks(town.drafts().store.get(draft.id)) == []


def test_a_table_alone_is_edited_and_becomes_part_of_the_next_delivery(town, anna, tmp_path):
    query = "level=viertel&from=0&to=1"
    given = anna.get(f"{PATH}/umrechnung.csv?{query}").text
    assert "02;03;0.600000" in given
    edited = given.replace("02;02;0.4", "02;02;0.3").replace("02;03;0.6", "02;03;0.7")
    words = {"level": "viertel", "from": "0", "to": "1", "basis": "official"}
    answer = send_file(anna, f"{PATH}/umrechnung", edited.encode(), name="u.csv", **words)
    draft = town.waited(answer)
    drafts = town.drafts()
    assert drafts.blocks(draft) == []
    assert "amtliche Umrechnung" in anna.get(page(draft)).text
    release = town.services.store.folder / town.first
    recipe = laid_out(draft, tmp_path, release, {}, drafts.weights(draft))
    (conversion,) = load_recipe(recipe).conversion
    assert conversion.basis == "official"
    text = (recipe.parent / conversion.file).read_text("utf-8")
    assert text == "alt;neu;anteil\n01;01;1\n02;02;0.300000\n02;03;0.700000\n"
    kept = (release / "originals" / "files" / "umrechnung.csv").read_text("utf-8")
    assert "0.4" in kept
    for wrong in ({"to": "0"}, {"level": "stadt"}, {"basis": "x"}):
        assert send_file(anna, f"{PATH}/umrechnung", b"x", **{**words, **wrong}).status_code == 400
