"""The page of methods: which indicators there are, where figures lack, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from domain.gaps import Cell, GapRow, GapTable, Listed, cell_of, missing_in, why_missing
from domain.model import TOTAL, Audience, Catalogue, Indicator, Level
from domain.periods import in_time
from domain.search import Entry, SearchIndex
from domain.view import AtlasContent, Offer
from services.container import Services

_MOST = 1000


def listed(
    services: Services, audience: Audience, release: str, *, theme: str = "", query: str = ""
) -> list[Listed]:
    """Return the indicators of a theme that hold every word of a query, the best first.

    Without a query they stand in the order of the catalogue.
    """
    catalogue = services.monitoring.catalogue(audience, release)
    offer = services.monitoring.offer(audience, release)
    found = [
        _listed(catalogue, offer, indicator)
        for indicator in catalogue.indicators
        if theme in ("", indicator.theme)
    ]
    if not query:
        return found
    index = SearchIndex([_entry(catalogue, one) for one in found])
    _, hits = index.search(query, _MOST)
    return [found[hit.position] for hit in hits]


def _entry(catalogue: Catalogue, one: Listed) -> Entry:
    i = one.indicator
    themes = (t.name for t in catalogue.themes if t.id == i.theme)
    office = f"{one.source.office} {one.source.title}" if one.source else ""
    names = (i.name, i.short_name, *themes)
    return Entry(
        i.name.de,
        tuple(text for name in names for text in (name.de, name.en) if text),
        (i.definition.de, i.definition.en, office),
    )


def _listed(catalogue: Catalogue, offer: Offer, indicator: Indicator) -> Listed:
    periods = offer.periods.get(indicator.id) or offer.city_periods.get(indicator.id, {})
    return Listed(
        indicator,
        catalogue.source(indicator.source),
        dict(periods),
        indicator.id in offer.of_town,
    )


def gap_table(
    services: Services,
    audience: Audience,
    release: str,
    level: str,
    rows: Sequence[Listed],
    *,
    periods: Sequence[str] = (),
) -> GapTable:
    """Return what a level holds of some indicators; ``KeyError`` for an unknown level.

    Without ``periods`` the table has those in which the level holds anything of them.
    """
    offer = services.monitoring.offer(audience, release)
    chosen = {x.id: x for x in offer.levels}[level]
    cells = _cells(services, audience, release, level)
    held = {one.indicator.id for one in rows}
    periods = periods or sorted({p for i, p in cells if i in held}, key=in_time)
    return GapTable(
        chosen,
        tuple(periods),
        tuple(_gap_row(one, chosen, offer, {p: cells.get((one.indicator.id, p)) for p in periods})
              for one in rows),
    )  # fmt: skip


def _gap_row(one: Listed, level: Level, offer: Offer, cells: Mapping[str, Cell | None]) -> GapRow:
    own = one.all_periods
    at = tuple(x for x in offer.levels if x.id in one.periods and x.id != level.id)
    why = None
    if level.id not in one.periods:
        alike = tuple(x for x in at if x.kind == level.kind)
        why = why_missing(
            level.order,
            tuple(x.order for x in alike or at),
            is_of_city=one.is_of_city,
            is_same_kind=bool(alike),
        )
    return GapRow(one, tuple(cell or missing_in(p, own) for p, cell in cells.items()), why, at)


def _cells(
    services: Services, audience: Audience, release: str, level: str
) -> dict[tuple[str, str], Cell]:
    """Return (indicator, period) → what the level holds, under the newest boundaries of each."""
    table = services.monitoring.availability(audience, release)
    own = table[table["level"] == level].sort_values("vintage")
    areas = {
        str(v): len(services.releases.reader(release, audience).area_ids(level, str(v)))
        for v in own["vintage"].unique()
    }
    found: dict[tuple[str, str], Cell] = {}
    for row in _telling(own).to_dict("records"):
        shown, hidden, rows = (int(row[name]) for name in ("n_ok", "n_suppressed", "n_total"))
        key = (str(row["indicator"]), str(row["period"]))
        found[key] = cell_of(shown, hidden, rows, areas[str(row["vintage"])])
    return found


def _telling(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a period: that of the total, else of the category with most numbers."""
    is_total = table["category"] == TOTAL
    ranked = table.assign(is_total=is_total).sort_values(
        ["vintage", "is_total", "n_ok"], kind="stable"
    )
    return ranked.drop_duplicates(["indicator", "period"], keep="last")


def sheet_content(
    services: Services, audience: Audience, release: str, indicator: str, language: str
) -> AtlasContent | None:
    """Return what the Atlas says of an indicator at first; None of one that no map can show."""
    raw = {"indicator": indicator, "release": release, "lang": language}
    selection, _ = services.monitoring.selection(audience, raw)
    if selection.indicator != indicator:
        return None
    return services.monitoring.atlas_content(audience, selection)
