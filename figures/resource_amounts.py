"""Amounts of money or posts as they are written on the page of resources."""

from __future__ import annotations

from domain.resource_query import ResourceQuery
from i18n import Translate
from i18n.formats import number

DASH = "–"
EACH_PLACES = {"euro": 2, "posts": 4, "half": 4}
"""Decimals of an amount for each child, by unit."""
_PLACES = {"euro": 2, "posts": 0, "half": 1}


def unit_word(query: ResourceQuery, tr: Translate) -> str:
    """Return the unit as it follows an amount: half posts are posts, the decimals tell halves."""
    return tr("resources.unit_euro" if query.unit == "euro" else "resources.unit_posts")


def amount_text(value: float, query: ResourceQuery, language: str, *, signed: bool = False) -> str:
    """Return an amount in its unit, to the last part.

    Last year may have shared half posts where whole ones are shared now: halves stay.
    """
    places = _PLACES[query.unit]
    if query.unit == "posts" and abs(value - round(value)) > 1 / 4:
        places = _PLACES["half"]
    text = number(value, places, language)
    return f"+{text}" if signed and value > 0 else text
