"""What the formulas of the workbook of a distribution give, computed here.

Programs that do not compute when they open a file show these. All is zero where nothing can be
shared.
"""

from __future__ import annotations

import math

import numpy as np

from domain.distribution import LEAST_LEVEL, MIDDLE, PER_DEVIATION, Refusal
from domain.needs_index import FloatArray
from domain.resource_view import ShareView
from reports.distribution_formulas import HALVINGS, NO_LIMIT

Row = tuple[float, ...]


def share_values(view: ShareView, k: int) -> Row:
    """Return the values of :func:`reports.distribution_formulas.share_formulas`."""
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


def column_sums(view: ShareView) -> dict[str, float]:
    """Return the sums below the areas, by the letter of their column."""
    rows = [share_values(view, k) for k in range(len(view.members))]
    return {
        "B": sum(view.children),
        "G": sum(row[3] for row in rows),
        "J": sum(row[6] for row in rows),
        "K": sum(row[7] for row in rows),
        "M": view.before.total - view.before.gone_amount if view.before else 0.0,
    }


def limits_of(view: ShareView) -> tuple[tuple[FloatArray, FloatArray], ...]:
    """Return least and most by last year, and by all limits, shape ``(n_members,)`` each."""
    order, children = view.index.query.order, np.array(view.children)
    before = view.before.amounts if view.before else None
    none = np.zeros(len(children)), np.full(len(children), np.inf)
    changes, whole = order.changes(before) or none, order.limits(before).around(children)
    return tuple((low, np.minimum(high, NO_LIMIT)) for low, high in (changes, whole))


def change_values(view: ShareView, k: int) -> tuple[float | str, float | str]:
    """Return the change against last year and its share, empty where there is none."""
    last = view.before.amounts[k] if view.before else math.nan
    if math.isnan(last) or isinstance(view.found, Refusal):
        return "", ""
    change = view.found.amounts[k] - last
    return change, change / last if last > 0 else ""


def halved(view: ShareView) -> list[Row]:
    """Return the values of :func:`reports.distribution_formulas.halving_formulas`, row by row."""
    if isinstance(view.found, Refusal):
        return [(0.0,) * 8] * (HALVINGS + 1)
    order = view.index.query.order
    (least_seats, most_seats), (floor, cap) = limits_of(view)
    need = np.array(view.children) * (1 + order.gearing * (np.array(view.found.level) - 1))
    exact, step = np.array(view.found.exact), order.parts / order.amount
    low, high = 0.0, float((np.minimum(cap, order.amount) / need).max())
    least, most = 0.0, 2 * float(exact.sum()) + 1
    rows: list[Row] = []
    for _ in range(HALVINGS + 1):
        middle, divisor = (low + high) / 2, (least + most) / 2
        spent = float(np.clip(middle * need, floor, cap).sum())
        seats = np.clip(np.floor(exact / divisor + 0.5), least_seats * step, most_seats * step)
        counted = float(seats.sum())
        rows.append((low, high, middle, spent, least, most, divisor, counted))
        low, high = (middle, high) if spent < order.amount else (low, middle)
        least, most = (divisor, most) if counted > order.parts else (least, divisor)
    return rows
