"""Tables as offices lay them out, through the importer: wide, transposed, interleaved, split."""

from __future__ import annotations

import pytest

from domain.findings import Severity
from tests.small_delivery import HEAD, TABLE, import_delivery, numbers, refused_findings, the

CROSSED = HEAD.replace(
    '[[indicator.category]]\nid = "w"\nname = "weiblich"\n',
    """[[indicator.dimension]]
[[indicator.dimension.category]]
id = "w"
name = { de = "weiblich", en = "female" }
[[indicator.dimension.category]]
id = "m"
name = { de = "männlich", en = "male" }
[[indicator.dimension]]
[[indicator.dimension.category]]
id = "unter-6"
name = { de = "unter 6 Jahre", en = "under 6" }
[[indicator.dimension.category]]
id = "ab-6"
name = { de = "ab 6 Jahre", en = "6 and over" }
""",
)
PARTS = """[table.category]
[[table.category.part]]
column = "sex"
map = { "Mädchen" = "w", "Jungen" = "m", "zusammen" = "total" }
[[table.category.part]]
column = "alter"
map = { "0-5" = "unter-6", "6-17" = "ab-6", "alle" = "total" }
[[table.measure]]"""
BY_PARTS = TABLE.replace("[[table.measure]]", PARTS)
SPLIT = [
    "id;jahr;sex;alter;kinder",
    "01;2021;Mädchen;0-5;1",
    "01;2021;Mädchen;6-17;2",
    "01;2021;Jungen;0-5;3",
    "01;2021;Jungen;6-17;4",
    "01;2021;Mädchen;alle;3",
    "01;2021;zusammen;0-5;4",
    "01;2021;zusammen;alle;10",
]
HEADLESS = """
[[table]]
file = "werte.csv"
separator = ";"
encoding = "utf-8"
level = "viertel"
vintage = "1"
"""


def by_category(town, indicator: str = "kinder") -> dict[str, float]:
    rows = town.values[town.values["indicator"] == indicator]
    return dict(zip(rows["category"], rows["value"], strict=True))


def test_several_columns_together_are_one_category_and_a_whole_is_left_out(tmp_path):
    town = import_delivery(tmp_path, SPLIT, head=CROSSED, table=BY_PARTS)
    assert by_category(town) == {
        "w-unter-6": 1, "w-ab-6": 2, "m-unter-6": 3, "m-ab-6": 4, "w": 3, "unter-6": 4,
        "total": 10,
    }  # fmt: skip


def test_dimensions_name_each_combination_in_both_languages(tmp_path):
    town = import_delivery(tmp_path, SPLIT, head=CROSSED, table=BY_PARTS)
    names = dict(town.catalogue.indicator("kinder").categories)
    assert list(names) == [
        "w", "m", "unter-6", "ab-6", "w-unter-6", "w-ab-6", "m-unter-6", "m-ab-6",
    ]  # fmt: skip
    assert (names["m-ab-6"].de, names["m-ab-6"].en) == (
        "männlich, ab 6 Jahre", "male, 6 and over",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("01;2021;Divers;0-5;1", "Divers-unter-6"),
        ("01;2021;Mädchen;;1", "w-–"),
        ("01;2021;;;1", "–-–"),
    ],
)
def test_a_combination_nobody_declared_and_a_blank_part_are_refused(tmp_path, row, cell):
    found = refused_findings(tmp_path, [SPLIT[0], row], head=CROSSED, table=BY_PARTS)
    finding = the(found, "category_unknown")
    assert (finding.place.row, finding.params["cell"]) == (2, cell)


def test_one_characteristic_may_stand_in_the_header_and_one_in_a_column(tmp_path):
    recipe = (
        BY_PARTS.replace('column = "sex"', 'group = "category"')
        .replace('column = "kinder"', "columns = '(?P<period>\\d{4}) (?P<category>.+)'")
        .replace('column = "jahr"', "in_header = true")
    )
    lines = ["id;alter;2021 Mädchen;2021 Jungen;2021 zusammen", "01;0-5;1;3;4", "01;alle;3;7;10"]
    town = import_delivery(tmp_path, lines, head=CROSSED, table=recipe)
    assert by_category(town) == {
        "w-unter-6": 1, "m-unter-6": 3, "unter-6": 4, "w": 3, "m": 7, "total": 10,
    }  # fmt: skip


