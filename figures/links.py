"""Where the scripts find what a view does not carry: it is fetched when a reader wants it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from domain.funnel_view import funnel_reason
from domain.model import TOTAL
from domain.rank_view import rank_reason
from domain.view import IndicatorView
from i18n import Translate


def links(view: IndicatorView, tr: Translate, language: str) -> dict[str, Any]:
    """Return the addresses, or the sentence that says why there is nothing to be fetched."""
    no_funnel, no_ranks = funnel_reason(view), rank_reason(view)
    return {
        "links": {
            "funnel": None if no_funnel else _address(view, "funnel", language),
            "ranks": None if no_ranks else _address(view, "ranks"),
        },
        "no_funnel": tr(f"funnel.{no_funnel}") if no_funnel else "",
        "no_ranks": tr(f"ranks.{no_ranks or 'not_made'}"),
    }


def _address(view: IndicatorView, name: str, *more: str) -> str:
    parts = (view.town, view.release, view.level.key, view.indicator.id, *more)
    path = "/".join(quote(part, safe="@") for part in parts)
    query = "" if view.category == TOTAL else "?" + urlencode({"category": view.category})
    return f"/{name}/{path}.json{query}"
