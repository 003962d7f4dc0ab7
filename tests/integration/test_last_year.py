"""Last year on the page of resources: a formula for everybody, a locked scenario for staff."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from plotly.utils import PlotlyJSONEncoder

from callbacks.resources_page import resources_content
from domain.distribution import Distribution, Refusal
from domain.model import Audience
from tests.release_desk import DeskTown

INDEX = "level=quartiere&indicators=kinderarmut,gymnasium,miete&weights=5,1,1"
PLAIN = f"{INDEX}&gearing=100"
FORMULA = f"{PLAIN}&amount=10000&before=formula"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return DeskTown.at(tmp_path_factory.mktemp("lastyear"))


def kept(town, name, search, *, locked=True):
    service = town.services.scenarios
    one = service.save(name, f"/ressourcen?{search}", actor="dora", release=town.first)
    town.clock.on(seconds=1)
    return service.lock(one.id, seen=one.version, actor="dora") if locked else one


def asked(town, audience, search):
    query, hints = town.services.resources.query(audience, search)
    return town.services.resources.shares(audience, query), [key for key, _ in hints]


def told(town, audience, search):
    content = resources_content(town.services, audience, search)
    return json.dumps(content, cls=PlotlyJSONEncoder, ensure_ascii=False)


def test_the_same_for_all_is_a_last_year_for_everybody(town):
    view, hints = asked(town, Audience.PUBLIC, f"{FORMULA}&fall=2&rise=3")
    assert hints == []
    assert isinstance(view.found, Distribution)
    assert sum(view.found.amounts) == pytest.approx(10_000)
    for now, last in zip(view.found.amounts, view.before.amounts, strict=True):
        assert 0.98 * last - 1e-9 <= now <= 1.03 * last + 1e-9
    text = told(town, Audience.PUBLIC, f"{FORMULA}&fall=2&rise=3")
    assert "Als Vorjahr gilt die Gießkanne über 10.000,00 Euro" in text
    assert "höchstens 2 % weniger und höchstens 3 % mehr" in text
    assert "an der Grenze zum Vorjahr" in text
    assert "Gegenüber dem Vorjahr erhalten" in text


def test_limits_that_leave_no_room_say_by_how_much_and_what_helps(town):
    search = f"{FORMULA}&before_amount=20000&fall=10"
    text = told(town, Audience.PUBLIC, search)
    assert "Im Vorjahr waren es 20.000,00 Euro" in text
    assert "mindestens 18.000,0" in text
    assert "Erlauben Sie eine größere Senkung" in text
    english = told(town, Audience.PUBLIC, f"{search}&lang=en")
    assert "Allow a larger fall or raise the amount" in english


def test_percentages_without_a_last_year_do_nothing_and_say_so(town):
    view, hints = asked(town, Audience.PUBLIC, f"{PLAIN}&amount=10000&fall=0&rise=0")
    plain, _ = asked(town, Audience.PUBLIC, f"{PLAIN}&amount=10000")
    assert hints == ["hint.resources_change_alone"]
    assert view.found == plain.found


def test_staff_compare_with_a_locked_scenario_and_the_public_cannot_read_it(town):
    one = kept(town, "Haushalt 2026", f"{INDEX}&amount=8000&gearing=0")
    search = f"{PLAIN}&amount=10000&before={one.id}&fall=0&rise=40"
    view, hints = asked(town, Audience.INTERNAL, search)
    assert hints == []
    past, _ = asked(town, Audience.INTERNAL, f"{INDEX}&amount=8000&gearing=0")
    assert view.before.total == pytest.approx(8000)
    assert isinstance(past.found, Distribution)
    assert view.before.amounts == past.found.amounts
    staff = told(town, Audience.INTERNAL, search)
    assert "Vorjahr ist das Szenario „Haushalt 2026“" in staff
    public, hints = asked(town, Audience.PUBLIC, search)
    assert public.before is None
    assert hints == ["hint.resources_before", "hint.resources_change_alone"]
    outside = told(town, Audience.PUBLIC, search)
    assert "Haushalt 2026" not in outside
    assert "nur nach der Anmeldung zu sehen" in outside


def test_who_may_ask_for_a_scenario_is_decided_at_the_door(town):
    one = kept(town, "Geheimer Plan", f"{PLAIN}&amount=8000")
    file = f"export/kleinstadt/{town.first}/ressourcen.csv?{PLAIN}&before={one.id}"
    browser = town.browsers()
    assert "Geheimer Plan" in browser("dora").get(f"/intern/{file}").text
    assert browser("emil").get(f"/intern/{file}").status_code == 403
    public = browser("dora").get(f"/{file}")
    assert public.status_code == 200
    assert "Geheimer Plan" not in public.text


@pytest.mark.parametrize(
    ("search", "hint"),
    [
        ("unit=posts&amount=10", "hint.resources_before_unit"),
        (f"{PLAIN}&amount=10&floor=900", "hint.resources_before_refused"),
        ("release=1999-01-01-1&level=quartiere&amount=9", "hint.resources_before_changed"),
    ],
)
def test_a_scenario_that_cannot_be_last_year_says_why(town, search, hint):
    one = kept(town, "Anders", search)
    view, hints = asked(town, Audience.INTERNAL, f"{PLAIN}&amount=10000&before={one.id}")
    assert hints == [hint]
    assert (view.before is None) == (hint != "hint.resources_before_changed")


def test_drafts_unknown_ids_and_scenarios_of_other_pages_are_no_last_year(town):
    draft = kept(town, "Entwurf", f"{PLAIN}&amount=10", locked=False)
    service = town.services.scenarios
    supply = service.save("Kitas", "/bedarf?kind=kita", actor="dora", release=town.first)
    supply = service.lock(supply.id, seen=supply.version, actor="dora")
    for wanted in (draft.id, supply.id, "0" * 16, "x"):
        view, hints = asked(town, Audience.INTERNAL, f"{PLAIN}&before={wanted}")
        assert hints == ["hint.resources_before"]
        assert view.before is None
    offered = dict(town.services.resources.last_years.offered(Audience.INTERNAL, view.index.query))
    assert "Entwurf" not in offered.values()
    assert "Kitas" not in offered.values()
    public = town.services.resources.last_years.offered(Audience.PUBLIC, view.index.query)
    assert public == ()


def test_years_that_stand_on_each_other_come_to_an_end(town):
    service = town.services.scenarios
    first = kept(town, "Kreis 1", f"{PLAIN}&amount=10000", locked=False)
    second = kept(town, "Kreis 2", f"{PLAIN}&amount=10000&before={first.id}&rise=5")
    address = f"/ressourcen?{PLAIN}&amount=10000&before={second.id}&rise=5"
    changed = service.replace(first.id, address, seen=first.version, actor="dora")
    service.lock(first.id, seen=changed.version, actor="dora")
    view, _ = asked(town, Audience.INTERNAL, f"{PLAIN}&amount=10500&before={first.id}&rise=10")
    assert isinstance(view.found, Distribution)
    last = kept(town, "Jahr 0", f"{PLAIN}&amount=10000")
    for year in range(1, 12):
        last = kept(town, f"Jahr {year}", f"{PLAIN}&amount=10000&before={last.id}&fall=1")
    view, hints = asked(town, Audience.INTERNAL, f"{PLAIN}&amount=10000&before={last.id}")
    assert hints == ["hint.resources_before"]
    assert view.before is None


def test_years_that_stand_on_each_other_are_read_once_each(town, monkeypatch):
    last = kept(town, "Kette 0", f"{PLAIN}&amount=10000")
    for year in range(1, 6):
        last = kept(town, f"Kette {year}", f"{PLAIN}&amount=10000&before={last.id}&fall=1")
    years, read = town.services.resources.last_years, []
    plain = years._read
    monkeypatch.setattr(years, "_read", lambda one: read.append(one.name) or plain(one))
    search = f"{PLAIN}&amount=10000&before={last.id}"
    query, hints = town.services.resources.query(Audience.INTERNAL, search)
    assert hints == ()
    assert sorted(read) == [f"Kette {n}" for n in range(6)]
    read.clear()
    view = town.services.resources.shares(Audience.INTERNAL, query)
    assert view.before is not None
    assert sorted(read) == [f"Kette {n}" for n in range(6)]


def test_the_files_hold_last_year_and_the_change(town):
    client = town.browsers()("dora")
    place = f"/export/kleinstadt/{town.first}/ressourcen"
    search = f"{FORMULA}&fall=2&rise=3&before_amount=9900"
    lines = client.get(f"{place}.csv?{search}").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";"))
    table = [dict(zip(rows[0], r, strict=True)) for r in rows[1:13]]
    last = [float(r["Vorjahr"].replace(",", ".")) for r in table if r["Vorjahr"]]
    assert sum(last) == pytest.approx(9900)
    changes = [float(r["in Prozent"].replace(",", ".")) for r in table if r["in Prozent"]]
    assert min(changes) >= -2.001
    assert max(changes) <= 3.001
    sheet = load_workbook(io.BytesIO(client.get(f"{place}.xlsx?{search}").data), data_only=True)[
        "Verteilung"
    ]
    assert sheet["B10"].value == pytest.approx(0.02)
    assert sheet["B11"].value == pytest.approx(0.03)
    assert sheet["M14"].value == pytest.approx(last[0])
    pdf = client.get(f"/export/kleinstadt/{town.first}/bericht.pdf?page=ressourcen&{search}")
    assert pdf.status_code == 200


def test_a_refused_order_has_neither_charts_nor_gains(town):
    view, _ = asked(town, Audience.PUBLIC, f"{FORMULA}&before_amount=20000&fall=10")
    assert isinstance(view.found, Refusal)
    client = town.browsers()("dora")
    file = f"/export/kleinstadt/{town.first}/ressourcen"
    search = f"{FORMULA}&before_amount=20000&fall=10"
    assert client.get(f"{file}.csv?{search}").status_code == 200
    assert client.get(f"{file}.xlsx?{search}").status_code == 200
