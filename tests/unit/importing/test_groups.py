"""Figures given for areas together: kept as such, nothing invented for the members."""

import pytest

from data.importing.groups import with_summed_parts
from data.importing.table_cells import Cell
from domain.findings import Severity
from domain.model import AreaGroup, State, Text
from services.aggregation import with_parents
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
)

GROUP = """
[[group]]
level = "viertel"
vintage = "1"
written = ["Altstadt und Westliche Höhe", "Altstadt/Westl. Höhe"]
areas = ["01", "02"]
"""
BY_NAME = TABLE.replace('column = "id"', 'column = "id"\nby = "name"')
SHARE = (
    BY_NAME.partition("[[table.measure]]")[0]
    + '[[table.measure]]\nindicator = "anteil"\nrole = "numerator"\ncolumn = "arme"\n'
    + '[[table.measure]]\nindicator = "anteil"\nrole = "denominator"\ncolumn = "kinder"\n'
)
LINES = [
    "id;jahr;kinder",
    "Altstadt;2020;10",
    "Westliche Höhe;2020;20",
    "St. Jürgen;2020;30",
    "Altstadt / Westl. Hoehe;2021;33",
    "St. Jürgen;2021;40",
]
DERIVED = HEAD.replace(
    'id = "anteil"', 'id = "anteil"\nnumerator_from = ["arme"]\ndenominator_from = ["kinder"]'
)


def states(town, period, indicator="kinder"):
    rows = town.values[(town.values["indicator"] == indicator) & (town.values["period"] == period)]
    return dict(zip(rows["area"], rows["state"], strict=True))


def city(town, indicator="kinder"):
    values = with_parents(town)
    rows = values[(values["level"] == "stadt") & (values["indicator"] == indicator)]
    return {p: (s, v) for p, s, v in zip(rows["period"], rows["state"], rows["value"], strict=True)}


def test_the_figure_is_kept_as_the_groups_and_members_have_none(tmp_path):
    town = import_delivery(tmp_path, LINES, table=GROUP + BY_NAME)
    assert states(town, "2021") == {
        "01": "not_collected",
        "02": "not_collected",
        "01-02": "ok",
        "03": "ok",
    }
    assert states(town, "2020") == {"01": "ok", "02": "ok", "03": "ok"}
    known = numbers(town, "kinder")
    assert known[("01-02", "2021")] == 33
    assert known[("01", "2021")] != known[("01", "2021")]
    (group,) = town.catalogue.level("viertel", "1").groups
    assert group.name == Text("Altstadt und Westliche Höhe")
    finding = the(town.findings, "group_figures")
    assert (finding.severity, finding.params["n"]) == (Severity.INFO, 1)
    assert codes(town.findings)["series_gaps"] == codes(town.findings)["areas_absent"] == 0


def test_the_sum_of_the_town_counts_the_group_once(tmp_path):
    town = import_delivery(tmp_path, LINES, table=GROUP + BY_NAME)
    assert city(town) == {"2020": ("ok", 60.0), "2021": ("ok", 73.0)}


@pytest.mark.parametrize(
    ("cell", "state"), [("*", "suppressed"), ("…", "not_collected"), ("0", "ok")]
)
def test_a_group_without_a_number_leaves_the_town_without_one(tmp_path, cell, state):
    lines = [*LINES[:4], f"Altstadt und Westliche Höhe;2021;{cell}", LINES[5]]
    town = import_delivery(tmp_path, lines, table=GROUP + BY_NAME)
    assert city(town)["2021"][0] == state


def test_a_missing_third_area_is_not_made_up_for_by_the_group(tmp_path):
    town = import_delivery(tmp_path, LINES[:5], table=GROUP + BY_NAME)
    assert city(town)["2021"][0] == "not_collected"


