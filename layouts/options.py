"""What the selectors offer at first, and the catalogue from which scripts offer the rest."""

from __future__ import annotations

from typing import Any

from domain.selection import Selection
from domain.view import Offer
from i18n import Translate
from layouts.components import Option


def browser_catalogue(offer: Offer, language: str) -> dict[str, Any]:
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
                "city_only": i.id not in offer.periods,
            }
            for i in listed
        ],
        "themes": [
            {"id": t.id, "name": names[t.id]}
            for t in catalogue.themes
            if any(i.theme == t.id for i in listed)
        ],
        "levels": [
            {"id": x.id, "name": x.name.in_language(language), "kind": x.kind} for x in offer.levels
        ],
    }


def _periods(offer: Offer, indicator: str) -> dict[str, tuple[str, ...]]:
    return offer.periods.get(indicator) or offer.city_periods[indicator]


def selector_options(offer: Offer, selection: Selection, tr: Translate) -> dict[str, list[Option]]:
    """Return the options of every selector for one selection."""
    language = selection.lang
    catalogue = offer.catalogue
    usable = [i for i in catalogue.indicators if i.id in offer.periods]
    theme = offer.themes_by_indicator[selection.indicator]
    town = catalogue.town.name
    periods = offer.periods[selection.indicator]
    has_target = any(i.target is not None for i in usable if i.id == selection.indicator)
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
        "period": [{"label": p, "value": p} for p in reversed(periods.get(selection.level, ()))],
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
                "disabled": c == "target" and not has_target,
            }
            for c in ("city", "parent", "target")
        ],
    }
