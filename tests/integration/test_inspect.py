"""Looking into a file on the command line: what it is, what it may mean, and the recipe for it."""

import json
import os
import tomllib

import openpyxl
import pytest
from click.testing import CliRunner

import cli
from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.learned_names import FILE, LearnedName, learn_names, read_names
from domain.findings import RefusedFileError
from services.inspection_work import inspect
from services.recipe_writing import NewTown, write_recipe
from tests.small_delivery import numbers, write_delivery

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]
NEW = ["Viertel;Jahr;Arme Kinder;Anteil", "Altstadt;2022;1;0,1", "Westl. Höhe;2022;2.200;*",
       "Sankt Jürgen;2022;31;1,5"]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    write_delivery(tmp_path, LINES)
    (tmp_path / "arme.csv").write_bytes(("\n".join(NEW) + "\n").encode("cp1252"))
    return tmp_path


@pytest.fixture
def keck(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(tmp_path / "instance"))

    def run(*arguments):
        return CliRunner().invoke(cli.main, ["inspect", *(str(a) for a in arguments)])

    return run


def order(folder, file, **more):
    return {
        "file": str(folder / file), "name": file, "sheet": "", "sets": {},
        "recipe": str(folder / "town.toml"), "data_dir": str(folder), "release": "",
        "aliases": [], **more,
    }  # fmt: skip


def uses(told):
    return {g["column"]: ",".join(g["uses"]) for g in told["guesses"]}


def imported(folder):
    return assemble(load_recipe(folder / "town.toml"), folder, lambda *_: None)


def test_the_command_says_what_a_file_is_and_writes_the_recipe_that_reads_it(keck, folder):
    recipe = folder / "town.toml"
    seen = keck(folder / "arme.csv", "--recipe", recipe)
    assert seen.exit_code == 0, seen.output
    assert "windows-1252" in seen.output
    assert "„*“ = " in seen.output
    assert "Unbekannter Name „Westl. Höhe“" in seen.output
    assert "02 Westliche Höhe" in seen.output
    before = recipe.read_text(encoding="utf-8")

    done = keck(folder / "arme.csv", "--recipe", recipe, "--set", "Anteil=value:anteil",
                "--learn", "viertel:Westl. Höhe=02", "--write")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "1 Tabellen" in done.output
    assert recipe.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    town = imported(folder)
    assert numbers(town, "arme")["02", "2022"] == 2200
    state = town.values.set_index(["indicator", "area", "period"])["state"]
    assert state["anteil", "02", "2022"] == "suppressed"

    # a year later the file is another one and nothing needs to be said
    again = keck(folder / "arme.csv", "--recipe", recipe, "--write")
    assert again.exit_code == 0, again.output
    assert "1 Tabellen ersetzt" in again.output
    assert len(load_recipe(recipe).table) == 2
    assert "so hat das Rezept diese Spalte schon gelesen" in again.output


def test_json_has_all_guesses_with_reasons(keck, folder):
    told = json.loads(keck(folder / "arme.csv", "--recipe", folder / "town.toml", "--json").output)
    assert told["format"] == "csv"
    assert uses(told)["Viertel"] == "area-name"
    assert all(guess["reasons"] for guess in told["guesses"])
    assert told["tables"][0]["encoding"] == "windows-1252"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "Anteil=quote"], "keine Verwendung einer Spalte"),
        (["--set", "value:kinder"], "SPALTE=ROLLE"),
        (["--learn", "Westl. Höhe=02"], "EBENE:NAME=GEBIET"),
        (["--write"], "--recipe"),
    ],
)
def test_odd_orders_are_refused_with_an_example(keck, folder, arguments, words):
    told = keck(folder / "arme.csv", *arguments)
    assert told.exit_code != 0
    assert words in told.output


def test_an_unknown_column_is_named_with_those_there_are(keck, folder):
    told = keck(folder / "arme.csv", "--recipe", folder / "town.toml", "--set", "Armee=ignore")
    assert told.exit_code == 1
    assert "Die Spalte „Armee“ gibt es nicht" in told.output


