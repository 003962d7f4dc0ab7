"""The own account, all accounts and the log, as those who may open them see them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import app
from domain.roles import Role
from services.audit_log import LogQuery
from tests.staff import PASSWORD, account, code_at, send, sign_in, staff_of

ACCOUNT, USERS, LOG = "/intern/konto", "/intern/nutzer", "/intern/protokoll"


@pytest.fixture
def services(staffed):
    return staffed


@pytest.fixture
def server(staffed_server):
    return staffed_server


@pytest.fixture
def chef(server, services):
    return sign_in(server, services.staff, "chef")


@pytest.fixture
def meier(server, services):
    return sign_in(server, services.staff, "meier")


def second_factor(client, clock):
    """Switch the second factor on and return secret and codes on paper."""
    secret = re.search(r"staff__secret\">([A-Z2-7 ]+)<", client.get(ACCOUNT).text)[1]
    secret = secret.replace(" ", "")
    fields = {"code": code_at(secret, clock.now)}
    page = send(client, f"{ACCOUNT}/zweiter-faktor", page=ACCOUNT, **fields)
    assert page.status_code == 200
    return secret, re.findall(r"<code>([a-z0-9-]+)</code>", page.text)


def test_a_second_factor_is_set_up_renewed_and_dropped_on_the_page(meier, clock):
    page = meier.get(ACCOUNT).text
    assert "<svg" in page
    assert 'aria-label="QR-Code für die App' in page
    wrong = send(meier, f"{ACCOUNT}/zweiter-faktor", page=ACCOUNT, code="000000")
    assert wrong.status_code == 400
    assert 'aria-invalid="true"' in wrong.text
    _, codes = second_factor(meier, clock)
    assert len(codes) == 10
    page = meier.get(ACCOUNT).text
    assert "Unbenutzte Codes auf Papier: 10." in page
    assert "staff__secret" not in page
    renewed = send(meier, f"{ACCOUNT}/codes", page=ACCOUNT, code=codes[0])
    new = re.findall(r"<code>([a-z0-9-]+)</code>", renewed.text)
    assert set(new).isdisjoint(codes)
    answer = send(meier, f"{ACCOUNT}/ohne-zweiten-faktor", page=ACCOUNT, code=new[0])
    assert answer.headers["Location"] == f"{ACCOUNT}?done=factor_off"
    assert "ausgeschaltet" in meier.get(answer.headers["Location"]).text


@pytest.mark.parametrize("deed", ["codes", "ohne-zweiten-faktor", "kennwort"])
def test_an_open_session_does_not_try_codes_or_passwords_without_a_rest(meier, clock, deed):
    _, codes = second_factor(meier, clock)
    words = {"old": PASSWORD, "password": f"{PASSWORD} neu", "again": f"{PASSWORD} neu"}
    right = words if deed == "kennwort" else {"code": codes[0]}
    wrong = words | {"old": "falsch"} if deed == "kennwort" else {"code": "000000"}

    def tries(fields):
        return send(meier, f"{ACCOUNT}/{deed}", page=ACCOUNT, **fields)

    for _ in range(5):
        answer = tries(wrong)
        assert answer.status_code == 400
        assert "Zu viele" not in answer.text
    assert "Zu viele" in tries(right).text
    clock.on(minutes=1)
    assert tries(right).status_code in {200, 303}


def test_other_sessions_are_ended_from_the_page(server, services, meier):
    other, third = (sign_in(server, services.staff, "meier") for _ in range(2))
    ids = re.findall(r'name="session" value="(\w+)"', meier.get(ACCOUNT).text)
    assert len(ids) == 2
    for session_id in (ids[0], "unbekannt"):
        answer = send(meier, f"{ACCOUNT}/sitzungen", page=ACCOUNT, session=session_id)
        assert answer.status_code == 303
    assert sorted(c.get(ACCOUNT).status_code for c in (other, third)) == [200, 401]
    send(meier, f"{ACCOUNT}/sitzungen", page=ACCOUNT)
    assert [c.get(ACCOUNT).status_code for c in (other, third, meier)] == [401, 401, 200]


def test_an_unknown_deed_is_not_found(meier, chef):
    assert send(meier, f"{ACCOUNT}/nichts", page=ACCOUNT).status_code == 404
    assert send(chef, f"{USERS}/0", page=USERS, deed="nichts").status_code == 400
    assert send(chef, f"{USERS}/0", page=USERS, deed="disable").status_code == 400


def test_a_role_that_needs_a_second_factor_gets_no_further_without_it(
    town_settings, services, clock
):
    served = replace(town_settings, host="0.0.0.0", secret_key="x" * 40)  # noqa: S104
    database = services.staff.accounts._database.url
    folder = Path(database.database).parent
    own = replace(served, database_url=str(database), data_dir=folder)
    strict = replace(services, staff=staff_of(own, clock))
    server = app.create_app(served, services=strict)
    chef, meier = (sign_in(server, strict.staff, name) for name in ("chef", "meier"))
    assert meier.get("/intern/").status_code == 200
    for path in ("/intern/", USERS, LOG):
        assert chef.get(path).headers["Location"] == ACCOUNT, path
    assert chef.get("/intern/_dash-layout").status_code == 403
    assert "Ihre Rolle braucht einen zweiten Faktor" in chef.get(ACCOUNT).text
    _, codes = second_factor(chef, clock)
    assert chef.get("/intern/").status_code == 200
    page = chef.get(ACCOUNT).text
    assert "ohne-zweiten-faktor" not in page
    answer = send(chef, f"{ACCOUNT}/ohne-zweiten-faktor", page=ACCOUNT, code=codes[0])
    assert answer.status_code == 400


def test_an_admin_adds_an_account_whose_link_is_shown_once(server, chef, services):
    page = send(chef, USERS, name="Neu.Er", role="editor", department="Jugendamt").text
    path = re.search(r"http://localhost(/intern/einrichten/[\w-]+)", page)[1]
    assert path not in chef.get(USERS).text
    assert "Jugendamt" in chef.get(USERS).text
    newcomer = server.test_client()
    assert "neu.er" in newcomer.get(path).text
    answer = send(newcomer, path, password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 303
    assert newcomer.get("/intern/").status_code == 200
    assert services.staff.accounts.named("neu.er").role is Role.EDITOR


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "meier", "role": "planner"}, "gibt es schon"),
        ({"name": "a b", "role": "planner"}, "geht nicht"),
        ({"name": "neu", "role": "public"}, "Diese Rolle"),
        ({"name": "neu", "role": "kaiser"}, "Diese Rolle"),
        ({"name": "neu", "role": "planner", "department": "x" * 81}, "höchstens 80"),
        ({"name": "<script>x</script>", "role": "planner"}, "geht nicht"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_what_was_typed_stays(chef, fields, told):
    answer = send(chef, USERS, **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert "<script>x" not in answer.text


def test_an_admin_changes_locks_and_resets_accounts(server, chef, meier, services):
    path = f"{USERS}/{services.staff.accounts.named('meier').id}"
    fields = {"deed": "save", "role": "planner", "department": "Schulamt"}
    assert send(chef, path, page=USERS, **fields).headers["Location"] == f"{USERS}?done=changed"
    assert meier.get("/intern/").status_code == 200
    send(chef, path, page=USERS, **{**fields, "role": "carrier"})
    assert meier.get("/intern/").status_code == 401
    carrier = sign_in(server, services.staff, "meier")
    assert carrier.get("/intern/").status_code == 403
    assert carrier.get(ACCOUNT).status_code == 200
    send(chef, path, page=USERS, deed="disable")
    assert carrier.get(ACCOUNT).status_code == 401
    assert "gesperrt" in chef.get(USERS).text
    send(chef, path, page=USERS, deed="enable")
    page = send(chef, path, page=USERS, deed="reset").text
    assert "/intern/einrichten/" in page
    assert services.staff.accounts.named("meier").state == "waiting"


def test_the_last_admin_stays(chef, services):
    path = f"{USERS}/{services.staff.accounts.named('chef').id}"
    for fields in ({"deed": "disable"}, {"deed": "save", "role": "planner", "department": ""}):
        answer = send(chef, path, page=USERS, **fields)
        assert answer.status_code == 400
        assert "das letzte Konto der Verwaltung" in answer.text


def test_only_admins_see_accounts_and_log_and_a_try_is_noted(meier, chef):
    for path in (USERS, LOG, f"{LOG}.csv"):
        assert meier.get(path).status_code == 403
    page = chef.get(f"{LOG}?action=no_right").text
    assert page.count("Seite ohne Recht geöffnet</td>") == 3
    assert "meier" in page


def test_the_log_is_read_filtered_and_saved(chef, meier):
    assert meier.get(ACCOUNT).status_code == 200
    page = chef.get(f"{LOG}?actor=MEI&action=sign_in").text
    assert "Die Kette ist geprüft und unversehrt." in page
    assert page.count("<td>meier</td>") == 1
    assert 'value="MEI"' in page
    assert "Keine Zeile passt" in chef.get(f"{LOG}?actor=niemand").text
    assert chef.get(f"{LOG}?since=gestern&until=0000").status_code == 200
    text = chef.get(f"{LOG}.csv?lang=en").data.decode("utf-8-sig")
    assert text.startswith("Time;Who;What")
    assert "The chain has been checked and is whole." in text
    file = chef.get(f"{LOG}.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(file.data)).worksheets[0].values)
    assert len(rows) > 5
    assert "attachment" in file.headers["Content-Disposition"]


def test_a_row_of_the_log_names_its_request_and_one_of_no_request_none(chef, services):
    send(chef, "/intern/nutzer", name="neu", role="planner", department="")
    _, rows = services.staff.log.rows(LogQuery(action="account_add"))
    assert re.fullmatch("[0-9a-f]{12}", rows[0].request)
    assert rows[0].request in chef.get("/intern/protokoll.csv").text
    services.staff.log.note("cli", "no_right", "refused", "rule x")
    assert services.staff.log.rows(LogQuery(actor="cli"))[1][0].request == ""
    assert services.staff.log.broken() == []


def test_pages_beside_a_form_are_not_compressed_and_kept_by_nobody(chef):
    for path in (ACCOUNT, USERS, LOG, "/intern/anmelden"):
        answer = chef.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert "Content-Encoding" not in answer.headers, path
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert "Cookie" in answer.headers["Vary"], path


def test_a_name_is_text_wherever_it_stands(chef, services):
    account(services.staff, "a.b+c@d-e_f")
    page = chef.get(USERS).text
    assert "a.b+c@d-e_f" in page
