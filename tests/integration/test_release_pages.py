"""The pages of the release desk: what each role sees and may, and what the public never gets."""

from __future__ import annotations

import pytest

from domain.findings import Finding, Place, Severity
from services.jobs import JobState
from tests.release_desk import DeskTown
from tests.staff import form_token, send

DESK = "/intern/daten"
HAND_IN = ("vorlegen", "zuruecknehmen", "verwerfen", "pruefen")
RELEASE = ("freigeben", "aufheben", "zurueckkehren", "zurueckziehen")


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def browser(town):
    return town.browsers()


def page(release, deed=""):
    return f"{DESK}/ausgabe/{release}" + (f"/{deed}" if deed else "")


def act(client, release, deed, **fields):
    return send(client, page(release, deed), page=page(release), **fields)


def ready(town):
    release = town.wait()
    town.check(release)
    town.hand_in(release)
    return release


def release_it(client, town, release, **fields):
    given = {"base": town.first, "confirm_recalculation": "1", **fields}
    return act(client, release, "freigeben", **given)


def test_a_release_goes_from_draft_to_second_person_to_public_and_back(town, browser):
    release = town.wait()
    anna, bert = browser("anna"), browser("bert")
    assert (
        act(anna, release, "vorlegen", note_de="Neu: 2024", note_en="New: 2024").status_code == 303
    )
    town.check(release)
    told = bert.get(page(release)).text
    for text in ("Neu: 2024", "anna", "Bestanden", "Freigeben und veröffentlichen"):
        assert text in told
    answer = release_it(bert, town, release)
    assert answer.status_code == 303
    assert "done=published" in answer.headers["Location"]
    assert town.services.store.current() == release
    confirm = bert.get(page(town.first, "zurueckkehren")).text
    assert release in confirm
    assert town.first in confirm
    answer = send(bert, page(town.first, "zurueckkehren"), base=release)
    assert answer.status_code == 303
    assert town.services.store.current() == town.first


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_of_the_desk_is_drawn_in_both_languages(town, browser, language):
    release = ready(town)
    bert = browser("bert")
    for path in (DESK, page(release), page(town.first)):
        answer = bert.get(f"{path}?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
    told = bert.get(f"{DESK}?lang={language}").text
    assert {"de": "Warten auf Ihre Freigabe: 1", "en": "Waiting for your approval: 1"}[
        language
    ] in told


def test_what_the_import_found_is_told_by_cell_with_its_remedy(town, browser):
    place = Place("werte.xlsx", sheet="2024", row=7, column="kinder", address="C7")
    found = [
        Finding(Severity.WARNING, "town_differs", place, {"wanted": "a", "found": "b"}),
        Finding(Severity.INFO, "town_differs", Place("rest.csv"), {"wanted": "c", "found": "d"}),
    ]
    release = town.wait(findings=found)
    told = browser("dora").get(page(release)).text
    for text in ("werte.xlsx, Blatt 2024", "C7", "Zur Kenntnis: 1", "rest.csv"):
        assert text in told
    assert "<td>2</td>" in browser("dora").get(DESK).text


def test_a_planner_reads_and_can_do_nothing(town, browser):
    release = ready(town)
    dora = browser("dora")
    told = dora.get(page(release)).text
    assert "<textarea" not in told
    assert "/freigeben" not in told
    assert "Sie können alles lesen" in dora.get(DESK).text
    for deed in (*HAND_IN, *RELEASE):
        token = form_token(dora, "/intern/konto")
        answer = dora.post(
            page(release, deed), data={"form_token": token}, headers={"Origin": "http://localhost"}
        )
        assert answer.status_code == 403
    assert town.services.desk.draft(release).state == "handed_in"


def test_an_editor_hands_in_and_cannot_publish(town, browser):
    release = ready(town)
    anna = browser("anna")
    assert "/freigeben" not in anna.get(page(release)).text
    for deed in RELEASE:
        assert act(anna, release, deed).status_code == 403
    assert anna.get(page(town.first, "zurueckziehen")).status_code == 403
    assert act(anna, release, "zuruecknehmen").status_code == 303
    assert town.services.desk.draft(release).state == "open"


def test_carriers_and_strangers_see_nothing(town, browser):
    release = ready(town)
    assert browser("emil").get(DESK).status_code == 403
    stranger = browser("bert").application.test_client()
    for path in (DESK, page(release)):
        answer = stranger.get(path)
        assert answer.status_code == 401
        assert release not in answer.text.replace("%2F", "/").split("<main")[1].split("next")[0]


def test_a_form_without_its_token_or_from_elsewhere_is_refused(town, browser):
    release, bert = ready(town), browser("bert")
    own = {"Origin": "http://localhost"}
    assert bert.post(page(release, "freigeben"), data={}, headers=own).status_code == 403
    token = form_token(bert, page(release))
    foreign = {"Origin": "https://anderswo.example"}
    answer = bert.post(page(release, "freigeben"), data={"form_token": token}, headers=foreign)
    assert answer.status_code == 403
    assert town.services.store.current() == town.first


def test_what_stands_against_a_release_is_said_above_its_page(town, browser):
    release = town.wait()
    answer = release_it(browser("bert"), town, release)
    assert answer.status_code == 400
    assert "noch nicht zur Freigabe vorgelegt" in answer.text
    assert "noch nicht gegen die veröffentlichte geprüft" in answer.text


def test_the_second_of_two_gets_409_with_name_time_and_difference(town, browser):
    one, two = ready(town), ready(town)
    bert, cora = browser("bert"), browser("cora")
    assert release_it(bert, town, one).status_code == 303
    answer = release_it(cora, town, two)
    assert answer.status_code == 409
    assert f"Inzwischen ist die Ausgabe {one} öffentlich (von bert" in answer.text
    assert town.services.checks.running(two) is not None
    assert town.services.store.current() == one
    town.check(two)
    assert f"Unterschied zur Ausgabe {one}" in cora.get(page(two)).text


@pytest.mark.parametrize("moment", ["morgen", "9999-99-99T00:00", "0001-01-01T00:00"])
def test_an_unreadable_moment_is_no_fault_of_the_server(town, browser, moment):
    answer = release_it(browser("bert"), town, ready(town), public_from=moment)
    assert answer.status_code in (303, 400)


def test_an_embargo_keeps_the_release_from_the_public_until_its_moment(town, browser):
    release, bert = ready(town), browser("bert")
    assert release_it(bert, town, release, public_from="2099-01-01T08:00").status_code == 303
    told = bert.get(page(release)).text
    assert "öffentlich ab 01.01.99" in told
    assert (
        bert.application.test_client().get(f"/api/v1/catalogue?release={release}").status_code
        == 404
    )
    assert act(bert, release, "aufheben").status_code == 303
    assert town.services.desk.draft(release).state == "handed_in"


def test_a_request_after_the_moment_publishes_first(town, browser):
    release, bert = ready(town), browser("bert")
    release_it(bert, town, release, public_from="2099-01-01T08:00")
    town.clock.on(days=40_000)
    stranger = town.browsers()("bert").application.test_client()
    assert stranger.get("/api/v1/catalogue").get_json()["release"] == release


def test_staff_open_a_waiting_release_by_its_name_and_nobody_else_does(town, browser):
    release, dora = town.wait(), browser("dora")
    assert dora.get(f"/intern/api/v1/catalogue?release={release}").status_code == 200
    assert dora.get(f"/intern/view/kleinstadt/{release}/quartiere/kinder.json").status_code == 200
    assert f"/intern/atlas?release={release}" in dora.get(page(release)).text
    stranger = dora.application.test_client()
    assert stranger.get(f"/api/v1/catalogue?release={release}").status_code == 404


def test_a_withdrawn_release_answers_410_to_everybody(town, browser):
    release, bert = ready(town), browser("bert")
    release_it(bert, town, release)
    stranger = bert.application.test_client()
    assert stranger.get(f"/api/v1/catalogue?release={release}").status_code == 200
    assert send(bert, page(release, "zurueckziehen")).status_code == 303
    assert stranger.get(f"/api/v1/catalogue?release={release}").status_code == 410
    assert bert.get(f"/intern/api/v1/catalogue?release={release}").status_code == 410
    assert "zurückgezogen" in bert.get(DESK).text
    assert send(bert, page(town.first, "zurueckziehen"), page=page(town.first)).status_code == 400


def test_a_running_job_is_shown_and_cancelled(town, browser):
    job = town.services.jobs.start("kleinstadt", "import", actor="anna")
    anna = browser("anna")
    assert "Laufende Arbeiten" in anna.get(DESK).text
    assert send(anna, f"{DESK}/auftrag/{job}/abbrechen", page=DESK).status_code == 303
    assert town.services.jobs.get(job).cancel_requested
    assert town.services.jobs.get(job).state is JobState.UPLOADED
    assert send(anna, f"{DESK}/auftrag/fremd/abbrechen", page=DESK).status_code == 404


@pytest.mark.parametrize("path", [page("2019-01-01-1"), page("../../etc"), page("x" * 900)])
def test_an_unknown_release_is_not_found(town, browser, path):
    assert browser("bert").get(path).status_code == 404
