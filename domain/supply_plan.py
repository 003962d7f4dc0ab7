"""Changes to try out on paper: open, close, move or enlarge facilities, or build homes.

A plan is a short text in an address, so that a link shows the same thing to everybody; what it
does to places and children is worked out here, on arrays that stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

CLOSE, RESIZE, MOVE, OPEN, HOMES = "close", "resize", "move", "open", "homes"
FIELDS: Mapping[str, tuple[str, ...]] = {
    CLOSE: ("facility",),
    RESIZE: ("facility", "places"),
    MOVE: ("facility", "area"),
    OPEN: ("area", "places"),
    HOMES: ("area", "dwellings", "per_dwelling"),
}
"""What a change of each kind says, in the order of its text."""
MOST_CHANGES = 20
MOST_PLACES = 2_000.0
MOST_DWELLINGS = 20_000.0
MOST_PER_DWELLING = 5.0
_LIMITS = {
    "places": (0.0, MOST_PLACES),
    "dwellings": (1.0, MOST_DWELLINGS),
    "per_dwelling": (0.0, MOST_PER_DWELLING),
}
_BETWEEN, _WITHIN = ";", "~"


class UnreadableChangeError(ValueError):
    """A text is no change; ``part`` is what could not be read."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True)
class Change:
    """One change; fields that its kind does not have are empty.

    Attributes
    ----------
    kind
        One of :data:`FIELDS`.
    facility, area
        Ids of a facility that exists, and of the area where something is built or moved to.
    places
        Places from then on.
    dwellings, per_dwelling
        New dwellings, and children of the age group that live in each.
    """

    kind: str
    facility: str = ""
    area: str = ""
    places: float = 0.0
    dwellings: float = 0.0
    per_dwelling: float = 0.0

    @property
    def children(self) -> float:
        """Children that move in."""
        return self.dwellings * self.per_dwelling


@dataclass(frozen=True)
class Supply:
    """Facilities of a kind, arrays of shape ``(n_facilities,)``.

    Attributes
    ----------
    ids
        Ids of the facilities; empty for one that is opened.
    xy
        Where they stand, in metres, shape ``(n_facilities, 2)``; NaN where nobody knows.
    places
        NaN where a facility does not tell its places.
    area
        Position of the area a facility lies in, -1 for none.
    """

    ids: tuple[str, ...]
    xy: FloatArray
    places: FloatArray
    area: npt.NDArray[np.int64]


def read_plan(text: str) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the changes of a text, and the parts of it that are none.

    Examples
    --------
    >>> read_plan("close~K1;open~11~60;jump~K2")[1]
    ('jump~K2',)
    """
    changes: list[Change] = []
    wrong: list[str] = []
    for part in filter(None, text.split(_BETWEEN)):
        try:
            changes.append(_read(part))
        except UnreadableChangeError as error:
            wrong.append(error.part)
    wrong += [_written(change) for change in changes[MOST_CHANGES:]]
    return tuple(changes[:MOST_CHANGES]), tuple(wrong)


def _read(text: str) -> Change:
    kind, *values = text.split(_WITHIN)
    return new_change(kind, tuple(unquote(value) for value in values), text)


def new_change(kind: str, values: Sequence[str], text: str = "") -> Change:
    """Return a change of what its fields say, in the order of :data:`FIELDS`.

    Raises
    ------
    UnreadableChangeError
        No such kind, an empty field, or a number out of bounds; it names ``text``.
    """
    names = FIELDS.get(kind, ())
    if not names or len(values) != len(names) or not all(values):
        raise UnreadableChangeError(text)
    told = dict(zip(names, values, strict=True))
    numbers = {name: _number(value, name, text) for name, value in told.items() if name in _LIMITS}
    ids = {name: value for name, value in told.items() if name not in _LIMITS}
    return Change(
        kind,
        facility=ids.get("facility", ""),
        area=ids.get("area", ""),
        places=numbers.get("places", 0.0),
        dwellings=numbers.get("dwellings", 0.0),
        per_dwelling=numbers.get("per_dwelling", 0.0),
    )


def _number(value: str, name: str, text: str) -> float:
    low, high = _LIMITS[name]
    try:
        number = float(value)
    except ValueError:
        raise UnreadableChangeError(text) from None
    if not low <= number <= high:
        raise UnreadableChangeError(text)
    return number


def write_plan(changes: Collection[Change]) -> str:
    """Return changes as the text of an address.

    Examples
    --------
    >>> write_plan([Change("resize", facility="K 1~2", places=40.0)])
    'resize~K%201%7E2~40'
    """
    return _BETWEEN.join(_written(change) for change in changes)


def _written(change: Change) -> str:
    values = (getattr(change, name) for name in FIELDS[change.kind])
    return _WITHIN.join([change.kind, *(_text(value) for value in values)])


def _text(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return quote(value, safe="").replace(_WITHIN, "%7E")


def fitting(
    changes: Collection[Change], facilities: Collection[str], areas: Collection[str]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return the changes of facilities and areas that exist, and the others.

    A facility is changed once in each way: the last word counts, and one that is closed is
    neither moved nor enlarged.
    """
    kept: dict[tuple[str, ...], Change] = {}
    foreign: list[Change] = []
    for n, change in enumerate(changes):
        names = FIELDS[change.kind]
        if ("facility" in names and change.facility not in facilities) or (
            "area" in names and change.area not in areas
        ):
            foreign.append(change)
            continue
        key = (change.kind, change.facility) if change.facility else (change.kind, str(n))
        kept[key] = change
    closed = {c.facility for c in kept.values() if c.kind == CLOSE}
    return (
        tuple(c for c in kept.values() if c.kind == CLOSE or c.facility not in closed),
        tuple(foreign),
    )


def changed_supply(
    supply: Supply, changes: Collection[Change], areas: Mapping[str, int], inner: FloatArray
) -> Supply:
    """Return the facilities after the changes.

    Parameters
    ----------
    areas, inner
        Positions of the areas by id, and a point in metres inside each, shape ``(n_areas, 2)``:
        there stands what is opened or moved.

    Notes
    -----
    Facilities that stay keep their order; opened ones follow.
    """
    at = {name: n for n, name in enumerate(supply.ids)}
    xy, places, area = supply.xy.copy(), supply.places.copy(), supply.area.copy()
    stays = np.ones(len(supply.ids), dtype=bool)
    opened = [c for c in changes if c.kind == OPEN]
    for change in changes:
        if change.kind == CLOSE:
            stays[at[change.facility]] = False
        elif change.kind == RESIZE:
            places[at[change.facility]] = change.places
        elif change.kind == MOVE:
            area[at[change.facility]] = areas[change.area]
            xy[at[change.facility]] = inner[areas[change.area]]
    where = [areas[c.area] for c in opened]
    ids = tuple(name for name, stay in zip(supply.ids, stays, strict=True) if stay)
    return replace(
        supply,
        ids=(*ids, *("" for _ in opened)),
        xy=np.vstack([xy[stays], inner[where].reshape(-1, 2)]),
        places=np.append(places[stays], [c.places for c in opened]),
        area=np.append(area[stays], np.array(where, dtype=np.int64)),
    )


def new_children(changes: Collection[Change], areas: Mapping[str, int], n_areas: int) -> FloatArray:
    """Return the children that move into new homes of every area, shape ``(n_areas,)``."""
    added = np.zeros(n_areas)
    for change in changes:
        if change.kind == HOMES:
            added[areas[change.area]] += change.children
    return added
