"""The frame of a recipe: town, release, sources, themes, dialects, levels."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from data.importing.recipe_fields import (
    EMPTY,
    Id,
    OptionalText,
    RecipePart,
    Regex,
    Required,
    RequiredText,
)
from data.importing.recipe_lists import AreaRecipe, ListRecipe
from domain.model import Flag, State
from domain.palettes import Palette


class TownRecipe(RecipePart):
    """The municipality."""

    id: Id
    name: Required
    state: str = ""
    fictional: bool = False
    licence: str = ""
    arms: str = ""


class ReleaseRecipe(RecipePart):
    """What readers are told about the release."""

    note: OptionalText = EMPTY


class RemarkRecipe(RecipePart):
    """What whoever wrote the recipe knows about a file and readers of the findings should."""

    file: Required
    column: str = ""
    severity: Literal["warning", "info"] = "warning"
    text: RequiredText


class LimitsRecipe(RecipePart):
    """Limits beyond which a release needs a decision."""

    max_hidden_share: float = Field(default=0.25, ge=0, le=1)


class SourceRecipe(RecipePart):
    """Who published figures."""

    id: Id
    office: Required
    title: Required
    date: Required
    licence: Required
    url: str = ""


class ThemeRecipe(RecipePart):
    """A domain of life; its palette is that of its indicators with polarity that name none."""

    id: Id
    name: RequiredText
    palette: Palette = Palette.AUTOMATIC


class DialectRecipe(RecipePart):
    """How a file writes what is not a number, and how it writes numbers."""

    id: Id
    symbols: dict[str, State] = Field(default_factory=dict)
    decimal: Literal["", ",", "."] = ""
    thousands: Literal["", ".", ",", " ", "'", "none"] = ""
    percent_sign: bool = False
    flags: dict[str, Flag] = Field(default_factory=dict)
    limited_in_brackets: bool = False
    bare_decimal: bool = False

    @model_validator(mode="after")
    def _signs_differ(self) -> Self:
        if self.decimal and self.decimal == self.thousands:
            raise PydanticCustomError("same_signs", "decimal and thousands are the same sign")
        return self


class CorrectionRecipe(RecipePart):
    """What is to be done with one feature of a map whose key is known to be wrong."""

    where: dict[str, str] = Field(min_length=1)
    id: str = ""
    leave_out: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.id) == self.leave_out:
            raise PydanticCustomError("correction_one_way", "either id or leave_out")
        return self


class LayerRecipe(RecipePart):
    """The map layer of a level and what its columns mean."""

    file: Required
    format: Literal["shapefile", "geopackage", "geojson", "geojsonseq", "topojson", "csv"]
    layer: str = ""
    encoding: str = ""
    separator: str = ""
    crs: str = ""
    id: Required
    id_pattern: Regex = None
    id_pad: int = Field(default=0, ge=0, le=40)
    name: Required
    name_pattern: Regex = None
    name_apart: str = ""
    x: str = ""
    y: str = ""
    drop: tuple[str, ...] = ()
    where: dict[str, str] = Field(default_factory=dict)
    correction: tuple[CorrectionRecipe, ...] = ()

    @model_validator(mode="after")
    def _csv_has_coordinates(self) -> Self:
        if self.format == "csv" and not (self.x and self.y and self.crs):
            raise PydanticCustomError("csv_needs_coordinates", "csv needs x, y and crs")
        return self


class ParentRecipe(RecipePart):
    """The coarser level an area belongs to, and how its parent is found."""

    hierarchy: Id = "verwaltung"
    level: Id
    vintage: str = ""
    column: str = ""
    pattern: Regex = None
    pad: int = Field(default=0, ge=0, le=40)
    constant: str = ""
    spatial: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum((bool(self.column), bool(self.constant), self.spatial)) != 1:
            raise PydanticCustomError("parent_one_way", "one of column, constant, spatial")
        return self


class LevelRecipe(RecipePart):
    """A level of areas or institutions in one boundary vintage.

    ``layer`` gives the areas with outlines; ``list`` and ``area`` name them without any.
    """

    id: Id
    vintage: Required
    name: RequiredText
    area_word: OptionalText = EMPTY
    kind: Literal["areas", "institutions", "city"] = "areas"
    order: int = 0
    valid_from: str = ""
    valid_to: str = ""
    outline: str = ""
    layer: LayerRecipe | None = None
    list: ListRecipe | None = None
    area: tuple[AreaRecipe, ...] = ()
    parent: tuple[ParentRecipe, ...] = ()

    @property
    def key(self) -> str:
        """``level@vintage``."""
        return f"{self.id}@{self.vintage}"

    @property
    def file(self) -> str:
        """The file that names the areas, empty where the recipe or another level does."""
        source = self.layer or self.list
        return source.file if source is not None else ""

    @model_validator(mode="after")
    def _areas_from_one_place(self) -> Self:
        listed = (self.list is not None) + bool(self.area)
        if listed + (self.layer is not None) > 1:
            raise PydanticCustomError("level_one_way", "one of layer, list, area")
        if listed and self.kind == "city":
            raise PydanticCustomError("city_has_one_area", "a city has no list of areas")
        if self.layer is None and not listed and self.kind != "city":
            raise PydanticCustomError("level_needs_layer", "the level needs a layer")
        if self.outline and (self.kind != "city" or self.layer is not None):
            raise PydanticCustomError("outline_without_city", "outline is for a city without layer")
        return self
