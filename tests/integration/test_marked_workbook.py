"""The office gets its own workbook back: notes at the faulty cells, everything else as it was."""

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.styles import Font

import cli
from tests.small_delivery import TABLE, write_delivery

OF_WORKBOOK = TABLE.replace('file = "werte.csv"\nencoding = "utf-8"\nseparator = ";"\n',
                            'file = "werte.xlsx"\nformat = "xlsx"\nsheet = "Kinder"\n')  # fmt: skip


@pytest.fixture
def check(tmp_path):
    def run(*arguments):
        environ = {"KECK_DATA_DIR": str(tmp_path / "instance")}
        return CliRunner().invoke(cli.main, ["check", *map(str, arguments)], env=environ)

    return run


def delivered(folder):
    """Deliver a workbook with a formula, formats, a second sheet, a note and two faults."""
    recipe = write_delivery(folder, ["id;jahr;kinder"], table=OF_WORKBOOK)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinder"
    for row in (["id", "jahr", "kinder"], ["01", "2021", 12], ["02", "2021", "=viele"],
                ["99", "2021", 44], ["03", "2021", 5]):  # fmt: skip
        sheet.append(row)
    sheet["C3"].data_type = "s"
    sheet["C2"].font = Font(bold=True)
    sheet["C2"].number_format = "#,##0"
    sheet["C3"].comment = Comment("vom Amt", "Amt")
    sheet["E1"] = "=1+1"
    other = book.create_sheet("Notizen")
    other["B2"] = "bleibt"
    book.save(folder / "werte.xlsx")
    return recipe


def test_faulty_cells_carry_notes_and_the_rest_stays(check, tmp_path):
    recipe = delivered(tmp_path)
    before = openpyxl.load_workbook(tmp_path / "werte.xlsx")
    before["Kinder"]["E1"] = None
    before.save(tmp_path / "werte.xlsx")
    told = check(recipe, "--marked", tmp_path / "zurueck.xlsx")
    assert told.exit_code == 1
    assert "werte.xlsx mit Notizen" in told.output
    assert (tmp_path / "zurueck.xlsx").stat().st_mode & 0o777 == 0o600

    after = openpyxl.load_workbook(tmp_path / "zurueck.xlsx")
    assert after.sheetnames == ["Kinder", "Notizen", "Befunde"]
    sheet = after["Kinder"]
    assert sheet["C3"].comment.text.startswith("vom Amt\n\nFehler: ")
    assert "→" in sheet["A4"].comment.text
    assert sheet["C3"].fill.fgColor.rgb.endswith("FFC7CE")
    marked = {"C3", "A4"}
    for name in ("Kinder", "Notizen"):
        for row in before[name].iter_rows():
            for cell in row:
                copy = after[name][cell.coordinate]
                assert (copy.value, copy.data_type) == (cell.value, cell.data_type)
                assert (copy.font.b, copy.number_format) == (cell.font.b, cell.number_format)
                if name == "Notizen" or cell.coordinate not in marked:
                    assert copy.comment is None
    listed = [[c.value for c in row] for row in after["Befunde"].iter_rows(min_row=2)]
    assert {row[4] for row in listed} >= marked
    assert [c for row in after["Befunde"].iter_rows() for c in row if c.data_type == "f"] == []


def test_formulas_stay_formulas(check, tmp_path):
    recipe = delivered(tmp_path)
    told = check(recipe, "--marked", tmp_path / "zurueck.xlsx")
    assert told.exit_code == 1
    sheet = openpyxl.load_workbook(tmp_path / "zurueck.xlsx")["Kinder"]
    assert (sheet["E1"].value, sheet["E1"].data_type) == ("=1+1", "f")
    assert sheet["E1"].comment is not None


def test_a_text_file_comes_back_as_a_workbook_of_its_cells(check, tmp_path):
    recipe = write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;zwölf", "02;2021;25"])
    told = check(recipe, "--marked", tmp_path / "zurueck.xlsx")
    assert told.exit_code == 1
    book = openpyxl.load_workbook(tmp_path / "zurueck.xlsx")
    notes = [c.comment.text for s in book for r in s.iter_rows() for c in r if c.comment]
    assert any("zwölf" in note for note in notes)


def test_nothing_is_written_where_nothing_is_wrong_or_allowed(check, tmp_path):
    recipe = delivered(tmp_path)
    over = check(recipe, "--marked", tmp_path / "werte.xlsx")
    assert over.exit_code == 1
    other = check(recipe, "--marked", tmp_path / "zurueck.csv")
    assert other.exit_code == 1
    good = tmp_path / "gut"
    good.mkdir()
    recipe = write_delivery(good, ["id;jahr;kinder", "01;2021;1", "02;2021;2", "03;2021;3"])
    told = check(recipe, "--marked", good / "zurueck.xlsx")
    assert told.exit_code == 0, told.output
    assert "keine Kopie" in told.output
    assert not (good / "zurueck.xlsx").exists()
