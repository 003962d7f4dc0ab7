"""An index of need from released figures of one audience, and what an order gives to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np

from domain.compared_indicator import latest_until
from domain.distribution import Refusal, distribute, drawn_amounts
from domain.index_stability import stability
from domain.last_year import Before, LastYear
from domain.model import Audience, Indicator, Level
from domain.needs_index import (
    CUTS,
    METHODS,
    BoolArray,
    Scale,
    alike_pairs,
    geometric,
    needs_index,
    one_dimension,
    scores_of,
    turned,
)
from domain.resource_query import (
    BY_FORMULA,
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
from services.area_figures import FigureReader, Figures
from services.cache import FrameCache, cache_key
from services.last_year import LastYears
from services.monitoring import MonitoringService
from services.releases import ReleaseService
from services.resource_choices import resource_choices
from services.scenarios import ScenarioService
from services.settled_address import settle

_MOST_KEPT = 8
_MOST_SMALL = 0.5
_INDEX_KEYS = ("level", "indicators", "weights", "period", "method", "base", "classes")


class ResourceService:
    """Hands out indices and shares and reads their addresses; knows neither Dash nor Flask."""

    def __init__(
        self, monitoring: MonitoringService, releases: ReleaseService, scenarios: ScenarioService
    ) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self.last_years = LastYears(
            scenarios,
            lambda one: self._read(Audience.INTERNAL, urlencode(one.parameters), None, one.locked),
            lambda query: self.shares(Audience.INTERNAL, query),
        )
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
        return self._read(audience, search, chosen, None)

    def _read(
        self,
        audience: Audience,
        search: str,
        chosen: Mapping[str, str] | None,
        until: dt.datetime | None,
    ) -> tuple[ResourceQuery, tuple[Hint, ...]]:
        """Read an address; as last year it may name what was locked before ``until``."""
        raw, asked, hints = settle(self._releases, parse_resources(search), chosen, audience)
        release = dict(raw)["release"]
        named = self.last_years.find(audience, dict(raw).get("before", ""), until)
        known = {named.id} if named else ()
        query, more = validate_resources(raw, self.choices(audience, release), known)
        query = self._with_children(audience, replace(query, is_pinned=asked == release))
        if named is None or not query.is_of_scenario:
            return query, (*hints, *more)
        query, last = self.last_years.checked(query, named)
        return query, (*hints, *more, *last)

    def _with_children(self, audience: Audience, query: ResourceQuery) -> ResourceQuery:
        """Return the query with a count of children where the first indicator counts others.

        What is pinned to a release was computed before and stays, unless there is no base at all.
        """
        offered = self.choices(audience, query.release)
        likely = offered.children.get(query.level, "")
        if query.children != OF_FIRST or not query.level or not likely:
            return query
        if not query.is_pinned and offered.replaces_base(query.level, query.indicators[0]):
            return replace(query, children=likely)
        read = self._reader(audience, query)
        level = self._level(audience, query)
        bases = read.newest(level, read.indicator(query.indicators[0]), query.period).bases
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
        last = self.last_years.before(query, self._level(audience, query).vintage)
        words = (serialise_resources(plain), last.release if last else "")
        key = cache_key(audience, query.release, "shares", words)
        found = self._shares.get_or_build(key, lambda: self._share(audience, query, last))
        return replace(found, index=self.index(audience, query))

    def _reader(self, audience: Audience, query: ResourceQuery) -> FigureReader:
        return FigureReader(self._monitoring, self._releases, audience, query.release)

    def _index(self, audience: Audience, query: ResourceQuery) -> IndexView:
        release = query.release
        level = self._level(audience, query)
        frame = self._releases.level_frame(audience, release, level.id, level.vintage)
        ids = tuple(str(a) for a in frame.index)
        catalogue = self._monitoring.catalogue(audience, release)
        read = self._reader(audience, query)
        indicators = [read.indicator(i) for i in query.indicators]
        figures = [read.newest(level, i, query.period) for i in indicators]
        residents, small = self._small(audience, query, level)
        included = ~small
        polarity = [i.polarity for i in indicators]
        values = np.column_stack([f.values for f in figures])
        table = turned(values, polarity)
        scale = Scale.of(table, included)
        if query.base:
            then = [read.newest(level, i, query.base) for i in indicators]
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

    def _share(self, audience: Audience, query: ResourceQuery, last: Before | None) -> ShareView:
        view = self.index(audience, query)
        by = query.indicators[0] if query.children == OF_FIRST else query.children
        read = self._reader(audience, query)
        indicator = read.indicator(by)
        found = read.newest(view.level, indicator, query.period)
        children = found.bases if query.children == OF_FIRST else found.values
        left_out = {i: why for i, why in enumerate(view.left_out) if why}
        for i in np.flatnonzero(np.isnan(children)):
            why = CHILDREN_HIDDEN if found.hidden[i] else CHILDREN_MISSING
            left_out.setdefault(int(i), why)
        for i in np.flatnonzero(children == 0):
            left_out.setdefault(int(i), NO_CHILDREN)
        members = tuple(i for i in range(len(children)) if i not in left_out)
        persons = tuple(float(children[i]) for i in members)
        burden = view.index.burden[list(members)].tolist()
        ids = [view.area_ids[i] for i in members]
        before = last.of(ids) if last else _by_formula(query, persons, burden, ids)
        paid = before.amounts if before else None
        told = distribute(persons, burden, ids, query.order, paid)
        drawn: list[tuple[float, ...]] = [(), (), ()]
        if not isinstance(told, Refusal):
            burdens = view.stability.burdens[:, list(members)]
            drawn = [tuple(p.tolist()) for p in drawn_amounts(persons, burdens, query.order, paid)]
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
            before=before,
            counts_others=by not in self.choices(audience, query.release).of_children,
        )

    def _level(self, audience: Audience, query: ResourceQuery) -> Level:
        """Return the level in the boundaries that hold the period of the first indicator."""
        first = query.indicators[0]
        held = self.choices(audience, query.release).choices.periods[first][query.level]
        period = latest_until(held, query.period) if query.period else held[-1]
        level_of = self._monitoring.level_of
        return level_of(audience, query.release, first, query.level, period or held[0])

    def _small(
        self, audience: Audience, query: ResourceQuery, level: Level
    ) -> tuple[Indicator | None, BoolArray]:
        """Return the largest count of the level, and which areas are too small by it.

        No count is larger than that of all residents; an area without that figure stays in.
        """
        counts = self.choices(audience, query.release).counts.get(query.level, ())
        reader = self._reader(audience, query)
        nobody = np.zeros(len(reader.areas(level)), dtype=bool)
        read = [(i, reader.newest(level, i, query.period)) for i in map(reader.indicator, counts)]
        read = [(i, f) for i, f in read if not np.isnan(f.values).all()]
        if not read:
            return None, nobody
        residents, figures = max(read, key=lambda pair: float(np.nansum(pair[1].values)))
        small: BoolArray = np.nan_to_num(figures.values, nan=np.inf) < LEAST_RESIDENTS
        # where most areas are smaller than that, the count is of a group and not of residents
        if small.mean() > _MOST_SMALL:
            return None, nobody
        return residents, small


def _by_formula(
    query: ResourceQuery, persons: Sequence[float], burden: Sequence[float], ids: Sequence[str]
) -> LastYear | None:
    """Return what the formula of last year gives to the children of today, where it is asked."""
    if query.before != BY_FORMULA:
        return None
    found = distribute(persons, burden, ids, query.order_before)
    if isinstance(found, Refusal):
        return None
    return LastYear("", "", found.amounts, query.order_before.amount)


def _column(indicator: Indicator, figures: Figures, *, flat: bool) -> IndexColumn:
    hidden = int(figures.hidden.sum())
    missing = int(np.isnan(figures.values).sum()) - hidden
    return IndexColumn(indicator, figures.period, hidden, missing, flat)


def _reasons(known: BoolArray, small: BoolArray, hidden: BoolArray) -> tuple[str, ...]:
    """Return why each area has no index, empty where it has one."""
    why = np.where(small, SMALL, np.where(hidden.any(axis=1), HIDDEN, MISSING))
    return tuple("" if is_known else str(w) for is_known, w in zip(known, why, strict=True))
