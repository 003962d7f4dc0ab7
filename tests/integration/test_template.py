"""A workbook goes out to an office, comes back filled in, and is read without any question."""

import shutil
import subprocess

import openpyxl
import pytest
from click.testing import CliRunner

import cli
from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from tests.small_delivery import HEAD, numbers, write_delivery

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]
SHARE = (
    'kind = "share"\nunit = "%"\n',
    'kind = "share"\nunit = "%"\nnumerator_text = "Betroffene"\ndenominator_text = "=alle"\n',
)
PARTS = """
[[table.measure]]
indicator = "anteil"
role = "numerator"
column = "kinder"
[[table.measure]]
indicator = "anteil"
role = "denominator"
column = "alle"
"""
HEADERS = ["Schlüssel", "Gebiet", "Jahr", "Kinder", "Anteil: Fälle", "Anteil: von"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Publish a town of three quarters; return its folder and what runs commands on it."""
    folder = tmp_path_factory.mktemp("town")
    lines = ["id;jahr;kinder;alle", *(f"{line};90" for line in LINES[1:])]
    from tests.small_delivery import TABLE

    recipe = write_delivery(folder, lines, head=HEAD.replace(*SHARE), table=TABLE + PARTS)
    environ = {"KECK_DATA_DIR": str(folder / "instance")}

    def run(*arguments):
        return CliRunner().invoke(cli.main, [str(a) for a in arguments], env=environ)

    done = run("import", recipe, "--release")
    assert done.exit_code == 0, done.output
    return folder, run


def made(town, *more):
    folder, run = town
    path = folder / "vorlage.xlsx"
    told = run("template", "--indicator", "kinder", "--indicator", "anteil", "--level", "viertel",
               *more, path)  # fmt: skip
    assert told.exit_code == 0, told.output
    return path


def filled(path):
    """Fill the template as an office does: numbers, a sign, an empty cell."""
    book = openpyxl.load_workbook(path)
    sheet = book["Werte"]
    for row, cells in zip((2, 3, 4), ((14, 3, 90), (27, ".", 91), (None, 5, 92)), strict=True):
        for column, value in zip((4, 5, 6), cells, strict=True):
            sheet.cell(row, column).value = value
    book.save(path)


def taken_over(town, path):
    """Read the filled template with a copy of the recipe; return the imported town."""
    folder, run = town
    recipe = folder / f"{path.stem}.toml"
    shutil.copy(folder / "town.toml", recipe)
    told = run("inspect", path, "--recipe", recipe, "--write")
    assert told.exit_code == 0, told.output
    assert "?" not in told.output.split("Spalten", 1)[1].split("✓ sicher")[0]
    assert "Gelesen würden 9 Werte" in told.output
    return assemble(load_recipe(recipe), folder, lambda *_: None)


def is_as_filled(imported):
    values = imported.values.set_index(["indicator", "area", "period"])
    assert numbers(imported, "kinder")["01", "2022"] == 14
    assert values.loc[("anteil", "01", "2022"), "numerator"] == 3
    assert values.loc[("anteil", "02", "2022"), "state"] == "suppressed"
    assert values.loc[("kinder", "03", "2022"), "state"] == "not_collected"


def test_the_template_has_districts_years_checks_and_an_explanation(town):
    book = openpyxl.load_workbook(made(town, "--years", "2022,2023"))
    rows = [[c.value for c in row] for row in book["Werte"].iter_rows()]
    assert rows[0] == HEADERS
    assert [row[:3] for row in rows[1:4]] == [
        ["01", "Altstadt", "2022"], ["02", "Westliche Höhe", "2022"], ["03", "St. Jürgen", "2022"],
    ]  # fmt: skip
    assert len(rows) == 7
    kinds = {v.type for v in book["Werte"].data_validations.dataValidation}
    assert kinds == {"list", "custom"}
    texts = [c.value for row in book["Erklärung"].iter_rows() for c in row if c.value]
    assert "numerator:anteil" in texts
    assert any("Please write a number" in text for text in texts)


def test_texts_of_the_catalogue_are_no_formulas(town):
    book = openpyxl.load_workbook(made(town))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert any(c.value == "=alle" and c.data_type == "s" for c in cells)
    assert [c for c in cells if c.data_type == "f"] == []


def test_without_years_the_next_one_is_asked_for(town):
    sheet = openpyxl.load_workbook(made(town))["Werte"]
    assert {row[2].value for row in sheet.iter_rows(min_row=2)} == {"2022"}


def test_what_comes_back_filled_in_is_read_without_any_question(town):
    path = made(town)
    filled(path)
    is_as_filled(taken_over(town, path))


def test_without_a_recipe_the_published_release_says_what_is_known(town):
    path = made(town)
    filled(path)
    told = town[1]("inspect", path)
    assert told.exit_code == 0, told.output
    assert "Tabelle für viertel@1 mit 3 Angaben" in told.output
    assert "Gelesen würden 9 Werte" in told.output


@pytest.mark.long
def test_a_copy_saved_by_libreoffice_is_read_alike(town):
    path = made(town)
    filled(path)
    out = path.parent / "gerechnet"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{path.parent}/profile",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    copy = path.parent / "aus-libreoffice.xlsx"
    shutil.copy(out / path.name, copy)
    is_as_filled(taken_over(town, copy))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--indicator", "nichts", "--level", "viertel"], "Indikator „nichts“"),
        (["--indicator", "kinder", "--level", "mond"], "Raumebene „mond“"),
        (["--indicator", "kinder", "--level", "viertel", "--years", "bald"], "„bald“ ist keine"),
    ],
)
def test_what_the_release_does_not_have_is_named(town, arguments, words):
    folder, run = town
    told = run("template", *arguments, folder / "x.xlsx")
    assert told.exit_code == 1
    assert words in told.output
    assert not (folder / "x.xlsx").exists()


def test_only_workbooks_are_written(town):
    folder, run = town
    told = run("template", "--indicator", "kinder", "--level", "viertel", folder / "x.csv")
    assert told.exit_code == 1
    assert ".xlsx" in told.output
