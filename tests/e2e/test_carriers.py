"""A carrier adds a facility and an offer, an editor takes both over, in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.readers import served
from tests.e2e.test_staff import add_user, set_up

CARRIER = "Katholische Gemeinde St. Johannis"
OFFER = "Spielkreis am Vormittag"
HERE, ELSEWHERE = "Mitte", "Hafen"
NARROW = 390


@pytest.fixture(scope="module")
def folder(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo town in a folder of its own: other tests meet no accounts."""
    data_dir = tmp_path_factory.mktemp("carriers") / "instance"
    shutil.copytree(demo_dir, data_dir)
    return data_dir


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    yield from served(folder)


@pytest.fixture(scope="module")
def carrier(browser: Browser, folder: Path, url: str) -> Iterator[Page]:
    page, faults = open_page(browser)
    set_up(page, url, add_user(folder, "traeger", "carrier", "--department", CARRIER))
    yield page
    page.context.close()
    # forms that were refused are told by the browser as well
    assert all("400" in fault for fault in faults), faults


@pytest.fixture(scope="module")
def editor(browser: Browser, folder: Path, url: str) -> Iterator[Page]:
    page, faults = open_page(browser, width=NARROW, height=844, dark=True)
    set_up(page, url, add_user(folder, "redaktion", "editor"))
    yield page
    page.context.close()
    assert faults == []


def fit(page: Page, *, width: int = 1440) -> None:
    assert barriers(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_an_offer_goes_from_the_carrier_to_the_editor(
    carrier: Page, editor: Page, url: str
) -> None:
    carrier.goto(f"{url}/intern/einrichtungen")
    carrier.click("main table a >> nth=0")
    carrier.click("text=Angebot hinzufügen")
    carrier.wait_for_selector("#offer")
    fit(carrier)
    for name, value in (("offer", OFFER), ("period", "2026"), ("taken", "7")):
        carrier.fill(f"#{name}", value)
    carrier.press("#taken", "Enter")
    expect(carrier.locator("[role=status]")).to_contain_text("wartet auf die Redaktion")
    row = carrier.locator("tr", has_text=OFFER)
    expect(row).to_contain_text("neu, Vorschlag von traeger")
    fit(carrier)
    editor.goto(f"{url}/intern/einrichtungen")
    fit(editor, width=NARROW)
    editor.locator("tr", has_text="1 Angebot wartet").locator("a").click()
    editor.locator("tr", has_text=OFFER).locator("a").click()
    editor.wait_for_url("**/angebote/**")
    fit(editor, width=NARROW)
    editor.click("text=Übernehmen")
    expect(editor.locator("[role=status]")).to_contain_text("Übernommen")
    carrier.reload()
    expect(row).to_contain_text("nichts offen")


def test_a_facility_is_added_without_a_map(carrier: Page, editor: Page, url: str) -> None:
    carrier.goto(f"{url}/intern/einrichtungen")
    carrier.click("text=Einrichtung hinzufügen")
    fit(carrier)
    for name, value in (("name", "Kita am Deich"), ("point", "1, 1")):
        carrier.fill(f"#{name}", value)
    carrier.click("text=Vorschlagen")
    problem = carrier.locator("[role=alert]")
    expect(problem).to_contain_text("liegt nicht in der Stadt")
    fit(carrier)
    carrier.fill("#point", "52,99964; 9,67466")
    carrier.select_option("#district", label=ELSEWHERE)
    carrier.click("text=Vorschlagen")
    expect(problem).to_contain_text(f"liegt in „{HERE}“")
    carrier.select_option("#district", label=HERE)
    carrier.click("text=Vorschlagen")
    expect(carrier.locator("[role=status]")).to_contain_text("wartet auf die Redaktion")
    fit(carrier)
    editor.goto(carrier.url.split("?")[0])
    expect(editor.locator("#proposal")).to_be_visible()
    fit(editor, width=NARROW)
    editor.click("text=Übernehmen")
    expect(editor.locator("[role=status]")).to_contain_text("Übernommen")
