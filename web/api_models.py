"""The answers of the API as types; its description is generated from them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from domain.model import Kind, Polarity, State
from domain.periods import PeriodKind

_PERIOD_KINDS: list[JsonValue] = [*PeriodKind, "school_year", "financial_year"]
"""A split year is called by what it is used for, where the indicator says it."""


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


class PeriodAnswer(Answer):
    """A period: how it is written, what it spans."""

    id: str
    label: str
    kind: str = Field(json_schema_extra={"enum": _PERIOD_KINDS})
    first_day: str = Field(description="ISO date")
    last_day: str = Field(description="ISO date")


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
    kind: Kind = Field(description="what a value is; counts are sums, the others are not")
    unit: str
    multiplier: float = Field(description="value = multiplier * numerator / denominator")
    decimals: int
    polarity: Polarity = Field(description="whether high or low values mean burden")
    numerator: str
    denominator: str
    source: str
    time_reference: str
    nature: str
    interval: str
    place: str
    target: float | None
    method_note: str
    context_note: str = Field(description="how to read the figure without speaking ill of anybody")
    categories: list[CategoryAnswer]
    levels: list[str]
    periods: list[str] = Field(description="in time order")
    period_details: list[PeriodAnswer]
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
    kind: str = Field(json_schema_extra={"enum": ["areas", "institutions", "city"]})
    order: int
    area_word: str
    areas: int = Field(description="number of areas")
    valid_from: str
    valid_to: str
    outlines: str | None = Field(
        description="address of the drawn outlines; null where the level has none"
    )
    groups: list[GroupAnswer] = Field(
        description="areas some figures are given for together; see groups of /values"
    )


class LevelsAnswer(Answer):
    """All levels of a release."""

    release: str
    levels: list[LevelAnswer]


class TrendWord(StrEnum):
    """Where five independent years go, beyond chance, as the page of the Atlas says it."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"
    NOT_DETERMINABLE = "not_determinable"


class ValueAnswer(Answer):
    """One value; numbers are null unless the state shows one."""

    area_id: str
    category: str
    value: float | None
    state: State = Field(description="why there is a number, or why there is none")
    flags: str = Field(description="remarks joined by blanks: p, r, s, break, boundary")
    numerator: float | None
    denominator: float | None
    lower: float | None = Field(description="lower bound of the 95 % interval")
    upper: float | None = Field(description="upper bound of the 95 % interval")
    rank_low: int | None = Field(
        description="first place of the 95 % range of the rank, 1 = highest burden (highest value "
        "where the indicator has no polarity); null where values have no range of chance"
    )
    rank_high: int | None = Field(description="last place of the range, out of ``ranked``")
    trend: TrendWord | None = Field(
        description="trend of the five years that end here; null where no area can have one"
    )


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
    category: str
    level: str
    vintage: str = Field(description="boundaries the values belong to")
    period: str
    period_details: PeriodAnswer | None
    ranked: int = Field(description="number of areas with a range of ranks")
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
    geometry: GeometryAnswer | None = Field(description="null where the level has no outlines")


class AreasAnswer(Answer):
    """The areas of a level as GeoJSON (EPSG:4326), with level and release as foreign members."""

    type: Literal["FeatureCollection"]
    release: str
    level: str
    vintage: str
    note: str | None = Field(description="says that the level has no outlines, else null")
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
