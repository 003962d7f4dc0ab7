"""What was taken over of carriers is laid over by an import, and told by a check before."""

from __future__ import annotations

import pytest

from domain.model import Audience
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests import town_fixture as fixture
from tests.small_delivery import write_delivery

LINES = [
    "id;jahr;kinder",
    *(f"{q};{y};{n}" for y in (2021, 2022) for q, n in (("01", 12), ("02", 25), ("03", 44))),
]
PLACES = """
[[facility_kind]]
id = "kita"
name = { de = "Kita", en = "day-care centre" }

[[facility]]
kind = "kita"
source = "amt"
file = "kitas.csv"
format = "csv"
encoding = "utf-8"
separator = ";"
id = "nummer"
name = "name"
operator = "traeger"
x = "x"
y = "y"

[[offers]]
file = "angebote.csv"
encoding = "utf-8"
separator = ";"
facility = "nummer"
name = "angebot"
period = "jahr"
taken = "belegt"
"""
KITAS = "nummer;name;traeger;x;y\nK1;Kita Eins;Stadt;9.01;54.15\nK2;Kita Zwei;Stadt;9.02;54.15\n"
OFFERS = "nummer;angebot;jahr;belegt\nK1;Krippe;2025;9\nK1;Hort;2025;7\nK2;Krippe;2025;5\n"
UNKNOWN = -1.0
ROW = {
    "facility_id": "neu-1", "kind": "kita", "name": "Kita Neu", "operator": "Stadt", "x": 9.03,
    "y": 54.15, "address": "", "places_u3": None, "places_ue3": None, "places_total": 30.0,
    "hours": "", "opened": "", "valid_from": "", "valid_to": "", "attributes": "{}",
    "source": "amt",
}  # fmt: skip
TAKEN_OVER = (
    ("facility", "neu-1", {"was": "Kita Neu", "added": True, "row": ROW}),
    ("facility", "K2", {"was": "Kita Zwei", "row": {}, "valid_to": "2020-07-31"}),
    ("offer", "a", {"facility": "K1", "known_as": ["Kita Eins"],
                    "was": ["Krippe", "", "2025", 0], "taken": 8.0}),
    ("offer", "b", {"facility": "K1", "known_as": ["Kita Eins"],
                    "was": ["Hort", "", "2025", 0], "withdrawn": True}),
    ("offer", "c", {"facility": "neu-1", "known_as": ["Kita Neu"], "was": None,
                    "offer": "Spielkreis", "waiting": 2.0}),
)  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    return fixture.settings_for(tmp_path / "instance")


@pytest.fixture
def services(settings):
    built = build_services(settings)
    yield built
    built.releases.close()


@pytest.fixture
def recipe(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    path = write_delivery(folder, LINES)
    path.write_text(path.read_text("utf-8") + PLACES, "utf-8")
    (folder / "kitas.csv").write_text(KITAS, "utf-8")
    (folder / "angebote.csv").write_text(OFFERS, "utf-8")
    return path


def test_an_import_lays_over_what_a_check_has_told(settings, services, recipe):
    imports = ImportService(settings, services)
    order = ImportOrder(recipe, recipe.parent, publish=True)
    assert imports.run(order).is_done
    edits = services.catalogue.edits
    for kind, key, after in TAKEN_OVER:
        edits.save(kind, key, after, seen=0, actor="anna")
    told = {"facilities_edited", "facilities_closed", "offers_edited"}
    checked = imports.check(recipe, recipe.parent)
    assert told <= {f.code for f in checked.findings}
    outcome = imports.run(order)
    assert told <= {f.code for f in outcome.findings}
    for audience, taken in ((Audience.PUBLIC, UNKNOWN), (Audience.INTERNAL, 8.0)):
        reader = services.store.open(outcome.release_id, audience)
        facilities, offers = reader.facilities(), reader.offers()
        reader.close()
        assert list(facilities["name"]) == ["Kita Eins", "Kita Neu"]
        assert list(zip(offers["facility_id"], offers["offer"], strict=True)) == [
            ("K1", "Krippe"), ("neu-1", "Spielkreis")
        ]  # fmt: skip
        assert offers["taken"].astype("float64").fillna(UNKNOWN).tolist() == [taken, UNKNOWN]
