"""Cells hidden for the sake of others are named with what they protect, and never with a number."""

import pandas as pd

from domain.findings import Severity
from services.hidden_neighbours import hidden_neighbours
from services.nesting import Hierarchy

LINKS = {"01": "A", "02": "A", "03": "A", "04": "B", "05": "B"}
TREE = Hierarchy("verwaltung", {("quartiere@1", "bezirke@1"): LINKS})


def rows(*unsafe, hidden=(), period="2020"):
    return pd.DataFrame(
        {
            "period": period,
            "level_key": "quartiere@1",
            "area": list(LINKS),
            "unsafe": [area in unsafe for area in LINKS],
            "hidden": [area in hidden for area in LINKS],
            "value": 987654321.0,
        }
    )


def cells(*areas):
    return {"2020": frozenset(f"quartiere@1|{area}" for area in areas)}


def test_a_second_cell_is_named_with_the_one_it_protects():
    (finding,) = hidden_neighbours(rows("02"), cells("02", "03"), TREE, "armut")
    assert finding.severity is Severity.WARNING
    assert finding.params == {
        "indicator": "armut",
        "n": 1,
        "small": 1,
        "examples": "2020 03 (quartiere) → 02",
    }


def test_cells_hidden_for_themselves_are_no_neighbours():
    assert hidden_neighbours(rows("02", hidden=("04",)), cells("02", "04"), TREE, "armut") == []


def test_only_cells_of_the_same_parent_are_named_as_protected():
    (finding,) = hidden_neighbours(rows("02"), cells("02", "03", "05"), TREE, "armut")
    assert finding.params["examples"] == "2020 03 (quartiere) → 02; 2020 05 (quartiere) → –"


def test_no_number_is_told():
    (finding,) = hidden_neighbours(rows("02"), cells("02", "03"), TREE, "armut")
    assert "987654321" not in str(finding)


def test_at_most_twenty_are_named_and_the_rest_is_counted():
    years = [str(year) for year in range(1990, 2020)]
    many = pd.concat([rows("02", period=year) for year in years])
    hidden = dict.fromkeys(years, cells("02", "03")["2020"])
    (finding,) = hidden_neighbours(many, hidden, TREE, "armut")
    assert finding.params["n"] == 30
    assert str(finding.params["examples"]).count("→") == 20
