"""Builds a view: the areas of a level joined with the values of one indicator, period by period."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.reader import ReleaseReader
from domain.classification import assign, class_counts, default_breaks
from domain.comparison import Compared, badges
from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Kind, Level, Polarity, State
from domain.view import CityValue, IndicatorView, PeriodView
from domain.wording import map_finding
from services.periods import first_year
from services.releases import ReleaseService

_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_SHOWN = [s.value for s in SHOWN_STATES]
NO_VALUE = CityValue(value=None, state=State.NOT_COLLECTED)


@dataclass(frozen=True)
class ViewKey:
    """Which view: the key of a value without period and area, for one audience."""

    audience: Audience
    release: str
    indicator: Indicator
    level: Level
    category: str = TOTAL
    compare: str = "city"


def build_view(releases: ReleaseService, key: ViewKey) -> IndicatorView:
    """Return all periods of one indicator on one level@vintage.

    Areas without a row in a period are ``not_collected``; numbers are only kept where the state
    allows to show one.
    """
    indicator, level = key.indicator, key.level
    reader = releases.reader(key.release, key.audience)
    areas = releases.level_frame(key.audience, key.release, level.id, level.vintage)
    values = reader.values(indicator.id, level.id, level.vintage, key.category)
    city = city_values(reader, indicator, key.category)
    # counts are circles: classes of counts would say more about the size of an area
    is_count = indicator.kind is Kind.COUNT
    breaks = () if is_count else _breaks(releases, key)
    parents = _parent_values(reader, key) if key.compare == "parent" else {}
    periods = tuple(sorted({str(p) for p in values["period"]}, key=first_year))
    by_period = {}
    for period in periods:
        joined = join_period(areas, values, period)
        town = city.get(period, NO_VALUE)
        benchmark = _benchmark(key, areas, town, parents.get(period, {}))
        by_period[period] = _period_view(key, joined, breaks, benchmark, town)
    return IndicatorView(
        town=reader.catalogue().town.id,
        release=key.release,
        indicator=indicator,
        level=level,
        category=key.category,
        compare=key.compare,
        area_ids=tuple(str(a) for a in areas.index),
        area_names=tuple(str(n) for n in areas["name"]),
        periods=periods,
        breaks=breaks,
        by_period=by_period,
    )


def join_period(areas: gpd.GeoDataFrame, values: pd.DataFrame, period: str) -> pd.DataFrame:
    """Filter one period and lay it over the areas, in their order.

    Returns
    -------
    DataFrame
        Index of ``areas``; columns value, numerator, denominator, lower, upper (NaN where no
        number may be shown), state, flags.
    """
    rows = values[values["period"] == period].set_index("area")
    joined = rows.reindex(areas.index)
    joined["state"] = joined["state"].fillna(State.NOT_COLLECTED.value)
    joined["flags"] = joined["flags"].fillna("")
    hidden = ~joined["state"].isin(_SHOWN)
    joined.loc[hidden, list(_NUMBERS)] = np.nan
    return joined


def city_values(reader: ReleaseReader, indicator: Indicator, category: str) -> dict[str, CityValue]:
    """Return the value of the town by period, where the release has one."""
    found: dict[str, CityValue] = {}
    for level in reader.catalogue().levels:
        if level.kind != "city":
            continue
        frame = reader.values(indicator.id, level.id, level.vintage, category)
        for row in frame.to_dict("records"):
            found[str(row["period"])] = _city_value(row)
    return found


def _city_value(row: Mapping[Hashable, Any]) -> CityValue:
    state = State(str(row["state"]))
    numbers = {k: _or_none(row[k]) if state in SHOWN_STATES else None for k in _NUMBERS}
    return CityValue(state=state, **numbers)


def _or_none(value: object) -> float | None:
    number = float(str(value)) if value is not None else float("nan")
    return None if np.isnan(number) else number


def _breaks(releases: ReleaseService, key: ViewKey) -> tuple[float, ...]:
    """Class limits fixed over all years and vintages of a level; of public numbers only."""
    indicator = key.indicator
    reader = releases.reader(key.release, Audience.PUBLIC)
    levels = [x for x in reader.catalogue().levels if x.id == key.level.id]
    frames = [reader.values(indicator.id, x.id, x.vintage, key.category) for x in levels]
    numbers = pd.concat([f.loc[f["state"].isin(_SHOWN), "value"] for f in frames])
    shown = numbers.dropna().tolist()
    if indicator.breaks and shown:
        # the last class is open, so a limit above the written ones closes it
        top = max(*shown, indicator.breaks[-1])
        return (*indicator.breaks, top if top > indicator.breaks[-1] else indicator.breaks[-1] * 2)
    return default_breaks(shown, decimals=indicator.decimals)


def _parent_values(reader: ReleaseReader, key: ViewKey) -> dict[str, dict[str, float]]:
    """Return the value of each area's parent, by period and area; first hierarchy only."""
    table = reader.parents(key.level.id, key.level.vintage)
    if table.empty:
        return {}
    first = table[table["hierarchy"] == sorted(table["hierarchy"].unique())[0]]
    found: dict[str, dict[str, float]] = {}
    for (parent_level, vintage), rows in first.groupby(["parent_level", "parent_vintage"]):
        values = reader.values(key.indicator.id, str(parent_level), str(vintage), key.category)
        shown = values[values["state"].isin(_SHOWN)]
        for period, numbers in shown.groupby("period"):
            by_area = numbers.set_index("area")["value"].to_dict()
            found.setdefault(str(period), {}).update(
                {
                    str(c): by_area[p]
                    for c, p in zip(rows["child"], rows["parent"], strict=True)
                    if p in by_area
                }
            )
    return found


