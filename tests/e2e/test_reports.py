"""A page leaves as a report: the file a reader gets says what the reader saw."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests import paper
from tests.e2e.atlas_page import AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e
SLOW = 60_000


def fetched(page: Page, link: Locator, *, by_key: bool = False) -> Download:
    with page.expect_download(timeout=SLOW) as waiting:
        if by_key:
            link.press("Enter")
        else:
            link.click()
    return waiting.value


def said(file: Download) -> str:
    """Return the text of a PDF without its blanks, which lines add and take away."""
    assert file.suggested_filename.endswith(".pdf")
    return squeezed(paper.text_of(Path(file.path()).read_bytes()))


def squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def test_a_view_of_the_atlas_is_printed_as_it_is_seen(atlas: AtlasPage) -> None:
    page = atlas.page
    atlas.open("?indicator=fremdunterbringung&areas=14,32&layer=conspicuous")
    atlas.settle()
    finding = page.locator("#atlas-finding").inner_text()
    page.click(".panel--map [data-tool='save']")
    assert barriers(page, "dialog") == []
    link = page.locator("dialog a", has_text="Bericht zum Drucken (PDF)")
    link.focus()
    file = fetched(page, link, by_key=True)
    assert file.suggested_filename == "Musterstadt Fremdunterbringung 2025.pdf"
    text = said(file)
    assert squeezed(finding) in text
    for name in page.locator("#atlas-tray-chips").inner_text().replace("×", "").split():
        assert name in text
    for kind, ending in (("Folien", ".pptx"), ("Arbeitsmappe", ".xlsx")):
        other = fetched(page, page.locator("dialog a", has_text=kind))
        assert other.suggested_filename.endswith(ending)


@pytest.mark.parametrize(
    ("path", "language", "name"),
    [
        ("/profil/stadtteile/71", "de", "Bericht (PDF)"),
        ("/vergleich?level=stadtteile&areas=14,32,44", "en", "Report (PDF)"),
    ],
)
def test_profile_and_comparison_lead_to_their_report(
    browser: Browser, demo_url: str, path: str, language: str, name: str
) -> None:
    page, faults = open_page(browser, width=390, height=844)
    sign = "&" if "?" in path else "?"
    page.goto(f"{demo_url}{path}{sign}lang={language}")
    expect(page.locator("h1")).to_be_visible(timeout=SLOW)
    title = page.locator("h1").inner_text()
    link = page.get_by_role("link", name=name)
    box = link.bounding_box()
    assert box
    assert box["height"] >= 24
    assert squeezed(title) in said(fetched(page, link))
    assert faults == []
    page.close()
