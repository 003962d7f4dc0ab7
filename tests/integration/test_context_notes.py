"""No indicator of burden becomes public without its context note, whoever publishes it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import cli
from domain.release_rules import Given
from services.release_drafts import DeskRefusedError
from tests.release_desk import DeskTown, bare
from tests.staff import send


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def waiting(town):
    release = town.wait(bare)
    town.check(release)
    town.hand_in(release)
    return release


GIVEN = Given("bert", confirms_recalculation=True)


def test_the_desk_refuses_and_names_the_indicators(town, waiting):
    with pytest.raises(DeskRefusedError) as told:
        town.services.desk.publish(waiting, GIVEN, base=town.first)
    assert told.value.keys == ("desk.problem.context",)
    assert told.value.params == {"indicators": "kinderarmut"}
    assert town.services.store.current() == town.first


def test_the_page_tells_the_remedy_and_offers_no_button(town, waiting):
    bert = town.browsers()("bert")
    page = f"/intern/daten/ausgabe/{waiting}"
    told = bert.get(page).text
    assert "Sie fehlt bei: kinderarmut" in told
    assert "/freigeben" not in told
    answer = send(bert, f"{page}/freigeben", page=page, base=town.first)
    assert answer.status_code == 400
    assert "context_note" in answer.text.split('role="alert"')[1].split("</p>")[0]
    assert "It is missing for: kinderarmut" in bert.get(f"{page}?lang=en").text


@pytest.mark.parametrize("command", [("check",), ("publish", "--confirmed")])
def test_the_command_line_refuses_alike(town, waiting, command):
    folder = {"KECK_DATA_DIR": str(town.settings.data_dir)}
    told = CliRunner().invoke(cli.main, ["release", command[0], waiting, *command[1:]], env=folder)
    assert told.exit_code == 1
    assert "Sie fehlt bei: kinderarmut" in told.stderr
    assert town.services.store.current() == town.first


def test_an_approval_given_before_the_rule_ends_where_the_note_is_missing(
    town, waiting, monkeypatch
):
    moment = town.clock.now
    town.clock.on(seconds=-60)
    with monkeypatch.context() as before:
        before.setattr(town.services.desk, "missing_context", lambda _release: ())
        assert not town.services.desk.publish(waiting, GIVEN, base=town.first, public_from=moment)
    town.clock.on(days=1)
    assert town.services.desk.publish_due() == []
    assert town.services.store.current() == town.first
    assert town.services.desk.draft(waiting).row.problem == "desk.problem.context_late"
