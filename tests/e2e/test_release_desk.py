"""The way of a release in a browser: waiting, checked, handed in, published, taken back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.readers import served
from tests.e2e.test_staff import add_user, set_up
from tests.serving import ROOT

SLOW = 600_000
"""The check of the demo town computes for a while where other work goes on."""


@pytest.fixture(scope="module")
def folder(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo town with a second release that waits."""
    data_dir = tmp_path_factory.mktemp("desk") / "instance"
    shutil.copytree(demo_dir, data_dir)
    subprocess.run(
        [sys.executable, "cli.py", "import", "data/demo/town.toml", "--note", "Zweiter Stand"],
        cwd=ROOT,
        env={**os.environ, "KECK_DATA_DIR": str(data_dir)},
        check=True,
        capture_output=True,
        timeout=900,
    )
    return data_dir


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KECK_TWO_PERSON", "on")
        yield from served(folder)


def person(browser: Browser, folder: Path, url: str, name: str, role: str) -> Page:
    """Return a browser without scripts in which somebody has just signed in."""
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, name, role))
    return page


def looked_at(browser: Browser, page: Page, width: int = 1440) -> None:
    """Hold the page against the rules of axe, which needs scripts, in both languages and looks."""
    for look in (False, True):
        seen, _ = open_page(browser, dark=look)
        seen.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        seen.set_viewport_size({"width": width, "height": 900})
        bare = page.url.split("?")[0]
        for address in (bare, f"{bare}?lang=en"):
            seen.goto(address)
            for one in seen.locator("main details").all():
                one.evaluate("e => { e.open = true; }")
            assert barriers(seen) == [], address
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, address
        seen.context.close()


@pytest.mark.long  # the whole year is walked in the short run
def test_a_release_is_checked_handed_in_published_by_another_and_taken_back(  # noqa: PLR0915
    browser: Browser, folder: Path, url: str
) -> None:
    anna = person(browser, folder, url, "anna", "editor")
    bert = person(browser, folder, url, "bert", "admin")
    anna.click(".header__nav >> text=Ausgaben")
    expect(anna.locator("#next + ul")).to_contain_text("Noch nicht vorgelegt: 1")
    first = anna.locator("main > p a[href*='/ausgabe/']").first.inner_text()
    looked_at(browser, anna, 390)
    anna.click("table a")
    second = re.sub(r".* ", "", anna.locator("h1").inner_text())
    assert second != first
    anna.click("button:has-text('Jetzt prüfen')")
    again = anna.locator("text=Stand neu laden")
    expect(again).to_be_visible()
    for _ in range(SLOW // 2000):
        anna.reload()  # stands as a whole when it returns
        if not again.is_visible():
            break
        anna.wait_for_timeout(2000)
    expect(anna.locator("#check ~ .staff__done")).to_contain_text("Bestanden")
    anna.fill("#note_de", "Neue Zahlen des Jahres")
    anna.fill("#note_en", "New numbers of the year")
    anna.click("button:has-text('Vorlegen')")
    expect(anna.locator("[role=status]")).to_have_text("Die Ausgabe ist zur Freigabe vorgelegt.")
    expect(anna.locator("form[action*=freigeben]")).to_have_count(0)
    looked_at(browser, anna)

    bert.goto(f"{url}/intern/daten/ausgabe/{second}")
    looked_at(browser, bert, 390)
    bert.click("form[action*=freigeben] button")
    expect(bert.locator("[role=status]")).to_have_text("Die Ausgabe ist veröffentlicht.")
    public, _ = open_page(browser)
    public.goto(f"{url}/?lang=en")
    expect(public.locator("text=New numbers of the year")).to_be_visible(timeout=SLOW)
    public.context.close()

    bert.goto(f"{url}/intern/daten/ausgabe/{first}")
    bert.click(f"text=Zur Ausgabe {first} zurückkehren")
    looked_at(browser, bert)
    expect(bert.locator("main dl")).to_contain_text(second)
    bert.click(f"button:has-text('Von {second} zu {first} zurückkehren')")
    expect(bert.locator("main > p a[href*='/ausgabe/']").first).to_have_text(first)
    for page in (anna, bert):
        page.context.close()


def test_maps_of_the_desk_are_read_changed_and_looked_at(
    browser: Browser, folder: Path, url: str
) -> None:
    anna = person(browser, folder, url, "maria", "editor")
    anna.goto(f"{url}/intern/daten")
    release = anna.locator("table a, main ul a").first.inner_text()
    anna.goto(f"{url}/intern/daten/ausgabe/{release}/karte")
    expect(anna.locator("svg.changes__map path[id]").first).to_be_attached()
    anna.select_option("#indicator", index=2)
    anna.click("button:has-text('Zeigen')")
    expect(anna.locator("main h2").first).to_contain_text(re.compile(r"\d{4}"))
    looked_at(browser, anna, 390)

    anna.click(".header__nav >> text=Karten")
    anna.select_option("#level", "stadtteile@2012")
    anna.set_input_files("#datei", ROOT / "data/demo/raw/gebiete.gpkg")
    anna.click("button:has-text('Laden und prüfen')")
    read(anna)
    expect(anna.locator("main table").first).to_contain_text("stadtteile, grundschulbezirke")
    anna.select_option("#layer", "stadtteile")
    anna.click("button:has-text('Neu lesen')")
    read(anna)
    expect(anna.locator("svg.redrawn__map .redrawn__new")).to_be_attached()
    expect(anna.locator("main")).to_contain_text("Alle Gebiete bleiben, wie sie sind.")
    looked_at(browser, anna)
    anna.click("text=Zu allen Karten")
    looked_at(browser, anna, 390)
    anna.context.close()


def read(page: Page) -> None:
    """Reload until the file is read, as its reader does."""
    again = page.locator("text=Stand neu laden")
    for _ in range(SLOW // 500):
        if not again.is_visible():
            return
        page.wait_for_timeout(500)
        again.click()
