"""Maps in step, twins and areas by a rule as chapters of a report: what the page says."""

from __future__ import annotations

import io
from urllib.parse import parse_qs

import openpyxl
import pytest

from domain.model import Audience
from domain.progress import silent
from layouts.ids import Sections
from services.export_jobs import REPORT, ExportOrder
from tests import paper
from tests.integration.test_atlas_callbacks import component
from tests.integration.test_comparison_page import laid_out, words_in
from tests.town_fixture import PERIODS
from web.export_child import write_order

SECTIONS = f"left=kinderarmut@{PERIODS[0]}&right=kinderarmut@{PERIODS[2]}&rule=kinderarmut+%3E+20"
PLAN = f"level=quartiere&areas=03,05&indicators=kinderarmut&{SECTIONS}"


def ordered(services, target, query, suffix):
    """Return the file an order becomes."""
    release = services.releases.current()
    order = ExportOrder(REPORT, "kleinstadt", release, "de", query, suffix, "x")
    write_order(services, order, target / f"x.{suffix}", silent())
    return (target / f"x.{suffix}").read_bytes()


def maps_asked(services):
    query, _ = services.comparisons.query(Audience.PUBLIC, PLAN)
    wanted, _ = services.side_maps.read(Audience.PUBLIC, query)
    return services.side_maps.maps(Audience.PUBLIC, query, wanted)


def test_the_workbook_holds_the_numbers_of_the_maps_and_of_the_rule(town_services, tmp_path):
    body = ordered(town_services, tmp_path, f"{PLAN}&chapters=maps,rule", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(body))
    sheets = {ws.title: [[c.value for c in row] for row in ws.iter_rows()] for ws in book}
    rows = next(rows for rows in sheets.values() if len(rows[0]) == 5)
    maps = maps_asked(town_services)
    left, right = maps.left, maps.right
    by_name = {row[0]: row[1:] for row in rows[1:]}
    n_numbers = 0
    for at, name in enumerate(right.view.area_names):
        for place, content in enumerate((left, right)):
            shown = content.view.by_period[content.period]
            told = by_name[name][place]
            if shown.values[at] is None:
                assert isinstance(told, str), "a hidden value is told in a word"
            else:
                assert told == pytest.approx(shown.values[at])
                n_numbers += 1
    assert n_numbers > 10
    both = [r for r in by_name.values() if all(isinstance(x, float | int) for x in r[:3])]
    assert both
    assert all(r[2] == pytest.approx(r[1] - r[0]) for r in both)
    by_rule = next(rows for title, rows in sheets.items() if title.startswith("Regel"))
    values = [row[1] for row in by_rule[1:] if row[0] and isinstance(row[1], float | int)]
    assert values
    assert min(values) > 20


def test_paper_and_slides_hold_no_long_list_of_what_the_maps_show(town_services, tmp_path):
    """The numbers of the maps are for spreadsheets."""
    pdf = paper.text_of(ordered(town_services, tmp_path, f"{PLAN}&chapters=maps", "pdf"))
    assert "Kinderarmut" in pdf
    assert "Gebiet 11" not in pdf


def test_the_chapters_stand_in_the_order_of_the_plan(town_services, tmp_path):
    body = ordered(town_services, tmp_path, f"{PLAN}&chapters=rule,twins,maps", "pdf")
    text = paper.text_of(body)
    titles = ("Gebiete nach einer Regel", "Zwillinge", "nebeneinander")
    places = [text.index(title) for title in titles if title in text]
    assert places[:2] == sorted(places[:2])
    assert "Kinderarmut" in text
    assert "> 20" in text


def test_the_comparison_leads_to_a_report_with_its_maps_and_its_rule(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAN}")
    links = [h for h in _links(tree) if h.startswith("/bericht?")]
    asked = parse_qs(links[0].partition("?")[2])
    assert asked["left"] == [f"kinderarmut@{PERIODS[0]}"]
    assert "> 20" in asked["rule"][0]
    assert {"maps", "twins", "rule"} <= set(asked["chapters"][0].split(","))
    assert component(tree, Sections.RULE_TEXT)["value"] == asked["rule"][0]
    assert "Bericht" in " ".join(words_in(tree))


def _links(tree):
    if isinstance(tree, list):
        return [x for part in tree for x in _links(part)]
    if not isinstance(tree, dict):
        return []
    props = tree.get("props", {})
    own = [props["href"]] if props.get("href") else []
    return own + _links(props.get("children"))
