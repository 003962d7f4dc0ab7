"""A town's year in a browser: template, wrong file, right file, draft, second person, back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page, real_town
from tests.e2e.readers import served
from tests.e2e.test_staff import add_user, set_up

SLOW = 600_000
"""An import reads the whole town anew; other work may go on beside it."""


@contextmanager
def town_of_its_own(made: Path, target: Path) -> Iterator[tuple[Path, str]]:
    """Serve a copy of a data folder in which two persons are needed."""
    shutil.copytree(made, target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KECK_TWO_PERSON", "on")
        with contextmanager(served)(target) as url:
            yield target, url


def filled_in(template: Path, target: Path, *, wrong: bool) -> None:
    """Write a number into each cell of a template, or a word into the second one."""
    book = openpyxl.load_workbook(template)
    sheet = book["Werte"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 4).value = 1000 + 7 * row
    if wrong:
        sheet["D3"].value = "zwölf"
    book.save(target)


def fine(page: Page) -> None:
    """Hold a page against the rules of axe, with everything opened that can be."""
    for one in page.locator("main details").all():
        one.evaluate("e => { e.open = true; }")
    assert barriers(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def brought(page: Page, url: str, file: Path) -> None:
    """Upload a file and wait until its page says what it is."""
    page.goto(f"{url}/intern/daten/hochladen")
    fine(page)
    page.set_input_files("#file", file)
    page.click("#upload button.staff__go")
    stands(page, "looked")


def sending_is_cancelled(page: Page, url: str, file: Path) -> None:
    """Cancel a file on its way up: nothing of it arrives."""
    page.goto(f"{url}/intern/daten/hochladen")
    address = "**/intern/daten/hochladen"
    page.route(address, lambda route: None)  # the file never arrives
    page.set_input_files("#file", file)
    page.click("#upload button.staff__go")
    expect(page.locator("#sending")).to_be_visible()
    fine(page)
    page.click("#stop-sending")
    expect(page.locator("#upload-said")).to_have_text("Abgebrochen; nichts wurde gespeichert.")
    expect(page.locator("#sending")).to_be_hidden()
    page.unroute(address)


def stands(page: Page, stage: str) -> None:
    """Wait until the page of a delivery, which follows the work by itself, is at a stage."""
    expect(page.locator(f"#work[data-stage={stage}]")).to_be_visible(timeout=SLOW)
    fine(page)


def published(page: Page, url: str, release: str) -> None:
    """Confirm what is asked for and publish."""
    page.goto(f"{url}/intern/daten/ausgabe/{release}")
    fine(page)
    for box in page.locator("form[action*=freigeben] input[type=checkbox]").all():
        box.check()
    if page.locator("#typed").count():
        page.fill("#typed", release)
    page.click("form[action*=freigeben] button")
    expect(page.locator("[role=status]")).to_have_text("Die Ausgabe ist veröffentlicht.")


def whole_year(browser: Browser, folder: Path, url: str, level: str, files: Path) -> None:
    anna, faults = open_page(browser)
    set_up(anna, url, add_user(folder, "anna", "editor"))
    template = downloaded_template(anna, url, level, files)
    a_wrong_file_is_refused(anna, url, template)
    release = a_right_one_becomes_a_draft(anna, url, template)
    bert, more = open_page(browser)
    set_up(bert, url, add_user(folder, "bert", "admin"))
    first = current(bert, url)
    published(bert, url, release)
    assert current(bert, url) == release
    bert.goto(f"{url}/intern/daten/ausgabe/{first}/zurueckkehren")
    fine(bert)
    bert.click("main form button")
    expect(bert.locator("[role=status]")).to_be_visible()
    assert current(bert, url) == first
    for page in (anna, bert):
        page.context.close()
    assert faults == more == []


def downloaded_template(page: Page, url: str, level: str, files: Path) -> Path:
    page.goto(f"{url}/intern/daten/vorlage")
    fine(page)
    page.select_option("#level", level)
    page.check("[name=indicator][value=einwohner]")
    with page.expect_download() as download:
        page.click("main form button")
    template = files / download.value.suggested_filename
    download.value.save_as(template)
    return template


def a_wrong_file_is_refused(page: Page, url: str, template: Path) -> None:
    file = template.with_name("Einwohner.xlsx")
    filled_in(template, file, wrong=True)
    sending_is_cancelled(page, url, file)
    brought(page, url, file)
    expect(page.locator("main")).to_contain_text("„zwölf“ ist weder eine Zahl")
    page.locator("button:has-text('Einlesen')").first.click()
    stands(page, "refused")
    with page.expect_download() as download:
        page.click("text=Ihre Datei mit Notizen")
    copy = template.with_name("marked.xlsx")
    download.value.save_as(copy)
    marked = openpyxl.load_workbook(copy)
    assert "zwölf" in marked["Werte"]["D3"].comment.text


def a_right_one_becomes_a_draft(page: Page, url: str, template: Path) -> str:
    file = template.with_name("Einwohner.xlsx")
    filled_in(template, file, wrong=False)
    brought(page, url, file)
    expect(page.locator("#work")).to_contain_text("Bekannte Form")
    page.locator("button:has-text('Einlesen')").first.click()
    stands(page, "done")
    page.click("#work a.staff__go")
    release = re.sub(r".* ", "", page.locator("h1").inner_text())
    expect(page.locator("#check ~ .staff__done")).to_contain_text("Bestanden", timeout=SLOW)
    expect(page.locator("main")).to_contain_text("Unterschied zur Ausgabe")
    fine(page)
    page.fill("#note_de", "Einwohner des neuen Jahres")
    page.fill("#note_en", "Residents of the new year")
    page.click("button:has-text('Vorlegen')")
    expect(page.locator("[role=status]")).to_have_text("Die Ausgabe ist zur Freigabe vorgelegt.")
    expect(page.locator("form[action*=freigeben]")).to_have_count(0)
    return release


def current(page: Page, url: str) -> str:
    """Return the release the public sees."""
    found: str = page.request.get(f"{url}/api/v1/catalogue").json()["release"]
    return found


def test_the_whole_year_of_the_demo_town(browser: Browser, demo_dir: Path, tmp_path: Path) -> None:
    with town_of_its_own(demo_dir, tmp_path / "instance") as (folder, url):
        whole_year(browser, folder, url, "stadtteile@2012", tmp_path)


@pytest.mark.long
@pytest.mark.towns
def test_the_whole_year_of_flensburg(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    made = real_town("flensburg", tmp_path_factory)
    with town_of_its_own(made, tmp_path / "instance") as (folder, url):
        whole_year(browser, folder, url, "stadtteile@2011", tmp_path)
