"""Tables of slides: large enough to be read, on as many slides as they need."""

from __future__ import annotations

import io

from pptx import Presentation

from reports.document import Cell, Chapter, Column, DataTable
from reports.slides import to_pptx
from tests.unit.reports.test_files import DAY, document, shapes


def test_tables_of_slides_are_read_from_afar_and_split_where_they_are_too_large():
    areas = tuple(f"Brückenvorstadt {n}" for n in range(12))
    columns = (Column("Indikator"), *(Column(a, "right", is_area=True) for a in areas))
    rows = tuple((Cell(f"Zeile {i}"), *(Cell(f"{i},5 %") for _ in areas)) for i in range(20))
    chapter = Chapter("Tabelle", (DataTable("Tabelle", columns, rows),))
    deck = Presentation(io.BytesIO(to_pptx(document("x", chapters=(chapter,)), DAY)))
    tables = [s.table for _, s in shapes(deck) if s.has_table]
    assert len(tables) > 3
    texts = [[[c.text for c in row.cells] for row in table.rows] for table in tables]
    assert {t[0][0] for t in texts} == {"Indikator"}
    assert {head for t in texts for head in t[0][1:]} == set(areas)
    by_name = {(row[0], h) for t in texts for row in t[1:] for h in t[0][1:]}
    assert len(by_name) == 20 * 12
    sizes = {r.font.size.pt for t in tables for row in t.rows for c in row.cells
             for p in c.text_frame.paragraphs for r in p.runs}  # fmt: skip
    assert min(sizes) >= 14
    for table in tables:
        assert sum(row.height.pt for row in table.rows) <= 360
