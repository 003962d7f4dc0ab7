"""Pages as files: PDF, slides and workbook say what the page says, and hide what it hides."""

from __future__ import annotations

import io
from itertools import pairwise
from urllib.parse import urlencode

import openpyxl
import pytest
from pptx import Presentation

import app
from data.slots import SlotFolder
from domain.model import State
from i18n import translator
from services.container import build_services
from services.heavy_exports import AT_ONCE, HeavyExports
from tests import paper
from tests.town_fixture import CANARY

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAGES = {
    "atlas": {"indicator": "kinderarmut", "period": "2023", "level": "quartiere", "areas": "01,02"},
    "vergleich": {"level": "quartiere", "areas": "01,02,03", "theme": "soziale-lage"},
    "profil": {"level": "quartiere", "area": "02"},
    "ressourcen": {"level": "quartiere", "indicators": "kinderarmut,gymnasium,miete"},
    "bedarf": {"level": "quartiere", "kind": "kita", "children": "kinder"},
    "fruehwarnung": {"level": "quartiere"},
}

VALUES = {k: v for k, v in PAGES["atlas"].items() if k != "areas"}


@pytest.fixture
def release(town_services):
    return town_services.monitoring.current()


@pytest.fixture
def report(client, release):
    def ask(page="atlas", suffix="pdf", town="kleinstadt", headers=None, **query):
        asked = urlencode({"page": page, **PAGES.get(page, {}), **query}, safe=",")
        return client.get(f"/export/{town}/{release}/bericht.{suffix}?{asked}", headers=headers)

    return ask


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("suffix", TYPES)
def test_every_page_is_a_file_of_every_kind(report, page, suffix):
    answer = report(page, suffix)
    assert answer.status_code == 200
    assert answer.mimetype == TYPES[suffix]
    assert 'attachment; filename="Kleinstadt ' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].endswith(f".{suffix}")
    assert len(answer.data) > 5000


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_pdf_is_accessible_and_keeps_to_its_page(report, page, language):
    pdf = report(page, lang=language).data
    structure = paper.Structure(pdf)
    assert structure.is_pdf_ua()
    assert structure.root.Lang == language
    assert structure.root.MarkInfo.Marked
    assert all(structure.figures())
    assert structure.bookmarks()
    headings = structure.headings()
    assert headings.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(headings))
    assert paper.outside_margins(pdf) == []
    assert paper.overlapping(pdf) == []


def test_the_paper_says_what_the_page_says(client, report, release):
    said = paper.text_of(report().data)
    answer = client.get(f"/api/v1/values?{urlencode(VALUES)}").json["values"]
    assert len(answer) == 12
    tr = translator("de")
    for value in answer:
        if value["state"] == State.SUPPRESSED:
            assert tr("state.suppressed") in said
        elif value["value"] is not None:
            assert f"{value['value']:.1f}".replace(".", ",") in said
    for text in ("Kinderarmut 2023", "Was kinderarmut sagt.", release, "Amt für Statistik",
                 "Erfundene Stadt, erfundene Werte.", "CC0 1.0"):  # fmt: skip
        assert text in said, text


def test_the_workbook_holds_the_numbers_of_the_api(client, report):
    book = openpyxl.load_workbook(io.BytesIO(report(suffix="xlsx").data))
    rows = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows(min_row=2)}
    answer = client.get(f"/api/v1/values?{urlencode(VALUES)}").json["values"]
    names = {f"Gebiet {v['area_id']}": v for v in answer if v["area_id"] != "kleinstadt"}
    assert len(names) == 12
    for name, value in names.items():
        if value["value"] is None:
            assert rows[name] == translator("de")(f"state.{value['state']}")
        else:
            assert rows[name] == pytest.approx(value["value"], abs=1e-6)


