"""From a public release to the answers of the API."""

from __future__ import annotations

import json
import math
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from domain.model import SHOWN_STATES, Audience, Indicator, Level, State
from web.api_models import (
    AreaProperties,
    AreasAnswer,
    CatalogueAnswer,
    CategoryAnswer,
    FeatureAnswer,
    GeometryAnswer,
    GroupAnswer,
    GroupValueAnswer,
    IndicatorAnswer,
    LevelAnswer,
    LevelsAnswer,
    OfferAnswer,
    SourceAnswer,
    ThemeAnswer,
    TownAnswer,
    ValueAnswer,
    ValuesAnswer,
)
from web.releases import PublicRelease
from web.sources import Sources

_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_WITHHELD = dict.fromkeys(_NUMBERS)


def catalogue_answer(opened: PublicRelease, language: str) -> CatalogueAnswer:
    """Return themes with indicators, in the order of the catalogue."""
    catalogue, town = opened.catalogue, opened.catalogue.town
    groups = opened.reader.availability().groupby("indicator", sort=True)
    offered = {str(name): rows for name, rows in groups}
    return CatalogueAnswer(
        release=opened.id,
        town=TownAnswer(
            id=town.id,
            name=town.name,
            state=town.state,
            fictional=town.fictional,
            licence=town.licence,
        ),
        themes=[
            ThemeAnswer(
                id=theme.id,
                name=theme.name.in_language(language),
                indicators=[
                    _indicator(i, offered.get(i.id), language)
                    for i in catalogue.indicators
                    if i.theme == theme.id
                ],
            )
            for theme in catalogue.themes
        ],
        sources=[
            SourceAnswer(
                id=s.id, office=s.office, title=s.title, date=s.date, licence=s.licence, url=s.url
            )
            for s in catalogue.sources
        ],
    )


def _indicator(indicator: Indicator, rows: pd.DataFrame | None, language: str) -> IndicatorAnswer:
    offered = _offers(rows) if rows is not None else []
    return IndicatorAnswer(
        id=indicator.id,
        name=indicator.name.in_language(language),
        short_name=indicator.short_name.in_language(language),
        definition=indicator.definition.in_language(language),
        kind=indicator.kind,
        unit=indicator.unit.in_language(language),
        multiplier=indicator.multiplier,
        decimals=indicator.decimals,
        polarity=indicator.polarity,
        numerator=indicator.numerator_text.in_language(language),
        denominator=indicator.denominator_text.in_language(language),
        source=indicator.source,
        time_reference=indicator.time_reference,
        nature=indicator.nature,
        interval=indicator.interval,
        place=indicator.place,
        target=indicator.target,
        method_note=indicator.method_note.in_language(language),
        categories=[
            CategoryAnswer(id=key, name=name.in_language(language))
            for key, name in indicator.categories
        ],
        levels=sorted({o.level for o in offered}),
        periods=sorted({p for o in offered for p in o.periods}),
        offered=offered,
    )


def _offers(rows: pd.DataFrame) -> list[OfferAnswer]:
    groups = rows.groupby(["level", "vintage", "category"], sort=True)
    return [
        OfferAnswer(
            level=str(level),
            vintage=str(vintage),
            category=str(category),
            periods=sorted({str(p) for p in found["period"]}),
        )
        for (level, vintage, category), found in groups
    ]


def levels_answer(sources: Sources, opened: PublicRelease, language: str) -> LevelsAnswer:
    """Return all levels with the number of their areas and where their outlines are."""
    ordered = sorted(opened.catalogue.levels, key=lambda x: (x.order, x.id, x.vintage))
    return LevelsAnswer(
        release=opened.id,
        levels=[
            LevelAnswer(
                id=level.id,
                vintage=level.vintage,
                name=level.name.in_language(language),
                kind=level.kind,
                order=level.order,
                area_word=level.area_word.in_language(language),
                areas=len(areas_frame(sources, opened, level)),
                valid_from=level.valid_from,
                valid_to=level.valid_to,
                outlines=_outlines(opened, level),
                groups=[
                    GroupAnswer(
                        id=group.id,
                        name=group.name.in_language(language),
                        area_ids=list(group.members),
                    )
                    for group in level.groups
                ],
            )
            for level in ordered
        ],
    )


def _outlines(opened: PublicRelease, level: Level) -> str | None:
    try:
        file = opened.reader.geometry_file(level.id, level.vintage)
    except KeyError:
        return None
    return f"/geo/{opened.catalogue.town.id}/{opened.id}/{file.name}"


def areas_frame(sources: Sources, opened: PublicRelease, level: Level) -> gpd.GeoDataFrame:
    """Return the areas of a level, indexed by area id, in degrees."""
    return sources.releases.level_frame(Audience.PUBLIC, opened.id, level.id, level.vintage)


def areas_answer(sources: Sources, opened: PublicRelease, level: Level) -> AreasAnswer:
    """Return the areas as GeoJSON, outer rings counter-clockwise as RFC 7946 wants them."""
    frame = areas_frame(sources, opened, level)
    shapes = shapely.orient_polygons(frame.geometry.to_numpy(), exterior_cw=False)
    return AreasAnswer(
        type="FeatureCollection",
        release=opened.id,
        level=level.id,
        vintage=level.vintage,
        features=[
            FeatureAnswer(
                type="Feature",
                id=str(area_id),
                properties=AreaProperties(area_id=str(area_id), name=str(name)),
                geometry=GeometryAnswer(**json.loads(shapely.to_geojson(shape))),
            )
            for area_id, name, shape in zip(frame.index, frame["name"], shapes, strict=True)
        ],
    )


def values_answer(  # noqa: PLR0913 - the key of a table has that many parts
    sources: Sources,
    opened: PublicRelease,
    level: Level,
    indicator: Indicator,
    *,
    category: str,
    period: str,
    language: str,
) -> ValuesAnswer:
    """Return one period of an indicator for every area of the level, and for groups of areas.

    An area without a row was not collected. Numbers are handed on only in states that show one,
    whatever the stored row holds.
    """
    table = opened.reader.values(indicator.id, level.id, level.vintage, category)
    rows = table[table["period"] == period].to_dict("records")
    by_area = {str(row["area"]): row for row in rows}
    return ValuesAnswer(
        release=opened.id,
        indicator=indicator.id,
        level=level.id,
        period=period,
        values=[
            _value(str(area_id), category, by_area.get(str(area_id)))
            for area_id in areas_frame(sources, opened, level).index
        ],
        groups=[
            GroupValueAnswer(
                **_value(group.id, category, by_area[group.id]).model_dump(),
                name=group.name.in_language(language),
                area_ids=list(group.members),
            )
            for group in level.groups
            if group.id in by_area
        ],
    )


def _value(area_id: str, category: str, row: dict[Any, Any] | None) -> ValueAnswer:
    state = State(row["state"]) if row else State.NOT_COLLECTED
    flags = str(row["flags"] or "") if row else ""
    shown = row if row and state in SHOWN_STATES else _WITHHELD
    numbers = {name: _number(shown[name]) for name in _NUMBERS}
    return ValueAnswer(area_id=area_id, category=category, state=state, flags=flags, **numbers)


def _number(stored: Any) -> float | None:
    return None if stored is None or math.isnan(stored) else float(stored)
