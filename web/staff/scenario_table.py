"""Scenarios side by side as a file: one row an area, numbers as numbers, settings as notes."""

from __future__ import annotations

from collections.abc import Sequence

from domain.resource_view import ShareView
from figures.resource_amounts import unit_word
from figures.scenario_texts import given_amounts, names_of, side_by_side, why_nothing
from i18n import Translate
from web.tables import Cell, Table


def scenario_table(
    views: Sequence[ShareView], names: Sequence[str], tr: Translate, language: str
) -> Table:
    """Return the table of scenarios on one level, each under its name.

    After the first scenario each has its difference to the first, empty where another unit is
    shared or an area is missing in one of them; an area that takes no part says why.
    """
    given = [given_amounts(view) for view in views]
    facts = side_by_side(views, tr, language).facts
    return Table(
        title=tr("scenarios.compared"),
        columns=(
            tr("resources.col_area_id"),
            tr("resources.col_area"),
            *(head for n in range(len(views)) for head in _heads(n, names, views, tr)),
        ),
        rows=tuple(
            (
                area,
                name,
                *(cell for n in range(len(views)) for cell in _cells(n, area, views, given, tr)),
            )
            for area, name in names_of(views).items()
        ),
        notes=tuple(
            (f"{fact[0]} – {name}", text)
            for fact in facts
            for name, text in zip(names, fact[1:], strict=True)
        ),
        sheet=tr("scenarios.areas"),
        notes_sheet=tr("scenarios.facts"),
    )


def _heads(
    n: int, names: Sequence[str], views: Sequence[ShareView], tr: Translate
) -> tuple[str, ...]:
    unit = unit_word(views[n].index.query, tr)
    heads = [f"{names[n]} ({unit})"]
    if n:
        heads.append(tr("scenarios.col_difference", name=names[n], first=names[0]))
    return (*heads, tr("scenarios.col_note", name=names[n]))


def _cells(
    n: int,
    area: str,
    views: Sequence[ShareView],
    given: Sequence[dict[str, float]],
    tr: Translate,
) -> tuple[Cell, ...]:
    amount = given[n].get(area)
    cells: list[Cell] = [amount]
    if n:
        is_same = views[n].index.query.unit == views[0].index.query.unit
        first = given[0].get(area) if is_same else None
        cells.append(None if amount is None or first is None else round(amount - first, 2))
    return (*cells, why_nothing(views[n], area, tr) or None)
