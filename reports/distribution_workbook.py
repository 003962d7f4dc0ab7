"""A workbook that shares the amount anew: every step is a formula, so that anybody can recompute.

The factor of the formula with its limits is found by halving, sixty times, each a row of a sheet
of its own; whole parts follow by largest remainders or by divisors, as in
:mod:`domain.allocation`. Whoever changes amount, gearing, limits, children or index sees all
follow.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import xlsxwriter

from domain.distribution import LEAST_LEVEL, MIDDLE, PER_DEVIATION, UNITS, Refusal
from domain.plain_text import clean_text
from domain.resource_view import ShareView
from figures.resource_texts import index_lead, share_lead, share_title
from i18n import Translate

HALVINGS = 60
FIRST_ROW = 12
"""Row of the first area on the first sheet, counted from 1."""
_WIDTHS = (30, 12, 12, 12, 12, 14, 16, 14, 14, 16, 16, 14)
_ALREADY = 1e-9


@dataclass(frozen=True)
class _Places:
    """Names of the sheets, and the last row of the areas."""

    main: str
    factor: str
    last: int

    def column(self, letter: str) -> str:
        """Return all cells of a column of areas, to be used in formulas."""
        return f"'{self.main}'!${letter}${FIRST_ROW}:${letter}${self.last}"

    def given(self, name: str) -> str:
        """Return the cell of a parameter."""
        row = {"amount": 4, "gearing": 5, "floor": 6, "cap": 7, "parts": 8, "rule": 9}[name]
        return f"'{self.main}'!$B${row}"


def distribution_workbook(view: ShareView, tr: Translate, day: dt.date, address: str) -> bytes:
    """Return the workbook of an order, its sheets named and its notes written by ``tr``."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        title = share_title(view, tr, view.index.query.lang)
        book.set_properties(
            {"title": clean_text(title)[:255], "created": dt.datetime.combine(day, dt.time())}
        )
        at = _Places(
            tr("resources.sheet_main"),
            tr("resources.sheet_factor"),
            FIRST_ROW + max(len(view.members), 1) - 1,
        )
        main = book.add_worksheet(at.main)
        factor = book.add_worksheet(at.factor)
        _parameters(book, main, view, tr)
        _areas(book, main, view, tr, at)
        _halving(book, factor, tr, at, _halved(view))
        _notes(book, view, tr, address)
    return stream.getvalue()


def _parameters(book: Any, sheet: Any, view: ShareView, tr: Translate) -> None:
    query = view.index.query
    bold, mark = book.add_format({"bold": True}), book.add_format({"bg_color": "#fff6d6"})
    percent = book.add_format({"bg_color": "#fff6d6", "num_format": "0 %"})
    sheet.write_string(0, 0, clean_text(share_title(view, tr, query.lang)), bold)
    sheet.write_string(1, 0, tr("resources.sheet_hint"))
    rows: tuple[tuple[str, Any, Any], ...] = (
        ("amount", query.amount, mark),
        ("gearing", query.gearing / 100, percent),
        ("floor", query.floor, mark),
        ("cap", query.cap, mark),
        ("sheet_parts", UNITS[query.unit], mark),
        ("rule", query.rule if query.unit != "euro" else "hare", mark),
    )
    for row, (name, value, style) in enumerate(rows, start=3):
        sheet.write_string(row, 0, tr(f"resources.{name}"), bold)
        if value is None:
            sheet.write_blank(row, 1, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, 1, value, style)
        else:
            sheet.write_number(row, 1, value, style)
    sheet.data_validation(8, 1, 8, 1, {"validate": "list", "source": ["hare", "lague"]})
    sheet.data_validation(
        4, 1, 4, 1, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    )


