"""Cells hidden for the sake of others are named with what they protect, and never with a number."""

import pandas as pd

from domain.findings import Severity
from services.hidden_neighbours import hidden_neighbours

LINKS = {"01": "A", "02": "A", "03": "A", "04": "B", "05": "B"}


def name(area, period="2020", category="total"):
    return f"armut|{category}|{period}|quartiere@1|{area}"


def rows(*unsafe, hidden=(), hide=(), period="2020", category="total"):
    return pd.DataFrame(
        {
            "cell": [name(area, period, category) for area in LINKS],
            "period": period,
            "category": category,
            "level_key": "quartiere@1",
            "area": list(LINKS),
            "unsafe": [area in unsafe for area in LINKS],
            "hidden": [area in hidden for area in LINKS],
            "hide": [area in {*unsafe, *hidden, *hide} for area in LINKS],
            "value": 987654321.0,
        }
    )


def beside(*cells):
    return {cell: set(cells) - {cell} for cell in cells}


def test_a_second_cell_is_named_with_the_one_it_protects():
    (finding,) = hidden_neighbours(rows("02", hide=["03"]), beside(name("02"), name("03")), "armut")
    assert finding.severity is Severity.WARNING
    assert finding.params == {
        "indicator": "armut",
        "n": 1,
        "small": 1,
        "examples": "2020 03 (quartiere) → 02",
    }


def test_cells_hidden_for_themselves_are_no_neighbours():
    assert hidden_neighbours(rows("02", hidden=("04",)), {}, "armut") == []


def test_only_cells_that_a_sum_joins_are_named_as_protected():
    (finding,) = hidden_neighbours(
        rows("02", hide=["03", "05"]), beside(name("02"), name("03")), "armut"
    )
    assert finding.params["examples"] == "2020 03 (quartiere) → 02; 2020 05 (quartiere) → –"


def test_a_cell_of_another_category_or_year_is_named_with_it():
    small = rows("02", category="w", period="2021")
    both = pd.concat([small, rows(hide=["02"])])
    (finding,) = hidden_neighbours(both, beside(name("02"), name("02", "2021", "w")), "armut")
    assert finding.params["examples"] == "2020 02 (quartiere) → 02 (quartiere, w, 2021)"


def test_no_number_is_told():
    (finding,) = hidden_neighbours(rows("02", hide=["03"]), {}, "armut")
    assert "987654321" not in str(finding)


def test_at_most_twenty_are_named_and_the_rest_is_counted():
    years = [str(year) for year in range(1990, 2020)]
    many = pd.concat([rows("02", hide=["03"], period=year) for year in years])
    (finding,) = hidden_neighbours(many, {}, "armut")
    assert finding.params["n"] == 30
    assert str(finding.params["examples"]).count("→") == 20
