"""What the routes of the early-warning list ask of their service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from domain.model import Audience
from domain.selection import Hint
from domain.warning_query import WarningQuery
from reports.early_warning import EarlyWarnings


class WarningSource(EarlyWarnings, Protocol):
    """Reads addresses of the early-warning list, and works out what they ask for."""

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[WarningQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints."""
