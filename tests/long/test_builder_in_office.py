"""A report of one's own opens in LibreOffice without repair, as slides and as a workbook."""

from __future__ import annotations

import pytest
from pptx import Presentation

from domain.progress import silent
from services.container import build_services
from services.export_jobs import REPORT, ExportOrder
from tests import paper
from tests.long.test_reports_in_office import converted
from tests.town_fixture import publish_small_town
from web.export_child import write_order

QUERY = (
    "level=quartiere&areas=01,02,03&indicators=kinderarmut,kinder"
    "&chapters=cover,overview,comparison,maps,twins,rule,profiles,methods,sheets"
    "&rule=kinderarmut>20"
)
TEXTS = {"title": "Größe „#1“ <b>", "texts": {"cover": "# Ziel\n\n- =1+1\n- @x", "methods": "Süd"}}

pytestmark = pytest.mark.long


@pytest.fixture
def made(tmp_path):
    services = build_services(publish_small_town(tmp_path / "town"))

    def make(suffix):
        release = services.monitoring.current()
        order = ExportOrder(REPORT, "kleinstadt", release, "de", QUERY, suffix, "x", texts=TEXTS)
        target = tmp_path / f"bericht.{suffix}"
        write_order(services, order, target, silent())
        return target

    return make


def test_slides_of_all_chapters_open_and_none_is_lost(made):
    file = made("pptx")
    deck = Presentation(str(file))
    pdf = converted(file)
    assert paper.pages(pdf) == len(deck.slides) > 12
    said = "".join(paper.text_of(pdf).split())
    for text in ("Größe„#1“<b>", "Ziel", "=1+1", "MethodenundZeichen"):
        assert text in said


def test_a_workbook_of_all_chapters_opens_with_its_texts(made):
    said = paper.text_of(converted(made("xlsx")))
    assert "=1+1" in said
    assert "#NAME?" not in said
    assert "Err:" not in said
