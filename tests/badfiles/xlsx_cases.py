"""Workbooks, written part by part so that each lie is exactly where it is meant."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from tests.badfiles import zip_cases as zips
from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, pointing, written

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file://{target}">]>'


def cell(reference: str, value: object = None, *, kind: str = "", formula: str = "") -> str:
    """Return one cell; numbers are stored as numbers, texts inline."""
    inner = f"<f>{formula}</f>" if formula else ""
    if isinstance(value, str) and not kind:
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    inner += "" if value is None else f"<v>{value}</v>"
    return f'<c r="{reference}"' + (f' t="{kind}"' if kind else "") + f">{inner}</c>"


def rows(*lines: list[str], attributes: str = "") -> str:
    """Return rows 1, 2, … of cells."""
    return "".join(
        f'<row r="{n}"{attributes}>{"".join(line)}</row>' for n, line in enumerate(lines, 1)
    )


def sheet(body: str, *, before: str = "", after: str = "", doctype: str = "") -> bytes:
    """Return the XML of a sheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{body}</sheetData>{after}</worksheet>"
    ).encode()


HEAD = [cell("A1", "id"), cell("B1", "Name"), cell("C1", "Wert")]
FIRST = [cell("A2", "01"), cell("B2", "Altstadt"), cell("C2", 14.8)]
SECOND = [cell("A3", "02"), cell("B3", "Südstadt"), cell("C3", 7)]
GOOD = sheet(rows(HEAD, FIRST, SECOND))


def members(
    sheets: dict[str, bytes] | None = None, *, hidden: tuple[str, ...] = (), **extra: bytes
):
    """Return the parts of a workbook of these sheets."""
    sheets = sheets or {"Daten": GOOD}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET_TYPE}"/>'
        for n in range(1, len(sheets) + 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{BOOK_TYPE}"/>'
        f"{types}</Types>".encode(),
        "_rels/.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'{head}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}'
        "</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{links}</Relationships>".encode(),
        **{f"xl/worksheets/sheet{n}.xml": data for n, data in enumerate(sheets.values(), 1)},
        **extra,
    }


def _book(sheets: dict[str, bytes] | bytes | None = None, *, hidden: tuple[str, ...] = (), **extra):
    if isinstance(sheets, bytes):
        sheets = {"Daten": sheets}
    return written(zips.zipped(members(sheets, hidden=hidden, **extra)))


def _without(part: str):
    return written(zips.zipped({k: v for k, v in members().items() if k != part}))


def _line(*cells: str, **options: str):
    return _book(sheet(rows(HEAD, FIRST, list(cells)), **options))


def _ole(stream: str):
    return written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le"))


def _bomb(path: Path) -> None:
    zips.bomb(path, members(), name="xl/sharedStrings.xml", megabytes=300)


def _foreign_entity(target: str) -> bytes:
    doctype = XXE.format(target=target)
    body = rows(HEAD, [cell("A2", "01"), '<c r="B2" t="inlineStr"><is><t>&a;</t></is></c>'])
    return zips.zipped(members({"a": GOOD, "b": sheet(body, doctype=doctype)}))


def _foreign_styles(target: str) -> bytes:
    styles = f"{XXE.format(target=target)}<x>&a;</x>".encode()
    return zips.zipped(members(**{"xl/styles.xml": styles}))


FAR = [cell("A3", "03"), cell("XFD3", 1)]
HUGE = rows(HEAD, FIRST) + f'<row r="1048576">{cell("XFD1048576", 1)}</row>'
DIMENSION = '<dimension ref="A1:XFD1048576"/>'
BLANKS = [*SECOND, *[f'<c r="{letter}3" s="0"/>' for letter in "DEFGH"]]
YEARS = [
    [cell("A1", "id"), cell("B1", "2019"), cell("C1")],
    [cell("A2"), cell("B2", "Anzahl"), cell("C2", "Quote")],
    [cell("A3", "01"), cell("B3", 5), cell("C3", 1.5)],
]
MERGED = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>'
MERGED_BODY = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
DOUBLE = sheet(
    rows([cell("A1", "id"), cell("B1", "2019"), cell("C1")], FIRST),
    after='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>',
)
XML_DAMAGED = GOOD.replace(b"</sheetData>", b"")

