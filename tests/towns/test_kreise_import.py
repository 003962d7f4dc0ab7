"""The 401 Kreise: what joins, what the files are known to get wrong, and what is refused."""

from __future__ import annotations

import tomllib
from collections import Counter

import geopandas as gpd
import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from domain.findings import RefusedFileError, Severity
from i18n import translator
from tests.towns.kreise_raw import (
    EISENACH,
    ELTERNGELD_FILE,
    FOLDER,
    INKAR,
    INKAR_FILE,
    LAND_OF_CITY,
    MONTHS,
    PARQUET,
    RECIPE,
    SERIES,
    TAX,
    TAX_FILE,
    TAX_PARTS,
    TOWNS,
    YEARS_OF_TAX,
    RawKreise,
    months,
    prepared,
    tax_rows,
)

ROUNDED = 5
"""Sums of rounded thousands of euros differ by less than this many of them."""

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> ImportedTown:
    folder = prepared(tmp_path_factory.mktemp("kreise"))
    return assemble(load_recipe(RECIPE), folder, lambda *_: None)


@pytest.fixture(scope="module")
def raw() -> RawKreise:
    return RawKreise()


def findings(town: ImportedTown, code: str, file: str = "") -> list:
    return [f for f in town.findings if f.code == code and file in f.place.file]


def test_the_only_land_that_belongs_to_no_kreis_is_austrian_jungholz(town):
    told = [f for f in town.findings if f.code.startswith("geometry_") and f.code[9:] != "repaired"]
    found = {f.place.file: (str(f.severity), f.params["examples"]) for f in told}
    assert found == {
        "raw/VG5000_LAN_gk3.zip": ("info", "09 Bayern: 7\u202f166\u202f500 m² (< 1 ‰)"),
        "raw/VG5000_KRS_gk3.zip": (
            "warning",
            "09780 Oberallgäu / 09777 Ostallgäu: 7\u202f166\u202f500 m² (5 ‰)",
        ),
    }


def test_400_kreise_of_inkar_join_and_eisenach_has_a_polygon_and_no_data(town, raw):
    assert len(raw.inkar) == 11_200
    known = set(town.areas["kreise@2021"]["area_id"])
    assert len(known) == 401
    assert {area for area, _ in raw.inkar} == known - {EISENACH}
    values = town.values[town.values["indicator"].isin([*INKAR, MONTHS])]
    assert set(values["area"]) == known - {EISENACH}
    absent = findings(town, "areas_absent", INKAR_FILE)
    assert [f.params["areas"] for f in absent if f.params["n"] == 1] == ["16056 Eisenach"]


def test_every_figure_of_inkar_is_taken_over_to_the_last_digit(town, raw):
    columns = {name: column for name, column in INKAR.items() if name != "kommunale-schulden"}
    odd = {"purchasing_power": ("0.0", 1), "tax_revenue_per_capita": ("0.0", 8),
           "cars_per_capita": ("-0.01", 1)}  # fmt: skip
    for name, column in columns.items():
        rows = town.values[(town.values["indicator"] == name) & (town.values["state"] == "ok")]
        found = dict(
            zip(zip(rows["area"], rows["period"], strict=True), rows["value"], strict=True)
        )
        text, n_odd = odd.get(column, ("", 0))
        written = {key: row[column] for key, row in raw.inkar.items() if row[column]}
        meant = {key: float(cell) for key, cell in written.items() if cell != text}
        assert len(written) - len(meant) == n_odd, column
        assert found == meant, column


def test_a_series_begins_and_ends_with_its_figures_and_its_gaps_stay_missing(town, raw):
    values = town.values[town.values["indicator"].isin(INKAR)]
    spans = values.groupby("indicator")["period"].agg(["min", "max"])
    for name, first, last in (
        ("betreuung-unter-3", "2006", "2020"), ("jugendarbeitslosigkeit", "2008", "2022"),
        ("arbeitslosenquote", "1998", "2021"), ("niedriges-einkommen", "2013", "2021"),
        ("ohne-schulabschluss", "1995", "2022"),
    ):  # fmt: skip
        assert spans.loc[name].tolist() == [first, last]
    left = values[(values["indicator"] == "ohne-schulabschluss") & (values["state"] != "ok")]
    assert Counter(left["period"]) == {"2001": 400 - 382}
    assert set(left["state"]) == {"not_collected"}
    (finding,) = findings(town, "series_span")
    empty = sum(not row[column] for row in raw.inkar.values() for column in INKAR.values())
    inner = len(values[values["state"] == "not_collected"]) - 1 - 8 - 1
    assert (finding.severity, finding.params["n"]) == (Severity.INFO, 21)
    assert finding.params["cells"] == empty - inner == 96_000


def test_city_states_have_no_municipal_debt_and_others_may_have_none(town):
    rows = town.values[town.values["indicator"] == "kommunale-schulden"]
    states = rows.groupby("state").size().to_dict()
    zero = rows[rows["value"] == 0]
    assert states["not_applicable"] == 4 * 3
    assert set(rows[rows["state"] == "not_applicable"]["period"]) == {"2015", "2016", "2019"}
    assert set(zero["area"]) == {"03103", "08111", "09161", "09763", "14612"}
    assert (rows["value"].dropna() >= 0).all()


def test_26692_rows_of_parental_benefit_become_nine_groups(town):
    table = months()
    assert len(table) == 26_692
    assert table["ags"].str.endswith("000").all()
    rows = town.values[town.values["indicator"] == MONTHS]
    assert len(rows) == 26_692
    assert set(rows["state"]) == {"ok"}
    assert rows["area"].nunique() == 400
    assert rows["value"].sum() == pytest.approx(table["monate"].sum(), rel=1e-12)
    sizes = rows.groupby("category").size()
    assert len(sizes) == 9
    assert (sizes["total"], sizes["maenner"], sizes["maenner-ohne-plus"]) == (3200, 2721, 1571)


