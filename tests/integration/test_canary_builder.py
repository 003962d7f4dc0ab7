"""No file that can be ordered holds a hidden number."""

from __future__ import annotations

import pytest

from domain.progress import silent
from services.export_jobs import PROFILES, REPORT, ExportOrder
from tests.integration.canary_crawl import SECRET, text_in, told
from web.export_child import write_order

RULES = "rule=" + "+or+".join(f"{i}>1+or+{i}<=1" for i in (*SECRET, "kinder"))
PLANS = (
    (REPORT, "pdf", "level=quartiere&areas=all&chapters=cover,overview,methods,sheets"),
    (REPORT, "pdf", "level=quartiere&areas=02,03,12&chapters=comparison,profiles&periods=2021"),
    (REPORT, "xlsx", "level=quartiere&areas=02,03,12&chapters=overview,comparison,profiles"),
    (REPORT, "pptx", "level=bezirke&areas=A,B&chapters=overview,comparison,profiles"),
    (REPORT, "pdf", f"level=quartiere&areas=02,03,12&chapters=maps,twins,rule&{RULES}"),
    (REPORT, "xlsx", f"level=quartiere&areas=02,03,12&chapters=maps,twins,rule&{RULES}"),
    (REPORT, "pptx", f"level=quartiere&areas=02,03&chapters=maps,twins,rule&{RULES}"),
    (PROFILES, "zip", "level=bezirke&areas=all"),
)


@pytest.mark.parametrize(("kind", "suffix", "query"), PLANS)
def test_no_report_of_ones_own_holds_a_hidden_number(
    canary_server, hidden, tmp_path, kind, suffix, query
):
    """The files an order becomes are read as a reader would: pages, sheets, slides, archive."""
    services = canary_server[1]
    query = f"{query}&indicators={','.join(SECRET)}"
    order = ExportOrder(kind, "kleinstadt", services.releases.current(), "de", query, suffix, "x")
    target = tmp_path / f"file.{suffix}"
    write_order(services, order, target, silent())
    text = text_in(target.read_bytes(), is_deck=suffix == "pptx")
    assert (
        "Gebiet 01" in text or "Gebiet 05" in text or "Gebiet A" in text or "Quartiere (12)" in text
    )
    assert not told(hidden, text)
