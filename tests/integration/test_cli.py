"""The command line: exit code 0 only if it is done, refusals as sentences."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from config import SETTINGS
from data.learned_names import LearnedName, learn_names, read_names
from tests.small_delivery import write_delivery
from tests.town_fixture import publish_small_town, settings_for

ROOT = Path(__file__).parents[2]
LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]


@pytest.fixture
def keck(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(tmp_path / "instance"))

    def run(*arguments, **environ):
        return CliRunner().invoke(cli.main, [str(a) for a in arguments], env=environ)

    return run


@pytest.fixture
def recipe(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    return write_delivery(folder, LINES)


def test_a_recipe_is_imported_published_listed_and_rolled_back(keck, recipe):
    assert keck("import", recipe).exit_code == 0
    first = json.loads(keck("release", "list", "--json").stdout)
    assert [(r["state"], r["is_current"]) for r in first] == [("ready", False)]
    assert keck("release", "publish", first[0]["id"]).exit_code == 0
    second = keck("import", recipe, "--release", "--json", "--note", "Zweiter Stand")
    assert second.exit_code == 0
    assert json.loads(second.stdout)["published"] is True
    listed = keck("release", "list")
    assert listed.stdout.count("veröffentlicht") == 2
    assert "Zweiter Stand" in listed.stdout
    assert keck("release", "rollback").exit_code == 0
    assert keck("release", "rollback").exit_code == 1


def test_findings_are_grouped_by_severity_in_the_language(keck, recipe):
    (recipe.parent / "werte.csv").write_text(LINES[0] + "\n01;2021;zwölf\n", encoding="utf-8")
    german = keck("import", recipe, "--release")
    english = keck("import", recipe, "--release", KECK_LANGUAGE="en")
    assert (german.exit_code, english.exit_code) == (1, 1)
    assert "Fehler (" in german.stdout
    assert "Zeile 2" in german.stdout
    assert "Errors (" in english.stdout
    assert "unverändert" in german.stderr


def test_refused_findings_are_told_as_json_too(keck, recipe):
    (recipe.parent / "werte.csv").write_text(LINES[0] + "\n01;2021;zwölf\n", encoding="utf-8")
    told = keck("import", recipe, "--json")
    assert told.exit_code == 1
    assert {f["severity"] for f in json.loads(told.stdout)["findings"]} >= {"error"}


def test_checking_a_recipe_publishes_nothing(keck, recipe):
    assert keck("check", recipe).exit_code == 0
    assert "noch keine Ausgabe" in keck("release", "list").stdout


def test_an_unknown_release_is_refused_with_a_sentence(keck):
    told = keck("release", "publish", "2026-01-01-1")
    assert told.exit_code == 1
    assert "2026-01-01-1" in told.stderr


def test_settings_are_listed_with_default_and_meaning(keck):
    told = keck("settings")
    assert told.exit_code == 0
    assert all(s.name in told.stdout for s in SETTINGS)
    assert "Port des Servers" in told.stdout


def test_a_bad_setting_ends_with_both_languages(keck):
    told = keck("settings", KECK_PORT="x")
    assert told.exit_code == 2
    assert "keine ganze Zahl" in told.stderr
    assert "no whole number" in told.stderr


def test_a_backup_is_verified_and_restored_into_an_empty_folder(keck, recipe, tmp_path):
    keck("import", recipe, "--release")
    assert keck("backup", tmp_path / "copy").exit_code == 0
    assert keck("restore", tmp_path / "copy", "--verify").exit_code == 0
    new = {"KECK_DATA_DIR": str(tmp_path / "new")}
    assert keck("restore", tmp_path / "copy", **new).exit_code == 0
    assert keck("release", "list", **new).stdout == keck("release", "list").stdout


def test_learnt_names_are_backed_up_and_restored(keck, recipe, tmp_path):
    keck("import", recipe, "--release")
    learn_names(tmp_path / "instance", [LearnedName("viertel", "Nord-Stadt", "03")])
    assert keck("backup", tmp_path / "backup").exit_code == 0
    restored = tmp_path / "neu"
    done = keck("restore", tmp_path / "backup", KECK_DATA_DIR=str(restored))
    assert done.exit_code == 0, done.output
    assert read_names(restored) == read_names(tmp_path / "instance") != ()


def run_program(*arguments, data_dir):
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "KECK_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_refusals_of_the_program_are_sentences_and_no_tracebacks(tmp_path):
    settings = publish_small_town(tmp_path)
    copy = tmp_path / "copy"
    assert run_program("backup", copy, data_dir=settings.data_dir).returncode == 0
    again = run_program("backup", copy, data_dir=settings.data_dir)
    over = run_program("restore", copy, data_dir=settings.data_dir)
    (copy / "app.db").write_bytes(b"")
    damaged = run_program("restore", copy, "--verify", data_dir=settings.data_dir)
    (settings.data_dir / "app.db").unlink()
    lost = run_program("release", "list", data_dir=settings.data_dir)
    for told, said in (
        (again, "nicht leer"), (over, "leeren Datenordner"), (damaged, "app.db"), (lost, "restore")
    ):  # fmt: skip
        assert told.returncode == 1
        assert said in told.stderr
        assert "Traceback" not in told.stderr


def test_a_lost_database_is_restored_from_the_backup_beside_the_releases(tmp_path):
    settings = publish_small_town(tmp_path)
    run_program("backup", tmp_path / "copy", data_dir=settings.data_dir)
    (settings.data_dir / "app.db").unlink()
    assert run_program("restore", tmp_path / "copy", data_dir=settings.data_dir).returncode == 0
    listed = run_program("release", "list", data_dir=settings.data_dir)
    assert "* 2026-11-24-1" in listed.stdout
    assert run_program("migrate", data_dir=settings.data_dir).returncode == 0


def test_an_import_leaves_no_other_file_behind(keck, recipe, tmp_path):
    keck("import", recipe, "--release")
    folder = settings_for(tmp_path / "instance").data_dir
    kept = ["app.db", "releases", "schema.lock", "staging"]
    assert sorted(p.name for p in folder.iterdir()) == kept


def test_blocks_for_similar_names_are_printed_and_nothing_is_written(keck, recipe):
    text = recipe.read_text("utf-8").replace('column = "id"', 'column = "id"\nby = "name"')
    recipe.write_text(text, encoding="utf-8")
    lines = [LINES[0], "Altstat;2021;12", "Westliche Höhe;2021;25", "Hafen;2021;44"]
    (recipe.parent / "werte.csv").write_text("\n".join(lines), encoding="utf-8")
    printed = keck("aliases", recipe)
    assert printed.exit_code == 0
    assert tomllib.loads(printed.stdout) == {
        "alias": [{"level": "viertel", "vintage": "1", "written": "Altstat", "area": "01"}]
    }
    assert recipe.read_text("utf-8") == text
    recipe.write_text(text + printed.stdout, encoding="utf-8")
    assert keck("aliases", recipe).stdout == ""
