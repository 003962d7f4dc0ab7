"""Figures derived from single categories, and figures a series lacks."""

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError, Severity
from tests.small_delivery import HEAD, TABLE, codes, import_delivery, numbers, write_delivery

BY_SEX = TABLE.replace(
    "[table.period]", '[table.category]\ncolumn = "wer"\nmap = { "g" = "total" }\n[table.period]'
)
LINES = ["id;jahr;wer;kinder", "01;2021;g;8", "01;2021;w;2", "02;2021;g;5", "03;2021;w;1"]


def derived(above: str, below: str, more: str = "") -> str:
    return HEAD + f"numerator_from = [{above}]\ndenominator_from = [{below}]\n{more}"


def test_a_total_may_be_derived_from_one_category(tmp_path):
    head = derived('"kinder:w"', '"kinder:total"')
    town = import_delivery(tmp_path, LINES, table=BY_SEX, head=head)
    rows = town.values[town.values["indicator"] == "anteil"]
    assert rows[["category", "area", "value", "numerator", "denominator"]].to_numpy().tolist() == [
        ["total", "01", 25.0, 2.0, 8.0]
    ]


def test_each_category_may_be_a_share_of_the_whole(tmp_path):
    split = '[[indicator.category]]\nid = "w"\nname = "weiblich"\n'
    head = derived('"kinder"', '"kinder:total"', split)
    town = import_delivery(tmp_path, LINES, table=BY_SEX, head=head)
    rows = town.values[town.values["indicator"] == "anteil"]
    assert rows[["category", "area", "value"]].to_numpy().tolist() == [["w", "01", 25.0]]


def test_a_category_the_indicator_does_not_declare_is_not_derived(tmp_path):
    head = derived('"kinder"', '"kinder:total"')
    town = import_delivery(tmp_path, LINES, table=BY_SEX, head=head)
    assert numbers(town, "anteil") == {}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ('"kinder:x"', "recipe_unknown_name"),
        ('"kindr:w"', "recipe_unknown_name"),
        ('"anteil:total"', "recipe_circle"),
        ('"kinder:"', "recipe_wrong_id"),
    ],
)
def test_a_part_that_names_nothing_is_refused(tmp_path, part, code):
    recipe = write_delivery(tmp_path, LINES, table=BY_SEX, head=derived(part, '"kinder"'))
    with pytest.raises(RefusedFileError) as refused:
        load_recipe(recipe)
    assert code in codes(refused.value.findings)


def gaps(tmp_path, lines, table=TABLE):
    found = import_delivery(tmp_path, lines, table=table).findings
    return [f for f in found if f.code == "series_gaps"]


def test_a_year_an_area_lacks_is_told_and_stays_missing(tmp_path):
    lines = ["id;jahr;kinder", "01;2020;4", "01;2021;4", "02;2021;5", "03;2020;5", "03;2021;5"]
    (found,) = gaps(tmp_path, lines)
    assert found.severity is Severity.WARNING
    assert found.place.file == "werte.csv"
    known = {k: found.params[k] for k in ("n", "all", "areas", "empty", "examples")}
    assert known == {"n": 1, "all": 6, "areas": 1, "empty": 0, "examples": "02 (1)"}
    town = import_delivery(tmp_path, lines)
    assert ("02", "2020") not in numbers(town, "kinder")


def test_an_area_without_one_category_is_told_with_it(tmp_path):
    (whole, girls) = gaps(tmp_path, LINES, BY_SEX)
    assert (whole.params["category"], whole.params["examples"]) == ("total", "03 (1)")
    assert (girls.params["category"], girls.params["empty"]) == ("w", 1)


def test_a_year_nobody_has_and_a_withheld_cell_are_no_gaps(tmp_path):
    lines = ["id;jahr;kinder", *(f"{a};{y};{n}" for y in (2018, 2021) for a, n in
             (("01", "4"), ("02", "*"), ("03", "")))]  # fmt: skip
    assert gaps(tmp_path, lines) == []


def test_a_level_that_covers_half_of_the_one_above_is_told(tmp_path):
    block = (
        '[[level]]\nid = "ecke"\nvintage = "1"\nname = "Ecken"\norder = 30\n[level.layer]\n'
        'file = "ecken.geojson"\nformat = "geojson"\ncrs = "EPSG:4326"\nid = "key"\n'
        'name = "name"\n[[level.parent]]\nlevel = "viertel"\ncolumn = "key"\n'
    )
    head = HEAD.replace("[indicator_defaults]", block + "[indicator_defaults]")
    with_outline = head.replace('kind = "city"', 'kind = "city"\noutline = "viertel"')
    recipe = write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;4"], head=with_outline)
    quarters = (tmp_path / "viertel.geojson").read_text(encoding="utf-8")
    part = quarters[: quarters.index('{"type": "Feature"', 60)].rstrip(", ") + "]}"
    (tmp_path / "ecken.geojson").write_text(part, encoding="utf-8")

    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    told = next(f for f in town.findings if f.code == "level_covers_part")
    assert told.params == {"level": "ecke", "parent": "viertel", "share": 33}
    whole = town.areas["viertel@1"].geometry.area.sum()
    assert town.areas["stadt@1"].geometry.iloc[0].area == pytest.approx(whole)

    recipe.write_text(head + TABLE, encoding="utf-8")
    finest = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert finest.areas["stadt@1"].geometry.iloc[0].area == pytest.approx(whole / 3, rel=0.01)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('kind = "city"', 'kind = "city"\noutline = "fiertel"', "recipe_unknown_name"),
        (
            'name = "Viertel"',
            'name = "Viertel"\noutline = "viertel"',
            "recipe_outline_without_city",
        ),
    ],
)
def test_an_outline_that_cannot_be_is_refused(tmp_path, old, new, code):
    recipe = write_delivery(tmp_path, LINES, head=HEAD.replace(old, new))
    with pytest.raises(RefusedFileError) as refused:
        load_recipe(recipe)
    assert code in codes(refused.value.findings)
