"""An index of need from released figures of one audience, and what an order gives to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from domain.compared_indicator import latest_until
from domain.distribution import Refusal, distribute, drawn_amounts
from domain.index_stability import stability
from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Level, State
from domain.needs_index import (
    CUTS,
    METHODS,
    BoolArray,
    FloatArray,
    Scale,
    alike_pairs,
    geometric,
    needs_index,
    one_dimension,
    scores_of,
    turned,
)
from domain.periods import in_time
from domain.resource_query import (
    OF_FIRST,
    ResourceChoices,
    ResourceQuery,
    parse_resources,
    serialise_resources,
    validate_resources,
)
from domain.resource_view import (
    CHILDREN_HIDDEN,
    CHILDREN_MISSING,
    HIDDEN,
    MISSING,
    NO_CHILDREN,
    SMALL,
    IndexColumn,
    IndexView,
    ShareView,
)
from domain.selection import Hint
from domain.social_index import LEAST_RESIDENTS
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.releases import ReleaseService
from services.resource_choices import resource_choices
from services.settled_address import settle

_MOST_KEPT = 8
_MOST_SMALL = 0.5
_SHOWN = frozenset(s.value for s in SHOWN_STATES)
_INDEX_KEYS = ("level", "indicators", "weights", "period", "method", "base", "classes")


@dataclass(frozen=True)
class _Figures:
    """One period of an indicator, in the order of the areas; ``hidden`` marks suppressed cells."""

    period: str
    values: FloatArray
    bases: FloatArray
    hidden: BoolArray


class ResourceService:
    """Hands out indices and shares and reads their addresses; knows neither Dash nor Flask."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._choices: FrameCache[ResourceChoices] = FrameCache(_MOST_KEPT)
        self._indices: FrameCache[IndexView] = FrameCache(_MOST_KEPT)
        self._shares: FrameCache[ShareView] = FrameCache(_MOST_KEPT)

    def choices(self, audience: Audience, release: str) -> ResourceChoices:
        """Return what the page of a release may hold."""
        key = cache_key(audience, release, "resources", ())
        return self._choices.get_or_build(
            key, lambda: resource_choices(self._monitoring, audience, release)
        )

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[ResourceQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints on what was replaced.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        raw, asked, hints = settle(self._releases, parse_resources(search), chosen, audience)
        release = dict(raw)["release"]
        query, more = validate_resources(raw, self.choices(audience, release))
        query = replace(query, is_pinned=asked == release)
        return self._with_children(audience, query), (*hints, *more)

    def _with_children(self, audience: Audience, query: ResourceQuery) -> ResourceQuery:
        """Return the query with a count of children where the first indicator tells no base."""
        likely = self.choices(audience, query.release).children.get(query.level, "")
        if query.children != OF_FIRST or not query.level or not likely:
            return query
        level = self._level(audience, query)
        frame = self._releases.level_frame(audience, query.release, level.id, level.vintage)
        first = self._monitoring.indicator(audience, query.release, query.indicators[0])
        ids = tuple(str(a) for a in frame.index)
        bases = self._figures(audience, query, level, first, ids).bases
        return replace(query, children=likely) if np.isnan(bases).all() else query

    def index(self, audience: Audience, query: ResourceQuery) -> IndexView:
        """Return the index a query asks for; only shown figures enter."""
        plain = replace(ResourceQuery(query.level), **{k: getattr(query, k) for k in _INDEX_KEYS})
        key = cache_key(audience, query.release, "needs_index", (serialise_resources(plain),))
        found = self._indices.get_or_build(key, lambda: self._index(audience, query))
        return replace(found, query=query)

    def shares(self, audience: Audience, query: ResourceQuery) -> ShareView:
        """Return what the order of a query gives to every area with an index and children."""
        plain = replace(query, lang="de", is_pinned=False)
        key = cache_key(audience, query.release, "shares", (serialise_resources(plain),))
        found = self._shares.get_or_build(key, lambda: self._share(audience, query))
        return replace(found, index=self.index(audience, query))

    def _index(self, audience: Audience, query: ResourceQuery) -> IndexView:
        release = query.release
        level = self._level(audience, query)
        frame = self._releases.level_frame(audience, release, level.id, level.vintage)
        ids = tuple(str(a) for a in frame.index)
        catalogue = self._monitoring.catalogue(audience, release)
        indicators = [self._monitoring.indicator(audience, release, i) for i in query.indicators]
        figures = [self._figures(audience, query, level, i, ids) for i in indicators]
        residents, small = self._small(audience, query, level, ids)
        included = ~small
        polarity = [i.polarity for i in indicators]
        values = np.column_stack([f.values for f in figures])
        table = turned(values, polarity)
        scale = Scale.of(table, included)
        if query.base:
            then = [self._figures(audience, query, level, i, ids, query.base) for i in indicators]
            scale = Scale.of(turned(np.column_stack([f.values for f in then]), polarity), included)
        scores = {m: scores_of(table, m, scale, included) for m in METHODS}
        cuts = CUTS[query.classes]
        index = needs_index(scores[query.method], query.weights, included, cuts)
        others = [scores[m] for m in ("z", "minmax", "rank") if m != query.method]
        dimension = one_dimension(np.where(included[:, None], table, np.nan))
        hidden = np.column_stack([f.hidden for f in figures])
        return IndexView(
            query=query,
            catalogue=catalogue,
            level=level,
            columns=tuple(
                _column(i, f, flat=bool(scale.is_flat()[n]))
                for n, (i, f) in enumerate(zip(indicators, figures, strict=True))
            ),
            area_ids=ids,
            area_names=tuple(str(n) for n in frame["name"]),
            values=values,
            index=index,
            stability=stability(index, cuts, (*others, geometric(scores["minmax"]))),
            left_out=_reasons(index.is_known, small, hidden),
            residents=residents,
            alike=tuple(alike_pairs(np.where(included[:, None], table, np.nan))),
            first_share=dimension[0] if dimension else None,
            against=tuple(np.flatnonzero(dimension[1]).tolist()) if dimension else (),
        )

    def _share(self, audience: Audience, query: ResourceQuery) -> ShareView:
        view = self.index(audience, query)
        by = query.indicators[0] if query.children == OF_FIRST else query.children
        indicator = self._monitoring.indicator(audience, query.release, by)
        found = self._figures(audience, query, view.level, indicator, view.area_ids)
        children = found.bases if query.children == OF_FIRST else found.values
        left_out = {i: why for i, why in enumerate(view.left_out) if why}
        for i in np.flatnonzero(np.isnan(children)):
            why = CHILDREN_HIDDEN if found.hidden[i] else CHILDREN_MISSING
            left_out.setdefault(int(i), why)
        for i in np.flatnonzero(children == 0):
            left_out.setdefault(int(i), NO_CHILDREN)
        members = tuple(i for i in range(len(children)) if i not in left_out)
        persons = tuple(float(children[i]) for i in members)
        told = distribute(
            persons,
            view.index.burden[list(members)].tolist(),
            [view.area_ids[i] for i in members],
            query.order,
        )
        drawn: list[tuple[float, ...]] = [(), (), ()]
        if not isinstance(told, Refusal):
            burdens = view.stability.burdens[:, list(members)]
            drawn = [tuple(p.tolist()) for p in drawn_amounts(persons, burdens, query.order)]
        least, middle, most = drawn
        return ShareView(
            index=view,
            children_of=indicator,
            children_period=found.period,
            members=members,
            children=persons,
            found=told,
            least=least,
            middle=middle,
            most=most,
            left_out=left_out,
        )

    def _level(self, audience: Audience, query: ResourceQuery) -> Level:
        """Return the level in the boundaries that hold the period of the first indicator."""
        first = query.indicators[0]
        held = self.choices(audience, query.release).choices.periods[first][query.level]
        period = latest_until(held, query.period) if query.period else held[-1]
        level_of = self._monitoring.level_of
        return level_of(audience, query.release, first, query.level, period or held[0])

    def _figures(
        self,
        audience: Audience,
        query: ResourceQuery,
        level: Level,
        indicator: Indicator,
        ids: tuple[str, ...],
        until: str | None = None,
    ) -> _Figures:
        """Return the newest figures until the period asked for, on the boundaries of the index."""
        table = self._monitoring.availability(audience, query.release)
        here = table[
            (table["indicator"] == indicator.id)
            & (table["level"] == level.id)
            & (table["vintage"] == level.vintage)
            & (table["category"] == TOTAL)
        ]
        held = tuple(sorted({str(p) for p in here["period"]}, key=in_time))
        wanted = until or query.period
        period = (latest_until(held, wanted) if wanted else "") or (held[-1] if held else "")
        nothing = np.full(len(ids), np.nan)
        found = _Figures(period, nothing, nothing.copy(), np.zeros(len(ids), dtype=bool))
        at = {area: n for n, area in enumerate(ids)}
        reader = self._releases.reader(query.release, audience)
        for row in reader.values_of_period(indicator.id, level.id, level.vintage, period):
            place = at.get(str(row["area"]))
            if place is None:
                continue
            if row["state"] in _SHOWN and row["value"] is not None:
                found.values[place] = row["value"]
                if row["denominator"] is not None:
                    found.bases[place] = row["denominator"]
            elif row["state"] == State.SUPPRESSED.value:
                found.hidden[place] = True
        return found

    def _small(
        self, audience: Audience, query: ResourceQuery, level: Level, ids: tuple[str, ...]
    ) -> tuple[Indicator | None, BoolArray]:
        """Return the largest count of the level, and which areas are too small by it.

        No count is larger than that of all residents; an area without that figure stays in.
        """
        counts = self.choices(audience, query.release).counts.get(query.level, ())
        found = [self._monitoring.indicator(audience, query.release, i) for i in counts]
        read = [(i, self._figures(audience, query, level, i, ids)) for i in found]
        read = [(i, f) for i, f in read if not np.isnan(f.values).all()]
        if not read:
            return None, np.zeros(len(ids), dtype=bool)
        residents, figures = max(read, key=lambda pair: float(np.nansum(pair[1].values)))
        small: BoolArray = np.nan_to_num(figures.values, nan=np.inf) < LEAST_RESIDENTS
        # where most areas are smaller than that, the count is of a group and not of residents
        if small.mean() > _MOST_SMALL:
            return None, np.zeros(len(ids), dtype=bool)
        return residents, small


def _column(indicator: Indicator, figures: _Figures, *, flat: bool) -> IndexColumn:
    hidden = int(figures.hidden.sum())
    missing = int(np.isnan(figures.values).sum()) - hidden
    return IndexColumn(indicator, figures.period, hidden, missing, flat)


def _reasons(known: BoolArray, small: BoolArray, hidden: BoolArray) -> tuple[str, ...]:
    """Return why each area has no index, empty where it has one."""
    why = np.where(small, SMALL, np.where(hidden.any(axis=1), HIDDEN, MISSING))
    return tuple("" if is_known else str(w) for is_known, w in zip(known, why, strict=True))