def _areas(book: Any, sheet: Any, view: ShareView, tr: Translate, at: _Places) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    names = (
        "col_area", "col_children", "col_index", "sheet_raw", "col_level", "sheet_need",
        "sheet_exact", "sheet_whole", "sheet_rest", "col_amount", "col_even", "col_difference",
    )  # fmt: skip
    for column, (name, width) in enumerate(zip(names, _WIDTHS, strict=True)):
        sheet.write_string(FIRST_ROW - 2, column, tr(f"resources.{name}"), head)
        sheet.set_column(column, column, width)
    amount = book.add_format({"num_format": "#,##0.00"})
    fine = book.add_format({"num_format": "0.0000"})
    order = sorted(range(len(view.members)), key=lambda k: view.index.area_ids[view.members[k]])
    for row, k in enumerate(order, start=FIRST_ROW):
        place = view.members[k]
        sheet.write_string(row - 1, 0, clean_text(view.index.area_names[place]))
        sheet.write_number(row - 1, 1, view.children[k])
        sheet.write_number(row - 1, 2, float(view.index.index.burden[place]), fine)
        # programs that do not compute when they open a file show what is written here
        told = zip(_formulas(row, at), _values(view, k), strict=True)
        for column, (formula, value) in enumerate(told, start=3):
            style = amount if column in (6, 9, 10, 11) else fine
            sheet.write_formula(row - 1, column, "=" + formula, style, value)
    sums = _sums(view)
    total = at.last
    sheet.write_string(total, 0, tr("resources.sheet_sum"), head)
    for column, letter in ((1, "B"), (6, "G"), (9, "J"), (10, "K")):
        formula = f"=SUM({letter}{FIRST_ROW}:{letter}{total})"
        sheet.write_formula(total, column, formula, amount, sums[letter])
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _values(view: ShareView, k: int) -> tuple[float, ...]:
    """Return what the formulas of an area give; zeros where nothing can be shared."""
    query, found = view.index.query, view.found
    if isinstance(found, Refusal):
        return (0.0,) * 9
    burden = float(view.index.index.burden[view.members[k]])
    quota = found.exact[k] / sum(found.exact) * query.order.parts
    whole = math.floor(round(quota, 7))
    even = query.amount * view.children[k] / sum(view.children)
    return (
        max(LEAST_LEVEL, (MIDDLE + PER_DEVIATION * burden) / MIDDLE),
        100 * found.level[k],
        1 + query.order.gearing * (found.level[k] - 1),
        found.exact[k],
        whole,
        round(quota - whole, 7),
        found.amounts[k],
        even,
        found.amounts[k] - even,
    )


def _sums(view: ShareView) -> dict[str, float]:
    rows = [_values(view, k) for k in range(len(view.members))]
    return {
        "B": sum(view.children),
        "G": sum(row[3] for row in rows),
        "J": sum(row[6] for row in rows),
        "K": sum(row[7] for row in rows),
    }


def _formulas(row: int, at: _Places) -> tuple[str, ...]:
    """Return the formulas of one area from its index to its share and the difference."""
    children, raw, exact = at.column("B"), at.column("D"), at.column("G")
    whole, rest = at.column("H"), at.column("I")
    lam = f"'{at.factor}'!$C${HALVINGS + 2}"
    divisor = f"'{at.factor}'!$G${HALVINGS + 2}"
    low = f"N({at.given('floor')})"
    high = f'IF({at.given("cap")}="",1E+300,{at.given("cap")})'
    parts = f"ROUND({at.given('amount')}*{at.given('parts')},0)"
    before = f"$I${FIRST_ROW}:$I{row}"
    ahead = (
        f"SUMPRODUCT(--({rest}>$I{row}))"
        f"+SUMPRODUCT(({rest}=$I{row})*({exact}>$G{row}+{_ALREADY}))"
        f"+SUMPRODUCT(({before}=$I{row})*(ABS($G${FIRST_ROW}:$G{row}-$G{row})<={_ALREADY}))"
    )
    hare = f"H{row}+IF({ahead}<={parts}-SUM({whole}),1,0)"
    lague = f"INT(G{row}/{divisor}+0.5)"
    return (
        f"MAX({LEAST_LEVEL},({MIDDLE}+{PER_DEVIATION}*C{row})/{MIDDLE})",
        f"100*D{row}*SUM({children})/SUMPRODUCT({children},{raw})",
        f"1+{at.given('gearing')}*(E{row}/100-1)",
        f"B{row}*MIN({high},MAX({low},{lam}*F{row}))",
        f"INT(ROUND(G{row}/SUM({exact})*{parts},7))",
        f"ROUND(G{row}/SUM({exact})*{parts}-H{row},7)",
        f'IF({at.given("rule")}="lague",{lague},{hare})/{at.given("parts")}',
        f"{at.given('amount')}*B{row}/SUM({children})",
        f"J{row}-K{row}",
    )


