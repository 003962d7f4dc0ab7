"""What the selectors of a comparison offer, for one query."""

from __future__ import annotations

from domain.selection import COMPARISONS
from domain.side_by_side import ComparisonQuery
from domain.view import Offer
from i18n import Translate
from layouts.address_options import (
    OWN,
    indicator_options,
    level_options,
    period_options,
    theme_options,
)
from layouts.components import Option

NEWEST = "newest"


def bar_options(offer: Offer, query: ComparisonQuery, tr: Translate) -> dict[str, list[Option]]:
    """Return the options of every selector."""
    return {
        "level": level_options(offer, query),
        "theme": theme_options(offer, query, tr),
        "indicators": indicator_options(offer, query),
        "period": [{"label": tr("side.newest"), "value": NEWEST}, *period_options(offer, query)],
        "compare": [
            {"label": tr(f"atlas.compare_{c}", town=offer.catalogue.town.name), "value": c}
            for c in COMPARISONS
        ],
        "interval": [{"label": tr(f"side.interval_{x}"), "value": x} for x in ("off", "on")],
    }


def bar_values(query: ComparisonQuery) -> dict[str, str]:
    """Return the value of every plain selector."""
    return {
        "level": query.level,
        "theme": query.theme or OWN,
        "period": query.period or NEWEST,
        "compare": query.compare,
        "interval": "on" if query.intervals else "off",
    }


def chosen_key(name: str, value: object, query: ComparisonQuery) -> dict[str, str]:
    """Return what the address holds after a selector was set; empty where nothing changed.

    A theme takes the place of an own list and the other way round.
    """
    if name == "indicators":
        ids = [str(x) for x in value] if isinstance(value, list) else []
        same = tuple(ids) == query.indicators or not ids
        return {} if same else {"indicators": ",".join(ids), "theme": ""}
    if not isinstance(value, str) or value == bar_values(query)[name]:
        return {}
    if name == "theme":
        return {} if value == OWN else {"theme": value, "indicators": ""}
    return {name: "" if value in (NEWEST, "off") else value}
