"""Checks on joined figures: the impossible is an error, the implausible a warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from data.importing.collection import Collection, Param
from data.importing.figures_of_cells import Figure, Figures, Key, is_close, place_of
from data.importing.groups import Groups, told_children
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.table_cells import Cell
from domain.findings import Finding, Place, Severity
from domain.model import TOTAL, Kind, State
from domain.progress import Counted, uncounted
from domain.rates import combine

OUTLIER_FACTOR = 80
"""A value this many times the next largest of its indicator is asked about."""

FEWEST_FOR_OUTLIER = 3
COUNTED_FIGURES = 5000

SHOWN_OF_PARENT = 20
"""As many differences of one parent are shown singly; the rest, mostly of one cause, is counted."""

_NEVER_NEGATIVE = frozenset({Kind.COUNT, Kind.SHARE, Kind.RATE})
_HIDDEN = frozenset({State.SUPPRESSED, State.UNRELIABLE})


def check_figures(
    figures: Figures,
    indicators: Mapping[str, IndicatorRecipe],
    collection: Collection,
    counted: Counted = uncounted,
) -> None:
    """Check every figure by itself and against the others of its indicator."""
    for position, (key, figure) in enumerate(figures.items()):
        if position % COUNTED_FIGURES == 0:
            counted(position, len(figures))
        for finding in _impossible(key, figure, indicators[key[0]]):
            collection.add([finding])
    _check_outliers(figures, collection)


def _impossible(key: Key, figure: Figure, indicator: IndicatorRecipe) -> Iterator[Finding]:
    params = _params(key)
    parts = (figure.numerator, figure.denominator)
    numbers = [n for n in (figure.value, *parts) if n is not None]
    if indicator.kind in _NEVER_NEGATIVE and any(n < 0 for n in numbers):
        yield _error("value_negative", figure, params, value=min(numbers))
    if indicator.kind is not Kind.SHARE:
        return
    if parts[0] is not None and parts[1] is not None and parts[0] > parts[1]:
        yield _error(
            "numerator_above_denominator",
            figure,
            params,
            numerator=parts[0],
            denominator=parts[1],
        )
    elif figure.value is not None and figure.value > indicator.scale * (1 + 1e-9):
        yield _error("share_above_whole", figure, params, value=figure.value)


def _error(code: str, figure: Figure, params: dict[str, Param], **more: Param) -> Finding:
    return Finding(Severity.ERROR, code, figure.place, {**params, **more})


def _check_outliers(figures: Figures, collection: Collection) -> None:
    groups: dict[tuple[str, str, str, str], list[tuple[float, Key]]] = {}
    for key, figure in figures.items():
        if figure.value is not None and figure.value > 0:
            groups.setdefault((key[0], key[1], key[3], key[4]), []).append((figure.value, key))
    for values in groups.values():
        ordered = sorted(values, reverse=True)
        if len(ordered) < FEWEST_FOR_OUTLIER or ordered[0][0] < OUTLIER_FACTOR * ordered[1][0]:
            continue
        largest, key = ordered[0]
        collection.warning(
            "value_outlier",
            figures[key].place,
            **_params(key),
            value=_grouped(largest),
            factor=round(largest / ordered[1][0]),
            next=_grouped(ordered[1][0]),
        )


def _grouped(number: float) -> float | str:
    """Write a whole number in groups of three digits, which both languages read alike."""
    return f"{number:,.0f}".replace(",", "\u202f") if number.is_integer() else number


def check_parents(
    figures: Figures,
    parents: pd.DataFrame,
    indicators: Mapping[str, IndicatorRecipe],
    groups: Groups,
    collection: Collection,
) -> None:
    """Compare figures delivered for parents with those of all their children together."""
    links = ["hierarchy", "child_level", "child_vintage", "parent_level", "parent_vintage"]
    for group, rows in parents.groupby(links, sort=False):
        names = [str(part) for part in group] if isinstance(group, tuple) else [str(group)]
        children = rows.groupby("parent")["child"].apply(list).to_dict()
        differing: dict[str, list[Finding]] = {}
        for key, figure in figures.items():
            if [key[3], key[4]] != names[3:5] or key[5] not in children:
                continue
            held = (key[0], key[1], key[2], names[1], names[2])
            grouped = groups.get((names[1], names[2]), ())
            told = {group.id for group in grouped if (*held, group.id) in figures}
            below = [
                figures.get((*held, child))
                for child in told_children(children[key[5]], grouped, told)
            ]
            found = _compared_pooled(key, figure, below, indicators[key[0]])
            differing.setdefault(key[5], []).extend(found)
        for area, findings in differing.items():
            collection.add(_shortened(findings, area))


def _shortened(findings: list[Finding], area: str) -> list[Finding]:
    """Return the first differences of one parent and how many more there are."""
    rest = findings[SHOWN_OF_PARENT:]
    if not rest:
        return findings
    params: dict[str, Param] = {"n": len(rest), "area": area}
    more = Finding(Severity.WARNING, "parent_differs_more", rest[0].place, params)
    return [*findings[:SHOWN_OF_PARENT], more]


def _compared_pooled(
    key: Key, figure: Figure, below: Sequence[Figure | None], indicator: IndicatorRecipe
) -> Iterator[Finding]:
    children = [child for child in below if child is not None]
    if figure.value is None or len(children) < len(below) or key[1] != TOTAL:
        return
    pooled = _pooled(children, indicator)
    step = figure.step or 10.0**-indicator.decimals
    if pooled is None or is_close(figure.value, pooled, step):
        return
    params = {
        **_params(key),
        "delivered": figure.value,
        "pooled": round(pooled, 4),
        "n": len(children),
    }
    yield Finding(Severity.WARNING, "parent_differs", figure.place, params)


def _pooled(children: list[Figure], indicator: IndicatorRecipe) -> float | None:
    """Return the value of all children together, None where it cannot be known."""
    states = [child.state for child in children]
    if any(state in _HIDDEN for state in states):
        return None
    if indicator.aggregation in {"sum", "mean_stock"}:
        return combine(states, [child.value for child in children])[1]
    if indicator.aggregation != "sum_parts":
        return None
    tops = [child.numerator for child in children if child.numerator is not None]
    bottoms = [child.denominator for child in children if child.denominator is not None]
    if len(tops) < len(children) or len(bottoms) < len(children) or not sum(bottoms):
        return None
    return indicator.scale * sum(tops) / sum(bottoms)


def compare_with_data(cells: list[Cell], figures: Figures, collection: Collection) -> None:
    """Compare the cells of check tables with the figures of the release.

    Every difference is a warning with file, row, column and both values; keys for which the
    release has no figure are counted once for each file. A blank of theirs agrees with none here.
    """
    unmatched: dict[str, list[Cell]] = {}
    compared: dict[str, int] = {}
    for cell in cells:
        figure = figures.get(cell.key)
        if figure is None:
            if cell.state is not State.NOT_COLLECTED:
                unmatched.setdefault(cell.file, []).append(cell)
            continue
        compared[cell.file] = compared.get(cell.file, 0) + 1
        if not _agrees(cell, figure):
            _note_difference(cell, figure, collection)
    for file, missing in unmatched.items():
        rows = ", ".join(str(row) for row in sorted({c.row for c in missing})[:20])
        collection.warning("check_unmatched", Place(file=file), n=len(missing), rows=rows)
    for file, n in compared.items():
        collection.add([Finding(Severity.INFO, "check_compared", Place(file=file), {"n": n})])


def _agrees(cell: Cell, figure: Figure) -> bool:
    known = {"value": figure.value, "numerator": figure.numerator}.get(
        cell.role, figure.denominator
    )
    if cell.value is None or known is None:
        return cell.state is figure.state
    return is_close(cell.value, known, max(cell.step, figure.step))


def _note_difference(cell: Cell, figure: Figure, collection: Collection) -> None:
    data_place = figure.place
    if figure.state in _HIDDEN:
        # A finding is read by more people than the withheld number may be.
        collection.warning(
            "check_reveals",
            place_of(cell),
            **_params(cell.key),
            data_file=data_place.file,
            data_row=data_place.row or 0,
        )
        return
    collection.warning(
        "check_differs",
        place_of(cell),
        **_params(cell.key),
        checked=cell.text or cell.state.value,
        data=figure.state.value if figure.value is None else round(figure.value, 4),
        data_file=data_place.file,
        data_row=data_place.row or 0,
    )


def _params(key: Key) -> dict[str, Param]:
    return {"indicator": key[0], "category": key[1], "period": key[2], "area": key[5]}
