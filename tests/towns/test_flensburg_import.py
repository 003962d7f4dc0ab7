"""Flensburg: every figure of the long table, read here by itself, against the import."""

from __future__ import annotations

import csv
import math
import os
from collections import Counter
from pathlib import Path

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import Recipe, load_recipe
from data.importing.town import ImportedTown
from domain.findings import Finding
from i18n import translator

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
FOLDER = Path(TOWNS) / "flensburg"
RECIPE = Path(__file__).parents[2] / "examples" / "flensburg" / "town.toml"

pytestmark = [
    pytest.mark.towns,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]

# Tables whose rows without a district are persons who could not be assigned to one.
WITH_REST = {
    "fl_unemployed_residents_categorized_by_district",
    "fl_beneficiaries_age_15_to_under_65_by_district",
    "fl_beneficiaries_characteristics_by_district",
    "fl_basic_benefits_income_by_district",
}
Row = dict[str, str]
Key = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipe(RECIPE)


@pytest.fixture(scope="module")
def town(recipe: Recipe) -> ImportedTown:
    return assemble(recipe, FOLDER, lambda *_: None)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    path = FOLDER / "derived" / "sozialatlas_long.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def indicators(recipe: Recipe) -> dict[tuple[str, str, str], str]:
    """Indicator by table, level and variable, as the recipe maps them."""
    found = {}
    for table in recipe.table:
        for measure in table.measure:
            name = measure.where.get("variable", "residents")
            if table.role == "data":
                found[(table.where["table"], table.level, name)] = measure.indicator
    return found


def key_of(row: Row, indicators: dict[tuple[str, str, str], str]) -> Key:
    """Indicator, category, period, level and area of a row of the long table."""
    level = "stadtteile" if row["district_id"] else "stadt"
    category = "total"
    if row["household_type_id"]:
        category = f"typ-{row['household_type_id']}"
    elif not row["district_id"] and row["table"] in WITH_REST:
        category = "ohne-zuordnung"
    area = row["district_id"].zfill(2) if row["district_id"] else "flensburg"
    indicator = indicators[(row["table"], level, row["variable"])]
    return indicator, category, row["year"], level, area


def imported(town: ImportedTown) -> dict[Key, tuple[float, str]]:
    v = town.values
    columns = (v[c] for c in ("indicator", "category", "period", "level", "area"))
    keys = zip(*columns, strict=True)
    return dict(zip(keys, zip(v["value"], v["state"], strict=True), strict=True))


def test_every_figure_of_the_long_table_arrives_to_the_last_digit(town, rows, indicators):
    values = imported(town)
    wrong = []
    for row in rows:
        value, state = values[key_of(row, indicators)]
        if row["value"]:
            is_right = state == "ok" and value == float(row["value"])
        else:
            is_right = state == "suppressed" and math.isnan(value)
        if not is_right:
            wrong.append((row, value, state))
    assert wrong == []
    assert len(rows) == 2465
    assert sum(bool(row["district_id"]) for row in rows) == 2275


def test_each_row_has_a_key_of_its_own_and_nothing_else_is_delivered(
    town, rows, recipe, indicators
):
    expected = {key_of(row, indicators) for row in rows}
    derived = {i.id for i in recipe.indicator if i.numerator_from}
    delivered = {key for key in imported(town) if key[0] not in derived}
    assert len(expected) == len(rows)
    assert delivered == expected


def test_missing_years_stay_missing(town):
    values = town.values
    periods = set(values.loc[values["indicator"] == "einwohner", "period"])
    assert periods == {"2011", "2017", "2018", "2019", "2020", "2021", "2022"}


def test_persons_without_a_district_are_never_the_city(town):
    values = town.values
    city = values[(values["indicator"] == "arbeitslose-merkmale") & (values["level"] == "stadt")]
    assert set(city["category"]) == {"ohne-zuordnung"}


def test_derived_shares_have_their_parts(town):
    values = town.values
    found = values[
        (values["indicator"] == "arbeitslosenanteil")
        & (values["area"] == "01")
        & (values["period"] == "2021")
    ].iloc[0]
    assert (found["numerator"], found["denominator"]) == (226, 3093)
    assert found["value"] == pytest.approx(100 * 226 / 3093)


def test_a_hidden_part_hides_the_derived_rate(town):
    values = town.values
    suits = values[values["indicator"] == "raeumungsklagen"].set_index(["area", "period"])
    rates = values[values["indicator"] == "raeumungsklagen-je-1000"].set_index(["area", "period"])
    assert rates["state"].tolist() == suits.loc[rates.index, "state"].tolist()
    assert (rates["state"] == "suppressed").sum() == 12


