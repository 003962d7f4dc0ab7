"""A report of one's own, put together, ordered and fetched as its reader does, on the demo town."""

from __future__ import annotations

import io
import time
import zipfile
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.patience import patience

PAGE = "/bericht?level=stadtbezirke&indicators=kinderarmut,kita-u3&release="
DRAWN = "() => document.querySelectorAll('.builder__chapter').length > 0"
MINUTE = 60_000


def opened(browser, address, **look):
    page, faults = open_page(browser, **look)
    page.goto(address)
    page.wait_for_function(DRAWN, timeout=MINUTE)
    page.wait_for_function("() => document.querySelector('#report-indicators')")
    return page, faults


def told(page, key):
    return parse_qs(urlsplit(page.url).query).get(key, [""])[0]


def wait_told(page, key, value):
    page.wait_for_function(
        "([key, value]) => (new URLSearchParams(location.search).get(key) || '') === value",
        arg=[key, value],
    )


def wait_drawn(page, *chapters):
    """Wait until the chapters stand on the page in this order: the address tells it earlier."""
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('.builder__chapter')]"
        ".map(c => c.querySelector('[data-step^=out-]')?.dataset.step.slice(4)).join() === wanted",
        arg=",".join(chapters),
    )


def tabbed(page, start, n):
    """Return where the next ``n`` presses of Tab lead, from a field on."""
    page.locator(start).focus()
    found = []
    for _ in range(n):
        page.keyboard.press("Tab")
        found.append(page.evaluate("() => document.activeElement.id"))
    return found


def fetched(page):
    """Wait for the file of an order and return its name and bytes."""
    link = page.locator("#report-standing a")
    link.wait_for(timeout=1000 * patience(120))
    with page.expect_download() as saved:
        link.click()
    with open(saved.value.path(), "rb") as file:  # noqa: PTH123 - a path of the browser
        return saved.value.suggested_filename, file.read()


def write_texts(page):
    page.fill("#report-title", "Kinder in Größe #1")
    page.get_by_text("Texte vor den Kapiteln").click()
    page.fill("#report-text-cover", "Ein *Vorwort* mit $Zeichen$.")
    page.locator("#report-text-cover").blur()
    page.wait_for_function("() => localStorage.getItem('report-texts')?.includes('Vorwort')")


def order_chapters(page):
    page.locator("[data-step='all']").click()
    wait_told(page, "areas", "all")
    page.locator("[data-step='down-overview'][href*='areas=all']").wait_for()
    down = page.locator("[data-step='down-overview']")
    down.focus()
    page.keyboard.press("Enter")
    wait_told(page, "chapters", "cover,comparison,overview,methods,sheets")
    wait_drawn(page, "cover", "comparison", "overview", "methods", "sheets")
    page.wait_for_function("() => document.activeElement.dataset.step === 'down-overview'")
    page.locator("[data-step='out-sheets']").click()
    wait_told(page, "chapters", "cover,comparison,overview,methods")
    wait_drawn(page, "cover", "comparison", "overview", "methods")
    page.go_back()
    wait_told(page, "chapters", "cover,comparison,overview,methods,sheets")
    wait_drawn(page, "cover", "comparison", "overview", "methods", "sheets")


