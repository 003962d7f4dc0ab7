"""A script in a browser: of a template, edited, ordered, brought back from a file by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

PAGE = "/intern/werkstatt"
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((d) => { d.open = true; })"


def said(page: Page, text: str) -> None:
    expect(page.locator("[role=status]")).to_contain_text(text)


def press(page: Page, name: str) -> None:
    """Reach a button or link and press it as somebody without a mouse does."""
    reached = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    reached.first.focus()
    page.keyboard.press("Enter")


def titles(page: Page) -> list[str]:
    return page.locator(".workshop-slides tbody th a").all_inner_texts()


def looked_at(browser: Browser, page: Page, addresses: tuple[str, ...]) -> None:
    """Hold pages against the rules of axe: German, wide and light; English, narrow and dark."""
    for look, width, query in ((False, 1440, ""), (True, 390, "lang=en")):
        seen, faults = open_page(browser, dark=look, width=width)
        seen.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        for address in addresses:
            seen.goto(f"{address}{'&' if '?' in address else '?'}{query}")
            seen.evaluate(OPEN_ALL)
            assert barriers(seen) == [], address
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, address
        seen.context.close()
        assert faults == []


@pytest.fixture(scope="module")
def editor(browser: Browser, folder: Path, url: str) -> Page:
    """A browser without scripts in which an editor is signed in."""
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, "edda", "editor"))
    return page


@pytest.fixture(scope="module")
def made(editor: Page) -> str:
    """The address of a workshop made of a template by keyboard."""
    press(editor, "Werkstatt")
    press(editor, "Neue Werkstatt")
    editor.get_by_role("radio", name="Kita-Bedarf").focus()
    editor.keyboard.press("Space")
    press(editor, "Werkstatt anlegen")
    said(editor, "Die Werkstatt ist angelegt")
    expect(editor.locator("#ready + *")).to_contain_text("Es fällt nichts auf")
    return editor.url.partition("?")[0]


def test_the_row_that_was_moved_is_at_hand_to_be_moved_on(editor: Page, made: str) -> None:
    editor.goto(made)
    before = titles(editor)
    assert len(before) == 13
    third = editor.locator(".workshop-slides tbody th a").nth(2)
    first = editor.locator(".workshop-slides tbody th a").first
    press(editor, f"Runter: Folie 1, {before[0]}")
    said(editor, "neuen Platz")
    assert titles(editor) == [before[1], before[0], *before[2:]]
    expect(editor.locator("[autofocus]")).to_be_focused()
    editor.keyboard.press("Enter")
    expect(third).to_have_text(before[0])
    press(editor, f"Hoch: Folie 3, {before[0]}")
    expect(third).to_have_text(before[2])
    expect(editor.locator("[autofocus]")).to_be_focused()
    editor.keyboard.press("Enter")
    expect(first).to_have_text(before[0])
    assert titles(editor) == before


def test_slides_are_edited_added_and_brought_back_from_a_file(
    editor: Page, url: str, made: str
) -> None:
    page = editor
    page.goto(made)
    press(page, titles(page)[1])
    page.get_by_label("Deutsch").first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Wer ist heute da?")
    press(page, "Folie speichern")
    said(page, "Die Folie ist gespeichert")
    assert titles(page)[1] == "Wer ist heute da?"

    page.locator("#sort").select_option("guess-district")
    press(page, "Folie hinzufügen")
    page.fill("#title_de", "Wo ist es am lautesten?")
    page.fill("#view", f"{url}/atlas?indicator=laerm&level=stadtteile")
    press(page, "Ansicht prüfen, ohne zu speichern")
    expect(page.locator("#shows + dl")).to_contain_text("Den höchsten veröffentlichten Wert hat")
    press(page, "Folie speichern")
    said(page, "Die Folie ist gespeichert")
    expect(page.locator("#ready + details")).to_contain_text("2 Hinweise")

    with page.expect_download() as saved:
        press(page, "Als Datei speichern")
    page.goto(f"{url}{PAGE}/neu")
    page.set_input_files("#file", saved.value.path())
    press(page, "Aus der Datei anlegen")
    said(page, "Die Werkstatt ist angelegt")
    assert titles(page)[1] == "Wer ist heute da?"
    assert page.url.partition("?")[0] != made


def test_no_page_has_barriers(browser: Browser, editor: Page, url: str, made: str) -> None:
    pages = ("", "/folie/guess_town", "/folie/first", "/folie?sort=pins", "/ablauf", "/aushang",
             "/loeschen")  # fmt: skip
    own = tuple(f"{url}{PAGE}{rest}" for rest in ("", "/neu", "/aufnehmen?view=/atlas"))
    looked_at(browser, editor, (*own, *(f"{made}{rest}" for rest in pages)))


def test_staff_put_a_view_of_the_atlas_into_a_workshop(
    browser: Browser, url: str, editor: Page, made: str
) -> None:
    seen, faults = open_page(browser)
    seen.context.add_cookies(editor.context.cookies())  # type: ignore[arg-type]
    seen.goto(f"{url}/intern/atlas?indicator=laerm&level=stadtteile")
    seen.click("#share-open")
    seen.get_by_role("link", name="In Werkstatt aufnehmen").click()
    expect(seen.locator("h1")).to_have_text("Ansicht in Werkstatt aufnehmen")
    expect(seen.locator("main dl").first).to_contain_text("Von nächtlichem Lärm Betroffene")
    seen.locator("#workshop").select_option(made.rpartition("/")[2])
    seen.get_by_role("button", name="Als letzte Folie aufnehmen").press("Enter")
    said(seen, "Die Ansicht steht als letzte Folie")
    expect(seen.locator(".workshop-slides tbody tr").last).to_contain_text(re.compile("Lärm"))
    seen.context.close()
    assert faults == []
