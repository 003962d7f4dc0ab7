"""A planner takes the numbers: charts as tables, the sheet of the indicator, files, search."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.facts import facts
from tests.e2e.places import walked

pytestmark = pytest.mark.e2e

GERMAN = ("Gebiet", "Wert", "Jahr", "Klasse", "Vergleich", "Schwankungsbereich", "keine Angabe")


def table(walk: AtlasPage, panel: str) -> list[list[str]]:
    """Show a panel as a table, read it with its head, show the chart again."""
    button = walk.tool(panel, "data")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    place = walk.page.locator(f".panel--{panel} .chart__data table")
    expect(place).to_be_visible()
    rows: list[list[str]] = place.evaluate(
        "t => [...t.rows].map(r => [...r.cells].map(c => c.textContent))"
    )
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert place.count() == 0
    return rows


@walked()
def test_every_chart_as_a_table_has_the_numbers_of_the_view(walk: AtlasPage) -> None:
    walk.begin()
    order = walk.js("p.o")
    n = len(order)
    known = {k: facts(walk, order[k]) for k in (0, 1, n // 2, n - 1)}
    head, *ranking = table(walk, "ranking")
    assert len(ranking) == n
    assert head[:2] == [walk.tr("script.word.area"), walk.tr("script.word.value")]
    for k, area in known.items():
        assert ranking[k][:3] == [area.name, area.value_text, area.interval]
    _, *areas = table(walk, "map")
    for k, area in known.items():
        assert areas[k] == [area.name, area.value_text, area.held["class"] or ""]
    head, *pairs = table(walk, "scatter")
    for k, area in known.items():
        other = area.other
        second = (
            walk.tr("script.word.gap")
            if area.second is None
            else area.written(area.second, other["decimals"]) + other["unit_suffix"]
        )
        assert pairs[k] == [area.name, area.value_text, second]
    walk.click_bar(0)
    head, *years = table(walk, "trend")
    periods, series = walk.js(
        "[keck.trendChart.axisOf(P).periods, P.periods.map(q => P.by[q].v[arg])]",
        walk.js("[...keck.app.slots.keys()][0]"),
    )
    # below the years stands the trend, where any line has one
    years, trend = years[: len(periods)], years[len(periods) :]
    assert [row[0] for row in years] == periods
    assert [row[0] for row in trend] in ([], [walk.tr("script.word.trend")])
    assert head[-1] == walk.chosen()[0]
    first = known[0]
    for value, row in zip(series, years[-len(series) :], strict=True):
        gap = walk.tr("script.word.gap")
        assert row[-1] == (gap if value is None else first.written(value) + first.suffix)
    if walk.start["lang"] == "en":
        for word in GERMAN:
            assert word not in head
            assert word not in years[0]


@walked()
def test_the_sheet_tells_definition_and_source(walk: AtlasPage) -> None:
    walk.begin()
    walk.tool("ranking", "info").click()
    terms = walk.dialog().locator("dt").all_inner_texts()
    texts = walk.dialog().locator("dd").all_inner_texts()
    sheet = walk.js("P.sheet")
    shown = list(map(list, zip(terms, texts, strict=True)))
    assert shown[: len(sheet)] == sheet
    # what holds for the period only follows: why it has no trend, why no ranks
    why = walk.js("p.tw")
    assert ([row[1] for row in shown[len(sheet) :]] or [""])[0] in (why, walk.js("P.no_ranks"))
    assert walk.tr("sheet.definition") in terms
    assert walk.tr("sheet.source") in terms
    assert all(texts)
    walk.page.keyboard.press("Escape")
    assert walk.page.evaluate("document.activeElement.dataset.tool") == "info"


def links(walk: AtlasPage) -> dict[str, str]:
    walk.tool("map", "save").click()
    found: dict[str, str] = (
        walk.dialog()
        .locator("a.dialog__action")
        .evaluate_all(
            "as => Object.fromEntries(as.map(a => [a.textContent, a.getAttribute('href')]))"
        )
    )
    return found


def plain_number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", "."))


@walked()
def test_files_of_the_view_hold_its_numbers(walk: AtlasPage) -> None:
    walk.begin()
    offered = links(walk)
    tables = ("csv", "xlsx", "csv_all", "xlsx_all")
    reports = ("report_pdf", "report_pptx", "report_xlsx", "report_own")
    assert set(offered) == {walk.tr(f"script.save.{k}") for k in tables + reports}
    bodies: dict[str, bytes] = {}
    for kind in tables:
        address = urljoin(walk.page.url, offered[walk.tr(f"script.save.{kind}")])
        answer = walk.page.request.get(address)
        assert answer.status == 200, (kind, answer.text()[:300])
        bodies[kind] = answer.body()
    for kind in ("xlsx", "xlsx_all"):
        assert zipfile.ZipFile(io.BytesIO(bodies[kind])).testzip() is None
    lines = list(csv.reader(io.StringIO(bodies["csv"].decode("utf-8-sig")), delimiter=";"))
    found = numbers_of(walk, lines)
    values = dict(zip(walk.js("P.areas"), walk.js("p.v"), strict=True))
    assert set(values) <= set(found)
    for area, value in values.items():
        if value is None:
            assert found[area] is None
        else:
            assert found[area] == pytest.approx(value, abs=0.051)
    assert len(bodies["csv_all"]) >= len(bodies["csv"])


def numbers_of(walk: AtlasPage, lines: list[list[str]]) -> dict[str, float | None]:
    """Return the value of every row by the id of its area."""
    head = lines[0]
    ids, values = (
        head.index(walk.tr("export.column.area_id")),
        head.index(walk.tr("export.column.value")),
    )
    found: dict[str, float | None] = {}
    for line in lines[1 : lines.index([])]:
        found[line[ids]] = plain_number(line[values]) if re.search(r"\d", line[values]) else None
    return found


@walked()
def test_a_picture_of_the_panel_is_saved(walk: AtlasPage, tmp_path: Any) -> None:
    walk.begin()
    walk.tool("trend", "save").click()
    with walk.page.expect_download(timeout=60_000) as waiting:
        walk.dialog().locator(".dialog__action", has_text="PNG").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size > 10_000


@walked()
def test_a_district_is_found_by_its_name_and_selected(walk: AtlasPage) -> None:
    walk.begin()
    name = walk.js("P.names[p.o[4]]")
    walk.page.keyboard.press("Control+k")
    walk.page.wait_for_function("() => keck.places.loaded() !== null", timeout=20_000)
    walk.page.keyboard.type(name)
    options = walk.page.locator("#search-dialog [role=option]")
    expect(options.first).to_contain_text(name)
    walk.page.keyboard.press("Enter")
    expect(walk.page.locator("#atlas-tray .chip__name").first).to_have_text(name, timeout=20_000)
    walk.settle()
    assert walk.address("areas")
