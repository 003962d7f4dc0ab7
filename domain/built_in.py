"""Correlations that are built in: two figures that share their base or their cases.

Areas with few children have few of everything, so two shares of the same children move together
even where nothing connects them (docs/methods.md, correlation).
"""

from __future__ import annotations

from domain.model import Indicator, Kind


def built_in(first: Indicator, second: Indicator) -> str:
    """Return ``group`` for the same or nested cases, ``base`` for the same base, else empty."""
    if first.group and first.group == second.group:
        return "group"
    if first.kind is not Kind.SHARE or second.kind is not Kind.SHARE:
        return ""
    base = _plain(first)
    return "base" if base and base == _plain(second) else ""


def _plain(indicator: Indicator) -> str:
    return " ".join(indicator.denominator_text.de.casefold().split())
