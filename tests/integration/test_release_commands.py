"""The commands of the release desk: the same rules, with ``cli`` as the one who acts."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from tests.release_desk import DeskTown


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def keck(town):
    def run(*arguments, **environ):
        folder = {"KECK_DATA_DIR": str(town.settings.data_dir), **environ}
        return CliRunner().invoke(cli.main, ["release", *arguments], env=folder)

    return run


def test_a_release_is_checked_handed_in_and_published_with_its_confirmations(town, keck):
    release = town.wait()
    told = keck("check", release)
    assert told.exit_code == 0
    assert "keine verborgene Zahl ist zu erkennen" in told.stdout
    assert keck("hand-in", release, "--note", "Neu: 2024", "--note-en", "New").exit_code == 0
    assert keck("publish", release).exit_code == 0
    assert town.services.store.current() == release
    listed = json.loads(keck("list", "--json").stdout)
    assert (listed[0]["note"], listed[0]["note_en"]) == ("Neu: 2024", "New")
    assert "New" in keck("list", KECK_LANGUAGE="en").stdout
    assert keck("withdraw", release).exit_code == 0
    assert town.services.store.current() == town.first
    assert "zurückgezogen" in keck("list").stdout
    assert keck("publish", release, "--confirmed").exit_code == 1


def test_publishing_checks_what_nobody_checked(town, keck):
    release = town.wait()
    assert keck("publish", release, "--confirmed").exit_code == 0
    assert town.services.desk.draft(release).check.is_passed
    jobs = [j.state for j in town.services.jobs.list() if j.kind == "check"]
    assert jobs == ["ready"]


def test_the_command_line_is_one_person_of_two(town, keck, tmp_path):
    release = town.wait()
    town.check(release)
    town.hand_in(release)
    told = keck("publish", release, "--confirmed", KECK_TWO_PERSON="on")
    assert told.exit_code == 1
    assert "Vier Augen" in told.stderr
    recipe = tmp_path / "town.toml"
    recipe.write_text("")
    told = CliRunner().invoke(
        cli.main,
        ["import", str(recipe), "--release"],
        env={"KECK_DATA_DIR": str(town.settings.data_dir), "KECK_TWO_PERSON": "on"},
    )
    assert told.exit_code == 1
    assert "Vier Augen" in told.stderr


def test_an_embargo_is_set_and_kept_on_the_command_line(town, keck):
    release = town.wait()
    told = keck("publish", release, "--confirmed", "--from", "2099-01-01 08:00:00")
    assert told.exit_code == 0
    assert "wird zum gewählten Zeitpunkt öffentlich" in told.stdout
    assert keck("due").stdout == ""
    assert town.services.store.current() == town.first


def test_an_unknown_release_is_refused_by_every_command(keck):
    for command in ("check", "hand-in", "publish", "withdraw", "rollback"):
        told = keck(command, "2019-01-01-1")
        assert told.exit_code == 1, command
        assert "2019-01-01-1" in told.stderr
