"""What the routes of measures ask of their service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from domain.effects_query import EffectsQuery
from domain.effects_view import RegisterView
from domain.model import Audience
from domain.selection import Hint
from reports.effects import Effects


class EffectsSource(Effects, Protocol):
    """Reads addresses of the page of measures, and hands out the register."""

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[EffectsQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints."""

    def register(self, audience: Audience, query: EffectsQuery) -> RegisterView:
        """Return the measures an audience may see."""

    def stamp(self, audience: Audience) -> str:
        """Return a text that changes with the register."""
