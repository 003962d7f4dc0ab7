"""Who links nothing: the wrong password, another session, a subject that has an account."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from data.accounts import account_by, update_account
from tests.linking import OWN, WRONG, actions, asks, linked, way
from tests.sign_in_service import come_back, led_to, signed_in
from tests.staff import account, attempt, sign_in


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


@pytest.mark.parametrize("wrong", [{"password": "falsch"}, {"password": ""}])
def test_an_open_session_is_not_enough_to_link(service, staff, browser, wrong):
    answer = asks(browser, **wrong)
    assert answer.status_code == 400
    assert "Kennwort oder Code stimmen nicht" in answer.text
    assert "/auth?" not in answer.text
    assert service.asked == []
    assert asks(browser).status_code == 200


def test_five_mistakes_a_minute_and_then_a_rest(staff, browser, clock):
    for _ in range(5):
        assert "stimmen nicht" in asks(browser, **WRONG).text
    answer = asks(browser)
    assert answer.status_code == 400
    assert "/auth?" not in answer.text
    clock.on(minutes=1)
    assert "/auth?" in asks(browser).text


def test_nobody_is_linked_by_name_or_e_mail_address(elsewhere, service, staff):
    account(staff, "erika@stadt.example")
    service.claims |= {"preferred_username": None, "email": "erika@stadt.example"}
    client, answer = signed_in(elsewhere, service)
    assert answer.status_code == 409
    assert "verknüpfen Sie es unter Mein Konto" in answer.text
    assert client.get(OWN).status_code == 401
    assert not staff.accounts.named("erika@stadt.example").is_linked


def test_who_somebody_is_elsewhere_belongs_to_one_account(elsewhere, service, staff, browser):
    linked(browser, service)
    account(staff, "dora")
    dora = sign_in(elsewhere, staff, "dora")
    answer = linked(dora, service)
    assert answer.status_code == 400
    assert "gehört hier schon zu einem anderen Konto" in answer.text
    assert not staff.accounts.named("dora").is_linked
    assert staff.accounts.named("meier").is_linked
    assert actions(staff, "account_link") == [("dora", "refused"), ("meier", "done")]


def test_the_database_keeps_a_subject_to_one_account_as_well(staff, meier):
    database = staff.accounts._database
    ids = [one.id for one in staff.accounts.all()]
    with database.begin() as connection:
        update_account(connection, ids[0], subject="s 1")
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        update_account(connection, ids[1], subject="s 1")
    with database.connect() as connection:
        assert account_by(connection, id=ids[1]).subject == ""


def test_an_answer_for_another_session_links_nobody(elsewhere, service, staff, browser):
    """Not in another browser, not after signing in anew in this one, not as a sign-in."""
    back = service.signs_in(way(asks(browser)))
    account(staff, "dora")
    dora = sign_in(elsewhere, staff, "dora")
    dora.get("/intern/anmelden/dienst")
    assert come_back(dora, back).status_code == 401

    back = service.signs_in(way(asks(browser)))
    token = staff.sign_in.sign_in(attempt("dora"))
    browser.set_cookie("keck_session", token, path="/intern/")
    assert come_back(browser, back).status_code == 401

    back = service.signs_in(way(asks(browser)))
    browser.delete_cookie("keck_session", path="/intern/")
    answer = come_back(browser, back)
    assert answer.status_code == 401
    assert "keck_session" not in answer.headers.get("Set-Cookie", "")
    assert [a.name for a in staff.accounts.all() if a.is_linked] == []
    assert actions(staff, "account_link") == []


def test_the_answer_to_a_sign_in_links_nobody(elsewhere, service, staff, browser):
    back = service.signs_in(led_to(browser))
    assert come_back(browser, back).status_code == 303
    assert not staff.accounts.named("meier").is_linked
    assert staff.accounts.named("erika").is_external


@pytest.mark.parametrize(
    "changed", [{"state": "x" * 43}, {"code": "falsch"}, {"code": None}, {"iss": "http://x"}]
)
def test_an_answer_that_does_not_fit_links_nobody(service, staff, browser, changed):
    assert linked(browser, service, **changed).status_code in {400, 401}
    assert not staff.accounts.named("meier").is_linked


def test_the_nonce_of_the_link_has_to_come_back(service, staff, browser):
    service.claims["nonce"] = "another"
    answer = linked(browser, service)
    assert answer.status_code == 400
    assert "noch einmal von vorn" in answer.text
    assert not staff.accounts.named("meier").is_linked


def test_an_answer_counts_once_and_within_ten_minutes(service, staff, browser, clock):
    back = service.signs_in(way(asks(browser)))
    clock.on(minutes=10)
    assert come_back(browser, back).status_code == 400
    back = service.signs_in(way(asks(browser)))
    assert come_back(browser, back).status_code == 303
    assert come_back(browser, back).status_code == 401
    assert "schon mit dem Anmeldedienst verknüpft" in asks(browser).text


def test_who_has_no_group_links_nothing(service, staff, browser):
    service.claims["groups"] = ["sport"]
    answer = linked(browser, service)
    assert answer.status_code == 400
    assert "keine Rechte" in answer.text
    assert actions(staff, "account_link") == [("meier", "refused")]


def test_a_service_that_is_away_is_told_and_nothing_changes(service, staff, browser):
    service.server.shutdown()
    service.server.server_close()
    answer = asks(browser)
    assert answer.status_code == 400
    assert "Ihr Konto ist unverändert" in answer.text
