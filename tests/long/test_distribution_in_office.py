"""LibreOffice computes the workbook of a distribution anew and gets what the page says."""

from __future__ import annotations

import math
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

import app
from domain.distribution import Distribution, distribute
from domain.model import Audience
from services.container import build_services
from tests.town_fixture import publish_small_town

pytestmark = pytest.mark.long

SECONDS = 180
FIRST = 14
PLAIN = "level=quartiere&indicators=kinderarmut,gymnasium,miete&weights=5,1,1"
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A profile in which LibreOffice computes every workbook anew when it opens it."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("distribution")


@pytest.fixture(scope="module")
def served(place):
    settings = publish_small_town(place / "town")
    services = build_services(settings)
    return services, app.create_app(settings, services=services).test_client()


def computed(file: Path) -> list[tuple[str, float]]:
    """Return name and amount of every area after LibreOffice has computed a workbook."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing: sh tools/ensure.sh soffice"
    profile = file.parent / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS, encoding="utf-8")
    target = file.parent / "computed"
    done = subprocess.run(
        [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(file)],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(target / file.name, data_only=True)["Verteilung"]
    rows = []
    for row in range(FIRST, FIRST + 600):
        name = sheet.cell(row, 1).value
        if name == "Summe":
            return rows
        rows.append((name, sheet.cell(row, 10).value))
    raise AssertionError("the sheet has no sum")


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        ("amount=10000&gearing=100", {"B4": 12_345.67}),
        ("amount=10000&gearing=80&floor=5.2&cap=7.6", {"B4": 9_000.01}),
        ("unit=half&amount=12.5&gearing=100", {"B4": 14.5}),
        ("unit=posts&amount=30&gearing=100&rule=lague", {"B4": 41}),
        ("amount=10000&gearing=100&before=formula&fall=3&rise=2.5", {"B4": 10_050.07}),
        (
            "amount=9900&gearing=100&before=formula&before_amount=10000&fall=8&floor=5.2&cap=7.6",
            {"B4": 9_800.01},
        ),
        ("unit=half&amount=30&gearing=100&before=formula&fall=15&rise=10", {"B4": 31}),
        ("unit=posts&amount=60&gearing=100&rule=lague&before=formula&fall=10&rise=12", {"B4": 61}),
    ],
)
def test_a_changed_amount_is_shared_as_the_page_shares_it(served, place, given, changed):
    services, client = served
    search = f"{PLAIN}&{given}"
    query, hints = services.resources.query(Audience.PUBLIC, search)
    assert hints == ()
    view = services.resources.shares(Audience.PUBLIC, query)
    answer = client.get(f"/export/kleinstadt/{query.release}/ressourcen.xlsx?{search}")
    assert answer.status_code == 200
    file = place / f"{abs(hash(given))}.xlsx"
    file.write_bytes(answer.data)
    names = [view.index.area_names[i] for i in view.members]
    assert isinstance(view.found, Distribution)
    assert computed(file) == [
        (name, pytest.approx(amount))
        for name, amount in zip(names, view.found.amounts, strict=True)
    ]
    book = load_workbook(file)
    for cell, value in changed.items():
        book["Verteilung"][cell] = value
    book.save(file)
    again = distribute(
        view.children,
        view.index.index.burden[list(view.members)].tolist(),
        [view.index.area_ids[i] for i in view.members],
        replace(query.order, amount=changed["B4"]),
        view.before.amounts if view.before else None,
    )
    assert isinstance(again, Distribution)
    assert computed(file) == [
        (name, pytest.approx(amount)) for name, amount in zip(names, again.amounts, strict=True)
    ]


def test_real_amounts_of_last_year_are_typed_into_the_workbook(served, place):
    services, client = served
    search = f"{PLAIN}&amount=10000&gearing=100"
    query, _ = services.resources.query(Audience.PUBLIC, search)
    view = services.resources.shares(Audience.PUBLIC, query)
    answer = client.get(f"/export/kleinstadt/{query.release}/ressourcen.xlsx?{search}")
    file = place / "typed.xlsx"
    file.write_bytes(answer.data)
    # the last area is new
    last = [round(10_000 * c / sum(view.children) + 7 * k, 2) for k, c in enumerate(view.children)]
    book = load_workbook(file)
    sheet = book["Verteilung"]
    for k, amount in enumerate(last[:-1]):
        sheet.cell(FIRST + k, 13).value = amount
    sheet["B10"], sheet["B11"] = 0.04, 0.03
    book.save(file)
    told = distribute(
        view.children,
        view.index.index.burden[list(view.members)].tolist(),
        [view.index.area_ids[i] for i in view.members],
        replace(query.order, fall=0.04, rise=0.03),
        [*last[:-1], math.nan],
    )
    assert isinstance(told, Distribution)
    assert told.at_change
    assert [amount for _, amount in computed(file)] == pytest.approx(told.amounts)