def test_maps_hierarchy_and_facilities_are_complete(town):
    sizes = {key: len(frame) for key, frame in town.areas.items()}
    assert sizes == {"stadt@2011": 1, "stadtteile@2011": 13, "stadtbezirke@2011": 41}
    assert {frame.crs.to_epsg() for frame in town.areas.values()} == {25832}
    assert town.areas["stadtteile@2011"]["name"].tolist()[3] == "Westliche Höhe"
    links = Counter(zip(town.parents["child_level"], town.parents["parent_level"], strict=True))
    assert links == {("stadtbezirke", "stadtteile"): 41, ("stadtteile", "stadt"): 13}
    kinds = Counter(town.facilities["kind"])
    assert kinds["kita"] == 70
    assert sum(kinds.values()) == 100
    assert town.facilities["x"].between(9.3, 9.6).all()
    assert town.facilities["y"].between(54.7, 54.9).all()


def test_the_findings_are_these_and_no_error(town):
    counts = Counter((f.severity.value, f.code) for f in town.findings)
    readers = {"geometry_repaired", "csv_encoding", "csv_separator"}
    assert {key: n for key, n in counts.items() if key[1] not in readers} == {
        ("warning", "check_differs"): 47,
        ("warning", "check_reveals"): 1,
        ("warning", "number_wrong_groups"): 4,
        ("warning", "number_unreadable"): 1,
        ("warning", "parent_differs"): 8,
        ("info", "check_compared"): 13,
        ("info", "columns_unread"): 9,
        ("info", "keys_filled"): 1,
        ("info", "signs_suppressed"): 6,
        ("info", "geometry_hole"): 1,
        ("info", "geometry_slivers"): 1,
    }
    slivers = next(f for f in town.findings if f.code == "geometry_slivers")
    assert (slivers.place.file, slivers.params["size"]) == ("raw/flensburg_stadtbezirke.zip", "106")


@pytest.mark.parametrize(
    ("file", "row", "column", "checked", "data"),
    [
        ("raw/tab_3_entwicklung_altersgruppen.csv", 7, "2020", "625", 6250.0),
        ("raw/tab_4_altenquotient_2011_bis_2021.csv", 11, "2021", "22,1", 41.0),
        (
            "raw/tab_5_einwohner_in_stadtteilen_2021_nach_altersgruppen.csv",
            9,
            "gesamt",
            "7602",
            6702.0,
        ),
        ("raw/tab_6_kinder_und_jugd_bis_18.csv", 1, "4", "357", 356.0),
    ],
)
def test_a_slip_of_the_typed_tables_is_found_with_both_values(
    town, file, row, column, checked, data
):
    found = [
        f
        for f in town.findings
        if (f.place.file, f.place.row, f.place.column) == (file, row, column)
    ]
    assert [(f.code, f.params["checked"], f.params["data"]) for f in found] == [
        ("check_differs", checked, data)
    ]


def test_unreadable_cells_of_the_typed_tables_are_named(town):
    cells = {
        (f.place.row, f.place.column, f.params["cell"])
        for f in town.findings
        if f.code.startswith("number_") and f.place.file == "raw/tab_8_alter_ab_65.csv"
    }
    assert cells == {
        (5, "2", "1.3066"),
        (7, "2", "857°"),
        (8, "5", "1.4131"),
        (10, "7", "1.64"),
        (12, "5", "1.69"),
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_reads_in_both_languages(town, language):
    tr = translator(language)

    def text(finding: Finding) -> str:
        parts = (tr(f"finding.{finding.code}.{p}", **finding.params) for p in ("cause", "remedy"))
        return " ".join(parts)

    assert all(text(finding).strip() for finding in town.findings)


def test_the_catalogue_is_complete_in_both_languages(town):
    for indicator in town.catalogue.indicators:
        texts = (indicator.name, indicator.short_name, indicator.definition, indicator.unit)
        assert all(text.de and text.in_language("en") for text in texts), indicator.id
        english = (indicator.name, indicator.definition)
        assert all(text.en for text in english), indicator.id
        assert indicator.disclosure == "imported_protected"


def test_derived_shares_come_first_in_their_themes(town, recipe):
    derived = {i.id for i in recipe.indicator if i.denominator_from}
    for theme in town.catalogue.themes:
        is_derived = [i.id in derived for i in town.catalogue.indicators if i.theme == theme.id]
        assert is_derived == sorted(is_derived, reverse=True)
        assert is_derived[0]