def test_group_and_member_with_figures_of_one_period_are_refused(tmp_path):
    found = refused_findings(tmp_path, [*LINES, "Altstadt;2021;0"], table=GROUP + BY_NAME)
    finding = the(found, "group_and_members")
    assert finding.place.row == 5
    assert "kinder total 2021" in str(finding.params["examples"])


def test_members_hidden_by_their_office_may_stand_beside_the_group(tmp_path):
    lines = [*LINES, "Altstadt;2021;*", "Westliche Höhe;2021;*"]
    town = import_delivery(tmp_path, lines, table=GROUP + BY_NAME)
    assert states(town, "2021")["01"] == "suppressed"
    assert city(town)["2021"] == ("ok", 73.0)


def test_an_empty_row_of_the_group_says_nothing(tmp_path):
    lines = [*LINES[:4], "Altstadt und Westliche Höhe;2020;"]
    town = import_delivery(tmp_path, lines, table=GROUP + BY_NAME)
    assert set(states(town, "2020")) == {"01", "02", "03"}


def test_the_base_of_a_group_is_added_up_from_its_members(tmp_path):
    lines = [
        "id;jahr;kinder;arme",
        "Altstadt;2021;100;",
        "Westliche Höhe;2021;300;",
        "Altstadt und Westliche Höhe;2021;;40",
        "St. Jürgen;2021;100;20",
    ]
    town = import_delivery(tmp_path, lines, table=GROUP + SHARE)
    # an empty cell of the group says nothing about its base
    assert numbers(town, "anteil")[("01-02", "2021")] == 10.0
    assert city(town, "anteil")["2021"] == ("ok", 12.0)


def test_a_derived_share_takes_the_base_of_the_members(tmp_path):
    lines = [
        "id;jahr;kinder;arme",
        "Altstadt;2021;100;",
        "Westliche Höhe;2021;300;",
        "Altstadt und Westliche Höhe;2021;;40",
        "St. Jürgen;2021;100;20",
        "Altstadt;2020;100;9",
        "Westliche Höhe;2020;300;8",
        "St. Jürgen;2020;100;7",
    ]
    table = BY_NAME + '[[table.measure]]\nindicator = "arme"\ncolumn = "arme"\n'
    town = import_delivery(tmp_path, lines, table=GROUP + table, head=DERIVED)
    assert numbers(town, "anteil")[("01-02", "2021")] == 10.0
    assert states(town, "2021", "anteil")["01"] == State.NOT_COLLECTED
    assert set(states(town, "2020", "anteil")) == {"01", "02", "03"}
    assert set(states(town, "2021", "kinder")) == {"01", "02", "03"}
    assert city(town, "anteil")["2021"] == ("ok", 12.0)
    assert city(town, "kinder")["2021"] == ("ok", 500.0)


