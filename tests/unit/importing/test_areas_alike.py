"""Two areas with the same counts for years are told: the sum of the town would count them twice."""

from __future__ import annotations

import pytest

from domain.findings import Severity
from tests.small_delivery import HEAD, TABLE, codes, import_delivery, the

YEARS = range(2000, 2012)
GROUP = """
[[group]]
level = "viertel"
vintage = "1"
written = "Altstadt und Westliche Höhe"
areas = ["01", "02"]
"""


def lines(second, *, third=lambda year: 3 * year, years=YEARS):
    """Return figures of three areas; the first holds the year, the others what they are told."""
    rows = ["id;jahr;kinder"]
    for year in years:
        cells = {"01": year, "02": second(year), "03": third(year)}
        rows += [f"{area};{year};{value}" for area, value in cells.items()]
    return rows


def alike(folder, rows, **parts):
    return codes(import_delivery(folder, rows, **parts).findings)["areas_alike"]


def test_a_joint_figure_in_two_areas_is_told_with_its_periods(tmp_path):
    town = import_delivery(tmp_path, lines(lambda year: year if year < 2009 else 2 * year))
    finding = the(town.findings, "areas_alike")
    assert finding.severity is Severity.WARNING
    assert finding.params == {
        "indicator": "kinder", "category": "total", "level": "viertel",
        "one": "01", "other": "02", "n": 9, "first": "2000", "last": "2008",
    }  # fmt: skip
    assert (finding.place.file, finding.place.row) == ("werte.csv", 3)


@pytest.mark.parametrize(("years", "n"), [(7, 0), (8, 1)])
def test_eight_consecutive_periods_are_needed(tmp_path, years, n):
    last = YEARS[0] + years
    assert alike(tmp_path, lines(lambda year: year if year < last else 1)) == n


def test_equal_figures_here_and_there_are_chance(tmp_path):
    assert (
        alike(tmp_path, lines(lambda year: year if year % 7 else 1, years=range(1900, 2000))) == 0
    )


def test_years_that_both_lack_do_not_part_what_is_equal(tmp_path):
    rows = lines(lambda year: "" if year % 5 == 0 else year)
    rows = ["01;2005;" if row == "01;2005;2005" else row for row in rows]
    rows = [row for row in rows if row not in {"01;2000;2000", "01;2010;2010"}]
    town = import_delivery(tmp_path, rows)
    finding = the(town.findings, "areas_alike")
    assert (finding.params["n"], finding.params["first"], finding.params["last"]) == (
        9, "2001", "2011",
    )  # fmt: skip


@pytest.mark.parametrize(("offset", "n"), [(1998, 0), (1990, 1)])
def test_small_figures_are_equal_by_chance(tmp_path, offset, n):
    rows = lines(lambda year: year)
    small = [row.rpartition(";") for row in rows[1:]]
    rows = [rows[0], *(f"{key};{int(value) - offset}" for key, _, value in small)]
    assert alike(tmp_path, rows) == n


def test_a_figure_that_never_changes_is_equal_by_chance(tmp_path):
    rows = ["id;jahr;kinder", *(f"0{n};{year};50" for year in YEARS for n in (1, 2, 3))]
    assert alike(tmp_path, rows) == 0


def test_three_areas_alike_are_two_pairs(tmp_path):
    assert alike(tmp_path, lines(lambda year: year, third=lambda year: year)) == 2


@pytest.mark.parametrize("kind", ["mean", "index"])
def test_what_is_not_added_up_is_not_compared(tmp_path, kind):
    head = HEAD.replace('kind = "count"', f'kind = "{kind}"').replace('"sum"', '"none"')
    assert alike(tmp_path, lines(lambda year: year), head=head) == 0


def test_a_joint_figure_read_as_that_of_a_group_is_answered(tmp_path):
    answered = TABLE.replace(
        'vintage = "1"', 'vintage = "1"\nrekey = { "01" = "Altstadt und Westliche Höhe" }', 1
    )
    rows = [row for row in lines(lambda year: year) if not row.startswith("02")]
    assert alike(tmp_path, rows, table=GROUP + answered) == 0


def test_at_most_twenty_pairs_are_named(tmp_path):
    names = [f"k{n}" for n in range(23)]
    head = HEAD + "".join(f'[[indicator]]\nid = "{name}"\nname = "Zahl {name}"\n' for name in names)
    first, _, measure = TABLE.partition("[[table.measure]]")
    table = first + "".join(
        "[[table.measure]]" + measure.replace('"kinder"\nc', f'"{name}"\nc', 1) for name in names
    )
    found = import_delivery(tmp_path, lines(lambda year: year), head=head, table=table).findings
    assert codes(found)["areas_alike"] == 20
    assert the(found, "areas_alike_more").params["n"] == 3
