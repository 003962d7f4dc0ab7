"""Maps of a comparison: selectors write the address, a script paints what Python describes."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.comparison_request import SectionRequest
from callbacks.comparison_rules import rule_picture
from callbacks.painted_maps import painted_maps
from domain.comparison_query import serialise_comparison
from domain.model import Audience
from domain.selection import Hint
from domain.side_by_side import MOST_AREAS, ComparisonQuery
from domain.side_maps import CITY, THIRDS, MapChoice, MapsQuery, SideMaps
from domain.view import Offer
from figures import theme
from figures.sentences import page_hints
from figures.side_maps import LegendRow, MapPicture, column_name, map_pictures, maps_title
from i18n import Translate
from i18n.periods import period_label
from layouts.address_options import Chosen, indicator_options
from layouts.comparison_maps import MapSelectors, MapsPanel, MapTable, maps_section, stores
from layouts.comparison_model import step
from layouts.ids import Sections, Shell
from services.container import Services

_SELECTORS = {
    Sections.MAP_LEFT: "left",
    Sections.MAP_LEFT_PERIOD: "left_period",
    Sections.MAP_RIGHT: "right",
    Sections.MAP_RIGHT_PERIOD: "right_period",
    Sections.MAP_THIRD: "third",
}
_MOST_ROWS = 600


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach selectors and painter."""

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Input(component, "value") for component in _SELECTORS),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: Any) -> str:
        *values, search = given
        query, _ = services.comparisons.query(audience, search or "")
        shown, _ = services.side_maps.read(audience, query)
        name = _SELECTORS.get(Sections(ctx.triggered_id)) if ctx.triggered_id else None
        asked = dict(zip(_SELECTORS.values(), values, strict=True))
        if shown is None or name is None or asked[name] in (None, values_of(shown)[name]):
            raise PreventUpdate
        return "?" + serialise_comparison(with_maps(query, changed(shown, name, str(asked[name]))))

    app.clientside_callback(
        ClientsideFunction("late", "sideMaps"),
        Output(Sections.MAP_PAINTED, "data"),
        Input(Sections.MAP_DATA, "data"),
    )


def values_of(maps: MapsQuery) -> dict[str, str]:
    """Return what the selectors show."""
    return {
        "left": maps.left.indicator,
        "left_period": maps.left.period,
        "right": maps.right.indicator,
        "right_period": maps.right.period,
        "third": maps.third,
    }


def changed(maps: MapsQuery, name: str, value: str) -> MapsQuery:
    """Return the maps after one selector changed; a period that is not held falls back later."""
    if name == "third":
        return replace(maps, third=value)
    side, _, part = name.partition("_")
    choice = maps.left if side == "left" else maps.right
    found = replace(choice, **{part or "indicator": value})
    both = replace(maps, left=found) if side == "left" else replace(maps, right=found)
    # two indicators have nothing between them but each its distance to the town
    return both if part else replace(both, third="" if both.is_one_indicator else CITY)


def with_maps(query: ComparisonQuery, maps: MapsQuery) -> ComparisonQuery:
    """Return the query with other maps."""
    left, right = query.with_section("left", maps.left.text), maps.right.text
    return left.with_section("right", right).with_section("map", maps.third)


def maps_part(services: Services, request: SectionRequest) -> Component | None:
    """Return the maps of the address, and what they are painted from."""
    query = request.view.query
    wanted, hints = services.side_maps.read(request.audience, query)
    found = rule_picture(services, request)
    if wanted is None:
        return html.Div(stores(_data(request, (found,) if found else ())))
    maps = services.side_maps.maps(request.audience, query, wanted)
    pictures = _pictures(services, request, maps)
    drawn = (*pictures, found) if found else pictures
    panel = _panel(services, request, maps, (pictures, hints))
    data = _data(request, tuple(p for p in drawn if p.paint["geometry"]))
    return html.Div([maps_section(request.tr, panel), *stores(data)])


def _pictures(
    services: Services, request: SectionRequest, maps: SideMaps
) -> tuple[MapPicture, ...]:
    """Return the pictures, written once for all who ask the same."""
    query, asked = request.view.query, maps.query
    body = services.monitoring.cached_text(
        request.audience,
        query.release,
        "side_map_pictures",
        (query.level, query.lang, asked.left.text, asked.right.text, asked.third),
        lambda: [asdict(p) for p in map_pictures(maps, request.tr, query.lang)],
    )
    return tuple(_picture(told) for told in json.loads(body))


