"""The key figures of one area: its rows laid beside the sheet of its level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.model import SHOWN_STATES, AreaGroup, Catalogue, Flag, Kind, LifeStage, State
from domain.periods import position
from domain.pooled_areas import pooled_benchmark
from domain.profile import (
    HIGH,
    LOW,
    MIDDLE,
    UNKNOWN,
    KeyFigure,
    StageFigures,
    ThemeFigures,
    Trust,
)
from domain.profile_findings import standing
from domain.reliability import reliability
from domain.twins import Twins
from domain.view import CityValue
from services.group_views import shown_value
from services.profile_sheet import IndicatorSheet, LevelSheet, numbers_of
from services.trend_words import trend_words

Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""indicator → period → stored row."""

_OLD_YEARS = 3.0
_ESTIMATES = {Flag.ESTIMATED.value, Flag.BOUNDARY_ESTIMATED.value}


def by_indicator(rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Return the rows of one area by indicator and period."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["indicator"], {})[row["period"]] = row
    return found


@dataclass(frozen=True)
class AreaRows:
    """What is read of one area: its own rows, those of its parent, of its group with a figure.

    ``twins`` are the positions of similar areas in the level, ``alike_by`` the indicators that
    made them similar, and others of their groups: of these similar areas say nothing new.
    """

    own: Rows
    parent: Rows | None = None
    group: AreaGroup | None = None
    group_rows: Rows | None = None
    twins: tuple[int, ...] = ()
    alike_by: frozenset[str] = frozenset()


def key_figures(sheet: LevelSheet, area: str, rows: AreaRows) -> tuple[KeyFigure, ...]:
    """Return the figures of an area, in the order of the catalogue.

    Indicators nobody delivered for this area in any period are left out.
    """
    at = sheet.places[area]
    return tuple(
        _figure(sheet, one, at, rows)
        for one in sheet.indicators
        if one.indicator.id in rows.own or one.indicator.id in (rows.group_rows or {})
    )


def _figure(sheet: LevelSheet, one: IndicatorSheet, at: int, rows: AreaRows) -> KeyFigure:
    indicator, period = one.indicator, one.period
    own = rows.own.get(indicator.id, {})
    found = cell(own, period)
    grouped = cell((rows.group_rows or {}).get(indicator.id, {}), period)
    is_grouped = found.value is None and grouped.value is not None
    trend, reason = _trend(one, own)
    twins = [] if indicator.id in rows.alike_by else list(rows.twins)
    together, n_twins = pooled_benchmark(
        indicator, one.numerators[twins].tolist(), one.denominators[twins].tolist()
    )
    return KeyFigure(
        indicator=indicator,
        period=period,
        found=grouped if is_grouped else found,
        city=one.city.get(period, UNKNOWN),
        parent=None if rows.parent is None else cell(rows.parent.get(indicator.id, {}), period),
        badge=one.badges[at],
        is_clear=one.clear[at],
        standing=standing(float(one.directions[at]), indicator.polarity),
        third=third_of(found.value, one.thirds),
        trend=trend,
        trend_reason=reason,
        periods=one.periods,
        positions=tuple(position(p) for p in one.periods),
        series=tuple(cell(own, p) for p in one.periods),
        town_series=tuple(one.city.get(p, UNKNOWN) for p in one.periods),
        twins=together,
        n_twins=n_twins,
        group=rows.group if is_grouped else None,
        is_old=position(sheet.newest) - position(period) > _OLD_YEARS,
    )


def alike_by(twins: Twins, catalogue: Catalogue) -> frozenset[str]:
    """Return the circumstances of similar areas, and all indicators of their groups."""
    chosen = {c.indicator for c in twins.circumstances}
    groups = {i.group for i in catalogue.indicators if i.id in chosen and i.group}
    return frozenset(i.id for i in catalogue.indicators if i.id in chosen or i.group in groups)


def cell(rows: Mapping[str, Mapping[str, Any]], period: str) -> CityValue:
    """Return the figure of a period; one that nobody delivered is not collected."""
    row = rows.get(period)
    return UNKNOWN if row is None else shown_value(row)


def third_of(value: float | None, limits: tuple[float, float] | None) -> str:
    """Return the third of its level in which a value lies, empty where it has none.

    Examples
    --------
    >>> third_of(3.0, (3.0, 8.0)), third_of(9.0, (3.0, 8.0)), third_of(9.0, None)
    ('low', 'high', '')
    """
    if value is None or limits is None:
        return ""
    return LOW if value <= limits[0] else HIGH if value > limits[1] else MIDDLE


def _trend(one: IndicatorSheet, own: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """Return the word of the five years that end at the period shown, or why there is none."""
    present = [own.get(p, {"area": "", "state": ""}) for p in one.periods]
    flags = np.array([[row.get("flags") or ""] for row in present], dtype=object)
    columns = [numbers_of([{**row, "area": ""}], {"": 0}) for row in present]
    numbers = {name: np.array([c[name] for c in columns]) for name in ("value", "lower", "upper")}
    at = one.periods.index(one.period)
    words, reason = trend_words(one.indicator, one.periods, at, numbers=numbers, flags=flags)
    return (words[0], "") if words else ("", reason)


def by_theme(catalogue: Catalogue, figures: Sequence[KeyFigure]) -> tuple[ThemeFigures, ...]:
    """Return the figures theme by theme, without empty themes."""
    themes = (
        ThemeFigures(t.id, t.name, tuple(f for f in figures if f.indicator.theme == t.id))
        for t in catalogue.themes
    )
    return tuple(t for t in themes if t.figures)


def by_stage(figures: Sequence[KeyFigure]) -> tuple[StageFigures, ...]:
    """Return the figures from birth to leaving school; empty where no stage has any."""
    found = tuple(
        StageFigures(stage, tuple(f for f in figures if f.indicator.life_stage is stage))
        for stage in LifeStage
    )
    return found if any(s.figures for s in found) else ()


def trust_of(figures: Sequence[KeyFigure]) -> Trust:
    """Count what limits the figures of a profile."""
    states = [f.found.state for f in figures]
    shown = [f for f in figures if f.found.state in SHOWN_STATES]
    flags = [set(f.found.flags.split()) for f in shown]
    widths = [
        (f.found.upper - f.found.lower, -i)
        for i, f in enumerate(shown)
        if f.indicator.kind is Kind.SHARE
        and f.found.upper is not None
        and f.found.lower is not None
    ]
    return Trust(
        total=len(figures),
        shown=len(shown),
        suppressed=states.count(State.SUPPRESSED),
        unreliable=states.count(State.UNRELIABLE),
        missing=sum(s in (State.PENDING, State.NOT_COLLECTED, State.BELOW_UNIT) for s in states),
        not_applicable=states.count(State.NOT_APPLICABLE),
        weak=sum(is_weak(f) for f in shown),
        old=sum(f.is_old for f in shown),
        estimated=sum(bool(f & _ESTIMATES) for f in flags),
        provisional=sum(Flag.PROVISIONAL.value in f for f in flags),
        no_interval=sum(
            f.found.lower is None and f.indicator.kind is not Kind.COUNT for f in shown
        ),
        widest=shown[-max(widths)[1]] if widths else None,
    )


def is_weak(figure: KeyFigure) -> bool:
    """Whether a shown figure stands on few cases."""
    found = figure.found
    if found.state is State.LIMITED:
        return True
    if figure.indicator.kind not in (Kind.SHARE, Kind.RATE) or found.numerator is None:
        return False
    parts = [found.numerator], [np.nan if found.denominator is None else found.denominator]
    return reliability(figure.indicator.kind, *parts)[0] in (State.LIMITED, State.UNRELIABLE)
