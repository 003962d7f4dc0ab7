"""Tables that read well but mean no town: keys, numbers, periods, repetitions, small cells."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, Town, written

HEAD = "Schlüssel;Name;Wert\n"
YEARS = "Schlüssel;Jahr;Wert\n"
BODY = "01;Altstadt;14,8\n02;Südstadt;7\n"
COUNT = 'kind = "count"\nunit = "Personen"\naggregation = "sum"\ndisclosure = "none"\n'
SMALL = 'kind = "count"\nunit = "Personen"\naggregation = "sum"\n'
DIN = 'symbols = { "-" = "%s", "." = "suppressed", "…" = "pending", "x" = "not_applicable" }\n'
GERMAN = 'decimal = ","\nthousands = "."\n'
MANY_AREAS, MANY_YEARS = 1500, range(1900, 2100)


def _case(name, text, outcome, code="", row=None, column="", **town):
    answers = {key: town.pop(key) for key in ("seconds", "megabytes") if key in town}
    spec = {"encoding": "utf-8", "separator": ";"}
    build = written(text.encode()) if isinstance(text, str) else text
    return Case(name, build, outcome, code, row, column, spec, Town(**town), **answers)


def _rows(*values: object, head: str = HEAD) -> str:
    """Return areas 01, 02, … with these values."""
    return head + "".join(f"{n:02d};Gebiet {n};{v}\n" for n, v in enumerate(values, 1))


def _areas(n: int) -> tuple[str, ...]:
    return tuple(f"{i:02d}" for i in range(1, n + 1))


def many_rows(path: Path) -> None:
    """Write 300,000 rows that are all taken over, the most that is read."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(YEARS)
        for n in range(1, MANY_AREAS + 1):
            stream.writelines(f"{n:02d};{year};{(7 * n + year) % 997}\n" for year in MANY_YEARS)


PATHS = ("../../../etc/passwd", "C:\\Windows\\win.ini", "/etc/shadow", "a/../b", "%2e%2e%2f", "..")
PATH_ROWS = "".join(f"{key};x;1\n" for key in (*PATHS, *(f"../{n}" for n in range(30))))
APART = unicodedata.normalize("NFD", "Südstadt")
TOGETHER = unicodedata.normalize("NFC", "Südstadt")
ODD = (
    "1e999",
    "NaN",
    "1_000",
    "１２",
    "0x1F",
    "inf",
    "1,2,3",
    "12 Euro",
    "½",
    "١٢",
    "1'000",
    "--5",
)
STRANGERS = "".join(f"9{n:02d};x;1\n" for n in range(35))
ODD_YEARS = (
    "20",
    "99999",
    "2o24",
    "-2020",
    "2020,5",
    "2023-13",
    "２０２０",
)


def _odd_numbers() -> list[Case]:
    """Return one file of odd numbers, and one file for each: every cell is named."""
    rows = _rows(*ODD)
    whole = _case(
        "csv_numbers_odd", rows, REFUSED, "number_unreadable", 2, "Wert", areas=_areas(len(ODD)),
        says={"de": tuple(f"„{odd}“" for odd in ODD if odd != "½")},
    )  # fmt: skip
    singles = [
        _case(f"csv_numbers_odd_{n}", _rows(odd, 7), REFUSED, "number_unreadable", 2, "Wert",
              says={"de": (f"„{odd}“",), "en": (odd,)})
        for n, odd in enumerate(ODD)
    ]  # fmt: skip
    large = _case("csv_numbers_odd_large", _rows("9" * 16, 7), REFUSED, "number_too_large", 2,
                  "Wert", says={"de": ("18 Ziffern",)})  # fmt: skip
    return [whole, *singles, large]


def _odd_years() -> list[Case]:
    rows = YEARS + "".join(f"01;{year};{n}\n" for n, year in enumerate(ODD_YEARS))
    return [
        _case("csv_years_odd", rows, REFUSED, "period_unreadable", 2, "Jahr", period="Jahr",
              says={"de": tuple(f"„{year}“" for year in ODD_YEARS)}),
        _case("csv_years_date", f"{YEARS}01;31.12.2023;1\n", REFUSED, "period_date", 2, "Jahr",
              period="Jahr", says={"de": ("„31.12.2023“",)}),
        _case("csv_years_unclear", f"{YEARS}01;2023/25;1\n", REFUSED, "period_unclear", 2, "Jahr",
              period="Jahr", says={"de": ("„2023/25“",)}),
    ]  # fmt: skip