def _picture(told: dict[str, Any]) -> MapPicture:
    rows = tuple(LegendRow(**row) for row in told["legend"])
    return MapPicture(**{**told, "legend": rows, "texts": tuple(told["texts"])})


def _panel(
    services: Services,
    request: SectionRequest,
    maps: SideMaps,
    drawn: tuple[tuple[MapPicture, ...], tuple[Hint, ...]],
) -> MapsPanel:
    tr, language = request.tr, request.view.query.lang
    pictures, hints = drawn
    return MapsPanel(
        selectors=map_selectors(
            services.monitoring.offer(request.audience, request.view.query.release),
            request.view.query,
            maps.query,
            tr,
        ),
        title=maps_title(maps, tr, language),
        pictures=pictures,
        reason=_reason(request, maps),
        remedy=_remedy(request, maps),
        table=_table(request, maps, pictures),
        hints=page_hints(tr, hints),
        no_outlines="" if maps.right.frame else tr("sidemap.no_outlines"),
    )


def _reason(request: SectionRequest, maps: SideMaps) -> str:
    if not maps.reason:
        return ""
    told = request.tr(f"sidemap.reason_{maps.reason}")
    return request.tr("sidemap.no_third", reason=told)


def _remedy(request: SectionRequest, maps: SideMaps) -> Component | None:
    # what cannot be compared with the town either has no remedy
    if maps.reason in ("", "counts") or maps.query.third == CITY:
        return None
    query = with_maps(request.view.query, replace(maps.query, third=CITY))
    return step(request.tr("sidemap.to_city"), query, name="map-city")


def map_selectors(offer: Offer, chosen: Chosen, maps: MapsQuery, tr: Translate) -> MapSelectors:
    """Return what can be chosen for maps on the level of an address."""

    def periods(choice: MapChoice) -> list[dict[str, str]]:
        held = offer.periods[choice.indicator][chosen.level]
        return [{"value": p, "label": period_label(p, chosen.lang)} for p in reversed(held)]

    return MapSelectors(
        indicators=indicator_options(offer, chosen),
        left_periods=periods(maps.left),
        right_periods=periods(maps.right),
        thirds=[{"value": t, "label": tr(f"sidemap.third_{t}")} for t in THIRDS],
        values=values_of(maps),
    )


def _table(request: SectionRequest, maps: SideMaps, pictures: tuple[MapPicture, ...]) -> MapTable:
    """Return the texts of the areas of the right map, and of the same areas on the others."""
    tr, query = request.tr, request.view.query
    view = maps.right.view
    by_map = [dict(zip(p.paint["areas"], p.texts, strict=True)) for p in pictures]
    order = sorted(
        zip(view.area_ids, view.area_names, strict=True),
        key=lambda x: (x[0] not in query.areas, x[1].casefold()),
    )
    is_long = len(order) > _MOST_ROWS
    third = (tr(f"sidemap.third_{maps.query.third}"),) if maps.third else ()
    return MapTable(
        head=(
            tr("siderule.area"),
            *(column_name(content, query.lang) for content in (maps.left, maps.right)),
            *third,
        ),
        rows=tuple(
            (name, *(texts.get(area, tr("side.reason.absent")) for texts in by_map))
            for area, name in order[:_MOST_ROWS]
        ),
        more=tr("sidemap.table_more", n=_MOST_ROWS) if is_long else "",
    )


def _data(request: SectionRequest, pictures: tuple[MapPicture, ...]) -> str:
    """Return what the script paints, as one text; the page hands it over as it is."""
    view, tr = request.view, request.tr
    query = view.query
    about = {
        "chosen": {
            member: theme.SELECTED[a.slot % len(theme.SELECTED)]
            # an area keeps its own colour, also as a member of a group
            for a in sorted(view.areas, key=lambda a: not a.members)
            for member in (a.members or (a.id,))
        },
        "most": MOST_AREAS - len(query.groups),
        "full": tr("sidetwin.full"),
        "level": query.level,
        "lang": query.lang,
        "release": query.release,
        "file": f"{view.catalogue.town.id}_{query.level}",
    }
    named = [(p, tr(f"sidemap.name_{p.place}")) for p in pictures]
    return painted_maps(named, tr, about)
