"""What the page of resources may hold: indicators for an index, counts of children, by level."""

from __future__ import annotations

from collections.abc import Iterable

from domain.model import Audience, Indicator, Kind, Polarity
from domain.resource_query import ResourceChoices, tells_burden
from services.monitoring import MonitoringService
from services.need_choices import ages_in, speaks_of_children

_ADULT = 18


def resource_choices(
    monitoring: MonitoringService, audience: Audience, release: str
) -> ResourceChoices:
    """Return the choices of a release; an index opens with a burden of each theme."""
    choices = monitoring.choices(audience, release)
    offered = monitoring.catalogue(audience, release).indicators
    here = [i for i in offered if i.id in choices.periods]
    burdens = [i for i in here if tells_burden(i.kind, i.polarity)]
    counts = [i for i in here if i.kind is Kind.COUNT]

    def at(some: Iterable[Indicator], level: str) -> list[Indicator]:
        return [i for i in some if choices.periods[i.id].get(level)]

    def vintage(indicator: Indicator, level: str) -> str:
        newest = choices.periods[indicator.id][level][-1]
        return monitoring.level_of(audience, release, indicator.id, level, newest).vintage

    def in_force(some: list[Indicator], level: str) -> list[Indicator]:
        """Return those with figures in the newest boundaries; others would be missing there."""
        newest = max((vintage(i, level) for i in some), default="")
        return [i for i in some if vintage(i, level) == newest]

    levels = choices.level_order
    return ResourceChoices(
        choices,
        burdens={x: tuple(i.id for i in at(burdens, x)) for x in levels},
        counts={x: tuple(i.id for i in at(counts, x)) for x in levels},
        likely={x: _likely(in_force(at(burdens, x), x)) for x in levels},
        children={x: _children(in_force(at(counts, x), x)) for x in levels},
        of_children=frozenset(i.id for i in here if _is_of_children(i)),
    )


def _likely(indicators: list[Indicator]) -> tuple[str, ...]:
    """Return the order in which an index is filled: a share of burden of each theme first.

    Indicators of one theme often say the same.
    """
    first: dict[str, Indicator] = {}
    for indicator in indicators:
        if indicator.kind is Kind.SHARE and indicator.polarity is Polarity.HIGH_BURDEN:
            first.setdefault(indicator.theme, indicator)
    return tuple(dict.fromkeys(i.id for i in (*first.values(), *indicators)))


def _is_of_children(indicator: Indicator) -> bool:
    """Return whether the name of an indicator speaks of children and of nobody else."""
    ages = ages_in(indicator)
    return ages[1] < _ADULT if ages else speaks_of_children(indicator)


def _children(counts: list[Indicator]) -> str:
    """Return the count of children of most ages, else the first count; empty without any."""
    named = [i for i in counts if _is_of_children(i)]
    widest = sorted(named, key=lambda i: -_years(i))
    return next((i.id for i in (*widest, *counts)), "")


def _years(indicator: Indicator) -> int:
    """Return how many years of age the name of a count covers, 0 where it tells none."""
    ages = ages_in(indicator)
    return ages[1] - ages[0] + 1 if ages else 0
