"""A workbook that shares the amount anew: every step is a formula, so that anybody can recompute.

The factor of the formula with its limits is found by halving, sixty times, each a row of a sheet
of its own; whole parts follow by largest remainders or by divisors, as in
:mod:`domain.allocation`. Whoever changes amount, gearing, limits, last year, children or index
sees all follow.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

import xlsxwriter

from domain.distribution import UNITS
from domain.plain_text import clean_text
from domain.resource_view import ShareView
from figures.resource_texts import index_lead, share_lead, share_title
from i18n import Translate
from reports.distribution_formulas import (
    FIRST_GIVEN,
    FIRST_HALVING,
    FIRST_ROW,
    GIVEN,
    HALVINGS,
    Places,
    halving_formulas,
    limit_formulas,
    share_formulas,
)
from reports.distribution_values import (
    change_values,
    column_sums,
    halved,
    limits_of,
    share_values,
)

_COLUMNS = (
    ("col_area", 30), ("col_children", 12), ("col_index", 12), ("sheet_raw", 12),
    ("col_level", 12), ("sheet_need", 14), ("sheet_exact", 16), ("sheet_whole", 14),
    ("sheet_rest", 14), ("col_amount", 16), ("col_even", 16), ("col_difference", 14),
    ("col_before", 16), ("sheet_change_least", 16), ("sheet_change_most", 16),
    ("sheet_least", 16), ("sheet_most", 16), ("col_change", 16), ("col_change_percent", 12),
)  # fmt: skip
"""Heads and widths; the letters stand in :mod:`reports.distribution_formulas`."""
_FIRST_SHARE, _LAST_YEAR = 3, 12
_IN_AMOUNTS = frozenset({6, 9, 10, 11})
_MARKED = {"bg_color": "#fff6d6"}


def distribution_workbook(view: ShareView, tr: Translate, day: dt.date, address: str) -> bytes:
    """Return the workbook of an order, its sheets named and its notes written by ``tr``."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        title = share_title(view, tr, view.index.query.lang)
        book.set_properties(
            {"title": clean_text(title)[:255], "created": dt.datetime.combine(day, dt.time())}
        )
        at = Places(
            tr("resources.sheet_main"),
            tr("resources.sheet_factor"),
            FIRST_ROW + max(len(view.members), 1) - 1,
        )
        main = book.add_worksheet(at.main)
        factor = book.add_worksheet(at.factor)
        _parameters(book, main, view, tr)
        _areas(book, main, view, tr, at)
        _halving(book, factor, view, tr, at)
        _notes(book, view, tr, address)
    return stream.getvalue()


def _parameters(book: Any, sheet: Any, view: ShareView, tr: Translate) -> None:
    query = view.index.query
    bold, mark = book.add_format({"bold": True}), book.add_format(_MARKED)
    percent = book.add_format({**_MARKED, "num_format": "0.## %"})
    sheet.write_string(0, 0, clean_text(share_title(view, tr, query.lang)), bold)
    sheet.write_string(1, 0, tr("resources.sheet_hint"))
    told: dict[str, tuple[str, Any, Any]] = {
        "amount": ("amount", query.amount, mark),
        "gearing": ("gearing", query.gearing / 100, percent),
        "floor": ("floor", query.floor, mark),
        "cap": ("cap", query.cap, mark),
        "parts": ("sheet_parts", UNITS[query.unit], mark),
        "rule": ("rule", query.rule if query.unit != "euro" else "hare", mark),
        "fall": ("fall", query.order.fall, percent),
        "rise": ("rise", query.order.rise, percent),
    }
    for row, key in enumerate(GIVEN, start=FIRST_GIVEN - 1):
        name, value, style = told[key]
        sheet.write_string(row, 0, tr(f"resources.{name}"), bold)
        if value is None:
            sheet.write_blank(row, 1, None, style)
        else:
            sheet.write(row, 1, value, style)
    rule, gearing = (FIRST_GIVEN - 1 + GIVEN.index(name) for name in ("rule", "gearing"))
    sheet.data_validation(rule, 1, rule, 1, {"validate": "list", "source": ["hare", "lague"]})
    share = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    sheet.data_validation(gearing, 1, gearing, 1, share)


def _areas(book: Any, sheet: Any, view: ShareView, tr: Translate, at: Places) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(_COLUMNS):
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
        told = zip(share_formulas(row, at), share_values(view, k), strict=True)
        for column, (formula, value) in enumerate(told, start=_FIRST_SHARE):
            style = amount if column in _IN_AMOUNTS else fine
            sheet.write_formula(row - 1, column, "=" + formula, style, value)
    _last_year(book, sheet, view, order, at)
    sums = column_sums(view)
    total = at.last
    sheet.write_string(total, 0, tr("resources.sheet_sum"), head)
    for column, letter in ((1, "B"), (6, "G"), (9, "J"), (10, "K"), (_LAST_YEAR, "M")):
        formula = f"=SUM({letter}{FIRST_ROW}:{letter}{total})"
        sheet.write_formula(total, column, formula, amount, sums[letter])
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _last_year(book: Any, sheet: Any, view: ShareView, order: list[int], at: Places) -> None:
    """Write last year, to be overwritten by the real amounts, and the limits that follow."""
    mark = book.add_format({**_MARKED, "num_format": "#,##0.00"})
    # the most of an area without a limit is a number too large to be read
    limit = book.add_format({"num_format": '[>=100000000000000]"–";#,##0.00'})
    change = book.add_format({"num_format": "+#,##0.00;-#,##0.00;0.00"})
    percent = book.add_format({"num_format": "+0.0 %;-0.0 %;0.0 %"})
    styles = (*[limit] * 4, change, percent)
    (low, high), (least, most) = limits_of(view)
    for row, k in enumerate(order, start=FIRST_ROW):
        last = view.before.amounts[k] if view.before else math.nan
        if math.isnan(last):
            sheet.write_blank(row - 1, _LAST_YEAR, None, mark)
        else:
            sheet.write_number(row - 1, _LAST_YEAR, last, mark)
        values = (low[k], high[k], least[k], most[k], *change_values(view, k))
        told = zip(limit_formulas(row, at), styles, values, strict=True)
        for column, (formula, style, value) in enumerate(told, start=_LAST_YEAR + 1):
            sheet.write_formula(row - 1, column, "=" + formula, style, value)


def _halving(book: Any, sheet: Any, view: ShareView, tr: Translate, at: Places) -> None:
    """Write how the factor is found that spends the amount, and the divisor of whole parts."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    names = ("low", "high", "middle", "spent", "low", "high", "middle", "counted")
    for column, name in enumerate(names):
        sheet.write_string(0, column, tr(f"resources.sheet_{name}"), head)
    sheet.set_column(0, len(names) - 1, 20)
    values = halved(view)
    for row in range(FIRST_HALVING, FIRST_HALVING + HALVINGS + 1):
        told = zip(halving_formulas(row, at), values[row - FIRST_HALVING], strict=True)
        for column, (formula, value) in enumerate(told):
            sheet.write_formula(row - 1, column, "=" + formula, None, value)


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
