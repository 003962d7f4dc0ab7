"""Institutions of a table lie where their system says, or the table is refused as a map is."""

import pytest

from domain.findings import Severity
from tests.small_delivery import HEAD, codes, import_delivery, refused_findings, the

SCHOOLS = """[[level]]
id = "schulen"
vintage = "1"
name = "Schulen"
kind = "institutions"
order = 30
[level.layer]
file = "schulen.csv"
format = "csv"
encoding = "utf-8"
separator = ";"
crs = "EPSG:{crs}"
x = "x"
y = "y"
id = "nr"
name = "name"
[[level.parent]]
level = "stadt"
constant = "kleinstadt"
"""
FIGURES = ["id;jahr;kinder", "01;2021;5"]
METRES = ["nr;name;x;y", "a;Ost;526000;6061000", "b;West;526500;6061500"]
DEGREES = ["nr;name;x;y", "a;Ost;9,40;54,70", "b;West;9,41;54,71"]


def delivery(folder, lines, crs):
    """Write the table of the schools and return the head of the recipe that reads it."""
    (folder / "schulen.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    town, rest = HEAD.split("[indicator_defaults]")
    return f"{town}{SCHOOLS.format(crs=crs)}[indicator_defaults]{rest}"


@pytest.mark.parametrize(("lines", "crs"), [(METRES, 25832), (DEGREES, 4326)])
def test_points_within_their_system_are_taken(tmp_path, lines, crs):
    town = import_delivery(tmp_path, FIGURES, head=delivery(tmp_path, lines, crs))
    assert [*town.areas["schulen@1"]["area_id"]] == ["a", "b"]
    assert codes(town.findings)["crs_outside_use"] == 0


@pytest.mark.parametrize(
    ("lines", "crs", "code", "row"),
    [
        (DEGREES, 25832, "crs_degrees_expected", None),
        (METRES, 4326, "crs_not_degrees", None),
        ([*METRES, "c;Süd;9.4;54.7"], 25832, "geometry_mixed_crs", 4),
        ([*DEGREES, "c;Süd;526000;6061000"], 4326, "geometry_mixed_crs", 4),
        ([*DEGREES, "c;Süd;9.4;547"], 4326, "geometry_out_of_range", 4),
        (["nr;name;x;y", "a;Ost;54.7;9.4"], 4326, "geometry_swapped", None),
    ],
)
def test_points_that_cannot_be_of_their_system_are_refused(tmp_path, lines, crs, code, row):
    found = refused_findings(tmp_path, FIGURES, head=delivery(tmp_path, lines, crs))
    finding = the(found, code)
    assert finding.severity is Severity.ERROR
    assert (finding.place.file, finding.place.row) == ("schulen.csv", row)


def test_points_far_from_the_use_of_their_system_are_told(tmp_path):
    lines = ["nr;name;x;y", "a;Ost;526000;1061000"]
    town = import_delivery(tmp_path, FIGURES, head=delivery(tmp_path, lines, 25832))
    finding = the(town.findings, "crs_outside_use")
    assert (finding.severity, finding.place.file) == (Severity.WARNING, "schulen.csv")


def test_an_unreadable_coordinate_is_still_told_with_its_row(tmp_path):
    lines = [*METRES[:1], "a;Ost;?;6061000", "b;West;9.4;54.7", *METRES[2:]]
    found = refused_findings(tmp_path, FIGURES, head=delivery(tmp_path, lines, 25832))
    assert the(found, "coordinate_unreadable").place.row == 2
    assert the(found, "geometry_mixed_crs").place.row == 3
