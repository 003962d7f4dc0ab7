"""Facilities, their offers, demand points and conversion tables of a recipe."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from data.importing.recipe_fields import Id, RecipePart, Required, RequiredText


class FacilityKindRecipe(RecipePart):
    """A kind of facility."""

    id: Id
    name: RequiredText


class KindWhen(RecipePart):
    """A kind taken from a column; the first that fits decides."""

    column: Required
    equals: str
    kind: Id


class FacilityRecipe(RecipePart):
    """A file of facilities."""

    kind: Id
    source: Id
    file: Required
    format: Literal["geojson", "geojsonseq", "topojson", "csv", "geopackage", "shapefile"]
    layer: str = ""
    encoding: str = ""
    separator: str = ""
    crs: str = "EPSG:4326"
    id: str = ""
    id_prefix: str = ""
    name: Required
    operator: str = ""
    address: tuple[str, ...] | str = ()
    x: str = ""
    y: str = ""
    places: dict[Literal["u3", "ue3", "total"], str] = Field(default_factory=dict)
    hours: str = ""
    opened: str = ""
    valid_from: str = ""
    valid_to: str = ""
    drop: tuple[str, ...] = ()
    unnamed: str = ""
    only_inside: bool = False
    kind_when: tuple[KindWhen, ...] = ()


class OffersRecipe(RecipePart):
    """Offers of facilities, one row per facility, offer and period."""

    file: Required
    encoding: str = ""
    separator: str = ""
    facility: Required
    name: Required
    target_group: str = ""
    period: str = ""
    hours: str = ""
    places: str = ""
    taken: str = ""
    waiting: str = ""


class DemandPointsRecipe(RecipePart):
    """Weighted points, such as addresses with the number of children."""

    file: Required
    encoding: str = ""
    separator: str = ""
    id: str = ""
    x: Required
    y: Required
    crs: Required
    weights: dict[str, str] = Field(min_length=1)


class WaysRecipe(RecipePart):
    """Prepared lengths of ways to facilities, from areas of ``level`` or from demand points."""

    file: Required
    encoding: str = ""
    separator: str = ""
    level: str = ""
    origin: Required = Field(alias="from")
    facility: Required
    metres: Required


class ConversionRecipe(RecipePart):
    """Weights that carry old areas over into new areas; ``links`` files hold no weights.

    ``rest`` says what becomes of old areas without weights: ``area`` measures them on the map.
    """

    level: Id
    from_vintage: Required = Field(alias="from")
    to_vintage: Required = Field(alias="to")
    file: Required
    format: Literal["csv", "links"] = "csv"
    encoding: str = ""
    separator: str = ""
    old: str = ""
    new: str = ""
    weight: str = ""
    basis: Literal["population", "area", "official", "one_to_one"]
    rest: Literal["none", "area"] = "none"

    @model_validator(mode="after")
    def _columns_of_csv(self) -> Self:
        columns = (self.old, self.new, self.weight)
        if not (all(columns) if self.format == "csv" else not any(columns)):
            raise PydanticCustomError("conversion_columns", "csv needs columns, links has none")
        return self
