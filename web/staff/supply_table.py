"""Changes to facilities and homes side by side as a file: one row an area, numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from domain.need_view import AreaNeed, NeedView
from figures.supply_scenarios import supply_side_by_side
from i18n import Translate
from web.tables import Cell, Table

_PLACES = 4
_TOLD = ("places", "gap", "reach")


def supply_table(
    views: Sequence[NeedView], names: Sequence[str], tr: Translate, language: str
) -> Table:
    """Return the table of scenarios on one level, each under its name, as it is afterwards."""
    facts = supply_side_by_side(views, tr, language).facts
    return Table(
        title=tr("scenarios.compared"),
        columns=(
            tr("resources.col_area_id"),
            tr("resources.col_area"),
            *(tr(f"scenarios.col_{what}", name=name) for name in names for what in _TOLD),
        ),
        rows=tuple(
            (told[0].id, told[0].name, *(cell for area in told for cell in _cells(area)))
            for told in zip(*(view.after for view in views), strict=True)
        ),
        notes=tuple(
            (f"{fact[0]} – {name}", text)
            for fact in facts
            for name, text in zip(names, fact[1:], strict=True)
        ),
        sheet=tr("scenarios.areas"),
        notes_sheet=tr("scenarios.facts"),
    )


def _cells(area: AreaNeed) -> tuple[Cell, ...]:
    return (area.places, _rounded(area.gap), _rounded(area.reach))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
