"""Which comparison a measure allows, and which of the fixed sentences may be said of it.

The rules are those of docs/methods.md, effects: a difference in differences only with enough
areas and years, parallel lines before, no spill-over, and a start that was written down before
the figures were there. Everything else is described, or compared without a cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.effects import did
from domain.periods import PARTS, period_of, position

FloatArray = npt.NDArray[np.float64]

DESCRIBED, COMPARED, DID = "described", "compared", "did"
STRONG, WEAK, NONE = "strong", "weak", "none"
FEWEST_PRE, FEWEST_POST = 3, 2
FEWEST_TREATED, FEWEST_CONTROLS = 3, 5
MOST_YEARS = 5
"""So many years on each side of the start enter at most: older ones tell of other times."""
STRONG_P, WEAK_P = 0.05, 0.10
LEAST_PARALLEL_P = 0.20
"""Lines count as parallel only if their slopes before could well differ so by chance."""
MOST_DRIFT = 0.5
"""Share of the difference that a drift before may explain."""


@dataclass(frozen=True)
class Windows:
    """Periods before and after the start; ``between`` holds the start or lies in between.

    ``has_break`` says that the series breaks between the last period before and the first after.
    """

    pre: tuple[str, ...]
    post: tuple[str, ...]
    between: tuple[str, ...] = ()
    has_break: bool = False


def windows_of(
    periods: Sequence[str],
    since: dt.date,
    until: dt.date | None,
    breaks: Sequence[str],
    year_begins: str = "08-01",
) -> Windows:
    """Divide the periods of a series at the start of a measure.

    Parameters
    ----------
    periods
        Keys in time order, all on the same boundaries.
    breaks
        Periods from which values are not comparable with earlier ones.
    year_begins
        First day (MM-DD) of split years.

    Notes
    -----
    A period counts as before when its last day lies before the start, as after when its first
    day does not and the measure has not ended. A break ends both sides: years beyond it are left
    out (docs/methods.md, breaks). One period a year counts: of quarters the one of the newest, and
    pooled years only as far as none counts twice.

    Examples
    --------
    >>> years = [str(y) for y in range(2015, 2024)]
    >>> found = windows_of(years, dt.date(2019, 8, 1), None, ["2016"])
    >>> found.pre, found.between, found.post, found.has_break
    (('2016', '2017', '2018'), ('2019',), ('2020', '2021', '2022', '2023'), False)
    """
    pre, post, between = [], [], []
    for key in _once_a_year(periods):
        period = period_of(key)
        if period is None:
            continue
        first, last = period.days(year_begins)
        if last < since:
            pre.append(key)
        elif first >= since:
            if until is None or first <= until:
                post.append(key)
        else:
            between.append(key)
    pre, post = _apart(pre[::-1])[::-1], _apart(post)
    ends = [position(b) for b in breaks]
    if pre:
        pre = [p for p in pre if not any(position(p) < b <= position(pre[-1]) for b in ends)]
    if post:
        post = [p for p in post if not any(position(post[0]) < b <= position(p) for b in ends)]
    broken = bool(pre and post) and any(position(pre[-1]) < b <= position(post[0]) for b in ends)
    return Windows(tuple(pre[-MOST_YEARS:]), tuple(post[:MOST_YEARS]), tuple(between), broken)


def _once_a_year(periods: Sequence[str]) -> list[str]:
    """Return the periods of the same stretch of the year as the newest: no season is an effect."""
    known = [(key, period) for key in periods if (period := period_of(key)) is not None]
    if not known or known[-1][1].kind not in PARTS:
        return [key for key, _ in known]
    newest = known[-1][1]
    return [k for k, p in known if (p.kind, p.part) == (newest.kind, newest.part)]


def _apart(periods: Sequence[str]) -> list[str]:
    """Return the first of some periods, and of the others each that shares no month with those."""
    kept: list[str] = []
    used: set[int] = set()
    for key in periods:
        period = period_of(key)
        months = period.months() if period else frozenset()
        if not used & months:
            kept.append(key)
            used |= months
    return kept


@dataclass(frozen=True)
class Parallel:
    """How alike two groups moved before the start.

    ``gap`` is the mean slope of the areas with the measure less that of the others, in units a
    year; ``p`` how often chance sets of areas differ at least so much; ``drift`` what the gap
    makes of the years between the middles of both windows.
    """

    gap: float
    p: float
    drift: float


def pre_trends(
    pre: FloatArray, treated: Sequence[int], at: Sequence[float], years: float
) -> Parallel | None:
    """Compare the slopes before the start; None with fewer than three years or one group only.

    Parameters
    ----------
    pre
        Values, shape ``(n_areas, n_years)``, without gaps.
    treated
        Positions of the areas with the measure.
    at
        Where the years lie on the time axis, shape ``(n_years,)``.
    years
        Years from the middle of the window before to the middle of the one after.

    Notes
    -----
    The slope of every area is that of least squares; the test is the same placebo assignment as
    that of the effect, with slopes in the place of changes.
    """
    if pre.shape[1] < FEWEST_PRE:
        return None
    time = np.asarray(at, dtype=float)
    time = time - time.mean()
    slopes = (pre - pre.mean(axis=1, keepdims=True)) @ time / float(time @ time)
    found = did([0.0] * len(slopes), slopes.tolist(), treated)
    if "did" not in found:
        return None
    return Parallel(found["did"], found["p"], found["did"] * years)


@dataclass(frozen=True)
class DesignFacts:
    """What decides the design; ``n_post`` and ``n_pre`` count years, the rest areas.

    ``is_apart`` says whether neighbours of the areas with the measure could be left out of the
    others, so that what spills over does not count as the course of the others.
    """

    n_treated: int
    n_controls: int
    n_pre: int
    n_post: int
    has_break: bool
    is_before_data: bool
    is_apart: bool
    parallel: Parallel | None = None
    difference: float | None = None


@dataclass(frozen=True)
class Design:
    """The design that is allowed, and what is missing for the next better one."""

    kind: str
    missing: tuple[str, ...] = ()


def choose_design(facts: DesignFacts) -> Design:
    """Return the best design the facts allow, and what a better one lacks.

    ``missing`` holds ``few_pre``, ``few_post``, ``break``, ``no_treated``, ``no_controls``,
    ``few_treated``, ``few_controls``, ``not_parallel``, ``drift``, ``late_entry`` and
    ``spill_over``.
    """
    for_comparison = [
        ("no_treated", facts.n_treated < 1),
        ("no_controls", facts.n_controls < 1),
        ("few_pre", facts.n_pre < FEWEST_PRE),
        ("few_post", facts.n_post < FEWEST_POST),
        ("break", facts.has_break),
    ]
    lacking = tuple(name for name, is_lacking in for_comparison if is_lacking)
    trend = facts.parallel
    for_effect = [
        ("few_treated", facts.n_treated < FEWEST_TREATED),
        ("few_controls", facts.n_controls < FEWEST_CONTROLS),
        ("not_parallel", not lacking and not looks_parallel(trend)),
        ("drift", not lacking and _drifts(trend, facts.difference)),
        ("late_entry", not facts.is_before_data),
        ("spill_over", not facts.is_apart),
    ]
    more = tuple(name for name, is_lacking in for_effect if is_lacking)
    if lacking:
        return Design(DESCRIBED, (*lacking, *more))
    return Design(COMPARED, more) if more else Design(DID)


def looks_parallel(trend: Parallel | None) -> bool:
    """Return whether slopes before could well differ so much by chance."""
    return trend is not None and trend.p > LEAST_PARALLEL_P


def _drifts(trend: Parallel | None, difference: float | None) -> bool:
    """Return whether lines that went on as before would explain much of a difference."""
    if trend is None or not difference:
        return False
    return trend.drift / difference >= MOST_DRIFT


def statement(kind: str, p: float | None, smallest_p: float | None) -> str:
    """Return which sentence is allowed: ``strong``, ``weak``, ``none`` or ``described``.

    Strong only by a difference in differences whose placebo p is small and could be so small
    with that many areas. A comparison shows a difference, never more than a weak one.

    Examples
    --------
    >>> statement("did", 0.01, 0.001), statement("compared", 0.01, 0.001)
    ('strong', 'weak')
    >>> statement("did", 0.083, 0.083), statement("did", 0.4, 0.001), statement("described", 0, 0)
    ('weak', 'none', 'described')
    """
    if kind == DESCRIBED or p is None or smallest_p is None:
        return DESCRIBED
    if kind == DID and p <= STRONG_P and smallest_p <= STRONG_P:
        return STRONG
    return WEAK if p <= WEAK_P else NONE


def course_word(difference: float, own_change: float) -> str:
    """Return how the areas with the measure moved beside the others.

    ``fell_more``, ``rose_less`` (both: the areas stand lower than the others' course), or
    ``rose_more``, ``fell_less``.

    Examples
    --------
    >>> course_word(-2, -3), course_word(-2, 1), course_word(2, 3), course_word(2, -1)
    ('fell_more', 'rose_less', 'rose_more', 'fell_less')
    """
    if difference < 0:
        return "fell_more" if own_change < 0 else "rose_less"
    return "rose_more" if own_change > 0 else "fell_less"


def entered_before_data(entered: dt.datetime, releases: Sequence[tuple[dt.datetime, bool]]) -> bool:
    """Return whether a measure was entered before figures of its time were there.

    Parameters
    ----------
    releases
        When each release was made, and whether it holds a period of the indicator that ends at
        or after the start of the measure.
    """
    first = min((made for made, holds in releases if holds), default=None)
    return first is None or entered < first
