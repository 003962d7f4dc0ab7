"""Twins of an area: which circumstances say that two areas are alike, and where they differ.

The distance is that of :mod:`domain.similarity`; here stands which indicators enter it. Nobody
declares circumstances, so a rule takes them: up to four that describe who lives there (no burden
either way) and up to four burdens, both from the first themes of the catalogue on, which hold
population and social situation; of each group one, and none that says the same again
(docs/methods.md, similar areas).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from domain.model import Indicator, Kind, Polarity
from domain.periods import position
from domain.similarity import LEAST_WEIGHT, FloatArray

KINDS = (Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.MEAN)
"""A count says how large an area is, an index is made of other circumstances."""
FEWEST = 4
MOST = 8
OF_A_SORT = 4
SAYS_THE_SAME = 0.9
"""Two circumstances with a correlation of at least this size would count one thing twice."""
TOO_OLD_YEARS = 6.0
_TRAITS = 3
_ROUNDED = 0.02
"""Shares of the town that areas hold add up to the whole, but for rounding."""
_EDGE = 1e-12


@dataclass(frozen=True)
class Candidate:
    """An indicator with its newest values on a level, shape ``(n_areas,)``, NaN if not shown."""

    indicator: Indicator
    period: str
    values: FloatArray


@dataclass(frozen=True)
class LeftOut:
    """An indicator that was not taken as a circumstance.

    ``reason`` is ``outcome``, ``few_values``, ``no_variation``, ``share_of_town`` (it says how
    large an area is), ``too_old``, ``same_group``, ``says_the_same`` (both of the one named in
    ``of``) or ``enough``.
    """

    indicator: str
    reason: str
    of: str = ""


@dataclass(frozen=True)
class Trait:
    """One circumstance of an area and its twin, in display units; ``gap`` in spreads of the level.

    A negative gap says that the twin has less of it.
    """

    indicator: str
    period: str
    own: float
    other: float
    gap: float


@dataclass(frozen=True)
class Twin:
    """A similar area; ``rebased`` is 0 (the same) to 1 (the farthest area of the level).

    ``alike`` and ``differing`` are circumstances, the nearest and the farthest first; ``known``
    counts the circumstances known of both.
    """

    area: str
    name: str
    distance: float
    rebased: float
    known: int
    alike: tuple[Trait, ...]
    differing: tuple[Trait, ...]
    is_partly: bool = False
    """Comparable in part only: more than half as far away as the farthest area."""


@dataclass(frozen=True)
class Circumstance:
    """An indicator that stood in, and the period its values are of."""

    indicator: str
    period: str


@dataclass(frozen=True)
class Twins:
    """The areas most alike to one area, nearest first; none with a ``reason`` where there is none.

    ``reason`` is empty, ``too_few_variables`` (fewer than four circumstances), ``too_few_areas``
    or ``area_unknown`` (less than two thirds of them are shown for this area, or no other area
    shares enough).
    """

    area: str
    level_key: str
    twins: tuple[Twin, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""


def choose_circumstances(
    candidates: Sequence[Candidate], outcomes: Iterable[Indicator] = ()
) -> tuple[tuple[Candidate, ...], tuple[LeftOut, ...]]:
    """Return the circumstances to compare by, and why the other indicators are not among them.

    Parameters
    ----------
    candidates
        Indicators of one level in the order of the catalogue; those of other kinds than
        :data:`KINDS` are passed over.
    outcomes
        What is to be compared between twins: neither it nor one of its group may enter.
    """
    told = [c for c in candidates if c.indicator.kind in KINDS]
    barred = list(outcomes)
    newest = max((position(c.period) for c in told), default=0.0)
    left: list[LeftOut] = []
    usable: list[Candidate] = []
    for candidate in told:
        reason = _why_unfit(candidate, barred, newest)
        if reason:
            left.append(LeftOut(candidate.indicator.id, reason))
        else:
            usable.append(candidate)
    structure = [c for c in usable if c.indicator.polarity is Polarity.NONE]
    burdens = [c for c in usable if c.indicator.polarity is not Polarity.NONE]
    chosen: list[Candidate] = []
    for sort in (_by_theme(burdens), _by_theme(structure)):
        _take(sort, chosen, min(len(chosen) + OF_A_SORT, MOST), left)
    done = {c.indicator.id for c in chosen} | {x.indicator for x in left}
    rest = [c for c in usable if c.indicator.id not in done]
    _take(_by_theme(rest), chosen, MOST, left)
    done = {c.indicator.id for c in chosen} | {x.indicator for x in left}
    left += [LeftOut(c.indicator.id, "enough") for c in rest if c.indicator.id not in done]
    order = {c.indicator.id: i for i, c in enumerate(told)}
    chosen.sort(key=lambda c: order[c.indicator.id])
    left.sort(key=lambda x: order[x.indicator])
    return tuple(chosen), tuple(left)


def _why_unfit(candidate: Candidate, outcomes: Sequence[Indicator], newest: float) -> str:
    own = candidate.indicator
    if any(own.id == o.id or (own.group and own.group == o.group) for o in outcomes):
        return "outcome"
    known = candidate.values[~np.isnan(candidate.values)]
    if len(known) < LEAST_WEIGHT * len(candidate.values):
        return "few_values"
    if np.ptp(known) <= _EDGE * max(1.0, float(np.abs(known).max())):
        return "no_variation"
    if own.kind is Kind.SHARE and abs(known.sum() - own.multiplier) <= _ROUNDED * own.multiplier:
        return "share_of_town"
    return "too_old" if newest - position(candidate.period) > TOO_OLD_YEARS else ""


def _by_theme(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield theme by theme, shares before other kinds within each."""
    themes = list(dict.fromkeys(c.indicator.theme for c in candidates))
    yield from sorted(
        candidates,
        key=lambda c: (themes.index(c.indicator.theme), c.indicator.kind is not Kind.SHARE),
    )


