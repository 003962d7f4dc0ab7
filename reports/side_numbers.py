"""The numbers of maps beside each other, for spreadsheets: one row an area, as on the page."""

from __future__ import annotations

from collections.abc import Mapping

from domain.model import SHOWN_STATES
from domain.side_maps import SideMaps, third_numbers
from domain.view import AtlasContent
from figures.side_maps import MapPicture, column_name
from i18n import Translate
from reports.document import Cell, Column, DataTable


def maps_table(
    maps: SideMaps, pictures: tuple[MapPicture, ...], tr: Translate, language: str
) -> DataTable:
    """Return the table of all maps; an area one of them does not know has a word there.

    Parameters
    ----------
    pictures
        What :func:`figures.side_maps.map_pictures` makes of the maps.
    """
    view = maps.right.view
    numbers = [_shown(maps.left), _shown(maps.right), third_numbers(maps)][: len(pictures)]
    texts = [dict(zip(p.paint["areas"], p.texts, strict=True)) for p in pictures]
    columns = [
        Column(tr("siderule.area"), share=2.0),
        *(Column(column_name(c, language), "right") for c in (maps.left, maps.right)),
    ]
    if maps.third is not None:
        columns.append(Column(tr(f"sidemap.third_{maps.query.third}"), "right"))
        columns.append(Column(pictures[-1].legend_title))
    order = sorted(zip(view.area_names, view.area_ids, strict=True), key=lambda x: x[0].casefold())
    rows = []
    for name, area in order:
        cells = [_cell(area, told, found, tr) for told, found in zip(texts, numbers, strict=True)]
        words = [Cell(texts[-1].get(area, ""))] if maps.third is not None else []
        rows.append((Cell(name), *cells, *words))
    return DataTable(
        title=tr("sidemap.table"),
        columns=tuple(columns),
        rows=tuple(rows),
        sub=" \u00b7 ".join(dict.fromkeys(p.source for p in pictures)),
        is_for_books=True,
    )


def _shown(content: AtlasContent) -> dict[str, float]:
    shown = content.view.by_period[content.period]
    told = zip(content.view.area_ids, shown.values, shown.states, strict=True)
    return {a: v for a, v, state in told if v is not None and state in SHOWN_STATES}


def _cell(area: str, texts: Mapping[str, str], numbers: Mapping[str, float], tr: Translate) -> Cell:
    return Cell(texts.get(area, tr("side.reason.absent")), numbers.get(area))
