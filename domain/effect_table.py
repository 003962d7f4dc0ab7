"""From the figures of all areas to what may be said of those with a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.effect_design import (
    DESCRIBED,
    Design,
    DesignFacts,
    Parallel,
    Windows,
    choose_design,
    pre_trends,
    statement,
)
from domain.effects import did, placebo_differences
from domain.effects_view import Course, Found
from domain.periods import position

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class AreaSeries:
    """One indicator over areas and periods.

    ``values`` and ``bases`` (denominators) have shape ``(n_areas, n_periods)``, NaN where no
    number is shown.
    """

    periods: tuple[str, ...]
    values: FloatArray
    bases: FloatArray

    def columns(self, periods: Sequence[str]) -> list[int]:
        """Return the positions of some periods."""
        return [self.periods.index(p) for p in periods]


@dataclass(frozen=True)
class Evaluation:
    """What may be said, and of which areas; ``treated`` and ``others`` are positions."""

    design: Design
    statement: str
    parallel: Parallel | None
    found: Found | None
    treated: tuple[int, ...]
    others: tuple[int, ...]
    is_extreme: bool = False
    """The areas with the measure stood far from the others before: some of that returns anyway."""


def complete(series: AreaSeries, rows: Sequence[int], windows: Windows) -> tuple[int, ...]:
    """Return the areas that show a value in every year before and after.

    An area with a hidden year would be compared over other years than its neighbours.
    """
    used = series.columns((*windows.pre, *windows.post))
    return tuple(r for r in rows if used and not np.isnan(series.values[r, used]).any())


def window_means(series: AreaSeries, rows: Sequence[int], periods: Sequence[str]) -> FloatArray:
    """Return the value of each area over some years, shape ``(n_rows,)``.

    Where all denominators are known the years weigh as many people as they count, which is the
    same as adding up numerators and denominators; else every year counts alike.
    """
    at = series.columns(periods)
    values, bases = series.values[list(rows)][:, at], series.bases[list(rows)][:, at]
    weights = np.where(_known(bases).all(axis=1, keepdims=True), bases, 1.0)
    found: FloatArray = (values * weights).sum(axis=1) / weights.sum(axis=1)
    return found


def course_of(kind: str, series: AreaSeries, rows: Sequence[int]) -> Course:
    """Return the common course of some areas; no value in a period in which one has none."""
    values, bases = series.values[list(rows)], series.bases[list(rows)]
    shown = np.asarray(~np.isnan(values).any(axis=0), dtype=bool)
    is_pooled = bool(len(rows)) and bool(_known(bases[:, shown]).all())
    weights = bases if is_pooled else np.ones_like(values)
    found = [
        float((values[:, n] * weights[:, n]).sum() / weights[:, n].sum()) if len(rows) and ok
        else None
        for n, ok in enumerate(shown)
    ]  # fmt: skip
    return Course(kind, tuple(found), len(rows), is_pooled)


def _known(bases: FloatArray) -> npt.NDArray[np.bool_]:
    """Return which denominators are numbers above zero; NaN is not."""
    return np.greater(bases, 0)


def evaluate(
    series: AreaSeries,
    windows: Windows,
    treated: Sequence[int],
    others: Sequence[int],
    *,
    is_before_data: bool,
    is_apart: bool,
) -> Evaluation:
    """Return the design the figures allow, and the difference where one may be told.

    Parameters
    ----------
    treated, others
        Positions of the areas with the measure and of those they are held against.
    is_before_data, is_apart
        See :class:`domain.effect_design.DesignFacts`.
    """
    own, rest = complete(series, treated, windows), complete(series, others, windows)
    has_both = bool(own and rest and windows.pre and windows.post)
    found = _found(series, windows, own, rest) if has_both else None
    parallel = _parallel(series, windows, own, rest) if has_both else None
    design = choose_design(
        DesignFacts(
            n_treated=len(own),
            n_controls=len(rest),
            n_pre=len(windows.pre),
            n_post=len(windows.post),
            has_break=windows.has_break,
            is_before_data=is_before_data,
            is_apart=is_apart,
            parallel=parallel,
            difference=found.difference if found else None,
        )
    )
    if design.kind == DESCRIBED or found is None:
        return Evaluation(design, DESCRIBED, parallel, None, own, rest)
    said = statement(design.kind, found.p, found.smallest_p)
    is_extreme = _is_extreme(series, windows, own, rest)
    return Evaluation(design, said, parallel, found, own, rest, is_extreme)


def _is_extreme(
    series: AreaSeries, windows: Windows, own: tuple[int, ...], rest: tuple[int, ...]
) -> bool:
    """Return whether the areas stood more than one spread of the others away from their mean."""
    before = window_means(series, (*own, *rest), windows.pre)
    mine, theirs = before[: len(own)], before[len(own) :]
    return bool(abs(mine.mean() - theirs.mean()) > theirs.std())


def _found(
    series: AreaSeries, windows: Windows, own: tuple[int, ...], rest: tuple[int, ...]
) -> Found:
    rows = (*own, *rest)
    before = window_means(series, rows, windows.pre)
    after = window_means(series, rows, windows.post)
    treated = range(len(own))
    told = did(before.tolist(), after.tolist(), list(treated))
    changes = after - before
    return Found(
        difference=told["did"],
        own_change=float(changes[: len(own)].mean()),
        other_change=float(changes[len(own) :].mean()),
        p=told["p"],
        smallest_p=told["smallest_reachable_p"],
        n_assignments=told["n_assignments"],
        placebos=placebo_differences(before.tolist(), after.tolist(), list(treated)),
    )


def _parallel(
    series: AreaSeries, windows: Windows, own: tuple[int, ...], rest: tuple[int, ...]
) -> Parallel | None:
    at = [position(p) for p in windows.pre]
    values = series.values[[*own, *rest]][:, series.columns(windows.pre)]
    years = float(np.mean([position(p) for p in windows.post]) - np.mean(at))
    return pre_trends(values, list(range(len(own))), at, years)
