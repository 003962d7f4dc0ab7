"""What the page of need and supply may hold: kinds with places, counts of children, by level."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from domain.model import Audience, Catalogue, Indicator, Kind, Polarity
from domain.need_query import GROUPS, NeedChoices
from services.monitoring import MonitoringService
from services.releases import ReleaseService

AGES = {"u3": (0, 2), "ue3": (3, 5), "total": (0, 5)}
"""First and last year of the children a group of places is for."""
_ASSUMED = {"ue3": 100.0}
_UNDER = re.compile(r"unter (\d{1,2})")
_SPAN = re.compile(r"(\d{1,2}) bis (\d{1,2})")
_CARE = "betreut"
_CHILD_WORDS = ("kind", "child")


def need_choices(
    monitoring: MonitoringService, releases: ReleaseService, audience: Audience, release: str
) -> NeedChoices:
    """Return the choices of a release."""
    choices = monitoring.choices(audience, release)
    catalogue = monitoring.catalogue(audience, release)
    counts = [i for i in catalogue.indicators if i.kind is Kind.COUNT and i.id in choices.periods]
    at = {x: [i for i in counts if choices.periods[i.id].get(x)] for x in choices.level_order}
    frame = releases.reader(release, audience).facilities()
    pairs = [(level, group) for level in at for group in GROUPS]
    return NeedChoices(
        choices,
        kinds=_kinds(catalogue, frame),
        counts={level: tuple(i.id for i in found) for level, found in at.items()},
        likely={
            pair: found for pair in pairs if (found := _named(at[pair[0]], pair[1], care=False))
        },
        care={pair: found for pair in pairs if (found := _named(at[pair[0]], pair[1], care=True))},
        facilities={
            str(kind): tuple(str(x) for x in rows["facility_id"])
            for kind, rows in frame.groupby("kind")
        },
        offers=_offers(releases.reader(release, audience).offers()),
        prepared=_prepared(releases.reader(release, audience).ways(), choices.level_order),
        burdens={
            level: tuple(
                i.id for i in _burdens(catalogue) if choices.periods.get(i.id, {}).get(level)
            )
            for level in choices.level_order
        },
    )


def target_of(catalogue: Catalogue, group: str) -> float | None:
    """Return the target the catalogue gives for places of a group, None where it gives none.

    It is that of an indicator which counts where facilities stand and is named after the ages.
    """
    found = (
        i.target
        for i in catalogue.indicators
        if i.place == "facility" and i.target is not None and ages_in(i) == AGES[group]
    )
    return next(found, None)


def assumed_target(group: str) -> float | None:
    """Return the target that holds where nobody set one: nearly every child from three attends.

    How many younger ones should have a place nobody but the town can say.
    """
    return _ASSUMED.get(group)


def ages_in(indicator: Indicator) -> tuple[int, int] | None:
    """Return first and last year that the name of an indicator speaks of, None without any."""
    name = indicator.name.de
    if span := _SPAN.search(name):
        return int(span[1]), int(span[2])
    under = _UNDER.search(name)
    return (0, int(under[1]) - 1) if under else None


def speaks_of_children(indicator: Indicator) -> bool:
    """Return whether the name of an indicator has a word for children in it."""
    return any(word in indicator.name.de.casefold() for word in _CHILD_WORDS)


def _prepared(ways: pd.DataFrame, levels: Sequence[str]) -> frozenset[str]:
    """Return the levels with prepared ways; those from where children live serve all."""
    told = {str(x) for x in ways["level"]}
    return frozenset(levels if "" in told else told)


def _offers(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of offers, those of most facilities first."""
    counts = frame.groupby("offer")["facility_id"].nunique()
    return tuple(sorted((str(x) for x in counts.index if x), key=lambda x: (-counts[x], x)))


def _burdens(catalogue: Catalogue) -> list[Indicator]:
    """Return shares and rates of which one end is a burden."""
    return [
        i
        for i in catalogue.indicators
        if i.kind in (Kind.SHARE, Kind.RATE) and i.polarity is not Polarity.NONE
    ]


def _kinds(catalogue: Catalogue, frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return kind → groups of which any facility tells its places; kinds without any are left out.

    What is no matter of places, such as playgrounds, has no gap in them.
    """
    found: dict[str, tuple[str, ...]] = {}
    for kind in catalogue.facility_kinds:
        rows = frame[frame["kind"] == kind.id]
        told = tuple(g for g in GROUPS if rows[f"places_{g}"].notna().any())
        if told:
            found[kind.id] = told
    return found


def _named(indicators: list[Indicator], group: str, *, care: bool) -> str:
    """Return the count named after the ages of a group, of children or of children in care."""
    fitting = [i for i in indicators if (_CARE in i.name.de.casefold()) == care]
    exact = next((i.id for i in fitting if ages_in(i) == AGES[group]), "")
    if exact or care:
        return exact
    named = (i.id for i in fitting if speaks_of_children(i))
    return next(named, "")