def _benchmark(
    key: ViewKey, areas: gpd.GeoDataFrame, town: CityValue, parents: dict[str, float]
) -> np.ndarray:
    """Return what each area is compared with, NaN where there is nothing."""
    if key.compare == "target":
        value = key.indicator.target
    elif key.compare == "parent":
        return np.array([parents.get(str(a), np.nan) for a in areas.index], dtype=float)
    else:
        value = town.value
    return np.full(len(areas), np.nan if value is None else value, dtype=float)


def _period_view(
    key: ViewKey,
    joined: pd.DataFrame,
    breaks: tuple[float, ...],
    benchmark: np.ndarray,
    town: CityValue,
) -> PeriodView:
    indicator = key.indicator
    numbers = {k: joined[k].to_numpy(dtype=float) for k in _NUMBERS}
    values = _optional(numbers["value"])
    classes = tuple(assign(values, breaks))
    words = _badges(key, numbers, benchmark, town)
    return PeriodView(
        values=values,
        states=tuple(State(s) for s in joined["state"]),
        flags=tuple(joined["flags"]),
        numerators=_optional(numbers["numerator"]),
        denominators=_optional(numbers["denominator"]),
        lowers=_optional(numbers["lower"]),
        uppers=_optional(numbers["upper"]),
        classes=classes,
        order=_order(values, indicator.polarity),
        badges=words,
        benchmarks=_optional(benchmark),
        class_counts=tuple(class_counts(values, breaks)),
        city=town,
        message=map_finding(
            indicator, values=values, badges=words, city=town.value, compare=key.compare
        ),
    )


def _badges(
    key: ViewKey, numbers: dict[str, np.ndarray], benchmark: np.ndarray, town: CityValue
) -> tuple[str, ...]:
    if key.indicator.kind is Kind.COUNT:
        return ("not_compared",) * len(benchmark)
    is_town = key.compare == "city" and town.numerator is not None and town.denominator is not None
    base = (town.numerator or 0.0, town.denominator or 0.0) if is_town else None
    cells = Compared(
        values=numbers["value"],
        lowers=numbers["lower"],
        uppers=numbers["upper"],
        numerators=numbers["numerator"],
        denominators=numbers["denominator"],
        benchmarks=benchmark,
    )
    return tuple(badges(key.indicator.kind, key.indicator.polarity, cells, town=base))


def _optional(numbers: np.ndarray) -> tuple[float | None, ...]:
    """Return plain floats rounded to what any screen shows, None for NaN."""
    return tuple(None if np.isnan(v) else round(float(v), 6) for v in numbers)


def _order(values: tuple[float | None, ...], polarity: Polarity) -> tuple[int, ...]:
    """Positions with the highest burden first; areas without a number close the list."""
    sign = 1.0 if polarity is Polarity.LOW_BURDEN else -1.0
    return tuple(
        sorted(
            range(len(values)),
            key=lambda i: (values[i] is None, sign * (values[i] or 0.0), i),
        )
    )