def test_a_report_is_put_together_ordered_and_fetched(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    page.fill("#report-find", "Mitt")
    page.locator(".found__list a").first.click()
    page.wait_for_function("() => document.querySelectorAll('.builder .chip').length === 1")
    assert page.evaluate("() => document.activeElement.id") == "report-find"
    order_chapters(page)
    write_texts(page)
    assert barriers(page) == []
    page.reload()
    page.wait_for_function("() => document.querySelector('#report-title')?.value", timeout=MINUTE)
    page.click("#report-make")
    page.locator("#report-standing progress").wait_for(timeout=MINUTE)
    name, body = fetched(page)
    assert name == "Musterstadt Kinder in Größe -1.pdf"
    pages = pypdfium2.PdfDocument(body)
    text = " ".join(p.get_textpage().get_text_range() for p in pages)
    assert "Kinder in Größe #1" in text
    assert "Ein Vorwort mit $Zeichen$." in text
    assert faults == []
    page.close()


def test_maps_and_a_rule_are_chosen_for_their_chapters(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE + "&chapters=cover")
    assert page.locator("#report-map-left").is_hidden()
    page.locator("[data-step='add-maps']").click()
    page.locator("#report-map-left").wait_for()
    page.locator("[data-step='add-rule']").click()
    page.locator("#report-rule").wait_for()
    page.locator("#report-rule").fill("Kinderarmut")
    page.keyboard.press("Enter")
    page.locator("[role='alert']", has_text="fehlt ein Vergleich").wait_for()
    assert barriers(page) == []
    page.locator("#report-rule").fill("Kinderarmut > 10")
    page.keyboard.press("Enter")
    wait_told(page, "rule", "Kinderarmut > 10")
    page.locator("#report-rule-problem", has_text="erfüllen die Regel").wait_for()
    page.select_option("#report-map-left", "kita-u3")
    page.wait_for_function("() => new URLSearchParams(location.search).get('map') === 'city'")
    page.wait_for_function("() => document.querySelector('#report-map-third').value === 'city'")
    assert told(page, "left").startswith("kita-u3@")
    assert barriers(page) == []
    assert faults == []
    page.close()


def test_all_profiles_of_the_districts_come_as_one_archive(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE + "&lang=en", width=390, height=844, dark=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    assert barriers(page) == []
    assert tabbed(page, "#report-theme", 2) == ["report-indicators", "report-periods"]
    page.click("#report-archive")
    page.locator("#report-standing progress").wait_for(timeout=MINUTE)
    page.click("#report-cancel")
    page.get_by_text("Cancelled.").first.wait_for(timeout=MINUTE)
    assert page.locator("#report-standing a").count() == 0
    page.click("#report-archive")
    name, body = fetched(page)
    assert name.startswith("Musterstadt Profiles ")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len([n for n in names if n.endswith(".pdf")]) == 8
        assert "index.html" in names
    assert faults == []
    page.close()


def test_a_template_is_kept_taken_away_and_refused(browser, demo_url, tmp_path):
    page, faults = opened(browser, demo_url + PAGE)
    page.fill("#report-template-name", "Jahr für Jahr")
    page.click("#report-template-save")
    page.wait_for_function("() => document.querySelector('#report-template-kept').value")
    with page.expect_download() as saved:
        page.click("#report-template-export")
    assert saved.value.suggested_filename == "Jahr für Jahr.json"
    file = tmp_path / "t.json"
    saved.value.save_as(file)
    page.goto(f"{demo_url}/bericht?level=stadtteile&lang=en")
    page.wait_for_function(DRAWN, timeout=MINUTE)
    page.wait_for_function("() => document.querySelector('#report-template-kept').value")
    page.click("#report-template-open")
    wait_told(page, "level", "stadtbezirke")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"kind": "something else"}')
    page.set_input_files("#report-template-import input", wrong)
    page.locator("#report-template-said", has_text="keine Vorlage für einen Bericht").wait_for()
    page.set_input_files("#report-template-import input", file)
    page.locator("#report-template-said", has_text="ist in diesem Browser behalten").wait_for()
    assert faults == []
    page.close()


@pytest.mark.long
def test_all_profiles_of_96_areas_come_as_one_archive(browser, demo_url, record_property):
    page, faults = opened(browser, f"{demo_url}/bericht?level=sozialraeume")
    begin = time.monotonic()
    page.click("#report-archive")
    name, body = fetched(page)
    record_property("seconds", time.monotonic() - begin)
    assert name.endswith("Profile Sozialräume.zip")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        files = [n for n in archive.namelist() if n.endswith(".pdf")]
        assert len(files) == 96
        for file in files:
            assert len(pypdfium2.PdfDocument(archive.read(file))) >= 2
    assert faults == []
    page.close()


@pytest.mark.long
@pytest.mark.parametrize("town", ["flensburg_url", "berlin_url"])
def test_a_report_of_a_real_town_is_made(browser, town, request):
    page, faults = opened(browser, f"{request.getfixturevalue(town)}/bericht")
    assert page.locator("#report-level option").count() >= 1
    assert barriers(page) == []
    page.locator("[data-step='all']").click()
    wait_told(page, "areas", "all")
    page.locator("[data-step='down-overview'][href*='areas=all']").wait_for()
    page.click("#report-make")
    _, body = fetched(page)
    assert len(pypdfium2.PdfDocument(body)) >= 5
    assert faults == []
    page.close()
