"""The answers of the API as types; its description is generated from them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Base of all answers: frozen, and nothing that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TownAnswer(Answer):
    """The municipality."""

    id: str
    name: str
    state: str
    fictional: bool
    licence: str


class SourceAnswer(Answer):
    """Who published figures, when, under which licence."""

    id: str
    office: str
    title: str
    date: str
    licence: str
    url: str


class CategoryAnswer(Answer):
    """A part by which an indicator is split, such as an age group."""

    id: str
    name: str


class OfferAnswer(Answer):
    """The periods with values on one level in one boundary vintage."""

    level: str
    vintage: str
    category: str
    periods: list[str]


class IndicatorAnswer(Answer):
    """An indicator with all a reader needs to judge it."""

    id: str
    name: str
    short_name: str
    definition: str
    kind: str
    unit: str
    multiplier: float = Field(description="value = multiplier * numerator / denominator")
    decimals: int
    polarity: str = Field(description="high_burden, low_burden or none")
    numerator: str
    denominator: str
    source: str
    time_reference: str
    nature: str
    interval: str
    place: str
    target: float | None
    method_note: str
    categories: list[CategoryAnswer]
    levels: list[str]
    periods: list[str]
    offered: list[OfferAnswer]


class ThemeAnswer(Answer):
    """A domain of life with its indicators."""

    id: str
    name: str
    indicators: list[IndicatorAnswer]


class CatalogueAnswer(Answer):
    """What a release offers, without any value."""

    release: str
    town: TownAnswer
    themes: list[ThemeAnswer]
    sources: list[SourceAnswer]


class GroupAnswer(Answer):
    """Areas for which an office gives one figure together."""

    id: str
    name: str
    area_ids: list[str]


class LevelAnswer(Answer):
    """A set of areas of one kind and boundary vintage."""

    id: str
    vintage: str
    name: str
    kind: str = Field(description="areas, institutions or city")
    order: int
    area_word: str
    areas: int = Field(description="number of areas")
    valid_from: str
    valid_to: str
    outlines: str | None = Field(description="address of the drawn outlines")
    groups: list[GroupAnswer] = Field(
        description="areas some figures are given for together; see groups of /values"
    )


class LevelsAnswer(Answer):
    """All levels of a release."""

    release: str
    levels: list[LevelAnswer]


class ValueAnswer(Answer):
    """One value; numbers are null unless the state shows one."""

    area_id: str
    category: str
    value: float | None
    state: str = Field(
        description="ok, nil, below_unit, suppressed, unreliable, limited, pending, "
        "not_applicable or not_collected"
    )
    flags: str = Field(description="remarks joined by blanks: p, r, s, break, boundary")
    numerator: float | None
    denominator: float | None
    lower: float | None = Field(description="lower bound of the 95 % interval")
    upper: float | None = Field(description="upper bound of the 95 % interval")


class GroupValueAnswer(ValueAnswer):
    """One value for several areas together; ``area_id`` is the id of the group."""

    name: str
    area_ids: list[str] = Field(
        description="the members; each stands in values, too, without a number of its own"
    )


class ValuesAnswer(Answer):
    """One indicator and period for all areas of a level."""

    release: str
    indicator: str
    level: str
    period: str
    values: list[ValueAnswer] = Field(description="one entry an area, in the order of /areas")
    groups: list[GroupValueAnswer] = Field(
        description="figures given for several areas together, which no area has by itself; "
        "for a sum over the level add them to values"
    )


class GeometryAnswer(Answer):
    """A GeoJSON geometry in longitude and latitude."""

    type: str
    coordinates: list[object]


class AreaProperties(Answer):
    """Id and name of an area."""

    area_id: str
    name: str


class FeatureAnswer(Answer):
    """An area as GeoJSON feature."""

    type: Literal["Feature"]
    id: str
    properties: AreaProperties
    geometry: GeometryAnswer


class AreasAnswer(Answer):
    """The areas of a level as GeoJSON (EPSG:4326), with level and release as foreign members."""

    type: Literal["FeatureCollection"]
    release: str
    level: str
    vintage: str
    features: list[FeatureAnswer]


class ErrorDetail(Answer):
    """What was wrong, as a code and in both languages."""

    code: str
    message_de: str
    message_en: str
    request: str
    link: str | None = None


class ErrorAnswer(Answer):
    """The body of every answer of 400 and above."""

    error: ErrorDetail