KEYS = [
    _case("csv_path_ids", HEAD + PATH_ROWS, REFUSED, "area_unknown", 2, "Schlüssel",
          says={"de": ("36 Schlüssel in 36 Zeilen", '"../13" (21)'), "en": ("36 keys",)}),
    _case("csv_path_ids_on_map", HEAD + BODY, REFUSED, areas=("01", "02", "../../etc/passwd"),
          code="area_id_like_path", row=3, column="id"),
    _case("csv_nfc_nfd", f"{HEAD}{APART};x;1\n", REFUSED, "area_unknown", 2, "Schlüssel",
          areas=(TOGETHER, "02"), says={"de": (f"≈ {TOGETHER}", "(99 %)")}),
    _case("csv_nfc_nfd_on_map", HEAD + BODY, REFUSED, areas=("01", "02", TOGETHER, APART),
          code="area_id_twice", row=4, column="id"),
    _case("csv_nfc_nfd_names", f"Name;Wert\n{unicodedata.normalize('NFD', 'Viertel Süd')};1\n",
          TAKEN, areas=("Süd",), area="Name", keys={"by": "name"}),
    _case("csv_lost_leading_zero", HEAD + "1;Altstadt;14,8\n2;Südstadt;7\n", REFUSED,
          "area_unknown", 2, "Schlüssel",
          says={"de": ('"1" (2) ≈ 01', "führende Nullen"), "en": ("leading zeros",)}),
    _case("csv_lost_leading_zero_answered", HEAD + "1;Altstadt;14,8\n2;Südstadt;7\n", TAKEN,
          "keys_filled", None, "Schlüssel", keys={"pad": 2}, says={"de": ('"1" → 01',)}),
    _case("csv_key_scientific", HEAD + "1,07E+11;Altstadt;14,8\n02;Südstadt;7\n", REFUSED,
          "area_key_scientific", 2, "Schlüssel", areas=("107000123456", "02"),
          says={"de": ("in Excel als Text formatieren", '"1,07E+11" (2)')}),
    _case("csv_key_scientific_point", HEAD + "1.07e+11;Altstadt;14,8\n", REFUSED,
          "area_key_scientific", 2, "Schlüssel", areas=("107000123456", "02")),
    _case("csv_unknown_areas", HEAD + BODY + STRANGERS, REFUSED, "area_unknown", 4, "Schlüssel",
          says={"de": ("35 Schlüssel in 35 Zeilen", '"919" (23)'), "en": ("35 keys in 35 rows",)}),
    _case("csv_unknown_areas_absent", HEAD + BODY, WARNED, "areas_absent", areas=_areas(4),
          says={"de": ("2 Gebiete der Ebene fehlen", "03 Viertel 03"), "en": ("2 areas",)}),
    _case("csv_dup_same", HEAD + BODY + "01;Altstadt;14,8\n", WARNED, "key_repeated", 4, "Wert",
          says={"de": ("zählt einmal", "(Zeile 4)")}),
    _case("csv_dup_conflict", HEAD + BODY + "01;Altstadt;99\n", REFUSED, "key_conflict", 4, "Wert",
          says={"de": ("Zeile 2", "Zeile 4", "14,8", "99"), "en": ("row 2", "row 4")}),
]  # fmt: skip

NUMBERS = [
    *_odd_numbers(),
    _case("csv_1e9", _rows("1.000.000.000", "12.500.000", 9, 8), WARNED, "value_outlier", 2, "Wert",
          areas=_areas(4), says={
              "de": ("1\u202f000\u202f000\u202f000 ist 80-mal so hoch wie der bisher größte Wert",),
              "en": ("1\u202f000\u202f000\u202f000 is 80 times the largest value so far",)}),
    _case("csv_official_symbols", _rows(5, "-", ".", "…", "x"), TAKEN, "signs_nil",
          areas=_areas(5), dialect=DIN % "nil", says={"de": ('"-" (1)', "gilt als null")}),
    _case("csv_official_symbols_missing", _rows(5, "-", ".", "…", "x"), TAKEN,
          "signs_not_collected", areas=_areas(5), dialect=DIN % "not_collected",
          says={"de": ('"-" (1)', "gilt als fehlend")}),
    _case("csv_official_symbols_undeclared", _rows(5, "-"), REFUSED, "number_unreadable", 3, "Wert",
          says={"de": ("symbols",)}),
    _case("csv_ambiguous_thousands", _rows("1.374", "7"), REFUSED, "number_ambiguous", 2, "Wert",
          dialect='decimal = ","\n', says={"de": ("1374 oder 1,374", "erste", "zweite"),
                                           "en": ("1374 or 1,374",)}),
    _case("csv_ambiguous_thousands_answered", _rows("1.374", "7"), TAKEN, "numbers_pointed",
          dialect=GERMAN, says={"de": ("1.374 → 1374",)}),
    _case("csv_ambiguous_thousands_decimal", _rows("1.374", "7"), TAKEN, "numbers_pointed",
          dialect='decimal = "."\nthousands = "none"\n', says={"de": ("1.374 → 1.374",)}),
    *_odd_years(),
    _case("csv_negative_count", _rows(-5, 7, -1), REFUSED, "value_negative", 2, "Wert",
          areas=_areas(3), indicator=COUNT,
          says={"de": ("Gebiet 01: −5", "Gebiet 03: −1"), "en": ("area 01: −5",)}),
    _case("csv_many_rows", many_rows, TAKEN, areas=_areas(MANY_AREAS), period="Jahr", seconds=60,
          megabytes=1024),
    _case("csv_many_rows_too_many", YEARS + "01;2020;1\n" * 300_001, REFUSED,
          "table_too_many_rows", period="Jahr", says={"de": ("300.000",)}),
]  # fmt: skip

OTHERS = [
    _case("csv_totals_footnote",
          HEAD + BODY + "Insgesamt;alle;21,8\n__________\n© Amt;\n", WARNED, "rows_total", 4,
          "Schlüssel", table='footer_marker = "____"\n', says={"de": ('"Insgesamt" (4)',)}),
    _case("csv_totals_footnote_undeclared", HEAD + BODY + "© Amt für Statistik\n", REFUSED,
          "csv_ragged_row", 4, says={"de": ("footer_marker",)}),
    _case("csv_reconstructable", YEARS + "".join(
              f"{n:02d};2021;{v}\n" for n, v in enumerate((20, 2, 18, 20, 30, 31, 32, 33), 1)),
          WARNED, "disclosure_neighbours_hidden", areas=_areas(8), indicator=SMALL, period="Jahr",
          says={"de": ("1 weiterer verborgen", "2021 03 (viertel) → 02", "ausrechnen"),
                "en": ("1 more is hidden", "2021 03 (viertel) → 02")}),
]  # fmt: skip

CASES = [*KEYS, *NUMBERS, *OTHERS]
