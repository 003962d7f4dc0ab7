"""Keys spread over several columns, and keys of areas the map lacks, declared by number."""

import pytest

from domain.findings import Severity
from i18n import translator
from tests.small_delivery import TABLE, codes, import_delivery, numbers, refused_findings, the

SPREAD = TABLE.replace('column = "id"', 'columns = ["land", "gem"]')


def with_extra(extra: str) -> str:
    return TABLE.replace('vintage = "1"\n', f'vintage = "1"\n{extra}\n')


def test_a_key_is_its_parts_side_by_side(tmp_path):
    lines = ["land;gem;jahr;kinder", "0;1;2021;5", "0;2;2021;7", "0;3;2021;9"]
    town = import_delivery(tmp_path, lines, table=SPREAD)
    assert numbers(town, "kinder") == {("01", "2021"): 5, ("02", "2021"): 7, ("03", "2021"): 9}
    assert "columns_unread" not in codes(town.findings)


def test_each_part_is_padded_to_its_own_width(tmp_path):
    lines = ["land;gem;jahr;kinder", ";1;2021;4", "0;1;2021;5"]
    padded = SPREAD.replace('"gem"]', '"gem"]\npads = [0, 1]')
    found = refused_findings(tmp_path, lines, table=padded)
    assert the(found, "area_unknown").params["rows"] == 1
    town = import_delivery(tmp_path, ["land;gem;jahr;kinder", "0;1;2021;5"], table=padded)
    assert numbers(town, "kinder") == {("01", "2021"): 5.0}
    wide = SPREAD.replace('"gem"]', '"gem"]\npads = [0, 2]')
    found = refused_findings(tmp_path, ["land;gem;jahr;kinder", "0;1;2021;5"], table=wide)
    assert the(found, "area_unknown").params["examples"].startswith('"001" (2)')


def test_a_row_without_one_part_names_no_area_and_is_shown_as_it_stands(tmp_path):
    lines = ["land;gem;jahr;kinder", "01;;2021;12", "0;2;2021;7"]
    finding = the(refused_findings(tmp_path, lines, table=SPREAD), "area_unknown")
    assert finding.params["examples"].startswith('"01 + –" (2)')
    assert finding.place.column == "land"


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ('columns = ["land", "gem"]\ncolumn = "id"', "recipe_area_one_way"),
        ('columns = ["land", "gem"]\nconstant = "01"', "recipe_area_one_way"),
        ('columns = ["land", "gem"]\npads = [2]', "recipe_area_pads"),
    ],
)
def test_a_recipe_names_the_area_in_one_way(tmp_path, area, code):
    lines = ["land;gem;id;jahr;kinder", "0;1;01;2021;5"]
    found = refused_findings(tmp_path, lines, table=TABLE.replace('column = "id"', area))
    assert the(found, code).severity is Severity.ERROR
    for language in ("de", "en"):
        tr = translator(language)
        assert tr(f"finding.{code}.cause") != f"finding.{code}.cause"


# --- keys the map lacks, by number ---------------------------------------------------------

UNMAPPED = ["id;jahr;kinder", "01;2021;5", "88;2021;1", "99;2021;4", "99;2022;4"]


def test_exactly_as_many_keys_as_declared_may_have_no_area(tmp_path):
    town = import_delivery(tmp_path, UNMAPPED, table=with_extra("unmapped = 2"))
    assert numbers(town, "kinder") == {("01", "2021"): 5.0}
    finding = the(town.findings, "rows_unmapped_counted")
    assert (finding.severity, finding.place.row) == (Severity.WARNING, 3)
    assert (finding.params["n"], finding.params["rows"]) == (2, 3)
    assert finding.params["examples"] == '"88" (3); "99" (4, 5)'


@pytest.mark.parametrize("declared", [1, 3])
def test_another_number_of_keys_is_refused(tmp_path, declared):
    found = refused_findings(tmp_path, UNMAPPED, table=with_extra(f"unmapped = {declared}"))
    finding = the(found, "unmapped_differs")
    assert finding.severity is Severity.ERROR
    assert (finding.params["n"], finding.params["declared"]) == (2, declared)


def test_a_declaration_that_no_longer_applies_is_refused(tmp_path):
    found = refused_findings(tmp_path, UNMAPPED[:2], table=with_extra("unmapped = 2"))
    finding = the(found, "unmapped_differs")
    assert (finding.params["n"], finding.params["examples"]) == (0, "–")


def test_listed_keys_do_not_count(tmp_path):
    extra = 'unmapped = 1\nunmapped_keys = ["88"]'
    town = import_delivery(tmp_path, UNMAPPED, table=with_extra(extra))
    assert the(town.findings, "rows_unmapped").params["n"] == 1
    assert the(town.findings, "rows_unmapped_counted").params["n"] == 1


def test_both_languages_say_number_and_examples(tmp_path):
    found = refused_findings(tmp_path, UNMAPPED, table=with_extra("unmapped = 1"))
    finding = the(found, "unmapped_differs")
    german = translator("de")("finding.unmapped_differs.cause", **finding.params)
    english = translator("en")("finding.unmapped_differs.cause", **finding.params)
    assert german.startswith("2 Schlüssel in 3 Zeilen")
    assert "das Rezept nennt 1" in german
    assert "the recipe declares 1" in english
    assert '"99" (4, 5)' in english
