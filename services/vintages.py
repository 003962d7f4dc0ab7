"""Series over a re-cut: values of other boundary vintages for the areas of a view.

Areas that were left as they are keep their values, whatever these are; for the others counts,
and shares with their parts, are converted where the weights fit (:mod:`services.recuts`).
Nothing is tested or compared across the re-cut.
"""

from __future__ import annotations

import geopandas as gpd

from domain.model import Audience, Level, State
from domain.periods import position
from domain.view import OtherVintage
from services.places import successions
from services.recuts import Carried, Ways, carried, is_additive, ways_into
from services.releases import ReleaseService
from services.views import Cells, ViewKey, city_values, lay_over


def other_vintages(releases: ReleaseService, key: ViewKey) -> tuple[OtherVintage, ...]:
    """Return the values of the view's areas in the other vintages of its level.

    Periods the view itself has are left out; a vintage without any other period is not listed.
    """
    reader = releases.reader(key.release, key.audience)
    rivals = [
        x
        for x in reader.catalogue().levels
        if x.id == key.level.id and x.vintage != key.level.vintage
    ]
    if not rivals:
        return ()
    own = _periods(releases, key, key.level)
    found = (_vintage(releases, key, other, own) for other in rivals)
    return tuple(sorted((x for x in found if x), key=lambda x: x.positions[0]))


def _periods(releases: ReleaseService, key: ViewKey, level: Level) -> set[str]:
    table = releases.reader(key.release, key.audience).values(
        key.indicator.id, level.id, level.vintage, key.category
    )
    return {str(p) for p in table["period"]}


def _vintage(
    releases: ReleaseService, key: ViewKey, other: Level, own: set[str]
) -> OtherVintage | None:
    reader = releases.reader(key.release, key.audience)
    areas = releases.level_frame(key.audience, key.release, other.id, other.vintage)
    cells = lay_over(areas, reader.values(key.indicator.id, other.id, other.vintage, key.category))
    wanted = [i for i, p in enumerate(cells.periods) if p not in own]
    if not wanted:
        return None
    here = releases.level_frame(key.audience, key.release, key.level.id, key.level.vintage)
    names, others = _ids(here), _ids(areas)
    opened = key.audience, key.release
    pairs = pairs_between(releases, opened, key.level, other)
    cut = [area for area in names if area not in pairs]
    may_carry = cut and is_additive(key.indicator)
    ways = ways_between(releases, opened, key.level, other) if may_carry else {}
    asked = {area: ways[area] for area in cut if area in ways}
    found = _carried(key, (cells, others, wanted), asked)
    values, states = dict(found.values), dict(found.states)
    rows = {area: i for i, area in enumerate(others)}
    for area in names:
        column = rows.get(pairs.get(area, ""))
        if column is not None:
            numbers = cells.numbers["value"][wanted, column]
            values[area] = tuple(None if v != v else float(v) for v in numbers)  # noqa: PLR0124
            states[area] = tuple(State(x) for x in cells.states[wanted, column])
    town = city_values(reader, key.indicator, key.category)
    periods = tuple(cells.periods[i] for i in wanted)
    at = {area: i for i, area in enumerate(names) if area in values}
    return OtherVintage(
        vintage=other.vintage,
        periods=periods,
        positions=tuple(position(p) for p in periods),
        values={i: values[area] for area, i in at.items()},
        city=tuple(town[p].value if p in town else None for p in periods),
        estimated=frozenset(i for area, i in at.items() if area in found.estimated),
        states={i: states[area] for area, i in at.items() if None in values[area]},
    )


def _ids(areas: gpd.GeoDataFrame) -> list[str]:
    return [str(a) for a in areas.index]


def _carried(key: ViewKey, held: tuple[Cells, list[str], list[int]], asked: Ways) -> Carried:
    """Return the converted figures of the areas that were cut, as far as known."""
    found = carried(key.indicator, asked, *held)
    told = {
        area: row
        for area, row in found.values.items()
        if any(v is not None for v in row) or State.SUPPRESSED in found.states[area]
    }
    return Carried(told, found.states, found.estimated)


def ways_between(
    releases: ReleaseService, opened: tuple[Audience, str], level: Level, other: Level
) -> Ways:
    """Return what goes into each area of a level from another vintage of it.

    ``opened`` is audience and release.
    """
    audience, release = opened
    table = releases.reader(release, audience).conversions()
    table = table[table["level"] == other.id]
    _, steps = successions(table)
    areas = _ids(releases.level_frame(audience, release, other.id, other.vintage))
    return ways_into(table, steps.get(other.id, {}), level.vintage, other.vintage, areas)


def pairs_between(
    releases: ReleaseService, opened: tuple[Audience, str], level: Level, other: Level
) -> dict[str, str]:
    """Return area of a level → the same area in another vintage, forward or backward."""
    audience, release = opened
    table = releases.reader(release, audience).conversions()
    links, steps = successions(table)
    here, there = level.vintage, other.vintage
    forward = _chain(links.get(other.id, {}), steps.get(other.id, {}), here, there)
    if forward:
        return forward
    backward = _chain(links.get(other.id, {}), steps.get(other.id, {}), there, here)
    return {new: old for old, new in backward.items()}


def _chain(
    links: dict[str, dict[str, str]], steps: dict[str, str], start: str, end: str
) -> dict[str, str]:
    """Follow one-to-one pairs from vintage to vintage; empty where no way leads there."""
    at, pairs, passed = start, None, {start}
    while at != end:
        step = links.get(at, {})
        pairs = step if pairs is None else {a: step[b] for a, b in pairs.items() if b in step}
        at = steps.get(at, "")
        if not at or at in passed:
            return {}
        passed.add(at)
    return pairs or {}
