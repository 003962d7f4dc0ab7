"""What of a release goes into the folder, and how much that will be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from domain.model import TOTAL, Audience, Indicator, Level
from domain.selection import Selection
from domain.view import Offer, frame_key
from web.offline.folder import OfflineRefusedError

LARGEST_MB = 400
"""A larger folder is refused: no laptop opens it with joy, no mail carries it."""
_BYTES_A_VALUE = 14.0
"""One value of one view in both languages, packed.

Like the numbers below a rounded guess after the sizes of folders that were written
(docs/offline.md): it decides whether an export is refused, and promises nothing."""
_BYTES_A_VIEW = 26_000
"""What a view costs whatever its size: sentences, sheet, table for download, in both languages."""
_BYTES_A_PROFILE = 40_000
_BYTES_OF_PROGRAM = 6_500_000


class Monitoring(Protocol):
    """What is asked of the views of a release."""

    def offer(self, audience: Audience, release: str) -> Offer:
        """Return which indicator exists on which level in which period."""

    def level_of(
        self, audience: Audience, release: str, indicator: str, level: str, period: str
    ) -> Level:
        """Return the level in the boundary vintage that holds the period."""

    def selection(
        self, audience: Audience, raw: dict[str, str]
    ) -> tuple[Selection, tuple[object, ...]]:
        """Return the valid selection nearest to a raw query."""


@dataclass(frozen=True)
class WantedView:
    """One view: an indicator and category on one level@vintage, all its periods."""

    indicator: str
    category: str
    level: str
    key: str
    frame: str
    second: str | None
    periods: tuple[str, ...]


def wanted_views(
    monitoring: Monitoring, release: str, only: tuple[str, ...] = ()
) -> Iterator[WantedView]:
    """Yield the views of the public release, by indicator, level, vintage and category.

    Parameters
    ----------
    only
        Ids of the indicators that are taken; all when empty.

    Raises
    ------
    OfflineRefusedError
        One of ``only`` is on no map of the release.
    """
    offer = monitoring.offer(Audience.PUBLIC, release)
    for wanted in only:
        if wanted not in offer.periods:
            raise OfflineRefusedError("offline.unknown_indicator", indicator=wanted)
    for indicator in offer.catalogue.indicators:
        if not only or indicator.id in only:
            for level in offer.periods.get(indicator.id, {}):
                yield from _on_level(monitoring, release, indicator, level)


def _on_level(
    monitoring: Monitoring, release: str, indicator: Indicator, level: str
) -> Iterator[WantedView]:
    offer = monitoring.offer(Audience.PUBLIC, release)
    raw = {"indicator": indicator.id, "level": level, "release": release}
    chosen, _ = monitoring.selection(Audience.PUBLIC, raw)
    at = offer.categories_at.get((indicator.id, level), {})
    found: dict[tuple[str, str], list[str]] = {}
    frames: dict[str, str] = {}
    for period in offer.periods[indicator.id][level]:
        held = monitoring.level_of(Audience.PUBLIC, release, indicator.id, level, period)
        frames[held.key] = frame_key(indicator, held)
        for category in at.get(period) or (TOTAL,):
            found.setdefault((held.key, category), []).append(period)
    for (key, category), within in found.items():
        yield WantedView(
            indicator.id, category, level, key, frames[key], chosen.second, tuple(within)
        )


def estimated_bytes(views: list[WantedView], areas: dict[str, int], profiles: int) -> float:
    """Return about how large the folder will be.

    Parameters
    ----------
    areas
        Number of areas by level@vintage.
    profiles
        Number of areas that get a profile.
    """
    values = sum(areas[view.key] * len(view.periods) for view in views)
    return (
        _BYTES_OF_PROGRAM
        + values * _BYTES_A_VALUE
        + len(views) * _BYTES_A_VIEW
        + profiles * _BYTES_A_PROFILE
    )