CASES = [
    Case("xlsx_ok", _book(), TAKEN),
    Case("xlsx_trailing_blank", _book(sheet(rows(HEAD, FIRST, BLANKS))), TAKEN),
    Case("xlsx_lying_dimension", _book(sheet(rows(HEAD, FIRST), before=DIMENSION)), TAKEN),
    Case("xlsx_huge_dimension", _book(sheet(HUGE)), REFUSED, "xlsx_extent", None, "XFD1048576"),
    Case("xlsx_far_column", _line(*FAR), REFUSED, "xlsx_extent", None, "XFD3"),
    Case(
        "xlsx_formulas",
        _line(cell("A3", "02"), cell("C3", 3, formula="1+2")),
        WARNED,
        "xlsx_formulas",
        3,
    ),
    Case(
        "xlsx_formulas_unsaved",
        _line(cell("A3", "02"), cell("C3", formula="1+2")),
        REFUSED,
        "xlsx_formula_without_value",
        3,
        "C3",
    ),
    Case(
        "xlsx_external_links",
        _book(**{"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        WARNED,
        "xlsx_external_links",
    ),
    Case(
        "xlsx_error_cells",
        _line(cell("A3", "02"), cell("C3", "#DIV/0!", kind="e")),
        REFUSED,
        "xlsx_error_cell",
        3,
        "C3",
    ),
    Case(
        "xlsx_numbers_odd",
        _line(cell("A3", 12345678901234567), cell("C3", 1)),
        REFUSED,
        "xlsx_number_too_long",
        3,
        "A3",
    ),
    Case(
        "xlsx_number_as_text",
        _line(cell("A3", "02"), cell("C3", "7,5")),
        WARNED,
        "xlsx_number_as_text",
        3,
        "Wert",
    ),
    Case(
        "xlsx_merged_header",
        _book(sheet(rows(*YEARS), after=MERGED)),
        TAKEN,
        spec={"header_rows": 2},
    ),
    Case("xlsx_merged_header_one_row", _book(DOUBLE), REFUSED, "table_header_doubled", 1, "2019"),
    Case(
        "xlsx_merged_body",
        _line(cell("B3", "x"), after=MERGED_BODY),
        REFUSED,
        "xlsx_merged_cells",
        2,
        "A2:A3",
    ),
    Case(
        "xlsx_hidden_rows",
        _book(sheet(rows(HEAD, FIRST, attributes=' hidden="1"'))),
        WARNED,
        "xlsx_hidden_rows",
    ),
    Case("xlsx_billion_laughs", _book(sheet("", doctype=BILLION)), REFUSED, "xlsx_entities"),
    Case(
        "xlsx_xxe",
        pointing(_foreign_entity),
        REFUSED,
        "xlsx_entities",
        spec={"sheet": "a"},
    ),
    Case(
        "xlsx_xxe_styles",
        pointing(_foreign_styles),
        REFUSED,
        "xlsx_entities",
    ),
    Case("xlsx_zip_bomb", _bomb, REFUSED, "zip_ratio"),
    Case("xlsx_macro", _book(**{"xl/vbaProject.bin": b"x"}), REFUSED, "xlsx_macros"),
    Case("xlsx_encrypted", _ole("EncryptedPackage"), REFUSED, "xlsx_encrypted"),
    Case("xlsx_old_xls", _ole("Workbook"), REFUSED, "file_is_xls"),
    Case("xlsx_is_csv", written(b"id;name\n1;2\n"), REFUSED, "file_is_other"),
    Case(
        "xlsx_is_ods",
        written(zips.zipped({"mimetype": b"x", "content.xml": b"<x/>"})),
        REFUSED,
        "file_is_other",
    ),
    Case(
        "xlsx_hidden_sheet",
        _book({"Daten": GOOD, "Rohdaten": GOOD}, hidden=("Rohdaten",)),
        WARNED,
        "xlsx_hidden_sheet",
    ),
    Case(
        "xlsx_hidden_named",
        _book({"Daten": GOOD, "Rohdaten": GOOD}, hidden=("Rohdaten",)),
        WARNED,
        "xlsx_hidden_sheet_read",
        spec={"sheet": "Rohdaten"},
    ),
    Case("xlsx_two_sheets", _book({"a": GOOD, "b": GOOD}), REFUSED, "xlsx_sheet_needed"),
    Case("xlsx_two_answered", _book({"a": GOOD, "b": GOOD}), TAKEN, spec={"sheet": "b"}),
    Case("xlsx_sheet_odd", _book(), REFUSED, "xlsx_sheet_unknown", spec={"sheet": "x"}),
    Case(
        "xlsx_many_sheets",
        _book({f"s{n}": GOOD for n in range(51)}),
        REFUSED,
        "xlsx_too_many_sheets",
    ),
    Case("xlsx_missing_part", _without("xl/worksheets/sheet1.xml"), REFUSED, "xlsx_part_missing"),
    Case("xlsx_missing_book", _without("xl/workbook.xml"), REFUSED, "xlsx_part_missing"),
    Case("xlsx_truncated", written(zips.zipped(members())[:-200]), REFUSED, "zip_damaged"),
    Case(
        "xlsx_duplicate_part",
        written(zips.doubled(members(), "xl/workbook.xml")),
        REFUSED,
        "zip_doubled_member",
    ),
    Case("xlsx_traversal", _book(**{"../../x.xml": b"<x/>"}), REFUSED, "zip_bad_name"),
    Case("xlsx_xml_damaged", _book(XML_DAMAGED), REFUSED, "xlsx_damaged"),
    Case("xlsx_rows_backwards", _book(GOOD.replace(b'r="3"', b'r="1"')), REFUSED, "xlsx_damaged"),
    Case("xlsx_empty", _book(sheet("")), REFUSED, "table_no_data_row"),
    Case("xlsx_header_only", _book(sheet(rows(HEAD))), REFUSED, "table_no_data_row"),
]
