"""What the Atlas says of chance: two levels of difference, rank ranges, trends, funnel, sheet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.atlas_page import RANKING, SCATTER, AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e

POVERTY = "?indicator=kinderarmut&level=stadtteile&period=2025"
SIGNS = f"{RANKING} path.keck-sign:visible"
CURVES = f"{SCATTER} path.keck-funnel:not([style*=none])"
_TABLE = """(name) => [...document.querySelectorAll(
    `.districts-grid .ag-center-cols-container [col-id="${name}"]`)].map(c => c.textContent)"""


def column(atlas: AtlasPage, name: str) -> list[str]:
    """Return the texts of a column of the table, which has the whole window."""
    atlas.tool("table", "full").click()
    cells = atlas.page.locator(f'.districts-grid .ag-center-cols-container [col-id="{name}"]')
    # The grid draws its rows in portions: all of them are there when every area has one.
    expect(cells).to_have_count(len(atlas.js("p.b")))
    found: list[str] = atlas.page.evaluate(_TABLE, name)
    atlas.page.keyboard.press("Escape")
    return found


def test_a_difference_is_a_tendency_or_clear_in_table_ranking_and_card(atlas: AtlasPage) -> None:
    atlas.open(POVERTY)
    words = column(atlas, "note")
    assert any(word.startswith("▲ deutlich stärker belastet") for word in words)
    assert any(word.startswith("△ tendenziell stärker belastet") for word in words)
    assert any(word.startswith("▽ tendenziell günstiger") for word in words)
    rows = [r["position"] for r in atlas.rows() if "position" in r]
    badges = atlas.js("arg.map(i => p.b[i])", rows)
    clear = [b.endswith("_clear") for b in badges]
    drawn = atlas.page.eval_on_selector_all(
        SIGNS, "ps => ps.map(p => p.classList.contains('is-clear'))"
    )
    assert drawn == clear
    assert True in drawn
    assert False in drawn
    bar = atlas.page.locator(f"{RANKING} .barlayer .point path").first
    bar.hover(force=True)
    assert atlas.js("P.badges[p.b[arg]]", rows[0]) in atlas.tooltip()
    assert atlas.tr("script.word.interval") in atlas.tooltip()
    assert "(Wilson)" in atlas.tooltip()


def test_a_window_of_1440_pixels_shows_the_trend_of_the_table_whole(atlas: AtlasPage) -> None:
    atlas.page.set_viewport_size({"width": 1440, "height": 900})
    atlas.open(POVERTY)
    expect(atlas.page.locator(".districts-grid [col-id='trend']").first).to_be_visible()
    ends, cut = atlas.page.evaluate("""() => {
      const grid = document.querySelector('.districts-grid');
      const right = (node) => node.getBoundingClientRect().right;
      const cells = [...grid.querySelectorAll('.ag-cell')]
        .filter((c) => right(c) <= right(grid) + 1);
      return [[right(grid.querySelector('.ag-header-cell[col-id=trend]')), right(grid)],
        cells.filter((c) => c.scrollWidth > c.clientWidth).map((c) => c.textContent)];
    }""")
    assert ends[0] <= ends[1]
    assert cut == []


def test_an_indicator_without_polarity_is_never_judged(atlas: AtlasPage) -> None:
    atlas.open("?indicator=auslaenderanteil&level=stadtteile")
    words = set(atlas.js("p.b"))
    assert words & {"higher", "higher_clear", "lower", "lower_clear"}
    assert not {w for w in words if "better" in w or "worse" in w}
    colours = atlas.page.eval_on_selector_all(SIGNS, "ps => ps.map(p => p.className.baseVal)")
    assert not [c for c in colours if "better" in c or "worse" in c]


def test_a_rank_is_a_range_and_without_cases_there_is_none(atlas: AtlasPage) -> None:
    atlas.open(POVERTY).ranked()
    ranges = column(atlas, "rank")
    assert len(ranges) == 32
    assert all(re.fullmatch(r"\d+(–\d+)? von 32", text) for text in ranges)
    assert sum("–" in text for text in ranges) > 20
    atlas.open("?indicator=haushaltseinkommen&level=stadtteile")
    atlas.tool("table", "full").click()
    expect(atlas.page.locator(".districts-grid [col-id='value']").first).to_be_visible()
    expect(atlas.page.locator(".districts-grid [col-id='rank']")).to_have_count(0)
    atlas.page.keyboard.press("Escape")
    atlas.tool("map", "info").click()
    expect(atlas.dialog()).to_contain_text("Keine: Nur bei Anteilen, Raten und Anzahlen")


def test_a_trend_has_a_word_in_the_table_and_an_arrow_in_its_panel(atlas: AtlasPage) -> None:
    atlas.open("?indicator=auslaenderanteil&level=stadtteile&period=2025")
    trends = column(atlas, "trend")
    known = {"↗ steigend", "↘ sinkend", "→ keine gesicherte Veränderung", "nicht bestimmbar"}
    assert set(trends) <= known
    assert len(trends) == 32
    expect(atlas.page.locator("#atlas-trend-sub")).to_contain_text(
        "Trend der letzten fünf Jahre (2021–2025)"
    )
    ends = atlas.page.locator("#atlas-trend text.keck-end:visible").all_text_contents()
    assert re.search(r" [↗↘→]$", ends[0])


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("?indicator=kinderarmut&level=stadtteile&period=2015", "weniger als fünf Jahre"),
        ("?indicator=adipositas&level=stadtteile", "der Trend braucht einzelne Jahre"),
        ("?indicator=haushaltseinkommen&level=stadtteile", "ohne Fallzahlen"),
    ],
)
def test_where_no_trend_can_be_told_the_sheet_says_why(
    atlas: AtlasPage, query: str, reason: str
) -> None:
    atlas.open(query)
    expect(atlas.page.locator("#atlas-trend-sub")).to_contain_text(reason)
    atlas.tool("trend", "info").click()
    expect(atlas.dialog()).to_contain_text(reason)
    assert set(atlas.js("p.trends")) <= {"not_determinable"}


def test_how_many_differ_stands_beside_how_many_would_by_chance(atlas: AtlasPage) -> None:
    atlas.open(POVERTY)
    chance = atlas.page.locator("#atlas-chance")
    expect(chance).to_contain_text("Zufall oder Unterschied?")
    expect(chance).to_contain_text("unterscheiden sich von Musterstadt gesamt (95 %)")
    expect(chance).to_contain_text("Allein durch Zufall wären etwa 2 zu erwarten.")
    differing = atlas.js("p.b.filter(b => !['similar', 'not_compared'].includes(b)).length")
    expect(chance).to_contain_text(f"{differing} von 32 Stadtteilen")
    atlas.choose("compare", "previous")
    expect(chance).to_contain_text("seit dem vorherigen Zeitraum")
    atlas.open("?indicator=einwohner&level=stadtteile")
    expect(chance).to_contain_text("Nicht geprüft: Anzahlen hängen davon ab")


def test_the_funnel_is_a_link_needs_no_request_a_year_and_counts_what_is_hidden(
    atlas: AtlasPage,
) -> None:
    atlas.open("?indicator=kinderarmut&level=sozialraeume&period=2025")
    atlas.tool("scatter", "funnel").focus()
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator(CURVES)).to_have_count(4)
    atlas.expect_address("scatter", "funnel")
    expect(atlas.tool("scatter", "funnel")).to_have_attribute("aria-pressed", "true")
    expect(atlas.page.locator("#atlas-scatter-title")).to_contain_text("außerhalb der Grenzen")
    expect(atlas.page.locator("#atlas-scatter-x")).to_contain_text("Kinder unter 15 Jahren")
    drawn = atlas.page.evaluate(
        "keck.plane.gdOf('atlas-scatter').keckPlaces.filter(Boolean).length"
    )
    assert drawn == atlas.js("p.v.filter((v, i) => v !== null && p.n[i] !== null).length")
    asked: list[str] = []
    atlas.page.on("request", lambda r: asked.append(r.url) if "/funnel/" in r.url else None)
    title = atlas.page.inner_text("#atlas-scatter-title")
    sides = atlas.js("P.funnel.by[keck.app.period].sides")
    atlas.choose("period", "2022")
    assert asked == []
    assert atlas.js("P.funnel.by[keck.app.period].sides") != sides
    assert title
    atlas.reload()
    expect(atlas.page.locator(CURVES)).to_have_count(4)
    assert barriers(atlas.page) == []
    atlas.tool("scatter", "funnel").click()
    expect(atlas.page.locator(CURVES)).to_have_count(0)
    atlas.expect_address("scatter")


def test_a_point_of_the_funnel_chooses_its_area_and_says_where_it_lies(atlas: AtlasPage) -> None:
    atlas.open(POVERTY + "&scatter=funnel")
    expect(atlas.page.locator(CURVES)).to_have_count(4)
    x, y = atlas.page.evaluate("""() => {
        const gd = keck.plane.gdOf("atlas-scatter"), box = gd.getBoundingClientRect();
        const { l, t } = keck.plane.frame(gd), [px, py] = gd.keckPlaces[0];
        return [box.x + l + px, box.y + t + py];
    }""")
    atlas.page.mouse.move(x - 1, y)
    atlas.page.mouse.move(x, y)
    assert "Im Trichter" in atlas.tooltip()
    atlas.click_at(x, y)
    assert len(atlas.chosen()) == 1
    atlas.tool("scatter", "data").click()
    head = atlas.page.locator(".panel--scatter .chart__data th[scope=col]").all_inner_texts()
    assert head == ["Gebiet", "Wert", "Kinder unter 15 Jahren", "Im Trichter"]
    cells = atlas.page.locator(".panel--scatter .chart__data tbody tr").all_inner_texts()
    assert len(cells) == 32
    assert all("Grenze" in cell for cell in cells)


def test_the_funnel_is_in_the_picture_of_its_panel(atlas: AtlasPage) -> None:
    atlas.open(POVERTY + "&scatter=funnel")
    expect(atlas.page.locator(CURVES)).to_have_count(4)
    picture = atlas.page.evaluate("keck.picture.svg(document.querySelector('.panel--scatter'))")
    assert "außerhalb der Grenzen" in picture
    assert "Kinder unter 15 Jahren" in picture
    assert "5px, 3px" in picture or "5 3" in picture or "5, 3" in picture


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [
        ("einwohner", "Einen Trichter gibt es nur für Anteile und Raten."),
        ("haushaltseinkommen", "Einen Trichter gibt es nur für Anteile und Raten."),
    ],
)
def test_without_cases_the_switch_tells_why_there_is_no_funnel(
    atlas: AtlasPage, indicator: str, reason: str
) -> None:
    atlas.open(f"?indicator={indicator}&level=stadtteile&scatter=funnel")
    button = atlas.tool("scatter", "funnel")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert reason in (button.get_attribute("title") or "")
    expect(atlas.page.locator("#atlas-scatter-sub")).to_contain_text(reason)
    expect(atlas.page.locator(CURVES)).to_have_count(0)
    button.focus()
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#atlas-live")).to_have_text(reason)
    assert barriers(atlas.page) == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_sheet_can_be_read_to_its_end(
    browser: Browser, demo_url: str, width: int, height: int, language: str
) -> None:
    page, _ = open_page(browser, width=width, height=height)
    atlas = AtlasPage(page, demo_url).open(f"{POVERTY}&lang={language}")
    atlas.tool("map", "info").click()
    terms = atlas.dialog().locator("dt").all_inner_texts()
    for key in ("formula", "interval", "comparison", "rank", "trend", "states", "disclosure"):
        assert atlas.tr(f"sheet.{key}") in terms
    box = atlas.dialog()
    assert box.evaluate("d => d.scrollWidth <= d.clientWidth")
    box.evaluate("d => d.scrollTo(0, d.scrollHeight)")
    last = box.locator("dd").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= height
    close = box.locator(".dialog__close").bounding_box()
    assert close is not None
    assert 0 <= close["y"] <= height
    assert barriers(page) == []
