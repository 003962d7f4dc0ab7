"""Who uploads a table is told what to do in the file or on the page, never in a recipe."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from i18n import LANGUAGES, texts
from web.staff.delivery_page import remedies_here

IMPORTING = Path(__file__).parents[2] / "data" / "importing"
READERS = (
    *("archive", "content", "csv_table", "doubled_columns", "encoding", "filled_cells", "picture"),
    *("report", "tabular", "xlsx_package", "xlsx_scan", "xlsx_table"),
)
STEPS = (
    *("area_remarks", "areas_alike", "checks", "figures_of_cells", "found_table", "groups", "keys"),
    *("known_town", "names", "numbers", "period_forms", "periods", "planned_measures", "spans"),
    *("planned_tables", "reading_remarks", "table_categories", "table_cells", "table_columns"),
    *("table_periods", "table_remarks", "tables", "unread_columns", "written_keys"),
)
"""The modules that read a table; those of maps, facilities and of the recipe itself stay out."""
OF_SIGNS = "signs_"
FOREIGN = re.compile(
    r"Rezept|recipe|\[\[|\[\w+\.\w+\]|cli\.py|TOML|Kommandozeile|command line|[Dd]ialekt|[Dd]ialect"
    r"|\b[a-z]+_[a-z_]+\b|\bpad\b|\brekey\b"
)
PARAMETER = re.compile(r"{(\w+)}")


def codes() -> set[str]:
    """Return the codes of findings that a module of a table names, or builds from parts."""
    known = {
        k.split(".")[1] for k in texts("de") if k.startswith("finding.") and k.endswith("remedy")
    }
    paths = [IMPORTING / "readers" / f"{name}.py" for name in READERS]
    paths += [IMPORTING / f"{name}.py" for name in STEPS]
    written = {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    built = {code for code in known if code.startswith((OF_SIGNS, "area_"))}
    return (written & known) | built


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_remedy_for_a_table_asks_for_the_recipe_or_a_command(language):
    told = texts(language)
    shown = {
        c: told[f"here.{c}" if c in remedies_here() else f"finding.{c}.remedy"] for c in codes()
    }
    assert len(shown) > 80
    # parameters name what the file holds, such as {school_year}
    found = {c: text for c, text in shown.items() if FOREIGN.search(PARAMETER.sub("", text))}
    assert found == {}


@pytest.mark.parametrize("code", sorted(remedies_here()))
def test_a_remedy_of_the_page_is_one_of_a_finding_and_names_only_what_that_holds(code):
    for language in LANGUAGES:
        told = texts(language)
        whole = told[f"finding.{code}.cause"] + told[f"finding.{code}.remedy"]
        assert set(PARAMETER.findall(told[f"here.{code}"])) <= set(PARAMETER.findall(whole))
