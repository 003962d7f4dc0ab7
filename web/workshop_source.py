"""What the route of public contributions asks of workshops."""

from __future__ import annotations

from typing import Any, Protocol


class ContributionLayer(Protocol):
    """What people said in workshops and somebody made public."""

    def json(self, release: str, language: str) -> dict[str, Any]:
        """Return kinds and contributions over the areas of a release."""


class WorkshopSource(Protocol):
    """What workshops left for the public."""

    @property
    def layer(self) -> ContributionLayer:
        """Public contributions."""
