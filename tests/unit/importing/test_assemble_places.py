"""Maps, facilities, offers and conversions of a delivery."""

import json
import math

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from domain.progress import Step
from i18n import translator
from services.progress_text import step_text
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    refused_findings,
    the,
    write_delivery,
)

PARTS = TABLE.replace(
    'indicator = "kinder"\ncolumn = "kinder"',
    'indicator = "anteil"\nrole = "numerator"\ncolumn = "arme"\n'
    '[[table.measure]]\nindicator = "anteil"\nrole = "denominator"\ncolumn = "kinder"\n'
    '[[table.measure]]\nindicator = "anteil"\ncolumn = "anteil"',
)
HEADER = "id;jahr;arme;kinder;anteil"


def test_a_map_without_the_named_column_gives_one_finding_and_no_echoes(tmp_path):
    head = HEAD.replace('id = "key"', 'id = "schluessel"')
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;5"], head=head)
    assert codes(found) == {"column_missing": 1, "city_without_areas": 1}


FACILITIES = """
[[facility_kind]]
id = "kita"
name = "Kita"
[[facility_kind]]
id = "krippe"
name = "Krippe"
[[facility]]
kind = "kita"
source = "amt"
file = "kitas.csv"
format = "csv"
separator = ";"
encoding = "utf-8"
id = "nr"
name = "name"
address = "{strasse} {nr}"
places = { u3 = "u3", total = "platz" }
x = "x"
y = "y"
drop = ["leitung"]
[[facility.kind_when]]
column = "art"
equals = "k"
kind = "krippe"
[[offers]]
file = "angebote.csv"
facility = "nr"
name = "angebot"
places = "platz"
[[demand_points]]
file = "punkte.csv"
x = "x"
y = "y"
crs = "EPSG:4326"
weights = { u3 = "kinder" }
"""


def with_places(folder, offers: str = "nr;angebot;platz\n7;Mittagstisch;20\n"):
    (folder / "kitas.csv").write_text(
        "nr;name;strasse;u3;platz;x;y;art;leitung\n"
        "7;Sonne;Markt;;60;9.405;54.705;;Frau Muster\n8;Mond;Weg;5;10;9.415;54.705;k;\n",
        encoding="utf-8",
    )
    (folder / "angebote.csv").write_text(offers, encoding="utf-8")
    (folder / "punkte.csv").write_text("x;y;kinder\n9.4;54.7;3\n9.41;54.7;0\n", encoding="utf-8")


def test_facilities_offers_and_demand_points_are_read(tmp_path):
    with_places(tmp_path)
    town = import_delivery(tmp_path, ["id;jahr;kinder", "01;2021;5"], table=TABLE + FACILITIES)
    kita, krippe = town.facilities.to_dict("records")
    assert (kita["facility_id"], kita["kind"], krippe["kind"]) == ("7", "kita", "krippe")
    assert (kita["address"], kita["places_total"]) == ("Markt 7", 60.0)
    assert math.isnan(kita["places_u3"])
    assert (kita["x"], kita["y"]) == pytest.approx((9.405, 54.705))
    assert "Muster" not in json.dumps(town.facilities.to_dict("records"), default=str)
    assert town.offers["places"].tolist() == [20.0]
    assert json.loads(town.demand_points["weights"][0]) == {"u3": 3.0}


def test_an_offer_of_an_unknown_facility_is_refused(tmp_path):
    with_places(tmp_path, "nr;angebot;platz\n9;Hort;20\n")
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;5"], table=TABLE + FACILITIES)
    assert codes(found)["facility_unknown"] == 1


