"""The Excel files: one sheet per figure and vintage, years side by side in the header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.demo.generate import special
from data.demo.generate.deliveries import item
from data.demo.generate.series import Block, blocks
from data.demo.generate.tabular import Item, Recipe, number

FOOTER: Final = "Quelle:"
Sheets = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Workbook:
    """An Excel file: figures by sheet name; ``two_headers`` writes words and years in two rows."""

    file: str
    office: str
    sheets: Sequence[tuple[str, Item]]
    two_headers: bool = False


def workbooks() -> list[Workbook]:
    """Return all Excel files but the one with incomes."""
    sr, district = "sozialraeume", "stadtteile"
    benefits = (
        ("Kinder unter 15", item("kinderarmut", "n", "b", sr)),
        ("Jugendliche 15-17", item("jugendarmut", "n", "b", district)),
        ("Personen ab 65", item("altersarmut", "n", "b", sr)),
        ("Personen unter 65", item("sgb2-quote", "n", "b", sr)),
    )
    care = (
        ("Betreute 3-5", item("betreute-kinder-ue3", "n", "", district, figure="betreute-ue3")),
        ("Quote 3-5", item("kita-ue3", "n", "b", district, figure="betreute-ue3")),
        ("Ganztag", item("ganztag-kita", "n", "b", district)),
        ("Familiensprache", item("familiensprache", "n", "b", district)),
        ("Plätze u3", Item("kitaplaetze-u3", "n", "b", [special.places("u3")])),
        ("Plätze ü3", Item("kitaplaetze-ue3", "n", "b", [special.places("ue3")])),
    )
    school = special.schools()
    pupils = [
        (title, Item(indicator, "n", base, [school[figure]]))
        for title, indicator, base, figure in (
            ("Schülerzahl", "schueler-grundschule", "", "schueler"),
            ("Klassen", "klassengroesse", "b", "klassen"),
            ("Offener Ganztag", "ganztag-grundschule", "b", "ogs"),
            ("Übergang Gymnasium", "uebergang-gymnasium", "b", "gymnasium"),
            ("Förderbedarf", "foerderbedarf", "b", "foerderbedarf"),
            ("Lesen Klasse 4", "lesekompetenz", "b", "lesen"),
        )
    ]
    return [
        Workbook("leistungen_sgb.xlsx", "Agentur für Arbeit Musterstadt", benefits),
        Workbook("kita_stadtteile.xlsx", "Jugendamt der Stadt Musterstadt", care),
        Workbook("grundschulen.xlsx", "Schulamt der Stadt Musterstadt", pupils, two_headers=True),
    ]


def sheet_name(title: str, block: Block) -> str:
    """Return the name of a sheet; social areas need the vintage in it."""
    return f"{title} ({block.vintage})" if block.level == "sozialraeume" else title


def sheets_of(book: Workbook) -> Sheets:
    """Return all sheets of an Excel file as rows of texts."""
    return {
        sheet_name(title, block): _sheet(title, one, block, book)
        for title, one in book.sheets
        for block in one.blocks
    }


def _sheet(title: str, one: Item, block: Block, book: Workbook) -> list[list[str]]:
    words = ["Anzahl", "von"] if one.base else ["Anzahl"]
    if book.two_headers:
        head = [
            ["Nr", "Gebiet", *(w for w in words for _ in block.periods)],
            ["", "", *(p for _ in words for p in block.periods)],
        ]
        rows = [[f"{title}, Stadt Musterstadt"], *head]
    else:
        head = [["Nr", "Gebiet", *(f"{w} {p}" for w in words for p in block.periods)]]
        rows = [[f"{title}, Stadt Musterstadt"], [book.office], *head]
    for n, (area, name) in enumerate(zip(block.areas, block.names, strict=True)):
        cells = [number(float(v), one.places, ".") for v in block.numerator[n]]
        if one.base and block.denominator is not None:
            cells += [number(float(v), 0, ".") for v in block.denominator[n]]
        rows.append([area, name, *cells])
    return [*rows, [f"{FOOTER} {book.office}"]]


def workbook_recipes(book: Workbook) -> list[Recipe]:
    """Return the [[table]] entries of an Excel file, one per sheet."""
    return [
        _sheet_recipe(book, sheet_name(title, block), one, block)
        for title, one in book.sheets
        for block in one.blocks
    ]


def _sheet_recipe(book: Workbook, sheet: str, one: Item, block: Block) -> Recipe:
    period = r" / (?P<period>\d{4}/\d{2})" if book.two_headers else r" (?P<period>\d{4})"
    measures = [{
        "indicator": one.indicator, "role": "numerator" if one.base else "value",
        "columns": "Anzahl" + period,
    }]  # fmt: skip
    if one.base:
        measures.append(
            {"indicator": one.indicator, "role": "denominator", "columns": "von" + period}
        )
    return {
        "file": f"raw/{book.file}", "format": "xlsx", "sheet": sheet,
        "header_rows": 2 if book.two_headers else 1, "skip_rows": 1 if book.two_headers else 2,
        "footer_marker": FOOTER, "dialect": "musterstadt", "level": block.level,
        "vintage": block.vintage, "area": {"column": "Nr"}, "period": {"in_header": True},
        "measure": measures,
    }  # fmt: skip


INCOME_FILE: Final = "einkommen.xlsx"


def incomes() -> tuple[Sheets, list[Recipe]]:
    """Return the file of median incomes, which nobody can add up: districts and town apart."""
    block, town = special.incomes()
    office = "Stadt Musterstadt, Statistikstelle (Schätzung)"
    head = ["Nr", "Gebiet", *(f"Median {p}" for p in block.periods)]
    top = [["Haushaltsnettoeinkommen in Euro je Monat"], [office], head]
    districts = [
        [area, name, *(number(float(v), 0) for v in block.numerator[n])]
        for n, (area, name) in enumerate(zip(block.areas, block.names, strict=True))
    ]
    whole = ["0", "Stadt Musterstadt", *(number(v, 0) for v in town)]
    foot = [f"{FOOTER} {office}"]
    sheets = {"Stadtteile": [*top, *districts, foot], "Stadt": [*top, whole, foot]}
    common: Recipe = {
        "file": f"raw/{INCOME_FILE}", "format": "xlsx", "skip_rows": 2, "footer_marker": FOOTER,
        "dialect": "musterstadt", "vintage": "2012", "period": {"in_header": True},
        "measure": [{
            "indicator": "haushaltseinkommen", "role": "value",
            "columns": r"Median (?P<period>\d{4})",
        }],
    }  # fmt: skip
    return sheets, [
        {**common, "sheet": "Stadtteile", "level": "stadtteile", "area": {"column": "Nr"}},
        {**common, "sheet": "Stadt", "level": "stadt", "area": {"constant": "musterstadt"}},
    ]


PROTECTED_FILE: Final = "jugendarbeitslosigkeit_geschuetzt.csv"
FEWEST: Final = 10
"""The agency publishes no number of young unemployed below this."""


def protected() -> tuple[list[list[str]], list[Recipe]]:
    """Return young unemployed as the agency publishes them: small numbers are already hidden.

    With a hidden district goes the next smallest of its borough, so that the borough's sum
    gives nothing away.
    """
    figure = "jugendarbeitslosigkeit"
    rows = [["jahr", "ebene", "nummer", "name", "arbeitslose", "alter_15_24"]]
    for level, word in (("stadtteile", "Stadtteil"), ("stadtbezirke", "Stadtbezirk")):
        rows += _protected_rows(blocks(figure, level)[0], word)
    whole = blocks(figure, "stadtbezirke")[0]
    if whole.denominator is None:
        raise ValueError("a share has a denominator")
    for n, period in enumerate(whole.periods):
        own, base = whole.numerator[:, n].sum(), whole.denominator[:, n].sum()
        rows.append([period, "Stadt", "0", "Musterstadt", number(own, 0), number(base, 0)])
    common: Recipe = {
        "file": f"raw/{PROTECTED_FILE}", "format": "csv", "encoding": "utf-8", "separator": ";",
        "dialect": "din55301", "vintage": "2012", "period": {"column": "jahr"},
        "measure": [
            {"indicator": figure, "role": "numerator", "column": "arbeitslose"},
            {"indicator": figure, "role": "denominator", "column": "alter_15_24"},
        ],
    }  # fmt: skip
    levels = (("stadtteile", "Stadtteil"), ("stadtbezirke", "Stadtbezirk"), ("stadt", "Stadt"))
    return rows, [
        {
            **common, "level": level, "where": {"ebene": word},
            "area": {"constant": "musterstadt"} if level == "stadt" else {"column": "nummer"},
        }
        for level, word in levels
    ]  # fmt: skip


def _protected_rows(block: Block, word: str) -> list[list[str]]:
    if block.denominator is None:
        raise ValueError("a share has a denominator")
    rows = []
    for n, period in enumerate(block.periods):
        hidden = _hidden(block, n) if word == "Stadtteil" else set()
        for a, (area, name) in enumerate(zip(block.areas, block.names, strict=True)):
            own = float(block.numerator[a, n])
            text = "." if area in hidden else number(own, 0) if own else "-"
            base = number(float(block.denominator[a, n]), 0)
            rows.append([period, word, area, name, text, base])
    return rows


def _hidden(block: Block, column: int) -> set[str]:
    hidden = set()
    for borough in sorted({area[0] for area in block.areas}):
        own = sorted(
            (float(block.numerator[n, column]), area)
            for n, area in enumerate(block.areas)
            if area.startswith(borough) and block.numerator[n, column] > 0
        )
        small = [area for value, area in own if value < FEWEST]
        if len(small) == 1:
            small = [area for _, area in own[:2]]
        hidden.update(small)
    return hidden