def test_two_characteristics_in_two_header_rows_below_the_year(tmp_path):
    recipe = (
        BY_PARTS.replace('column = "sex"', 'group = "category"')
        .replace('column = "alter"', 'group = "category2"')
        .replace("[table.area]", "header_rows = 3\n[table.area]")
        .replace('column = "jahr"', "in_header = true")
        .replace(
            'column = "kinder"',
            "columns = '(?P<period>.+) / (?P<category>.+) / (?P<category2>.+)'",
        )
    )
    lines = [
        ";2020/21;;;2021/22 (p);;",
        ";Mädchen;;Jungen;Mädchen;;Jungen",
        "id;0-5;6-17;0-5;0-5;6-17;0-5",
        "01;1;2;3;4;5;6",
    ]
    town = import_delivery(tmp_path, lines, head=CROSSED, table=recipe)
    rows = town.values
    found = {
        (c, p): v for c, p, v in zip(rows["category"], rows["period"], rows["value"], strict=True)
    }
    assert found == {
        ("w-unter-6", "2020/21"): 1, ("w-ab-6", "2020/21"): 2, ("m-unter-6", "2020/21"): 3,
        ("w-unter-6", "2021/22"): 4, ("w-ab-6", "2021/22"): 5, ("m-unter-6", "2021/22"): 6,
    }  # fmt: skip
    assert set(rows.loc[rows["period"] == "2021/22", "flags"]) == {"p"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('column = "alter"', 'column = "alter"\ngroup = "category"', "recipe_category_one_way"),
        ("[table.category]", '[table.category]\ncolumn = "sex"', "recipe_category_one_way"),
    ],
)
def test_a_category_stands_in_one_place(tmp_path, old, new, code):
    found = refused_findings(tmp_path, SPLIT, head=CROSSED, table=BY_PARTS.replace(old, new))
    assert the(found, code).severity is Severity.ERROR


def test_a_category_listed_twice_is_refused(tmp_path):
    twice = CROSSED.replace('id = "m"\n', 'id = "w"\n')
    found = refused_findings(tmp_path, SPLIT, head=twice, table=BY_PARTS)
    assert the(found, "recipe_category_twice").severity is Severity.ERROR


def test_a_transposed_table_has_its_areas_in_the_header_and_its_years_as_rows(tmp_path):
    recipe = HEADLESS + (
        '[table.area]\nby = "name"\n[table.period]\ncolumn = "Schuljahr"\n'
        "[[table.measure]]\nindicator = \"kinder\"\ncolumns = '(?P<area>(?!Schuljahr).+)'\n"
    )
    lines = [
        "Schuljahr;Altstadt;Westliche Höhe;St. Jürgen",
        *("2021/22;1;2;3", "2022/2023 (vorläufig);4;5;*"),
    ]
    found = numbers(import_delivery(tmp_path, lines, table=recipe), "kinder")
    assert found["02", "2022/23"] == 5.0
    assert {period for _, period in found} == {"2021/22", "2022/23"}
    assert found["03", "2022/23"] != found["03", "2022/23"]  # suppressed: no number


def test_a_table_may_have_measures_as_rows_and_areas_with_years_as_columns(tmp_path):
    recipe = HEADLESS + (
        'header_rows = 2\n[table.area]\nby = "name"\n[table.period]\nin_header = true\n'
        + "".join(
            f'[[table.measure]]\nindicator = "{indicator}"\nwhere = {{ Merkmal = "{row}" }}\n'
            "columns = '(?P<area>.+) / (?P<period>[0-9].*)'\n"
            for indicator, row in (("kinder", "Kinder"), ("anteil", "darunter arm in %"))
        )
    )
    lines = [
        "Merkmal;Altstadt;;St. Jürgen;",
        ";2021;2022;2021;2022",
        *("Kinder;10;20;30;40", "darunter arm in %;1,5;2,5;3,5;4,5"),
    ]
    town = import_delivery(tmp_path, lines, table=recipe)
    assert numbers(town, "kinder")["03", "2022"] == 40.0
    assert numbers(town, "anteil")["01", "2021"] == 1.5


