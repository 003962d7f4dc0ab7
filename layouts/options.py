"""What the selectors offer at first, and the catalogue from which scripts offer the rest."""

from __future__ import annotations

from typing import Any

from domain.layers import FIRST
from domain.model import TOTAL, Indicator
from domain.periods import in_time
from domain.selection import COMPARISONS, Selection
from domain.view import AtlasContent, Offer
from figures.layers import layer_options
from i18n import Translate
from i18n.periods import period_label
from layouts.components import Option


def browser_catalogue(offer: Offer, tr: Translate, language: str) -> dict[str, Any]:
    """Return themes, indicators and levels as the option scripts read them.

    Indicators of the town as a whole are listed too, marked ``city_only``: they can be found, with
    the reason why no map shows them.
    """
    catalogue = offer.catalogue
    listed = [
        i for i in catalogue.indicators if i.id in offer.periods or i.id in offer.city_periods
    ]
    names = {t.id: t.name.in_language(language) for t in catalogue.themes}
    return {
        "indicators": [
            {
                "id": i.id,
                "theme": i.theme,
                "theme_name": names.get(i.theme, i.theme),
                "name": i.name.in_language(language),
                "short": i.short_name.in_language(language),
                "unit": i.unit.in_language(language),
                "periods": {k: list(p) for k, p in _periods(offer, i.id).items()},
                "partners": list(offer.partners.get(i.id, ())),
                "target": i.target is not None,
                "town": i.id in offer.of_town,
                "categories": category_options(offer, i, tr, language),
                "city_only": i.id not in offer.periods,
            }
            for i in listed
        ],
        "periods": _all_periods(offer, language),
        "themes": [
            {"id": t.id, "name": names[t.id]}
            for t in catalogue.themes
            if any(i.theme == t.id for i in listed)
        ],
        "levels": [
            {"id": x.id, "name": x.name.in_language(language), "kind": x.kind} for x in offer.levels
        ],
    }


def category_options(
    offer: Offer, indicator: Indicator, tr: Translate, language: str
) -> list[Option]:
    """Return the groups an indicator is split into, the whole first where there is one."""
    names = {key: name.in_language(language) for key, name in indicator.categories}
    names[TOTAL] = tr("atlas.category_total")
    return [{"label": names[c], "value": c} for c in offer.categories.get(indicator.id, ())]


def _period_options(periods: dict[str, tuple[str, ...]], level: str, language: str) -> list[Option]:
    """Return all years of an indicator, newest first; those of other levels only are greyed."""
    here = periods.get(level, ())
    found = sorted({p for held in periods.values() for p in held}, key=in_time, reverse=True)
    return [
        {"label": period_label(p, language), "value": p, "disabled": p not in here} for p in found
    ]


def _all_periods(offer: Offer, language: str) -> list[dict[str, str]]:
    """Return every period of the release in time order, with its label."""
    everywhere = (*offer.periods.values(), *offer.city_periods.values())
    held = {period for levels in everywhere for found in levels.values() for period in found}
    return [{"id": p, "label": period_label(p, language)} for p in sorted(held, key=in_time)]


def _periods(offer: Offer, indicator: str) -> dict[str, tuple[str, ...]]:
    return offer.periods.get(indicator) or offer.city_periods[indicator]


def layer_selectors(content: AtlasContent, tr: Translate) -> dict[str, list[Option]]:
    """Return what the map of a view can show; what it cannot is greyed and says why.

    The points in time from which a change can be counted follow from the scripts.
    """
    rows = layer_options(content.layers, tr)
    return {
        "layer": [
            {
                "label": f"{x['name']} – {x['reason']}" if x["reason"] else x["name"],
                "value": x["id"],
                "disabled": bool(x["reason"]),
            }
            for x in rows
        ],
        "since": [{"label": tr("layer.since_first"), "value": FIRST}],
    }


def selector_options(offer: Offer, selection: Selection, tr: Translate) -> dict[str, list[Option]]:
    """Return the options of every selector for one selection."""
    language = selection.lang
    catalogue = offer.catalogue
    usable = [i for i in catalogue.indicators if i.id in offer.periods]
    theme = offer.themes_by_indicator[selection.indicator]
    town = catalogue.town.name
    periods = offer.periods[selection.indicator]
    indicator = next(i for i in usable if i.id == selection.indicator)
    return {
        "theme": [
            {"label": tr("atlas.all_themes"), "value": "all"},
            *(
                {"label": t.name.in_language(language), "value": t.id}
                for t in catalogue.themes
                if any(i.theme == t.id for i in usable)
            ),
        ],
        "indicator": [
            {"label": i.name.in_language(language), "value": i.id}
            for i in usable
            if i.theme == theme
        ],
        "category": category_options(offer, indicator, tr, language),
        "period": _period_options(periods, selection.level, language),
        "level": [
            {
                "label": x.name.in_language(language),
                "value": x.id,
                "disabled": x.id not in periods,
            }
            for x in offer.levels
        ],
        "second": [
            {
                "label": i.name.in_language(language),
                "value": i.id,
                "disabled": i.id == selection.indicator,
            }
            for i in usable
            if selection.level in offer.periods[i.id]
        ],
        "compare": [
            {
                "label": tr(f"atlas.compare_{c}", town=town),
                "value": c,
                "disabled": (c == "target" and indicator.target is None)
                or (c == "city" and indicator.id not in offer.of_town),
            }
            for c in COMPARISONS
        ],
    }
