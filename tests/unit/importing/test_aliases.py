"""What a recipe says about names: aliases, and what is wrong with them."""

import tomllib

import pytest

from domain.findings import Severity
from tests.small_delivery import (
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
)

BY_NAME = TABLE.replace('column = "id"', 'column = "id"\nby = "name"')
LINES = ["id;jahr;kinder", "Altstadt;2021;12", "Westl. Höhe;2021;25", "St. Jürgen;2021;44"]


def alias(written, area="02", extra=""):
    return f'[[alias]]\nlevel = "viertel"\n{extra}\nwritten = {written}\narea = "{area}"\n'


@pytest.mark.parametrize("extra", ["", 'vintage = "1"'])
@pytest.mark.parametrize("written", ['"Westl. Höhe"', '["Westhöhe", "Westl. Hoehe"]'])
def test_an_alias_has_one_or_several_spellings(tmp_path, written, extra):
    town = import_delivery(tmp_path, LINES, table=alias(written, extra=extra) + BY_NAME)
    assert numbers(town, "kinder")[("02", "2021")] == 25


def test_an_unknown_name_comes_with_a_block_that_can_be_pasted(tmp_path):
    lines = [*LINES[:2], 'Westliche "Höhe;2021;25', LINES[3]]
    finding = the(refused_findings(tmp_path, lines, table=BY_NAME), "area_unknown")
    assert (finding.place.file, finding.place.row, finding.place.column) == ("werte.csv", 3, "id")
    assert "≈ 02 Westliche Höhe (9" in str(finding.params["examples"])
    (block,) = tomllib.loads(str(finding.params["proposed"]))["alias"]
    assert block == {
        "level": "viertel",
        "vintage": "1",
        "written": 'Westliche "Höhe',
        "area": "02",
    }
    pasted = str(finding.params["proposed"]) + BY_NAME
    assert numbers(import_delivery(tmp_path, lines, table=pasted), "kinder")[("02", "2021")] == 25


def test_a_name_that_is_little_like_any_gets_no_block(tmp_path):
    lines = [*LINES[:2], "Weststadt;2021;25", LINES[3]]
    finding = the(refused_findings(tmp_path, lines, table=BY_NAME), "area_unknown")
    assert (finding.params["ready"], finding.params["proposed"]) == (0, "")


def test_a_part_of_a_name_is_taken_with_a_warning_of_both_spellings(tmp_path):
    lines = ["id;jahr;kinder", "Altstadt / Gamle By;2021;12", *LINES[3:]]
    town = import_delivery(tmp_path, lines, table=BY_NAME)
    finding = the(town.findings, "area_taken_as")
    assert finding.severity is Severity.WARNING
    assert finding.params["examples"] == '"Altstadt / Gamle By" (2) → 01 "Altstadt"'
    assert numbers(town, "kinder")[("01", "2021")] == 12


@pytest.mark.parametrize("other", ["Altstadt / Hafen", "Altstadt"])
def test_two_names_of_one_table_are_never_one_area(tmp_path, other):
    lines = ["id;jahr;kinder", "Altstadt / Gamle By;2021;0", f"{other};2021;0"]
    finding = the(refused_findings(tmp_path, lines, table=BY_NAME), "area_taken_twice")
    assert "Gamle By" in str(finding.params["names"])
    assert other in str(finding.params["names"])


def test_several_areas_in_one_name_get_a_group_block(tmp_path):
    lines = ["id;jahr;kinder", "Altstadt und St. Jürgen;2021;56", "Westliche Höhe;2021;25"]
    finding = the(refused_findings(tmp_path, lines, table=BY_NAME), "area_joined")
    (block,) = tomllib.loads(str(finding.params["proposed"]))["group"]
    assert block["areas"] == ["01", "03"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (alias('"Westend"', "99"), "alias_area_unknown"),
        (alias('"Altstadt"'), "alias_shadows"),
        (alias('"01"'), "alias_shadows"),
        (alias('"Westend"') + alias('"WESTEND"', "01"), "recipe_written_twice"),
        (alias('["Westend", "Westend"]'), "recipe_written_twice"),
        (alias('"–"'), "recipe_empty_text"),
        (alias('"Westend"', extra='vintage = "2"'), "recipe_unknown_name"),
    ],
)
def test_a_wrong_alias_is_refused_with_its_line(tmp_path, names, code):
    found = refused_findings(tmp_path, LINES, table=names + BY_NAME)
    finding = the([f for f in found if f.code == code], code)
    assert finding.place.file == "town.toml"
    assert finding.place.row is not None
    assert str(finding.place.column).startswith("alias[")


def test_an_alias_may_repeat_the_name_of_its_own_area(tmp_path):
    found = refused_findings(tmp_path, LINES, table=alias('"Westliche Höhe"') + BY_NAME)
    assert codes(found) == {"area_unknown": 1, "areas_absent": 1, "indicators_empty": 1}
