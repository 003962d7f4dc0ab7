"""Series over a re-cut: values of other boundary vintages for areas that were left as they are.

Only one-to-one pairs of the conversion table are joined, because nothing is invented for an area
that was split or merged (docs/methods.md, boundary vintages).
"""

from __future__ import annotations

from domain.model import Level
from domain.periods import position
from domain.view import OtherVintage
from services.places import successions
from services.releases import ReleaseService
from services.views import ViewKey, city_values, lay_over


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
    pairs = _pairs(releases, key, other)
    here = releases.level_frame(key.audience, key.release, key.level.id, key.level.vintage)
    rows = {str(a): i for i, a in enumerate(areas.index)}
    values = {}
    for row, area in enumerate(str(a) for a in here.index):
        column = rows.get(pairs.get(area, ""))
        if column is not None:
            found = cells.numbers["value"][wanted, column]
            values[row] = tuple(None if v != v else float(v) for v in found)  # noqa: PLR0124
    town = city_values(reader, key.indicator, key.category)
    periods = tuple(cells.periods[i] for i in wanted)
    return OtherVintage(
        vintage=other.vintage,
        periods=periods,
        positions=tuple(position(p) for p in periods),
        values=values,
        city=tuple(town[p].value if p in town else None for p in periods),
    )


def _pairs(releases: ReleaseService, key: ViewKey, other: Level) -> dict[str, str]:
    """Return area of the view → the same area in the other vintage, forward or backward."""
    table = releases.reader(key.release, key.audience).conversions()
    links, steps = successions(table)
    here, there = key.level.vintage, other.vintage
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