def _take(
    candidates: Iterable[Candidate], chosen: list[Candidate], most: int, left: list[LeftOut]
) -> None:
    for candidate in candidates:
        if len(chosen) >= most:
            return
        reason, other = _repeats(candidate, chosen)
        if reason:
            left.append(LeftOut(candidate.indicator.id, reason, other))
        else:
            chosen.append(candidate)


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> tuple[str, str]:
    for other in chosen:
        group = candidate.indicator.group
        if group and group == other.indicator.group:
            return "same_group", other.indicator.id
        if abs(_correlation(candidate.values, other.values)) >= SAYS_THE_SAME:
            return "says_the_same", other.indicator.id
    return "", ""


def _correlation(x: FloatArray, y: FloatArray) -> float:
    both = ~np.isnan(x) & ~np.isnan(y)
    a, b = x[both], y[both]
    if len(a) < FEWEST or not a.std() or not b.std():
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def traits_of(
    chosen: Sequence[Candidate], z: FloatArray, own: int, other: int
) -> tuple[tuple[Trait, ...], tuple[Trait, ...]]:
    """Return the circumstances in which two areas are most alike, and differ most.

    Parameters
    ----------
    z
        Standardised circumstances, shape ``(n_areas, n_variables)``.
    own, other
        Positions of the two areas.
    """
    gaps = z[other] - z[own]
    known = np.flatnonzero(~np.isnan(gaps))
    order = known[np.argsort(np.abs(gaps[known]), kind="stable")].tolist()
    traits = [_trait(chosen[i], own, other, float(gaps[i])) for i in order]
    half = min(_TRAITS, (len(traits) + 1) // 2)
    return tuple(traits[:half]), tuple(reversed(traits[max(half, len(traits) - _TRAITS) :]))


def _trait(candidate: Candidate, own: int, other: int, gap: float) -> Trait:
    values = candidate.values
    return Trait(
        candidate.indicator.id, candidate.period, float(values[own]), float(values[other]), gap
    )
