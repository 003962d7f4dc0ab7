"""Accounts on the command line: every command, every refusal as a sentence."""

import os

import pytest
from click.testing import CliRunner

import cli
from domain.roles import Role
from tests.staff import PASSWORD, HandClock, attempt, staff_of
from tests.town_fixture import settings_for


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path / "instance")


@pytest.fixture
def keck(settings, monkeypatch):
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(settings.data_dir))

    def run(*arguments, language="de"):
        environ = {"KECK_LANGUAGE": language}
        return CliRunner().invoke(cli.main, ["user", *arguments], env=environ)

    return run


def token_in(result):
    assert result.exit_code == 0, result.output
    return result.stdout.split("/intern/einrichten/")[1].split()[0]


def test_an_account_is_added_listed_changed_disabled_and_reset(keck, settings):
    assert "user add" in keck("list").stdout
    first = token_in(keck("add", "Chef", "--role", "admin", "--department", "Amt"))
    staff = staff_of(settings, HandClock())
    staff.setup.finish(first, "", PASSWORD, "")
    token_in(keck("add", "meier"))
    listed = keck("list").stdout.splitlines()
    assert [line.split()[:2] for line in listed] == [["chef", "admin"], ["meier", "planner"]]
    assert listed[0].rstrip().endswith("in Gebrauch  Amt")
    assert keck("role", "MEIER", "editor").exit_code == 0
    assert staff.accounts.named("meier").role is Role.EDITOR
    assert keck("disable", "meier").exit_code == 0
    assert staff.accounts.named("meier").is_disabled
    assert keck("disable", "meier", "--undo").exit_code == 0
    second = token_in(keck("reset", "chef"))
    staff.setup.finish(second, "", PASSWORD, "")
    assert staff.sessions.find(staff.sign_in.sign_in(attempt("chef")))


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (("add", "a b"), "geht nicht", "cannot be used"),
        (("add", "chef"), "gibt es schon", "is taken"),
        (("role", "niemand", "editor"), "gibt es nicht", "no such account"),
        (("reset", "niemand"), "gibt es nicht", "no such account"),
        (("disable", "chef"), "das letzte Konto", "the last admin"),
        (("role", "chef", "planner"), "das letzte Konto", "the last admin"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(keck, arguments, german, english):
    token_in(keck("add", "chef", "--role", "admin"))
    for language, words in (("de", german), ("en", english)):
        result = keck(*arguments, language=language)
        assert result.exit_code == 1
        assert words in result.stderr


def test_a_role_that_does_not_exist_is_refused_before_anything(keck):
    assert keck("add", "chef", "--role", "public").exit_code == 2
    assert "user add" in keck("list").stdout
