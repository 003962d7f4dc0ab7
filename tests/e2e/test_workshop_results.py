"""After a workshop, by keyboard and without scripts: moderate, agree on steps, publish, delete.

What was published then stands on the Atlas, as signs on the map and as a list.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config import Settings
from domain.workshop_script import Script, Slide, Words
from services.container import build_services
from services.workshop_rooms import Sent
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

WORDS = ("Eine Schaukel fehlt", "Schaukel kaputt", "Frau Müller, Tel. 0221 1234567")
TABS = ("", "/beitraege", "/schritte", "/loeschen")


@pytest.fixture(scope="module")
def room(folder: Path, url: str) -> str:
    """Return the id of a workshop in which three people said something."""
    services = build_services(Settings(data_dir=folder), signs_in=False)
    rooms, kept = services.workshops.rooms, services.workshops.kept
    kinds = (Words("Spielplatz", "Playground"), Words("Weg", "Path"))
    slides = (
        Slide("p", "poll", "single", Words("Gut so?", "Fine?"), options=kinds),
        Slide("f", "pins", title=Words("Was fehlt?", "What is missing?"), options=kinds),
    )
    release = services.monitoring.current() or ""
    made = kept.add(Script("Runder Tisch", slides), release=release, level="stadtteile",
                    actor="anna")  # fmt: skip
    area = next(iter(services.workshops.views.names(made, slides[1])))
    for deed in ("start", "next"):
        kept.move(made.id, "x", deed)
        for n, text in enumerate(WORDS):
            who = rooms.join(made.code, f"phone {n}")
            sent = {"option": 0} if deed == "start" else {"area": area, "category": 0, "text": text}
            rooms.answer(made.code, Sent(who, "p" if deed == "start" else "f", deed, sent))
    kept.move(made.id, "x", "end")
    return made.id


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def tick(page: Page, *texts: str) -> None:
    for text in texts:
        page.get_by_label(text, exact=True).focus()
        page.keyboard.press("Space")


def looked_at(browser: Browser, page: Page, addresses: list[str]) -> None:
    """Hold every page against the rules of axe: wide and light in German, narrow, dark, English."""
    for look, width, lang in ((False, 1440, "de"), (True, 390, "en")):
        seen, _ = open_page(browser, dark=look)
        seen.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        seen.set_viewport_size({"width": width, "height": 844})
        for address in addresses:
            seen.goto(f"{address}?lang={lang}")
            assert barriers(seen) == [], address
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, address
        seen.context.close()


def test_what_was_said_is_looked_after_agreed_on_published_and_taken_back(
    browser: Browser, folder: Path, url: str, room: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, "berta", "admin"))
    here = f"{url}/intern/werkstatt/{room}/ergebnisse"
    page.goto(here)
    expect(page.locator("main")).to_contain_text("Spielplatz")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Protokoll zum Bearbeiten (DOCX)").click()
    assert Path(saved.value.path()).stat().st_size > 10_000
    page.get_by_role("link", name="Beiträge", exact=True).click()
    tick(page, WORDS[1])
    page.get_by_label("Zusammenführen in").select_option(index=_index(page, WORDS[0]))
    press(page, "Zusammenführen")
    expect(page.locator("[role=status]")).to_contain_text("geändert")
    expect(page.locator(".is-merged")).to_contain_text(WORDS[1])
    tick(page, WORDS[0], WORDS[2])
    press(page, "Zum Veröffentlichen prüfen")
    expect(page.locator("h1")).to_have_text("Vor dem Veröffentlichen")
    expect(page.get_by_label(WORDS[0], exact=True)).to_be_checked()
    expect(page.get_by_label(WORDS[2], exact=True)).not_to_be_checked()
    tick(
        page,
        "Ich habe jeden angekreuzten Beitrag gelesen; keiner nennt oder beschreibt eine Person.",
    )
    press(page, "Veröffentlichen")
    expect(page.locator("[role=status]")).to_contain_text("veröffentlicht")
    step(page)
    shown_on_the_atlas(browser, url)
    looked_at(
        browser, page, [*(here + tab for tab in TABS), f"{url}/intern/werkstatt/veroeffentlicht"]
    )
    page.goto(f"{url}/intern/werkstatt/veroeffentlicht")
    tick(page, WORDS[0])
    press(page, "Angekreuzte zurücknehmen")
    expect(page.locator("main")).to_contain_text("Kein Beitrag ist veröffentlicht")
    page.context.close()


def _index(page: Page, text: str) -> int:
    told = page.locator("#into option").all_inner_texts()
    return next(n for n, option in enumerate(told) if text in option)


def step(page: Page) -> None:
    """Agree on a step by keyboard, and open the form of a measure that it fills."""
    page.get_by_role("link", name="Nächste Schritte", exact=True).click()
    page.get_by_label("Schritt", exact=True).focus()
    page.keyboard.type("Schaukel aufstellen")
    page.keyboard.press("Tab")
    page.keyboard.type("Grünflächenamt")
    page.keyboard.press("Enter")
    expect(page.locator("h2").first).to_have_text("Schaukel aufstellen")
    page.get_by_role("link", name="Wird Maßnahme").click()
    expect(page.locator("#name")).to_have_value("Schaukel aufstellen")
    expect(page.locator("#carrier")).to_have_value("Grünflächenamt")
    expect(page.locator("#what")).to_have_value(
        "Schaukel aufstellen\nVereinbart in der Werkstatt „Runder Tisch“ am "
        + page.locator("#what").input_value().rpartition(" am ")[2]
    )


def shown_on_the_atlas(browser: Browser, url: str) -> None:
    page, faults = open_page(browser)
    page.goto(f"{url}/atlas?facilities=beitraege")
    page.wait_for_selector(".keck-contribution", state="attached")
    expect(page.locator(".legend__list--facilities")).to_contain_text("Beiträge aus Werkstätten")
    page.locator('[data-tool="facilities"]').first.focus()
    page.keyboard.press("Enter")
    page.locator(".dialog__more summary").focus()
    page.keyboard.press("Enter")
    rows = page.locator(".dialog__table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text(WORDS[0])
    assert barriers(page, "dialog") == []
    page.locator("#facilities-filter").fill("gibt es nicht")
    expect(rows).to_have_count(0)
    page.context.close()
    assert faults == []
