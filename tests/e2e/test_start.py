"""Start, search everywhere, methods: walked as a reader walks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

SEARCH = "#search-dialog [role=combobox]"
OPTION = "#search-dialog [role=option]"
SLOW = 30_000


@pytest.fixture
def page(browser: Browser, demo_url: str) -> Iterator[Page]:
    """A page of the demo town; script errors and foreign requests fail the test."""
    made, faults = open_page(browser)
    yield made
    made.close()
    assert faults == []


def go(page: Page, address: str) -> Page:
    """Open an address and wait for its content."""
    page.goto(address)
    expect(page.locator("main")).to_be_visible(timeout=SLOW)
    return page


def asked(page: Page, query: str) -> None:
    """Open the search by its key and type."""
    page.keyboard.press("Control+k")
    expect(page.locator(SEARCH)).to_be_focused()
    page.keyboard.type(query)


def test_from_a_question_to_its_view_and_back(page: Page, demo_url: str) -> None:
    go(page, demo_url)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".tile")).to_have_count(9)
    for finding in page.locator(".tile__finding").all_inner_texts():
        assert len(finding) > 15
    page.click(".tile:has-text('Wo hat sich die Kinderarmut verändert?')")
    expect(page.locator("#atlas-layer")).to_have_value("change", timeout=SLOW)
    assert "indicator=kinderarmut" in page.url
    page.click(".header__brand")
    expect(page.locator(".tile")).to_have_count(9, timeout=SLOW)
    page.click(".footer >> text=Datenschutz")
    expect(page.locator("h1")).to_have_text("Datenschutz", timeout=SLOW)
    page.click(".footer >> text=Impressum")
    expect(page.locator("main")).to_contain_text("Die Oberbürgermeisterin", timeout=SLOW)


def test_everything_is_found_from_every_page_by_keyboard_alone(page: Page, demo_url: str) -> None:
    go(page, demo_url)
    asked(page, "nordstatd")
    first = page.locator(OPTION).first
    expect(first).to_contain_text("Nordstadt")
    expect(first.locator("mark")).to_have_text("Nordstadt")
    expect(page.locator("#search-dialog [role=status]").last).to_have_text("1 Treffer")
    page.fill(SEARCH, "Berliner Straße 90")
    expect(page.locator(OPTION).first).to_contain_text("82–120, gerade")
    page.fill(SEARCH, "qqqq")
    expect(page.locator("#search-dialog .finder__empty")).to_contain_text("Nichts gefunden")
    page.fill(SEARCH, "grunallee")
    expect(page.locator(OPTION).first).to_contain_text("Grünallee")
    page.fill(SEARCH, "geheimhal")
    expect(page.locator(OPTION).first).to_contain_text("Geheimhaltung")
    page.keyboard.press("Enter")
    expect(page.locator("main dt")).to_have_text(["Geheimhaltung, gesperrt"], timeout=SLOW)
    asked(page, "adiposit")
    expect(page.locator(OPTION).first).to_contain_text("Adipositas")
    page.keyboard.press("Enter")
    expect(page.locator("#atlas-indicator")).to_have_value("adipositas", timeout=SLOW)
    page.wait_for_selector("html[data-painted]", timeout=SLOW)
    asked(page, "Familienzentrum Nordmarkt")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("facilities=familienzentrum"), timeout=SLOW)


def test_indicators_gaps_and_words_are_filtered_by_the_address(page: Page, demo_url: str) -> None:
    go(page, f"{demo_url}/methoden")
    rows = page.locator(".methods__table tbody tr")
    expect(rows).to_have_count(81, timeout=SLOW)
    page.click(".methods__chip:has-text('Gesundheit')")
    expect(rows).to_have_count(12, timeout=SLOW)
    page.fill("#methods-q", "zanhgesund")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1, timeout=SLOW)
    page.go_back()
    expect(rows).to_have_count(12, timeout=SLOW)
    page.click(".methods__part:has-text('Datenlücken')")
    page.click(".methods__chip:has-text('Grundschulbezirke')")
    reason = page.locator(".gap__reason").first
    expect(reason).to_contain_text("Grundschulbezirke", timeout=SLOW)
    page.click(".methods__part:has-text('Indikatoren')")
    page.click(".methods__chip:has-text('Alle')")
    page.click(".methods__table a:has-text('Kinderarmut')")
    expect(page.locator("h1")).to_have_text("Kinderarmut", timeout=SLOW)
    expect(page.locator("td.gap--all").first).to_contain_text("/")
    page.click("text=Im Atlas ansehen")
    expect(page.locator("#atlas-indicator")).to_have_value("kinderarmut", timeout=SLOW)


ADDRESSES = (
    "/", "/methoden", "/methoden?part=gaps&level=stadtteile&theme=bildung",
    "/methoden?part=methods", "/methoden?part=signs", "/methoden?part=glossary",
    "/methoden?part=downloads", "/methoden/kinderarmut", "/barrierefreiheit", "/impressum",
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "height", "dark", "language"),
    [(1440, 900, False, "de"), (390, 844, True, "en")],
)
def test_the_pages_have_no_barrier_and_fit_the_screen(
    browser: Browser, demo_url: str, width: int, height: int, dark: bool, language: str
) -> None:
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    for address in ADDRESSES:
        joined = "&" if "?" in address else "?"
        go(page, f"{demo_url}{address}{joined}lang={language}")
        expect(page.locator("h1")).to_have_count(1)
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        levels = page.eval_on_selector_all("h1,h2,h3", "hs => hs.map(h => +h.tagName[1])")
        assert all(b - a <= 1 for a, b in pairwise(levels)), address
    asked(page, "nord")
    expect(page.locator(OPTION).first).to_be_visible()
    assert barriers(page) == []
    page.close()
    assert faults == []


def test_a_search_that_does_not_answer_says_so_and_can_be_asked_again(
    browser: Browser, demo_url: str
) -> None:
    page, _ = open_page(browser)  # a refused request is written to the console, as it must be
    go(page, demo_url)
    page.route("**/search/**", lambda route: route.fulfill(status=503, body="{}"))
    with page.expect_response("**/search/**q=nord"):  # every letter asks, the last one last
        asked(page, "nord")
    expect(page.locator(".search__note")).to_contain_text("antwortet nicht")
    page.unroute("**/search/**")
    page.click(".search__retry")
    expect(page.locator(OPTION).first).to_contain_text("Nord")
    expect(page.locator(".search__note")).to_be_hidden()
    page.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("town", "query", "name"),
    [
        ("flensburg_url", "fruerlun", "Fruerlund"),
        ("berlin_url", "kreuzbreg", "Kreuzberg"),
        ("gemeinden_url", "flensbrug", "Flensburg"),
    ],
)
def test_a_real_town_answers_searches_and_has_questions(
    browser: Browser, request: pytest.FixtureRequest, town: str, query: str, name: str
) -> None:
    url = request.getfixturevalue(town)
    page, faults = open_page(browser)
    go(page, url)
    assert page.locator(".tile").count() >= 3
    assert barriers(page) == []
    answers: list[int] = []
    page.on("response", lambda r: answers.append(len(r.body())) if "/search/" in r.url else None)
    asked(page, query)
    expect(page.locator(OPTION).filter(has_text=name).first).to_be_visible(timeout=SLOW)
    assert max(answers) < 20_000
    go(page, f"{url}/methoden?part=gaps")
    expect(page.locator(".methods__table")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
    page.close()
    assert faults == []
