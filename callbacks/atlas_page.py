"""From an address to what the Atlas page shows: services are asked, figures are built."""

from __future__ import annotations

from typing import Any

from domain.layers import PLAIN_LAYERS
from domain.model import TOTAL, Audience, Level
from domain.selection import MOST_COLOURED, Selection, parse_query
from domain.view import AtlasContent, frame_key
from figures.choropleth import choropleth_figure, is_dense
from figures.payload import areas_payload, atlas_payload, value_text
from figures.ranking import ranking_figure
from figures.scatter import scatter_figure
from figures.sentences import page_hints
from figures.theme import SEPARATORS
from figures.together import group_texts
from figures.trend import trend_figure
from i18n import DEFAULT_LANGUAGE, LANGUAGES, translator
from layouts.atlas import AtlasPage
from layouts.options import browser_catalogue, layer_selectors, selector_options
from services.container import Services

ATLAS_PATHS = frozenset({"/atlas", "/atlas/"})


def language_of(search: str | None) -> str:
    """Return the language of an address; German unless it names another known one."""
    wanted = parse_query(search or "").get("lang", DEFAULT_LANGUAGE)
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


def choose(
    services: Services, audience: Audience, search: str | None, chosen: dict[str, Any]
) -> tuple[Selection, tuple[tuple[str, dict[str, Any]], ...]]:
    """Return the valid selection of an address with selector values laid over it, and hints."""
    raw: dict[str, str] = parse_query(search or "")
    raw.update({k: v for k, v in chosen.items() if isinstance(v, str)})
    return services.monitoring.selection(audience, raw)


def view_text(
    services: Services,
    audience: Audience,
    selection: Selection,
    content: AtlasContent | None = None,
) -> tuple[str, str]:
    """Return the payload of a selection as cached JSON text, and the frame of its map.

    ``content`` is that of the selection where the caller needs it anyway.
    """
    monitoring = services.monitoring
    release = selection.release
    level = level_of(services, audience, selection)
    indicator = monitoring.indicator(audience, release, selection.indicator)
    text = monitoring.cached_text(
        audience,
        release,
        "atlas",
        (
            selection.indicator,
            selection.category or TOTAL,
            level.key,
            selection.second or "",
            selection.compare,
            selection.classes,
            "" if selection.layer in PLAIN_LAYERS else selection.layer,
            selection.since,
            selection.lang,
        ),
        lambda: atlas_payload(
            content or monitoring.atlas_content(audience, selection),
            translator(selection.lang),
            selection.lang,
            classes=selection.classes,
        ),
    )
    return text, frame_key(indicator, level)


def areas_text(
    services: Services,
    audience: Audience,
    selection: Selection,
    content: AtlasContent | None = None,
) -> str:
    """Return ids, names and points of the areas of a selection as cached JSON text."""
    monitoring = services.monitoring
    level = level_of(services, audience, selection)

    def build() -> dict[str, Any]:
        found = content or monitoring.atlas_content(audience, selection)
        return areas_payload(found.view, found.frame)

    return monitoring.cached_text(audience, selection.release, "areas", (level.key,), build)


def early_outlines(services: Services, audience: Audience, path: str, search: str) -> str | None:
    """Return the address of large outlines that the page of an address will draw.

    Asked before the page itself is: what does not fit is left to the page, which tells it.
    """
    if path not in ATLAS_PATHS or services.monitoring.current() is None:
        return None
    selection, _ = choose(services, audience, search, {})
    if not selection.indicator:
        return None
    level = level_of(services, audience, selection)
    return services.monitoring.large_outlines(audience, selection.release, level)


def level_of(services: Services, audience: Audience, selection: Selection) -> Level:
    """Return the level of a selection in the vintage that holds its period."""
    return services.monitoring.level_of(
        audience, selection.release, selection.indicator, selection.level, selection.period
    )


def figures_of(content: AtlasContent, selection: Selection) -> dict[str, Any]:
    """Build the four charts of a selection."""
    view, period = content.view, content.period
    tr = translator(selection.lang)
    relation = content.associations.get(period)
    figures = {
        "map": choropleth_figure(view, period, content.frame),
        "ranking": ranking_figure(
            view,
            period,
            value_text=lambda row: value_text(view, view.by_period[period], row, selection.lang),
            chosen=selection.areas,
            gap_text=tr("atlas.word_more"),
            group_texts=group_texts(view, period, tr, selection.lang),
        ),
        "scatter": scatter_figure(
            view,
            content.second,
            period,
            second_period=relation.second_period if relation else None,
            fit=relation.fit if relation else None,
            is_dense=is_dense(view, content.frame),
        ),
        "trend": trend_figure(
            view,
            positions=list(content.positions),
            highlighted=selection.areas[:MOST_COLOURED],
            city_name=content.town_name,
        ),
    }
    for figure in figures.values():
        figure.update_layout(separators=SEPARATORS[selection.lang])
    return figures


def atlas_page(services: Services, audience: Audience, search: str | None) -> AtlasPage | None:
    """Return everything the page shows at first, or None when the release holds no value."""
    selection, hints = choose(services, audience, search, {})
    if not selection.indicator:
        return None
    tr = translator(selection.lang)
    content = services.monitoring.atlas_content(audience, selection)
    text, frame = view_text(services, audience, selection, content)
    offered = services.monitoring.offer(audience, selection.release)
    return AtlasPage(
        language=selection.lang,
        catalogue=browser_catalogue(offered, tr, selection.lang),
        options=selector_options(offered, selection, tr) | layer_selectors(content, tr),
        values=selector_values(offered.themes_by_indicator, selection),
        areas=list(selection.areas),
        view=text,
        frame=frame,
        outlines=areas_text(services, audience, selection, content),
        classes=selection.classes,
        extras=extras_of(selection),
        figures=figures_of(content, selection),
        has_map=content.frame is not None,
        hints=page_hints(tr, hints),
    )


def selector_values(themes: dict[str, str], selection: Selection) -> dict[str, str | None]:
    """Return the value of every selector of a selection."""
    return {
        "theme": themes.get(selection.indicator, ""),
        "indicator": selection.indicator,
        "category": selection.category,
        "period": selection.period,
        "level": selection.level,
        "second": selection.second,
        "compare": selection.compare,
        "layer": selection.layer,
        "since": selection.since,
    }


def extras_of(selection: Selection) -> dict[str, str]:
    """Return what only the scripts need of a selection: it changes no number of the view."""
    return {
        "scatter": selection.scatter,
        "facilities": selection.facilities,
        "extent": selection.extent,
    }
