"""From a public release to the answers of the API."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import shapely

from domain.model import Indicator, Level
from domain.periods import in_time
from i18n import translator
from web.api_models import (
    AreaProperties,
    AreasAnswer,
    CatalogueAnswer,
    CategoryAnswer,
    FeatureAnswer,
    GeometryAnswer,
    GroupAnswer,
    IndicatorAnswer,
    LevelAnswer,
    LevelsAnswer,
    OfferAnswer,
    PeriodAnswer,
    SourceAnswer,
    ThemeAnswer,
    TownAnswer,
)
from web.audience import audience
from web.releases import PublicRelease
from web.sources import Sources


def catalogue_answer(opened: PublicRelease, language: str) -> CatalogueAnswer:
    """Return themes with indicators, in the order of the catalogue."""
    catalogue, town = opened.catalogue, opened.catalogue.town
    groups = opened.reader.availability().groupby("indicator", sort=True)
    offered = {str(name): rows for name, rows in groups}
    periods = periods_of(opened, language)
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
                    _indicator(i, offered.get(i.id), periods.get(i.id, {}), language)
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


def _indicator(
    indicator: Indicator,
    rows: pd.DataFrame | None,
    periods: dict[str, PeriodAnswer],
    language: str,
) -> IndicatorAnswer:
    offered = _offers(rows) if rows is not None else []
    ordered = sorted({p for o in offered for p in o.periods}, key=in_time)
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
        context_note=indicator.context_note.in_language(language),
        categories=[
            CategoryAnswer(id=key, name=name.in_language(language))
            for key, name in indicator.categories
        ],
        levels=sorted({o.level for o in offered}),
        periods=ordered,
        period_details=[periods[p] for p in ordered if p in periods],
        offered=offered,
    )


def periods_of(
    opened: PublicRelease, language: str, *, indicator: str = ""
) -> dict[str, dict[str, PeriodAnswer]]:
    """Return indicator → period → what is known of it; of one indicator where it is named."""
    found: dict[str, dict[str, PeriodAnswer]] = {}
    rows = opened.reader.periods()
    known = rows[rows["indicator"] == indicator] if indicator else rows
    for row in known.to_dict("records"):
        answer = PeriodAnswer(
            id=row["period"],
            label=row[f"label_{language}"],
            kind=row["kind"],
            first_day=row["first_day"],
            last_day=row["last_day"],
        )
        found.setdefault(row["indicator"], {})[answer.id] = answer
    return found


def _offers(rows: pd.DataFrame) -> list[OfferAnswer]:
    groups = rows.groupby(["level", "vintage", "category"], sort=True)
    return [
        OfferAnswer(
            level=str(level),
            vintage=str(vintage),
            category=str(category),
            periods=sorted({str(p) for p in found["period"]}, key=in_time),
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
    return sources.releases.level_frame(audience(), opened.id, level.id, level.vintage)


def areas_answer(
    sources: Sources, opened: PublicRelease, level: Level, language: str
) -> AreasAnswer:
    """Return the areas as GeoJSON, outer rings counter-clockwise as RFC 7946 wants them.

    Areas without outlines are features without a geometry (RFC 7946, 3.2), and the note says so.
    """
    frame = areas_frame(sources, opened, level)
    shapes = shapely.orient_polygons(frame.geometry.to_numpy(), exterior_cw=False)
    return AreasAnswer(
        type="FeatureCollection",
        release=opened.id,
        level=level.id,
        vintage=level.vintage,
        note=outlines_note(opened, level, language),
        features=[
            FeatureAnswer(
                type="Feature",
                id=str(area_id),
                properties=AreaProperties(area_id=str(area_id), name=str(name)),
                geometry=_geometry(shape),
            )
            for area_id, name, shape in zip(frame.index, frame["name"], shapes, strict=True)
        ],
    )


def outlines_note(opened: PublicRelease, level: Level, language: str) -> str | None:
    """Return the sentence that a level has no outlines, None where it has some."""
    if _outlines(opened, level) is not None:
        return None
    return translator(language)("outlines.note", level=level.name.in_language(language))


def _geometry(shape: shapely.Geometry | None) -> GeometryAnswer | None:
    return None if shape is None else GeometryAnswer(**json.loads(shapely.to_geojson(shape)))