@pytest.mark.parametrize("areas", [("01", "02"), ("02", "01")])
@pytest.mark.parametrize(
    ("cells", "state", "value", "flags"),
    [
        (("0", "500"), State.OK, 500.0, ""),
        (("0", "0"), State.NIL, 0.0, ""),
        (("/", "500"), State.LIMITED, 700.0, "e"),
        (("100p", "500"), State.OK, 600.0, "p"),
    ],
)
def test_the_state_and_flags_of_an_added_part_are_of_all_members(areas, cells, state, value, flags):
    key = ("anteil", "total", "2021", "viertel", "1")
    group = AreaGroup("01-02", Text("Beide"), areas)
    members = {
        "0": (State.NIL, 0.0, 1.0, ""),
        "500": (State.OK, 500.0, 0.1, ""),
        "/": (State.LIMITED, 200.0, 1.0, "e"),
        "100p": (State.OK, 100.0, 1.0, "p"),
    }

    def cell(area, role, row, figure):
        indicator, category, period, level, vintage = key
        where = ("werte.csv", "", row, "kinder", "")
        return Cell(indicator, role, category, period, level, vintage, area, *figure, *where)

    given = cell("01-02", "numerator", 4, (State.OK, 5.0, 1.0, ""))
    bases = [
        cell(area, "denominator", row, members[text])
        for area, row, text in (("01", 2, cells[0]), ("02", 3, cells[1]))
    ]
    found = with_summed_parts([*bases, given], {("viertel", "1"): (group,)})
    (base,) = [one for one in found if (one.area, one.role) == ("01-02", "denominator")]
    assert (base.state, base.value, base.flags, base.step) == (state, value, flags, 1.0)
    assert base.row == 2


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (GROUP.replace('"02"]', '"99"]'), "alias_area_unknown"),
        (GROUP + 'id = "03"\n', "group_id_taken"),
        (GROUP.replace('"Altstadt und Westliche Höhe"', '"St. Jürgen"'), "alias_shadows"),
        (GROUP + GROUP.replace("written", "id = 'x'\nwritten"), "recipe_area_in_two_groups"),
        (GROUP.replace('["01", "02"]', '["01", "01"]'), "recipe_area_in_two_groups"),
        (GROUP.replace('vintage = "1"', 'vintage = "9"'), "recipe_unknown_name"),
        (GROUP.replace('["01", "02"]', '["01"]'), "recipe_empty_list"),
    ],
)
def test_a_wrong_group_is_refused_with_its_line(tmp_path, group, code):
    found = refused_findings(tmp_path, LINES, table=group + BY_NAME)
    finding = next(f for f in found if f.code == code)
    assert finding.place.file == "town.toml"
    assert finding.place.row is not None


def test_a_group_over_two_parents_is_refused(tmp_path):
    head = HEAD.replace('constant = "kleinstadt"', 'column = "name"\npattern = "^(Alt|West)"')
    middle = (
        '[[level]]\nid = "bezirke"\nvintage = "1"\nname = "Bezirke"\norder = 15\n'
        '[level.layer]\nfile = "viertel.geojson"\nformat = "geojson"\ncrs = "EPSG:4326"\n'
        'id = "name"\nid_pattern = "^(Alt|West|St)"\nname = "name"\n'
    )
    head = head.replace('level = "stadt"\ncolumn', 'level = "bezirke"\ncolumn')
    head = head.replace('"^(Alt|West)"', '"^(Alt|West|St)"')
    found = refused_findings(tmp_path, LINES, table=GROUP + BY_NAME, head=head + middle)
    finding = the(found, "group_parents_differ")
    assert finding.params["parents"] == "Alt, West"


def rekeyed_to(target, role="data"):
    text = f'role = "{role}"\nrekey = {{ "Beide" = "{target}" }}\n[table.area]'
    return GROUP + BY_NAME.replace("[table.area]", text)


@pytest.mark.parametrize("target", ["01-02", "Altstadt/Westl. Höhe"])
def test_rekey_names_a_group_by_its_id_or_one_of_its_texts(tmp_path, target):
    lines = ["id;jahr;kinder", "Beide;2021;33", "St. Jürgen;2021;40"]
    town = import_delivery(tmp_path, lines, table=rekeyed_to(target))
    assert numbers(town, "kinder")["01-02", "2021"] == 33
    assert the(town.findings, "rows_rekeyed").params["n"] == 1


@pytest.mark.parametrize("role", ["data", "check"])
def test_an_unknown_target_of_rekey_is_named_with_the_groups_there_are(tmp_path, role):
    lines = ["id;jahr;kinder", "Beide;2021;33", "St. Jürgen;2021;40"]
    plain = BY_NAME if role == "check" else ""
    found = refused_findings(tmp_path, lines, table=rekeyed_to("01+02", role) + plain)
    finding = the(found, "rekey_target_unknown")
    assert finding.severity is Severity.ERROR
    assert (finding.params["written"], finding.params["target"]) == ("Beide", "01+02")
    assert finding.params["groups"] == '"Altstadt und Westliche Höhe"; "Altstadt/Westl. Höhe"'
    if role == "data":
        assert codes(found)["area_unknown"] == 0
