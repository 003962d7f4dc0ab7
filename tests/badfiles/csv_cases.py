"""Tables as text: encodings, separators, quotes, headers, foreign content."""

from __future__ import annotations

import gzip
import random
import zipfile
from pathlib import Path

from tests.badfiles.case import REFUSED, TAKEN, USUAL, WARNED, Case, Town, written

HEAD = "Schlüssel;Name;Wert\r\n"
BODY = "01;Altstadt;14,8\r\n02;Südstadt;7\r\n"
GERMAN = HEAD + BODY
THREE = Town(areas=("01", "02", "03"))
NO_ROW = Town(says={"de": ("enthält keine Datenzeile",), "en": ("no data row",)})


def _text(text: str, encoding: str = "utf-8"):
    return written(text.encode(encoding))


def _case(name, text, outcome, code="", row=None, column="", *, town=USUAL, **spec):
    build = written(text) if isinstance(text, bytes) else _text(text)
    return Case(name, build, outcome, code, row, column, spec, town)


def says(*german: str) -> Town:
    """Return the usual town, in which cause or remedy must hold these texts."""
    return Town(says={"de": german})


def open_document(path: Path) -> None:
    """Write the beginning of a table of LibreOffice: its type stands first, uncompressed."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")


def many_rows(path: Path, rows: int = 300_000) -> None:
    """Write a table of many rows; 300,000 is the most that is read."""
    source = random.Random(7)
    with path.open("w", encoding="utf-8") as stream:
        stream.write("id;jahr;wert\n")
        stream.writelines(f"{n:06d};2020;{source.randrange(1000)}\n" for n in range(rows))


def too_large(path: Path) -> None:
    """Write a sparse file of 65 MiB."""
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)


CASES = [
    _case("csv_empty", b"", REFUSED, "table_no_data_row", town=NO_ROW),
    _case("csv_only_bom", b"\xef\xbb\xbf", REFUSED, "table_no_data_row"),
    _case("csv_header_only", HEAD, REFUSED, "table_no_data_row"),
    _case("csv_blank_lines", "\n\n ;; \n\n", REFUSED, "table_no_data_row"),
    _case("csv_ok_german", b"\xef\xbb\xbf" + GERMAN.encode(), TAKEN),
    _case(
        "csv_english",
        "id,name,value\n01,Old Town,14.8\n",
        TAKEN,
        town=Town(("01",), "id", "value", dialect='decimal = "."\n'),
    ),
    _case("csv_cr_only", GERMAN.replace("\r\n", "\r"), TAKEN),
    _case("csv_sep_line", "sep=;\r\n" + GERMAN, TAKEN),
    _case("csv_tab", GERMAN.replace(";", "\t"), TAKEN),
    _case(
        "csv_latin1",
        GERMAN.encode("cp1252"),
        WARNED,
        "text_encoding_detected",
        town=says("Windows-1252", "Südstadt"),
    ),
    _case("csv_latin1_declared", GERMAN.encode("cp1252"), TAKEN, encoding="iso-8859-1"),
    _case(
        "csv_utf8_declared_latin1",
        GERMAN,
        WARNED,
        "text_looks_like_utf8",
        town=Town(area="SchlÃ¼ssel"),
        encoding="cp1252",
    ),
    _case(
        "csv_utf16_bom",
        GERMAN.encode("utf-16"),
        WARNED,
        "text_encoding_detected",
        town=says("UTF-16", "Südstadt"),
    ),
    _case("csv_utf16_nobom", GERMAN.encode("utf-16-le"), REFUSED, "text_utf16_without_mark", 1),
    _case(
        "csv_null_bytes",
        GERMAN.encode() + b"03;\x00;1\r\n",
        REFUSED,
        "text_nul_byte",
        4,
        town=says("Byte 60 ist ein Nullzeichen"),
    ),
    _case(
        "csv_mixed_encoding",
        GERMAN.encode() + "03;Mürwik;1\r\n".encode("cp1252"),
        REFUSED,
        "text_mixed_encoding",
        4,
    ),
    _case("csv_cp850", GERMAN.encode("cp850"), REFUSED, "text_not_decodable", 1),
    _case("csv_encoding_odd", GERMAN, REFUSED, "text_encoding_unknown", encoding="klingon"),
    _case("csv_control", GERMAN + "03;A\x1b[2J;1\r\n", REFUSED, "text_control_character", 4),
    _case(
        "csv_formula",
        GERMAN + "03;=1+1;-5,3\r\n",
        WARNED,
        "table_formula_text",
        4,
        "Name",
        town=THREE,
    ),
    _case("csv_formula_header", "id;=1+1\n1;2\n", REFUSED, "table_header_formula", 1, "=1+1"),
    _case("csv_dup_header", "id;a;a\n1;2;3\n", REFUSED, "table_header_doubled", 1, "a"),
    _case("csv_header_case", "id;Wert;wert\n1;2;3\n", REFUSED, "table_header_doubled", 1, "wert"),
    _case(
        "csv_header_injection",
        'id;"a\r\nSet-Cookie: x=1"\n1;2\n',
        REFUSED,
        "table_header_line_break",
        1,
        "a Set-Cookie: x=1",
    ),
    _case(
        "csv_html_names",
        GERMAN + "03;<img src=x onerror=alert(1)>;1\r\n",
        WARNED,
        "table_markup_text",
        4,
        "Name",
        town=THREE,
    ),
    _case("csv_ragged", GERMAN + "03;x\r\n04;y;1\r\n", REFUSED, "csv_ragged_row", 4),
    _case("csv_too_wide", GERMAN + "03;x;1;2\r\n", REFUSED, "csv_ragged_row", 4),
    _case("csv_blank_tail", GERMAN + "03;x;1;;\r\n", TAKEN, town=THREE),
    _case("csv_trailing_separator", "id;a;\n1;2;\n", TAKEN, town=Town(("1",), "id", "a")),
    _case(
        "csv_unclosed_quote",
        GERMAN + '03;"x;1\r\n' + "04;y;1\r\n" * 50,
        REFUSED,
        "csv_unclosed_quote",
        4,
    ),
    _case("csv_quote_later", GERMAN + '03;"x" y;1\r\n', REFUSED, "csv_text_after_quote", 4),
    _case(
        "csv_quote_swallows",
        GERMAN + '03;"x;1\r\n04;y";2\r\n',
        WARNED,
        "csv_line_break_in_cell",
        4,
        "2",
        town=THREE,
    ),
    _case("csv_huge_field", GERMAN + f"03;{'x' * 40_000};1\n", REFUSED, "table_huge_cell", 4, "2"),
    _case("csv_huger_field", GERMAN + f"03;{'x' * 200_000};1\n", REFUSED, "table_huge_cell", 4),
    _case(
        "csv_many_columns",
        ";".join(f"s{n}" for n in range(2001)) + "\n" + ";".join("1" * 2001) + "\n",
        REFUSED,
        "table_too_many_columns",
        town=says("höchstens 2.000"),
    ),
    _case("csv_separator_odd", GERMAN, REFUSED, "csv_separator_unknown", separator="x"),
    _case(
        "csv_header_rows_odd",
        GERMAN,
        REFUSED,
        "table_header_rows",
        town=Town(code="recipe_wrong_value", row=56, column="table[1].header_rows"),
        header_rows=9,
    ),
    _case(
        "csv_footnote",
        GERMAN + "__________\r\n© Amt;\r\n",
        TAKEN,
        "table_footer_left_out",
        4,
        footer_marker="____",
    ),
    _case("csv_drop_misspelt", GERMAN, REFUSED, "table_drop_unknown", 1, "Tel", drop=("Tel",)),
    _case("csv_is_xlsx", b"PK\x03\x04....[Content_Types].xml", REFUSED, "file_is_xlsx"),
    _case("csv_is_html", "<!DOCTYPE html><html><body>x", REFUSED, "file_is_html"),
    _case(
        "csv_is_gzip",
        gzip.compress(GERMAN.encode(), mtime=0),
        REFUSED,
        "file_is_gzip",
        town=says("gzip"),
    ),
    _case("csv_is_xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", REFUSED, "file_is_xls"),
    _case("csv_is_pdf", b"%PDF-1.7\n", REFUSED, "file_is_other"),
    _case("ext_parquet", b"PAR1..PAR1", REFUSED, "file_is_parquet", town=says("Apache Parquet")),
    Case(
        "ext_unknown",
        open_document,
        REFUSED,
        "file_is_ods",
        town=Town(file="werte.xyz", says={"de": ("OpenDocument", "LibreOffice")}),
    ),
    Case(
        "csv_format_odd",
        _text(GERMAN),
        REFUSED,
        "file_format_unknown",
        spec={"format": "ods"},
        town=Town(code="recipe_not_one_of", row=55, column="table[1].format"),
    ),
    Case("csv_too_large", too_large, REFUSED, "file_too_large"),
]
