"""What the fields of the page of measures offer, and what they write into its address."""

from __future__ import annotations

from domain.effects_query import EffectsQuery
from domain.effects_view import RegisterView
from domain.measure import STANDINGS
from i18n import Translate
from layouts.components import Option

ALL = "all"


def field_options(view: RegisterView, tr: Translate) -> dict[str, list[Option]]:
    """Return the options of every list."""
    areas = {
        f"{e.facts.level}/{area}": name
        for e in view.entries
        for area, name in zip(e.facts.areas, e.area_names, strict=True)
    }
    named = sorted(areas.items(), key=lambda pair: pair[1].casefold())
    return {
        "measure": [
            {"label": f"{e.facts.name} ({tr('effects.draft')})" if e.is_draft else e.facts.name,
             "value": e.id}
            for e in view.listed
        ],
        "area": [
            {"label": tr("effects.area_all"), "value": ALL},
            *({"label": name, "value": key} for key, name in named),
        ],
        "status": [
            {"label": tr("effects.status_all"), "value": ALL},
            *({"label": tr(f"effects.standing_{s}"), "value": s} for s in STANDINGS),
        ],
        "year": [
            {"label": tr("effects.year_none"), "value": ALL},
            *({"label": str(y), "value": str(y)} for y in view.years),
        ],
    }  # fmt: skip


def field_values(query: EffectsQuery) -> dict[str, str]:
    """Return the value of every list."""
    return {
        "measure": query.measure,
        "area": query.area or ALL,
        "status": query.status or ALL,
        "year": str(query.year) if query.year else ALL,
    }


def chosen_key(name: str, value: object, query: EffectsQuery) -> dict[str, str]:
    """Return what the address holds after a field was set; empty where nothing changed.

    Another filter keeps the measure where it fits.
    """
    if not isinstance(value, str) or value == field_values(query)[name]:
        return {}
    return {name: "" if value == ALL else value}
