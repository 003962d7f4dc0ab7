"""The funnel of a view, ready to be drawn; its statistics are those of :mod:`domain.funnel`."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Kind
from domain.view import IndicatorView, PeriodView


@dataclass(frozen=True)
class FunnelPeriod:
    """One period of a funnel.

    ``centre`` and ``limits`` (by name, at the places of :attr:`Funnel.bases`) are in display
    units. ``sides`` tells of each area whether it lies inside (0), beyond 95 % (1 above, -1
    below) or beyond 99.8 % (2, -2); ``None`` where it has no parts. ``widening`` is the factor by
    which the limits are wider than chance alone makes them, 1 where they are not.
    """

    centre: float
    limits: dict[str, tuple[float, ...]]
    sides: tuple[int | None, ...]
    widening: float = 1.0


@dataclass(frozen=True)
class Funnel:
    """The funnel of all periods of a view; a period without any parts is left out."""

    bases: tuple[float, ...]
    is_logarithmic: bool
    by_period: dict[str, FunnelPeriod]


def funnel_reason(view: IndicatorView) -> str:
    """Return why a view has no funnel: ``no_kind`` or ``no_parts``; empty if it has one."""
    if view.indicator.kind not in (Kind.SHARE, Kind.RATE):
        return "no_kind"
    return "" if any(has_parts(shown) for shown in view.by_period.values()) else "no_parts"


def has_parts(shown: PeriodView) -> bool:
    """Say whether any value of a period has numerator and denominator."""
    return any(
        a is not None and n is not None and n > 0
        for a, n in zip(shown.numerators, shown.denominators, strict=True)
    )