def _halved(view: ShareView) -> list[tuple[float, ...]]:
    """Return what the formulas of every halving give; zeros where nothing can be shared."""
    if isinstance(view.found, Refusal):
        return [(0.0,) * 8] * (HALVINGS + 1)
    order = view.index.query.order
    children = np.array(view.children)
    need = 1 + order.gearing * (np.array(view.found.level) - 1)
    exact = np.array(view.found.exact)
    floor, cap = order.floor or 0.0, order.cap or np.inf
    low, high = 0.0, max(order.amount / (children @ need), (order.cap or 0.0) / need.min())
    least, most = 0.0, 2 * exact.sum() + 1
    rows: list[tuple[float, ...]] = []
    for _ in range(HALVINGS + 1):
        middle, divisor = (low + high) / 2, (least + most) / 2
        spent = float(children @ np.clip(middle * need, floor, cap))
        counted = float(np.floor(exact / divisor + 0.5).sum())
        rows.append((low, high, middle, spent, least, most, divisor, counted))
        low, high = (middle, high) if spent < order.amount else (low, middle)
        least, most = (divisor, most) if counted > order.parts else (least, divisor)
    return rows


def _halving(
    book: Any, sheet: Any, tr: Translate, at: _Places, values: list[tuple[float, ...]]
) -> None:
    """Write how the factor is found that spends the amount, and the divisor of whole parts."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    names = ("low", "high", "middle", "spent", "low", "high", "middle", "counted")
    for column, name in enumerate(names):
        sheet.write_string(0, column, tr(f"resources.sheet_{name}"), head)
    sheet.set_column(0, len(names) - 1, 20)
    children, need, exact = at.column("B"), at.column("F"), at.column("G")
    low = f"N({at.given('floor')})"
    high = f'IF({at.given("cap")}="",1E+300,{at.given("cap")})'
    parts = f"ROUND({at.given('amount')}*{at.given('parts')},0)"
    top = (
        f"=MAX({at.given('amount')}/SUMPRODUCT({children},{need}),"
        f'IF({at.given("cap")}="",0,{at.given("cap")}/MIN({need})))'
    )
    share = "C{row}*" + need
    spent = (
        f"=SUMPRODUCT({children},({share}<{low})*{low}+({share}>{high})*MIN({high},1E+15)"
        f"+({share}>={low})*({share}<={high})*{share})"
    )
    aim = at.given("amount")
    begin = ("=0", top, "=0", f"=2*SUM({exact})+1")
    go_on = (
        f"=IF(D{{up}}<{aim},C{{up}},A{{up}})",
        f"=IF(D{{up}}<{aim},B{{up}},C{{up}})",
        f"=IF(H{{up}}>{parts},G{{up}},E{{up}})",
        f"=IF(H{{up}}>{parts},F{{up}},G{{up}})",
    )
    for n, told in enumerate(values):
        row = n + 2
        first, second, third, fourth = begin if n == 0 else go_on
        formulas = (
            first, second, "=(A{row}+B{row})/2", spent,
            third, fourth, "=(E{row}+F{row})/2", f"=SUMPRODUCT(INT({exact}/G{{row}}+0.5))",
        )  # fmt: skip
        for column, (formula, value) in enumerate(zip(formulas, told, strict=True)):
            sheet.write_formula(row - 1, column, formula.format(row=row, up=row - 1), None, value)


def _notes(book: Any, view: ShareView, tr: Translate, address: str) -> None:
    query = view.index.query
    sheet = book.add_worksheet(tr("resources.sheet_notes"))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110, wrap)
    lines = (
        *index_lead(view.index, tr, query.lang),
        *share_lead(view, tr, query.lang),
        tr("resources.caution"),
        tr("resources.sheet_release", release=query.release, address=address),
    )
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, clean_text(line), wrap)