def test_slides_hold_charts_that_can_be_edited_without_hidden_values(report):
    deck = Presentation(io.BytesIO(report(suffix="pptx").data))
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert len(charts) == 2
    bars = charts[1].plots[0]
    values = dict(zip(bars.categories, bars.series[0].values, strict=True))
    hidden = next(name for name in values if name.startswith("Gebiet 02"))
    assert hidden == "Gebiet 02 (geheim gehalten)"
    assert values[hidden] is None


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("indicator", ["geheim", "amtlich"])
def test_no_paper_holds_the_hidden_number(report, page, indicator):
    said = paper.text_of(report(page, indicator=indicator, indicators=indicator).data)
    for secret in (CANARY, CANARY / 5):
        digits = str(int(secret))
        assert digits not in said.replace(".", "").replace(",", "")


def test_what_was_replaced_is_said_on_the_paper(report):
    said = paper.text_of(report(period="1789").data)
    assert "1789" in said
    assert "Kinderarmut 2023" in said


def test_the_same_question_has_the_same_tag_and_is_not_sent_twice(report):
    first = report()
    again = report(headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert report(areas="01").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    ("page", "query", "status"),
    [
        ("unsinn", {}, 404),
        ("profil", {"area": "99"}, 404),
        ("profil", {"level": "mond"}, 404),
        ("vergleich", {"areas": ""}, 400),
    ],
)
def test_what_cannot_be_printed_is_said_in_words(report, page, query, status):
    answer = report(page, **query)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "<h1>" in answer.text


def test_another_town_or_release_has_no_report(client, report, release):
    assert report(town="anderswo").status_code == 404
    assert client.get("/export/kleinstadt/2000-01-01-1/bericht.pdf").status_code == 404
    assert client.get(f"/export/kleinstadt/{release}/bericht.docx").status_code == 404


def test_too_many_at_once_are_asked_to_come_back(town_settings, release, tmp_path):
    services = build_services(town_settings)
    object.__setattr__(services, "heavy", HeavyExports(tmp_path, patience=0.05))
    client = app.create_app(town_settings, services=services).test_client()
    slots = SlotFolder(tmp_path, AT_ONCE)
    handles = [slots.take() for _ in range(AT_ONCE)]
    address = f"/export/kleinstadt/{release}/bericht.pdf?lang=de"
    answer = client.get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "mehrere Berichte" in answer.text
    slots.give_back(handles[0])
    assert client.get(address).status_code == 200
    slots.give_back(handles[1])


def test_pages_lead_to_their_reports(client, release):
    """The buttons of the pages ask for what the routes answer; see also the browser test."""
    from callbacks.report_links import report_addresses

    for page, query in PAGES.items():
        addresses = report_addresses("kleinstadt", release, page, urlencode(query, safe=","))
        assert set(addresses) == {"pdf", "pptx"}
        for address in addresses.values():
            assert client.get(address).status_code == 200


def pdf_text(answer):
    assert answer.status_code == 200
    return " ".join(paper.text_of(answer.data).split())


def test_the_paper_of_a_comparison_has_the_sections_of_the_page(report):
    answer = report("vergleich", period="2023", rule="kinderarmut>20")
    said = pdf_text(answer)
    assert "Karten im Gleichschritt" in said
    assert "Zwillinge: wo die Lage am ähnlichsten ist" in said
    assert "Quartieren erfüllen die Regel" in said
    assert "Regel: erfüllt" in said
    assert all(paper.Structure(answer.data).figures())


def test_without_a_rule_the_paper_of_a_comparison_searches_none(report):
    said = pdf_text(report("vergleich", period="2023"))
    assert "erfüllen die Regel" not in said
    assert "Karten im Gleichschritt" in said


def test_the_paper_of_a_view_shows_the_second_indicator_or_the_funnel(report):
    relation = pdf_text(report(second="gymnasium"))
    assert "Zusammenhang auf Gebietsebene" in relation
    funnel = pdf_text(report(second="gymnasium", scatter="funnel"))
    assert "außerhalb der Grenzen von 99,8 %" in funnel
    assert "Zusammenhang auf Gebietsebene" not in funnel


def test_the_workbook_of_a_view_holds_the_pairs_of_its_scatter(report):
    answer = report(suffix="xlsx", second="gymnasium")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = [
        row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) if any(row)
    ]
    heads = [row for row in rows if str(row[1:2]).startswith("('Kinderarmut,")]
    assert len(heads) == 1
    assert str(heads[0][2]).startswith("Gymnasium")