def test_two_measures_interleaved_by_column_under_each_year(tmp_path):
    recipe = HEADLESS + (
        'header_rows = 2\n[table.area]\ncolumn = "id"\n[table.period]\nin_header = true\n'
        "[[table.measure]]\nindicator = \"kinder\"\ncolumns = '(?P<period>.+) / Anzahl'\n"
        "[[table.measure]]\nindicator = \"anteil\"\ncolumns = '(?P<period>.+) / Quote'\n"
    )
    lines = [";2021;;2019–2021;", "id;Anzahl;Quote;Anzahl;Quote", "01;10;1,5%;30;2,5 %"]
    town = import_delivery(tmp_path, lines, table=recipe)
    assert numbers(town, "kinder") == {("01", "2021"): 10.0, ("01", "2019-2021"): 30.0}
    assert numbers(town, "anteil") == {("01", "2021"): 1.5, ("01", "2019-2021"): 2.5}


INTERLEAVED = HEADLESS + (
    "{fill}[table.area]\ncolumn = \"Gebiet\"\npattern = '^(\\d+)'\n"
    '[table.period]\ncolumn = "jahr"\n'
    '[[table.measure]]\nindicator = "kinder"\ncolumn = "wert"\nwhere = {{ art = "Anzahl" }}\n'
    '[[table.measure]]\nindicator = "anteil"\ncolumn = "wert"\nwhere = {{ art = "Quote" }}\n'
)
ALTERNATING = [
    "Gebiet;jahr;art;wert",
    *("01 Altstadt;2021;Anzahl;10", ";;Quote;1,5", "02 Westliche Höhe;2022;Anzahl;20", ";;Quote;2"),
]


def test_two_measures_interleaved_by_row_with_key_and_name_in_one_cell_written_once(tmp_path):
    recipe = INTERLEAVED.format(fill='fill_down = ["Gebiet", "jahr"]\n')
    town = import_delivery(tmp_path, ALTERNATING, table=recipe)
    assert numbers(town, "kinder") == {("01", "2021"): 10.0, ("02", "2022"): 20.0}
    assert numbers(town, "anteil") == {("01", "2021"): 1.5, ("02", "2022"): 2.0}
    filled = [f for f in town.findings if f.code == "table_filled_down"]
    assert [(f.place.row, f.place.column, f.params["n"]) for f in filled] == [
        (3, "Gebiet", 2), (3, "jahr", 2),
    ]  # fmt: skip
    the(filled[:1], "table_filled_down")


def test_nothing_is_filled_down_unless_the_recipe_says_so(tmp_path):
    found = refused_findings(tmp_path, ALTERNATING, table=INTERLEAVED.format(fill=""))
    assert {"area_unknown", "period_unreadable"} & {f.code for f in found}
    wrong = INTERLEAVED.format(fill='fill_down = ["Gebeit"]\n')
    assert the(refused_findings(tmp_path, ALTERNATING, table=wrong), "table_fill_unknown")


def test_a_name_behind_its_key_is_found_by_either(tmp_path):
    lines = ["Gebiet;jahr;kinder", "01 - Altstadt;2021;5", "03 – St. Jürgen;2021;6"]
    for pattern, by in ((r"^(\d+)", "id"), (r"^\d+ . (.+)", "name")):
        recipe = TABLE.replace(
            'column = "id"', f'column = "Gebiet"\nby = "{by}"\npattern = \'{pattern}\''
        )
        found = numbers(import_delivery(tmp_path, lines, table=recipe), "kinder")
        assert found == {("01", "2021"): 5.0, ("03", "2021"): 6.0}


def test_a_blank_category_is_the_whole_only_where_the_recipe_says_so(tmp_path):
    recipe = TABLE.replace(
        "[table.period]", '[table.category]\ncolumn = "wer"\n{map}[table.period]'
    )
    lines = ["id;jahr;wer;kinder", "01;2021;w;5", "01;2021;;9"]
    refused = refused_findings(tmp_path, lines, table=recipe.replace("{map}", ""))
    assert the(refused, "category_unknown").params["cell"] == "–"
    mapped = recipe.replace("{map}", 'map = { "" = "total" }\n')
    assert by_category(import_delivery(tmp_path, lines, table=mapped)) == {"w": 5, "total": 9}