def test_a_file_the_import_refuses_says_why(keck, folder):
    (folder / "kaputt.csv").write_bytes(b"id;wert\n01;\x00\n")
    told = keck(folder / "kaputt.csv", "--recipe", folder / "town.toml")
    assert told.exit_code == 1
    assert "kaputt.csv, Zeile 2" in told.output


def test_the_columns_of_a_workbook_with_title_years_and_notes_are_understood(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinder"
    book.create_sheet("Leer")
    for row in (["Kinder in Kleinstadt"], [], ["Nr", "Name", "Kinder 2021", "Kinder 2022"],
                [1, "Altstadt", 12, 14], [2, "Westliche Höhe", 25, "-"],
                [3, "St. Jürgen", 44, 41], ["Quelle: Amt für Statistik"]):  # fmt: skip
        sheet.append(row)
    book.save(folder / "kinder.xlsx")
    told = inspect(order(folder, "kinder.xlsx"))
    assert (told["sheet"], told["shape"]["skip_rows"]) == ("Kinder", 2)
    assert uses(told) == {"Nr": "area", "Name": "ignore", "Kinder {period}": "value:kinder"}
    (table,) = told["tables"]
    assert table["area"] == {"column": "Nr", "pad": 2}
    assert table["footer_marker"] == "Quelle"
    assert told["values"] == 6


def test_areas_as_headers_are_told(folder):
    (folder / "quer.csv").write_text(
        "Jahr;Altstadt;Westliche Höhe;St. Jürgen\n2022;1;2;3\n", encoding="utf-8"
    )
    keys = [p["key"] for p in inspect(order(folder, "quer.csv"))["problems"]]
    assert keys == ["no_area", "areas_in_headers"]


def test_a_file_no_reader_takes_is_called_so(keck, folder):
    (folder / "alt.csv").write_bytes(b"%PDF-1.7 nothing else")
    told = keck(folder / "alt.csv", "--recipe", folder / "town.toml")
    assert told.exit_code == 1
    assert "alt.csv: keine Tabelle und keine Karte" in told.output


def test_a_learnt_name_of_no_area_is_told(folder):
    learnt = [["viertel", "Westl. Höhe", "77"]]
    told = inspect(order(folder, "arme.csv", aliases=learnt))
    assert told["problems"][-1] == {
        "key": "lost_name",
        "params": {"level": "viertel", "written": "Westl. Höhe", "area": "77"},
    }


def test_one_column_of_a_group_may_be_decided_by_itself(folder):
    (folder / "breit.csv").write_text(
        "id;Kinder_2021;Kinder_2022\n01;1;2\n02;3;4\n03;5;6\n", encoding="utf-8"
    )
    told = inspect(order(folder, "breit.csv", sets={"Kinder_2021": "ignore"}))
    assert uses(told)["Kinder_2022"] == "value:kinder@2022"
    assert told["tables"][0]["measure"] == [
        {"indicator": "kinder", "column_periods": {"Kinder_2022": "2022"}}
    ]
    other = inspect(order(folder, "breit.csv", sets={"Kinder_2021": "value:arme"}))
    assert (uses(other)["Kinder_2021"], other["values"]) == ("value:arme@2021", 6)


def test_columns_the_recipe_drops_are_never_shown(folder):
    recipe = folder / "town.toml"
    text = recipe.read_text(encoding="utf-8").replace(
        'separator = ";"\nlevel', 'separator = ";"\ndrop = ["leitung"]\nlevel'
    )
    recipe.write_text(text, encoding="utf-8")
    (folder / "werte-2022.csv").write_text(
        "id;jahr;kinder;leitung\n01;2022;1;Frau Beispiel\n", encoding="utf-8"
    )
    told = inspect(order(folder, "werte-2022.csv"))
    assert "Beispiel" not in json.dumps(told)
    assert told["tables"][0]["drop"] == ["leitung"]


def test_the_year_in_the_name_of_a_file_is_its_period(folder):
    (folder / "kinder-2023.csv").write_text("id;kinder\n01;1\n02;2\n03;3\n", encoding="utf-8")
    told = inspect(order(folder, "kinder-2023.csv"))
    assert told["tables"][0]["file"] == "kinder-{period}.csv"
    write_recipe(folder / "town.toml", told, "kinder-2023.csv")
    assert numbers(imported(folder), "kinder")["03", "2023"] == 3


def test_rows_of_several_kinds_are_told_apart_by_a_filter(folder):
    (folder / "lang.csv").write_text(
        "id;jahr;tab;kinder\n" + "".join(f"0{i};2022;{t};{i}\n" for i in (1, 2, 3) for t in "ab"),
        encoding="utf-8",
    )
    assert inspect(order(folder, "lang.csv"))["repeated"] == 3
    told = inspect(order(folder, "lang.csv", sets={"tab": "filter:a"}))
    assert (told["repeated"], told["values"]) == (0, 3)
    assert told["tables"][0]["where"] == {"tab": "a"}


def test_the_whole_table_may_be_of_the_town(folder):
    (folder / "stadt.csv").write_text("jahr;kinder\n2022;81\n", encoding="utf-8")
    told = inspect(order(folder, "stadt.csv", sets={"*": "area:stadt@1"}))
    assert told["tables"][0]["area"] == {"constant": "kleinstadt"}
    write_recipe(folder / "town.toml", told, "stadt.csv")
    assert numbers(imported(folder), "kinder")["kleinstadt", "2022"] == 81
    missing = inspect(order(folder, "stadt.csv"))
    assert [p["key"] for p in missing["problems"]] == ["no_area"]
    with pytest.raises(RefusedFileError, match="inspect_nothing_to_write"):
        write_recipe(folder / "town.toml", missing, "stadt.csv")


def test_a_town_may_be_begun_with_one_table(keck, tmp_path):
    (tmp_path / "neu.csv").write_text(
        "Stadtteil;Jahr;Einwohner;Weiblich\nNord;2023;1200;610\nSüd;2023;900;440\n"
        "Ost;2023;700;350\n", encoding="utf-8",
    )  # fmt: skip
    recipe = tmp_path / "neu.toml"
    unnamed = keck(tmp_path / "neu.csv", "--recipe", recipe, "--write")
    assert unnamed.exit_code == 2
    assert "--town" in unnamed.output
    done = keck(tmp_path / "neu.csv", "--recipe", recipe, "--write", "--town", "Neustadt an der Aa")
    assert done.exit_code == 0, done.output
    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert town.catalogue.town.id == "neustadt-an-der-aa"
    assert numbers(town, "einwohner")["nord", "2023"] == 1200


def test_names_are_learnt_once_and_a_damaged_file_is_refused(tmp_path):
    learn_names(tmp_path, [LearnedName("viertel", "Nord-Stadt", "07")])
    learn_names(tmp_path, [LearnedName("viertel", "Alt", "01")])
    assert {n.written for n in read_names(tmp_path)} == {"Nord-Stadt", "Alt"}
    assert tomllib.loads((tmp_path / FILE).read_text("utf-8"))["alias"][0]["area"] == "01"
    (tmp_path / FILE).write_text("[[alias]]\nwritten = 3\n", encoding="utf-8")
    with pytest.raises(RefusedFileError, match="learned_names_damaged"):
        read_names(tmp_path)


def test_a_new_recipe_is_refused_rather_than_written_wrong(tmp_path):
    told = {"tables": [{"file": "x.csv", "level": "nichts", "vintage": "1", "measure": []}],
            "levels": [], "dialects": [], "aliases": [], "indicators": []}  # fmt: skip
    with pytest.raises(RefusedFileError):
        write_recipe(tmp_path / "neu.toml", told, "x.csv", town=NewTown("Neu"))
    assert list(tmp_path.iterdir()) == []
