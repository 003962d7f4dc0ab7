"""Builds a view: the areas of a level joined with the values of one indicator, period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from data.reader import ReleaseReader
from domain.classification import classify, default_breaks, positions_of
from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Kind, Level, Polarity, State
from domain.periods import in_time
from domain.selection import class_limits
from domain.view import CityValue, IndicatorView, PeriodView, Signs
from domain.wording import map_finding
from services.group_views import NUMBERS, classed, group_values, shown_value
from services.releases import ReleaseService
from services.signs import Comparison, Row, chance_of, row_before, words_of
from services.trend_words import town_trend, trend_words

_SHOWN = [s.value for s in SHOWN_STATES]
LIMITS_998 = ("lower998", "upper998")
NO_VALUE = CityValue(value=None, state=State.NOT_COLLECTED)
_STATES = {s.value: s for s in State}


@dataclass(frozen=True)
class ViewKey:
    """Which view: the key of a value without period and area, for one audience."""

    audience: Audience
    release: str
    indicator: Indicator
    level: Level
    category: str = TOTAL
    compare: str = "city"
    classes: str = ""

    @property
    def text(self) -> str:
        """The key as one text, for caches of this process."""
        parts = (self.audience.value, self.release, self.indicator.id, self.level.key)
        return "|".join((*parts, self.category, self.compare, self.classes))


@dataclass(frozen=True)
class Cells:
    """The values of one indicator over periods and areas, in the order of both.

    ``numbers`` holds arrays of shape ``(n_periods, n_areas)`` by name, NaN where no number may
    be shown; ``states`` and ``flags`` are arrays of text of the same shape.
    """

    periods: tuple[str, ...]
    numbers: dict[str, np.ndarray]
    states: np.ndarray
    flags: np.ndarray

    def row(self, position: int) -> dict[str, np.ndarray]:
        """Return the numbers of one period by name, shape ``(n_areas,)`` each."""
        return {name: table[position] for name, table in self.numbers.items()}


def build_view(releases: ReleaseService, key: ViewKey) -> IndicatorView:
    """Return all periods of one indicator on one level@vintage.

    Areas without a row in a period are ``not_collected``; numbers are only kept where the state
    allows to show one.
    """
    indicator, level = key.indicator, key.level
    reader = releases.reader(key.release, key.audience)
    areas = releases.level_frame(key.audience, key.release, level.id, level.vintage)
    values = reader.values(indicator.id, level.id, level.vintage, key.category)
    cells = lay_over(areas, values)
    city = city_values(reader, indicator, key.category)
    parents = _parent_values(reader, key) if key.compare == "parent" else {}
    breaks = view_breaks(releases, key, own=values)
    by_period = {}
    groups = group_values(level, areas, values)
    for position, period in enumerate(cells.periods):
        town = city.get(period, NO_VALUE)
        before = _before(key, cells, position)
        benchmark = _benchmark(key, before, areas, (town, parents.get(period, {})))
        against = Comparison(key.compare, benchmark, town, before, is_first=not position)
        shown = _period_view(key, cells, position, against, city)
        by_period[period] = replace(shown, groups=groups.get(period, ()))
    view = IndicatorView(
        town=reader.catalogue().town.id,
        release=key.release,
        indicator=indicator,
        level=level,
        category=key.category,
        compare=key.compare,
        area_ids=tuple(str(a) for a in areas.index),
        area_names=tuple(str(n) for n in areas["name"]),
        periods=cells.periods,
        breaks=(),
        by_period=by_period,
    )
    return with_breaks(view, breaks)


def lay_over(areas: gpd.GeoDataFrame, values: pd.DataFrame) -> Cells:
    """Lay the values of an indicator over the areas, in their order, for every period."""
    periods = tuple(sorted({str(p) for p in values["period"]}, key=in_time))
    known = values[values["area"].isin(areas.index)]
    shape = (len(periods), len(areas))
    at = (
        pd.Index(periods).get_indexer(pd.Index(known["period"])),
        areas.index.get_indexer(pd.Index(known["area"])),
    )
    states = np.full(shape, State.NOT_COLLECTED.value, dtype=object)
    flags = np.full(shape, "", dtype=object)
    states[at] = known["state"].to_numpy(dtype=object)
    flags[at] = known["flags"].fillna("").to_numpy(dtype=object)
    shown = np.isin(states.astype(str), _SHOWN)
    numbers = {}
    for name in (*NUMBERS, *LIMITS_998):
        table = np.full(shape, np.nan)
        table[at] = known[name].to_numpy(dtype=float)
        numbers[name] = np.where(shown, table, np.nan)
    return Cells(periods, numbers, states, flags)


def with_breaks(view: IndicatorView, breaks: Sequence[float]) -> IndicatorView:
    """Return the view with every value put into the classes of other upper bounds."""
    by_period = {}
    for period, shown in view.by_period.items():
        found = positions_of(shown.values, breaks)
        by_period[period] = replace(
            shown,
            classes=tuple(None if p < 0 else p for p in found.tolist()),
            class_counts=tuple(np.bincount(found[found >= 0], minlength=len(breaks)).tolist()),
            groups=classed(shown.groups, breaks),
        )
    return replace(view, breaks=tuple(breaks), by_period=by_period)


def city_values(reader: ReleaseReader, indicator: Indicator, category: str) -> dict[str, CityValue]:
    """Return the value of the town by period, where the release has one."""
    found: dict[str, CityValue] = {}
    for level in reader.catalogue().levels:
        if level.kind != "city":
            continue
        frame = reader.values(indicator.id, level.id, level.vintage, category)
        for row in frame.to_dict("records"):
            found[str(row["period"])] = shown_value(row)
    return found


def view_breaks(
    releases: ReleaseService, key: ViewKey, *, own: pd.DataFrame | None = None
) -> tuple[float, ...]:
    """Return class limits fixed over all years and vintages of a level; of public numbers only.

    Limits or a method named in the address decide; otherwise those of the indicator, otherwise
    round ones. Counts have none: they are circles, and a class would say more about the size of
    an area than about its people. ``own`` are the values of the view where they are read already;
    an internal view reads again, because limits must not give away hidden numbers.
    """
    indicator = key.indicator
    if indicator.kind is Kind.COUNT:
        return ()
    reader = releases.reader(key.release, Audience.PUBLIC)
    levels = [x for x in reader.catalogue().levels if x.id == key.level.id]
    known = {key.level.key: own} if own is not None and key.audience is Audience.PUBLIC else {}
    frames = [
        known[x.key]
        if x.key in known
        else reader.values(indicator.id, x.id, x.vintage, key.category)
        for x in levels
    ]
    numbers = pd.concat([f.loc[f["state"].isin(_SHOWN), "value"] for f in frames])
    shown = numbers.dropna().tolist()
    written = class_limits(key.classes) or (() if key.classes else indicator.breaks)
    if written and shown:
        # the last class is open, so a limit above the written ones closes it
        top = max(*shown, written[-1])
        return (*written, top if top > written[-1] else written[-1] + abs(written[-1]) + 1)
    method, _, k = key.classes.partition(":")
    if k:
        return tuple(classify(shown, method, int(k))["upper_bounds"])
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


def _before(key: ViewKey, cells: Cells, position: int) -> Row | None:
    """Return the period that precedes, where the view asks for it and both can be compared."""
    if key.compare != "previous":
        return None
    return row_before(
        key.indicator, cells.periods, position, numbers=cells.numbers, flags=cells.flags
    )


def _benchmark(
    key: ViewKey,
    before: Row | None,
    areas: gpd.GeoDataFrame,
    others: tuple[CityValue, dict[str, float]],
) -> np.ndarray:
    """Return what each area is compared with, NaN where there is nothing."""
    town, parents = others
    if key.compare == "previous":
        return np.full(len(areas), np.nan) if before is None else before["value"]
    if key.compare == "parent":
        return np.array([parents.get(str(a), np.nan) for a in areas.index], dtype=float)
    value = key.indicator.target if key.compare == "target" else town.value
    return np.full(len(areas), np.nan if value is None else value, dtype=float)


def _period_view(
    key: ViewKey,
    cells: Cells,
    position: int,
    against: Comparison,
    city: Mapping[str, CityValue],
) -> PeriodView:
    indicator = key.indicator
    town = against.town
    numbers = cells.row(position)
    values = _optional(numbers["value"])
    words, clear = words_of(indicator, numbers, against)
    trends, reason = trend_words(
        indicator, cells.periods, position, numbers=cells.numbers, flags=cells.flags
    )
    return PeriodView(
        values=values,
        states=tuple(_STATES[s] for s in cells.states[position].tolist()),
        flags=tuple(cells.flags[position].tolist()),
        numerators=_optional(numbers["numerator"]),
        denominators=_optional(numbers["denominator"]),
        lowers=_optional(numbers["lower"]),
        uppers=_optional(numbers["upper"]),
        classes=(),
        order=_order(numbers["value"], indicator.polarity),
        badges=words,
        benchmarks=_optional(against.benchmark),
        class_counts=(),
        city=town,
        message=map_finding(
            indicator, values=values, badges=words, city=town.value, compare=key.compare
        ),
        signs=Signs(
            clear=clear,
            trends=trends,
            town_trend=town_trend(indicator, cells.periods, position, city),
            trend_reason=reason,
            chance=chance_of(indicator, numbers, against, (words, clear)),
        ),
    )


def _optional(numbers: np.ndarray) -> tuple[float | None, ...]:
    """Return plain floats rounded to what any screen shows, None for NaN."""
    # a number that differs from itself is NaN; asking numpy one by one is ten times slower
    return tuple(None if v != v else v for v in np.round(numbers, 6).tolist())  # noqa: PLR0124


def _order(values: np.ndarray, polarity: Polarity) -> tuple[int, ...]:
    """Positions with the highest burden first; areas without a number close the list."""
    sign = 1.0 if polarity is Polarity.LOW_BURDEN else -1.0
    keys = np.where(np.isnan(values), np.inf, sign * values)
    return tuple(np.argsort(keys, kind="stable").tolist())
