"""The delivered workbook itself with notes at its faulty cells; runs in the limited process.

Cells without a finding keep value, formula and format. A text file has no cells to note at: its
copy is that of the report (:mod:`services.report_workbook`).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from data.importing.delivered import DeliveredSheet, delivered_sheets, loose_sheets
from data.importing.paths import file_inside
from data.importing.readers.xlsx_scan import address
from data.importing.recipe import load_recipe
from domain.findings import Finding, Severity
from domain.plain_text import clean_text
from i18n import Translate, translator
from services.findings_json import findings_from_json
from services.report_workbook import write_workbook

MOST_NOTES = 1000
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
_COLUMNS = ("severity", "sheet", "row", "column", "cell", "cause", "remedy")
_WIDTHS = (10, 18, 8, 24, 8, 70, 70)
_NOTE_SIZE = (180, 420)
_LONGEST_NAME = 31
_LONGEST_NOTE = 8_000

Cell = tuple[int, int]


def write_marked(order: dict[str, Any]) -> dict[str, Any]:
    """Write a marked copy of every table file of which a finding names a cell.

    Parameters
    ----------
    order
        ``recipe``, ``data_dir``, ``folder`` (where to write), ``language``, ``findings``, and
        ``loose`` in place of the recipe: ``file``, ``format``, ``sheet`` of one table.

    Returns
    -------
    dict
        ``marked``: pairs of the delivered file and the name of its copy in ``folder``.
    """
    data_dir, folder = Path(order["data_dir"]), Path(order["folder"])
    findings = findings_from_json(order["findings"])
    tr = translator(order["language"])
    placed = {f.place.file for f in findings if f.place.row is not None or f.place.column}
    found = (
        loose_sheets(data_dir, **order["loose"])
        if order.get("loose")
        else delivered_sheets(load_recipe(Path(order["recipe"])), data_dir, placed)
    )
    marked: list[list[str]] = []
    for file, sheets in sorted(found.items()):
        mine = [f for f in findings if f.place.file == file]
        if not any(sheet.cell_of(f.place) for f in mine for sheet in sheets):
            continue
        name = f"{len(marked)}.xlsx"
        if sheets[0].is_workbook:
            _mark(file_inside(data_dir, file), folder / name, sheets, mine, tr)
        else:
            write_workbook(folder / name, sheets, mine, tr)
        marked.append([file, name])
    return {"marked": marked}


def _mark(
    source: Path, target: Path, sheets: Sequence[DeliveredSheet], findings: list[Finding],
    tr: Translate,
) -> None:  # fmt: skip
    """Save a copy of a workbook that the strict reader has looked through before."""
    order = list(Severity)
    findings.sort(key=lambda f: order.index(f.severity))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(source, keep_links=False)
    for cell, mine in list(_cells(sheets, findings).items())[:MOST_NOTES]:
        _note(_first_of_merged(book[cell[0]], cell[1]), mine, tr)
    _list(book, sheets, findings, tr)
    book.save(target)


def _cells(
    sheets: Sequence[DeliveredSheet], findings: Sequence[Finding]
) -> dict[tuple[str, Cell], list[Finding]]:
    """Return the findings of each cell by name of the sheet, the gravest first."""
    found: dict[tuple[str, Cell], list[Finding]] = {}
    for finding in findings:
        for sheet in sheets:
            cell = sheet.cell_of(finding.place)
            if cell is not None:
                found.setdefault((sheet.fullest.sheet, cell), []).append(finding)
                break
    return found


def _first_of_merged(sheet: Any, cell: Cell) -> Any:
    """Return a cell, of merged ones the first: only that can carry a note."""
    found = sheet.cell(*cell)
    if isinstance(found, MergedCell):
        inside = (r for r in sheet.merged_cells.ranges if found.coordinate in r)
        span = next(inside)
        return sheet.cell(span.min_row, span.min_col)
    return found


def _note(cell: Any, findings: Sequence[Finding], tr: Translate) -> None:
    """Colour a cell and note its findings; a note somebody made before stands first."""
    parts = [cell.comment.text] if cell.comment else []
    for one in findings:
        word = tr(f"report.severity.{one.severity}")
        cause = tr(f"finding.{one.code}.cause", **one.params)
        remedy = tr(f"finding.{one.code}.remedy", **one.params)
        parts.append(f"{word}: {cause}\n→ {remedy}")
    height, width = _NOTE_SIZE
    note = Comment(
        clean_text("\n\n".join(parts))[:_LONGEST_NOTE], "KECK-Atlas", height=height, width=width
    )
    cell.comment = note
    cell.fill = PatternFill("solid", fgColor=_COLOURS[findings[0].severity])


def _list(
    book: Any, sheets: Sequence[DeliveredSheet], findings: Sequence[Finding], tr: Translate
) -> None:
    """Add a sheet of all findings behind the others; its texts are no formulas."""
    wanted = tr("report.sheet")[:_LONGEST_NAME]
    out = book.create_sheet(wanted)  # a name that is taken gets a number
    for at, name in enumerate(_COLUMNS, start=1):
        _write(out, 1, at, tr(f"report.column.{name}"))
        out.column_dimensions[out.cell(1, at).column_letter].width = _WIDTHS[at - 1]
    for row, finding in enumerate(findings, start=2):
        place = finding.place
        cell = next((c for s in sheets if (c := s.cell_of(place)) is not None), None)
        texts = (
            tr(f"report.severity.{finding.severity}"),
            place.sheet,
            "" if place.row is None else str(place.row),
            place.column,
            "" if cell is None else address(cell),
            tr(f"finding.{finding.code}.cause", **finding.params),
            tr(f"finding.{finding.code}.remedy", **finding.params),
        )
        for at, text in enumerate(texts, start=1):
            _write(out, row, at, text)
    out.freeze_panes = "A2"


def _write(out: Any, row: int, column: int, text: str) -> None:
    cell = out.cell(row, column)
    cell.value = clean_text(text)
    # openpyxl takes a text that begins with = for a formula
    cell.data_type = "s"
