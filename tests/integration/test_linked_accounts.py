"""An account with a password that its owner links to the service elsewhere, and unlinks again."""

from __future__ import annotations

import pytest

from data.accounts import update_account
from domain.roles import Role
from services.accounts import AccountRefusedError
from tests.linking import LINK, OWN, UNLINK, WRONG, actions, asks, linked, way
from tests.sign_in_service import BACK, come_back, signed_in
from tests.staff import PASSWORD, account, code_at, form_token, send, session, sign_in


@pytest.fixture
def staff(elsewhere, changing):
    return changing[2].now


@pytest.fixture
def meier(staff):
    account(staff, "meier")


@pytest.fixture
def browser(elsewhere, staff, meier):
    """Return the browser in which meier is signed in."""
    return sign_in(elsewhere, staff, "meier")


def test_the_owner_links_the_account_and_comes_in_from_the_service(
    elsewhere, service, staff, browser
):
    answer = linked(browser, service)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{OWN}?done=linked")
    assert "ist jetzt mit dem Anmeldedienst verknüpft" in browser.get(f"{OWN}?done=linked").text
    found = staff.accounts.named("meier")
    assert (found.is_linked, found.is_external, found.has_password) == (True, False, True)
    other, answer = signed_in(elsewhere, service)
    assert answer.status_code == 303
    assert "meier" in other.get(OWN).text
    assert [a.name for a in staff.accounts.all()] == ["chef", "meier"]
    assert actions(staff, "account_link") == [("meier", "done")]
    assert ("meier", "done_outside") in actions(staff, "sign_in")
    # the password is a way in as before
    assert session(staff, "meier").account.is_linked


def test_role_and_department_of_a_linked_account_stay_those_given_here(
    elsewhere, service, staff, browser
):
    linked(browser, service)
    service.claims |= {"groups": ["it"], "department": "IT"}
    assert signed_in(elsewhere, service)[1].status_code == 303
    found = staff.accounts.named("meier")
    assert (found.role, found.department) == (Role.PLANNER, "")


def test_who_is_in_no_group_any_more_does_not_come_in_from_the_service(
    elsewhere, service, staff, browser
):
    linked(browser, service)
    service.claims["groups"] = ["sport"]
    assert signed_in(elsewhere, service)[1].status_code == 403
    assert browser.get(OWN).status_code == 401


def test_with_a_second_factor_its_code_is_needed_both_ways(elsewhere, service, staff, meier, clock):
    here = session(staff, "meier")
    secret, _ = staff.own.pending_secret(here)
    staff.own.confirm_second_factor(here, code_at(secret, clock()))
    clock.on(minutes=1)
    client = elsewhere.test_client()
    fields = {"name": "meier", "password": PASSWORD, "code": code_at(secret, clock())}
    assert send(client, "/intern/anmelden", **fields).status_code == 303
    clock.on(minutes=1)
    assert 'id="code-link"' in client.get(OWN).text
    assert "stimmen nicht" in asks(client).text
    assert "stimmen nicht" in asks(client, code="000000").text
    right = code_at(secret, clock())
    assert "stimmen nicht" in asks(client, code=right, **WRONG).text
    back = service.signs_in(way(asks(client, code=right)))
    assert come_back(client, back).status_code == 303
    assert "stimmen nicht" in asks(client, UNLINK, code=right).text  # used up
    clock.on(minutes=1)
    assert asks(client, UNLINK, code=code_at(secret, clock())).status_code == 303
    assert not staff.accounts.named("meier").is_linked


def test_unlinking_leaves_the_password_and_ends_all_other_sessions(
    elsewhere, service, staff, browser
):
    linked(browser, service)
    other, _ = signed_in(elsewhere, service)
    assert "stimmen nicht" in asks(browser, UNLINK, **WRONG).text
    answer = asks(browser, UNLINK)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{OWN}?done=unlinked")
    assert browser.get(OWN).status_code == 200
    assert other.get(OWN).status_code == 401
    assert actions(staff, "account_unlink") == [("meier", "done")]
    assert session(staff, "meier")
    # whoever comes from the service now is somebody new
    signed_in(elsewhere, service)
    assert [a.name for a in staff.accounts.all()] == ["chef", "erika", "meier"]
    assert "nicht mit dem Anmeldedienst verknüpft" in asks(browser, UNLINK).text