def test_the_parquet_itself_is_refused_with_the_step_to_take(tmp_path):
    text = RECIPE.read_text(encoding="utf-8")
    assert text.count(ELTERNGELD_FILE) > 1
    recipe = tmp_path / "town.toml"
    recipe.write_text(text.replace(f'"{ELTERNGELD_FILE}"', f'"{PARQUET}"'), encoding="utf-8")
    with pytest.raises(RefusedFileError) as refused:
        assemble(load_recipe(recipe), FOLDER, lambda *_: None)
    errors = [f for f in refused.value.findings if f.severity is Severity.ERROR]
    assert [(f.code, f.place.file) for f in errors] == [("file_is_parquet", PARQUET)]
    for language in ("de", "en"):
        remedy = translator(language)("finding.file_is_parquet.remedy", **errors[0].params)
        assert "CSV" in remedy


def test_the_tax_table_joins_as_its_readme_says(town, raw):
    rows = list(tax_rows())
    assert Counter(year for year, _, _ in rows) == dict.fromkeys(YEARS_OF_TAX, 538)
    known = set(raw.kreise)
    keys = {key for _, key, _ in rows if len(key) == 5}
    assert len(keys & known) == 399
    assert known - keys == set(LAND_OF_CITY)
    taxed = town.values[town.values["indicator"].isin(TAX)]
    assert set(taxed[taxed["level"] == "kreise"]["area"]) == known
    assert len(taxed) == 3 * 7 * (401 + 16 + 1)
    (unmapped,) = findings(town, "rows_unmapped", TAX_FILE)
    assert (unmapped.params["n"], unmapped.params["rows"]) == (72, 72 * 7)
    assert {row for _, key, row in rows if key in keys - known} == {("-", "-", "-")}
    (rekeyed,) = findings(town, "rows_rekeyed", TAX_FILE)
    assert (rekeyed.params["n"], rekeyed.params["rows"]) == (2, 14)
    assert '"02" (25, 563, 1101) → 02000' in rekeyed.params["examples"]


def test_no_kreis_is_said_to_have_no_taxpayers(town):
    taxed = town.values[town.values["indicator"].isin([*TAX, *TAX_PARTS])]
    without = taxed[taxed["state"] != "ok"]
    assert set(zip(without["area"], without["period"], without["state"], strict=True)) == {
        (EISENACH, "2018", "not_applicable"),
        (EISENACH, "2019", "not_applicable"),
    }
    assert (taxed["value"].dropna() > 0).all()


def test_sums_that_differ_from_what_the_source_gives_are_told_and_are_rounding(town, raw):
    kreise = {a: LAND_OF_CITY.get(a, a) for a in raw.kreise}
    parts = {land: [k for a, k in kreise.items() if a[:2] == land] for land in raw.areas("laender")}
    parts["DG"] = list(parts)
    differing: Counter[str] = Counter()
    for year in YEARS_OF_TAX:
        for above, below in parts.items():
            found = [raw.tax[(year, key)] for key in below if "-" not in raw.tax[(year, key)]]
            for column in TAX.values():
                sums = sum(int(row[column]) for row in found)
                whole = int(raw.tax[(year, above)][column])
                gap = abs(sums - whole)
                assert gap < (ROUNDED if column else 1), (year, above)
                differing[above] += gap > 0
    told = Counter(f.params["area"] for f in findings(town, "parent_differs"))
    told["DG"] = told.pop("deutschland-kreise")
    assert told == +differing
    assert told.total() > 100
    assert not findings(town, "parent_differs_more")


def test_the_old_datum_puts_every_kreis_where_it_lies(town):
    ours = town.areas["kreise@2021"].set_index("area_id")
    plain = gpd.read_file(FOLDER / "raw" / "Ebene_Kreise.geojson").set_index("ARS")
    assert set(plain.index) == set(ours.index)
    theirs = plain.to_crs(ours.crs).loc[ours.index]
    assert ours.geometry.centroid.distance(theirs.geometry.centroid).max() < 20
    assert (ours.area / theirs.area).between(0.999, 1.001).all()
    assert not findings(town, "crs_declared_differs")
    assert (findings(town, "features_not_meant")[0].params["n"]) == 9


def test_every_kreis_lies_in_its_land_and_every_land_in_germany(town):
    links = Counter(zip(town.parents["child_level"], town.parents["parent_level"], strict=True))
    assert links == {("kreise", "laender"): 401, ("laender", "bund"): 16}
    kreise = town.parents[town.parents["child_level"] == "kreise"]
    assert (kreise["child"].str[:2] == kreise["parent"]).all()
    lands = town.areas["laender@2021"].set_index("area_id")
    size = town.areas["kreise@2021"].dissolve(kreise.set_index("child")["parent"].to_numpy())
    assert (size.area / lands.area).between(0.97, 1.03).all()


def test_indicators_read_in_both_languages(town):
    found = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    for indicator in found["indicator"]:
        for key in ("name", "definition"):
            assert indicator[key]["de"] != indicator[key]["en"], indicator["id"]
    assert len(town.catalogue.indicators) == len(INKAR) + 1 + len(TAX) + len(TAX_PARTS)
    offered = {(i.id, c) for i in town.catalogue.indicators for c, _ in i.categories}
    assert offered == {(i, c) for i, c, _ in SERIES if c != "total"}
