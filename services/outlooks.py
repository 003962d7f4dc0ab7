"""The outlook of children by single years of age, from one release for one audience."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from domain.ages import AgeGroup, age_groups
from domain.change_classes import why_not_comparable
from domain.model import SHOWN_STATES, Audience, Catalogue, Indicator, Kind
from domain.need_query import NeedQuery, serialise_need
from domain.outlook import FEWEST_YEARS, HORIZON, Outlook, back_test, mean_error, outlook
from domain.outlook_view import (
    FEW_YEARS,
    KNOWN,
    NO_AGES,
    SMALL,
    UNKNOWN,
    AreaOutlook,
    OutlookView,
    Steps,
)
from domain.periods import PeriodKind, in_time, period_of
from services.area_figures import FloatArray
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.need_choices import AGES, assumed_target, target_of
from services.need_ground import Ground
from services.needs import NeedService
from services.releases import ReleaseService

_SHOWN = frozenset(s.value for s in SHOWN_STATES)
_MOST_KEPT = 8
Ages = dict[int, tuple[AgeGroup, ...]]
"""Year of age → its categories: one, or one a sex."""


class OutlookService:
    """Hands out the outlook of children on the level of a query of need and supply."""

    def __init__(
        self, monitoring: MonitoringService, releases: ReleaseService, needs: NeedService
    ) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._needs = needs
        self._views: FrameCache[OutlookView] = FrameCache(_MOST_KEPT)

    def view(self, audience: Audience, query: NeedQuery) -> OutlookView:
        """Return the outlook of the children a group of places is for; needs a level."""
        plain = NeedQuery(
            query.level, query.kind, query.group, query.children, target=query.target,
            release=query.release, is_pinned=True,
        )  # fmt: skip
        key = cache_key(audience, query.release, "outlook", (serialise_need(plain),))
        found = self._views.get_or_build(key, lambda: self._build(audience, query))
        return replace(found, query=query)

    def _build(self, audience: Audience, query: NeedQuery) -> OutlookView:
        ground = self._needs.ground(audience, query)
        catalogue = self._monitoring.catalogue(audience, query.release)
        own = query.target if query.target is not None else target_of(catalogue, query.group)
        found = OutlookView(
            query=query,
            catalogue=catalogue,
            level=ground.level,
            kind=next(k for k in catalogue.facility_kinds if k.id == query.kind),
            reason=NO_AGES,
            target=assumed_target(query.group) if own is None else own,
        )
        chosen = self._by_age(audience, query, catalogue, ground)
        if chosen is None:
            return found
        indicator, ages, years = chosen
        found = replace(found, indicator=indicator, years=years, reason=FEW_YEARS)
        if len(years) < FEWEST_YEARS:
            return found
        children = self._children(audience, query.release, ground, indicator, ages, years)
        return _told(found, ground, children)

    def _by_age(
        self, audience: Audience, query: NeedQuery, catalogue: Catalogue, ground: Ground
    ) -> tuple[Indicator, Ages, tuple[int, ...]] | None:
        """Return the count by single years of age and the years it is known for."""
        table = self._monitoring.availability(audience, query.release)
        here = table[
            (table["level"] == ground.level.id) & (table["vintage"] == ground.level.vintage)
        ]
        oldest = AGES[query.group][1]
        for indicator in catalogue.indicators:
            if indicator.kind is not Kind.COUNT or not indicator.categories:
                continue
            own = here[here["indicator"] == indicator.id]
            held = {
                str(name): {str(p) for p in rows["period"]}
                for name, rows in own.groupby("category")
            }
            ages = _single_ages(indicator, held, oldest)
            if ages:
                needed = [held[g.category] for groups in ages.values() for g in groups]
                return indicator, ages, _years_on_end(set.intersection(*needed), indicator)
        return None

    def _children(
        self,
        audience: Audience,
        release: str,
        ground: Ground,
        indicator: Indicator,
        ages: Ages,
        years: tuple[int, ...],
    ) -> FloatArray:
        """Return children by area, year and age; NaN where a number is not shown."""
        reader = self._releases.reader(release, audience)
        at = ground.at
        found = np.zeros((len(at), len(years), len(ages)))
        for y, year in enumerate(years):
            for age, groups in ages.items():
                for group in groups:
                    told = np.full(len(at), np.nan)
                    for row in reader.values_of_period(
                        indicator.id, ground.level.id, ground.level.vintage, str(year),
                        group.category,
                    ):  # fmt: skip
                        if row["state"] in _SHOWN and row["value"] is not None:
                            told[at[str(row["area"])]] = row["value"]
                    found[:, y, age] += told
        return found


def _single_ages(indicator: Indicator, held: dict[str, set[str]], oldest: int) -> Ages:
    """Return the categories of every single year of age to the oldest, empty where one lacks."""
    groups = age_groups([c for c in indicator.categories if c[0] in held])
    ages: Ages = {
        age: tuple(g for g in groups if g.low == g.high == age) for age in range(oldest + 1)
    }
    return ages if all(ages.values()) else {}


def _years_on_end(periods: set[str], indicator: Indicator) -> tuple[int, ...]:
    """Return the last calendar years that follow each other without a break between them."""
    order = [
        p
        for p in sorted(periods, key=in_time)
        if (known := period_of(p)) is not None and known.kind is PeriodKind.YEAR
    ]
    years: list[int] = []
    for period in reversed(order):
        if years and (
            int(period) != years[0] - 1
            or why_not_comparable(period, str(years[0]), order, indicator.series_breaks)
        ):
            break
        years.insert(0, int(period))
    return tuple(years)


def _told(found: OutlookView, ground: Ground, children: FloatArray) -> OutlookView:
    """Return the view with every area, and with all areas that have an outlook as the town."""
    ages = AGES[found.query.group]
    ahead = outlook(children, ages)
    errors = back_test(children, ages)
    here = ground.supply.area >= 0
    places = np.bincount(
        ground.supply.area[here],
        weights=np.nan_to_num(ground.supply.places[here]),
        minlength=len(ground.ids),
    )
    past = children[:, :, ages[0] : ages[1] + 1].sum(axis=2)
    areas = tuple(
        _area(who, past[n], (ahead, n), errors[n], (places[n], found.target))
        for n, who in enumerate(zip(ground.ids, ground.names, strict=True))
    )
    known = np.flatnonzero(~(ahead.is_small | ahead.is_unknown))
    town = None
    if len(known):
        whole = children[known].sum(axis=0, keepdims=True)
        error = back_test(whole, ages)[0]
        supply = (places[known].sum(), found.target)
        town = _area(("", ""), past[known].sum(axis=0), (outlook(whole, ages), 0), error, supply)
    last = found.years[-1]
    return replace(
        found,
        reason="",
        next_years=tuple(range(last + 1, last + HORIZON + 1)),
        areas=areas,
        town=town,
        mean_error=mean_error(errors),
    )


def _area(
    who: tuple[str, str],
    past: FloatArray,
    at: tuple[Outlook, int],
    error: float,
    supply: tuple[float, float | None],
) -> AreaOutlook:
    ahead, n = at
    places, target = supply
    children, central = _numbers(past), _numbers(ahead.central[n])
    return AreaOutlook(
        id=who[0],
        name=who[1],
        past=children,
        central=central,
        low=_numbers(ahead.low[n]),
        high=_numbers(ahead.high[n]),
        state=SMALL if ahead.is_small[n] else UNKNOWN if ahead.is_unknown[n] else KNOWN,
        is_limited=bool(ahead.is_limited[n]),
        error=None if np.isnan(error) else float(error),
        places=float(places),
        gap=_gap(places, children[-1], target),
        gap_then=_gap(places, central[-1], target),
    )


def _gap(places: float, children: float | None, target: float | None) -> float | None:
    if children is None or target is None:
        return None
    return float(places) - target / 100 * children


def _numbers(values: FloatArray) -> Steps:
    return tuple(None if np.isnan(v) else float(v) for v in values)
