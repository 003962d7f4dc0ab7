"""Public contributions as the map draws them: where they lie, what they say, where they come from.

A contribution without a point stands at a place inside of its area; one whose area is gone from
the present release has no place, and is told in the list alone.
"""

from __future__ import annotations

from typing import Any, Protocol

from i18n.periods import period_label
from services.workshop_publishing import Contribution
from services.workshop_views import WorkshopViews

_DECIMALS = 5
"""About one metre: more would only travel."""


class Published(Protocol):
    """Knows what is public."""

    def all(self) -> list[Contribution]:
        """Return all public contributions."""


class NothingPublished:
    """For what is written to a disk: from there nothing can be taken back."""

    def all(self) -> list[Contribution]:
        """Return none."""
        return []


class ContributionLayer:
    """Hands out what is public over the areas of a release."""

    def __init__(self, views: WorkshopViews, published: Published) -> None:
        self._views = views
        self._published = published

    def json(self, release: str, language: str) -> dict[str, Any]:
        """Return kinds and contributions, those with most votes first.

        A contribution is ``[longitude, latitude, position of its kind, text, votes, area,
        question, workshop, month]``; without a place, longitude and latitude are None.
        """
        found = sorted(self._published.all(), key=lambda one: (-one.upvotes, one.id))
        kinds = sorted({one.category for one in found}, key=str.casefold)
        middles = self._views.middles(release, {one.level for one in found})
        return {
            "kinds": kinds,
            "places": [
                [
                    *_place(one, middles),
                    kinds.index(one.category),
                    one.answer.text,
                    one.upvotes,
                    one.area_name,
                    one.question,
                    one.title,
                    period_label(one.month, language),
                ]
                for one in found
            ],
        }

    def inside(self, level: str, area: str) -> list[Contribution]:
        """Return what was said about an area, that with most votes first."""
        found = [x for x in self._published.all() if (x.level, x.answer.area) == (level, area)]
        return sorted(found, key=lambda one: (-one.upvotes, one.id))


def _place(
    one: Contribution, middles: dict[tuple[str, str], tuple[float, float]]
) -> tuple[float | None, float | None]:
    spot = one.answer.at or middles.get((one.level, one.answer.area))
    return (None, None) if spot is None else (round(spot[0], _DECIMALS), round(spot[1], _DECIMALS))
