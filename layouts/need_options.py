"""What the fields of the page of need and supply offer, and what they write into its address."""

from __future__ import annotations

from collections.abc import Collection

from domain.model import Catalogue
from domain.need_query import (
    LEAST_METRES,
    MOST_METRES,
    MOST_TARGET,
    NONE,
    SPREADS,
    WAYS,
    NeedChoices,
    NeedQuery,
)
from domain.need_view import NeedView
from domain.view import Offer
from i18n import Translate
from layouts.components import Option

ALL = "all"
_LIMITS = {"target": (0.0, MOST_TARGET), "metres": (LEAST_METRES, MOST_METRES)}


def field_options(
    offer: Offer, offered: NeedChoices, view: NeedView, tr: Translate
) -> dict[str, list[Option]]:
    """Return the options of every list."""
    query, lang = view.query, view.query.lang
    counts = _named(offer.catalogue, offered.counts[query.level], lang)
    names = sorted(view.areas, key=lambda a: a.name.casefold())
    return {
        "level": [
            {"label": x.name.in_language(lang), "value": x.id}
            for x in offer.levels
            if x.id in offered.levels()
        ],
        "kind": [
            {"label": k.name.in_language(lang), "value": k.id}
            for k in offer.catalogue.facility_kinds
            if k.id in offered.kinds
        ],
        "group": [{"label": tr(f"need.group_{g}"), "value": g} for g in offered.kinds[query.kind]],
        "children": counts,
        "care": [{"label": tr("need.care_none"), "value": NONE}, *counts],
        "burden": _named(offer.catalogue, offered.burdens.get(query.level, ()), lang),
        "offer": [{"label": name, "value": name} for name in offered.offers],
        "way": [
            {"label": tr(f"need.way_{w}"), "value": w}
            for w in (WAYS if query.level in offered.prepared else WAYS[1:])
        ],
        "spread": [{"label": tr(f"need.spread_{s}"), "value": s} for s in SPREADS],
        "area": [
            {"label": tr("need.area_all"), "value": ALL},
            *({"label": a.name, "value": a.id} for a in names),
        ],
    }


def _named(catalogue: Catalogue, allowed: Collection[str], lang: str) -> list[Option]:
    return [
        {"label": i.short_name.in_language(lang), "value": i.id, "title": i.name.in_language(lang)}
        for i in catalogue.indicators
        if i.id in allowed
    ]


def field_values(query: NeedQuery) -> dict[str, str]:
    """Return the value of every list."""
    return {
        "level": query.level,
        "kind": query.kind,
        "group": query.group,
        "children": query.children,
        "care": query.care,
        "way": query.way,
        "spread": query.spread,
        "area": query.area or ALL,
        "burden": query.burden,
        "offer": query.offer,
    }


def chosen_key(name: str, value: object, query: NeedQuery) -> dict[str, str]:
    """Return what the address holds after a field was set; empty where nothing changed.

    Another level, kind or group has other children; other children have another target.
    """
    if name in ("target", "metres"):
        if value in (None, "") and name == "target" and query.target is not None:
            return {name: ""}
        low, high = _LIMITS[name]
        # a number on its way to a longer one is not yet what somebody wants
        if not isinstance(value, (int, float)) or not low <= value <= high:
            return {}
        if value == getattr(query, name):
            return {}
        return {name: str(value)}
    if not isinstance(value, str) or value == field_values(query)[name]:
        return {}
    fresh = {
        "level": {"children": "", "care": "", "area": "", "burden": "", "plan": ""},
        "kind": {"group": "", "children": "", "care": "", "target": "", "plan": ""},
        "group": {"children": "", "care": "", "target": ""},
    }.get(name, {})
    return {name: "" if value == ALL else value, **fresh}