def test_weights_between_vintages_are_checked(tmp_path):
    second = HEAD.replace(
        "[indicator_defaults]",
        '[[level]]\nid = "viertel"\nvintage = "2"\nname = "Viertel"\norder = 20\n[level.layer]\n'
        'file = "viertel.geojson"\nformat = "geojson"\ncrs = "EPSG:4326"\nid = "key"\n'
        'name = "name"\n[indicator_defaults]',
    )
    conversion = (
        '[[conversion]]\nlevel = "viertel"\nfrom = "1"\nto = "2"\nfile = "um.csv"\nold = "alt"\n'
        'new = "neu"\nweight = "gewicht"\nbasis = "population"\n'
    )
    (tmp_path / "um.csv").write_text(
        "alt;neu;gewicht\n01;01;0.4\n01;02;0.6\n02;02;0.5\n", encoding="utf-8"
    )
    town = import_delivery(
        tmp_path, ["id;jahr;kinder", "01;2021;5"], head=second, table=TABLE + conversion
    )
    assert town.conversions["weight"].tolist() == [0.4, 0.6, 0.5]
    found = codes(town.findings)
    assert (found["conversion_sum"], found["conversion_incomplete"]) == (1, 1)
    assert the(town.findings, "conversion_incomplete").params["examples"] == "03"


def test_rounded_weights_are_scaled_so_that_totals_are_kept(tmp_path):
    second = HEAD.replace(
        "[indicator_defaults]",
        '[[level]]\nid = "viertel"\nvintage = "2"\nname = "Viertel"\norder = 20\n[level.layer]\n'
        'file = "viertel.geojson"\nformat = "geojson"\ncrs = "EPSG:4326"\nid = "key"\n'
        'name = "name"\n[indicator_defaults]',
    )
    conversion = (
        '[[conversion]]\nlevel = "viertel"\nfrom = "1"\nto = "2"\nfile = "um.csv"\nold = "alt"\n'
        'new = "neu"\nweight = "gewicht"\nbasis = "population"\n'
    )
    (tmp_path / "um.csv").write_text(
        "alt;neu;gewicht\n01;01;0.333\n01;02;0.666\n02;02;1\n03;03;1\n", encoding="utf-8"
    )
    town = import_delivery(
        tmp_path, ["id;jahr;kinder", "01;2021;5"], head=second, table=TABLE + conversion
    )
    sums = town.conversions.groupby("old")["weight"].sum()
    assert sums.tolist() == pytest.approx([1.0] * 3, abs=1e-12)
    assert not {"conversion_sum", "conversion_incomplete"} & set(codes(town.findings))


def test_progress_rises_to_the_end(tmp_path):

    told: list[tuple[float, Step]] = []
    recipe = load_recipe(write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;5"]))
    assemble(recipe, tmp_path, lambda share, step: told.append((share, step)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(step_text(step, translator("en"), "en") for _, step in told)


WAYS = (
    '[[ways]]\nfile = "wege.csv"\nlevel = "viertel"\nfrom = "von"\nfacility = "kita"\n'
    'metres = "m"\n'
)


def test_prepared_ways_are_read_and_the_last_word_counts(tmp_path):
    with_places(tmp_path)
    (tmp_path / "wege.csv").write_text("von;kita;m\n01;7;400\n02;8;0\n01;7;450\n", "utf-8")
    town = import_delivery(
        tmp_path, ["id;jahr;kinder", "01;2021;5"], table=TABLE + FACILITIES + WAYS
    )
    assert town.ways.to_numpy().tolist() == [
        ["viertel", "01", "7", 450.0],
        ["viertel", "02", "8", 0.0],
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [("99;7;400", "way_origin_unknown"), ("01;77;400", "facility_unknown"),
     ("01;7;-1", "way_length"), ("01;7;weit", "way_length")],
)  # fmt: skip
def test_a_way_from_or_to_nowhere_is_refused_with_its_row(tmp_path, row, code):
    with_places(tmp_path)
    (tmp_path / "wege.csv").write_text(f"von;kita;m\n01;7;400\n{row}\n", "utf-8")
    found = refused_findings(
        tmp_path, ["id;jahr;kinder", "01;2021;5"], table=TABLE + FACILITIES + WAYS
    )
    assert codes(found)[code] == 1
    assert the(found, code).place.row == 3