def test_an_account_without_a_password_keeps_its_only_way_in(elsewhere, service, staff):
    client, _ = signed_in(elsewhere, service)
    assert "trennen" not in client.get(OWN).text
    answer = asks(client, UNLINK, code="")
    assert answer.status_code == 400
    assert "einziger Zugang" in answer.text
    assert asks(client, LINK).status_code == 400
    erika = staff.accounts.named("erika")
    assert erika.is_external
    with pytest.raises(AccountRefusedError, match="only_way"):
        staff.accounts.unlink(erika.id, actor="chef")
    assert signed_in(elsewhere, service)[1].status_code == 303


def test_an_admin_sees_links_and_takes_them_away(elsewhere, service, staff, browser):
    chef = sign_in(elsewhere, staff, "chef")
    assert "mit dem Anmeldedienst verknüpft" not in chef.get("/intern/nutzer").text
    linked(browser, service)
    assert "mit dem Anmeldedienst verknüpft" in chef.get("/intern/nutzer").text
    path = f"/intern/nutzer/{staff.accounts.named('meier').id}"
    answer = send(chef, path, page="/intern/nutzer", deed="unlink")
    assert answer.headers["Location"] == "/intern/nutzer?done=unlinked"
    assert not staff.accounts.named("meier").is_linked
    assert browser.get(OWN).status_code == 401
    assert actions(staff, "account_unlink") == [("chef", "done")]
    answer = send(chef, path, page="/intern/nutzer", deed="unlink")
    assert answer.status_code == 400


def test_a_disabled_account_of_the_service_makes_room_for_a_linked_one(
    elsewhere, service, staff, browser
):
    signed_in(elsewhere, service)
    assert "zu einem anderen Konto" in linked(browser, service).text
    erika = staff.accounts.named("erika")
    staff.accounts.change(erika.id, is_disabled=True, actor="chef")
    staff.accounts.unlink(erika.id, actor="chef")
    assert linked(browser, service).status_code == 303
    # let in again it is an account that waits for a password of ours
    staff.accounts.change(erika.id, is_disabled=False, actor="chef")
    assert staff.accounts.named("erika").state == "waiting"


def test_a_reset_takes_the_link_away_as_well(elsewhere, service, staff, browser):
    linked(browser, service)
    staff.accounts.reset(staff.accounts.named("meier").id, actor="chef")
    found = staff.accounts.named("meier")
    assert (found.is_linked, found.is_external, found.state) == (False, False, "waiting")
    assert actions(staff, "account_unlink") == [("chef", "done")]
    other, _ = signed_in(elsewhere, service)
    assert "erika" in other.get(OWN).text


def test_without_a_service_there_is_no_form_but_links_can_be_taken_away(
    staffed_server, changing, staffed
):
    staff = changing[2].now
    client = sign_in(staffed_server, staff, "meier")
    assert "verknuepfen" not in client.get(OWN).text
    assert asks(client).status_code == 404
    with staff.accounts._database.begin() as connection:
        update_account(connection, staff.accounts.named("meier").id, subject="s 1")
    assert "trennen" in client.get(OWN).text
    assert asks(client, UNLINK).status_code == 303
    assert not staff.accounts.named("meier").is_linked


def test_the_second_step_is_told_in_english_as_well(browser):
    token = form_token(browser, OWN)
    fields = {"form_token": token, "password": PASSWORD}
    headers = {"Origin": "http://localhost"}
    answer = browser.post(f"{LINK}?lang=en", data=fields, headers=headers)
    assert "One more step" in answer.text
    # the switch of the language asks for the address of the form
    answer = browser.get(f"{LINK}?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{OWN}?lang=en")
    assert browser.get(f"{OWN}/nichts").status_code == 404
    assert BACK not in browser.get(OWN).text
