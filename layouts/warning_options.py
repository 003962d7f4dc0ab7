"""What the fields of the early-warning list offer, and what they write into its address."""

from __future__ import annotations

from domain.view import Offer
from domain.warning_query import LEAST, YEARS, WarningChoices, WarningQuery
from i18n import Translate
from layouts.components import Option

_PERCENT = 100
_LONGEST = 20


def field_options(
    offer: Offer, offered: WarningChoices, query: WarningQuery, tr: Translate
) -> dict[str, list[Option]]:
    """Return the options of every list."""
    return {
        "level": [
            {"label": x.name.in_language(query.lang), "value": x.id}
            for x in offer.levels
            if x.id in offered.levels()
        ],
        "of": [
            {"label": tr(f"warning.of_{kind}"), "value": kind}
            for kind in offered.kinds[query.level]
        ],
        "years": [{"label": tr("warning.years_n", years=int(n)), "value": n} for n in YEARS],
        "least": [{"label": tr("warning.least_n", least=int(n)), "value": n} for n in LEAST],
    }


def field_values(query: WarningQuery) -> dict[str, str]:
    """Return the value of every list."""
    return {
        "level": query.level,
        "of": query.of,
        "years": str(query.years),
        "least": str(query.least),
    }


def chosen_key(name: str, value: object, query: WarningQuery) -> dict[str, str]:
    """Return what the address holds after a field was set; empty where nothing changed.

    Another level may have other indicators.
    """
    if name == "q":
        if not isinstance(value, (int, float)) or value == round(_PERCENT * query.q):
            return {}
        # what no slider gives is left to the address, which says why it does not hold
        return {name: f"{value / _PERCENT:g}" if 0 <= value <= _PERCENT else str(value)[:_LONGEST]}
    if not isinstance(value, str) or value == field_values(query)[name]:
        return {}
    return {name: value, **({"of": ""} if name == "level" else {})}
