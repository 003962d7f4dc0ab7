"""What a recipe says to readers before any figure: questions, the town's own texts, streets."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from data.importing.recipe_fields import EMPTY, Id, OptionalText, RecipePart, Required, RequiredText
from domain.layers import LAYERS
from domain.model import About, Text, Tile
from domain.selection import COMPARISONS

LONGEST_QUESTION = 90
"""Letters of a question; a tile has room for two lines on a phone."""


class TileRecipe(RecipePart):
    """A question and the view that answers it; what is left out follows the defaults."""

    question: RequiredText
    indicator: Id
    level: Id | Literal[""] = ""
    period: str = ""
    compare: Literal[("", *COMPARISONS)] = ""  # type: ignore[valid-type]
    second: Id | Literal[""] = ""
    layer: Literal[("", *LAYERS)] = ""  # type: ignore[valid-type]

    @field_validator("question")
    @classmethod
    def _short(cls, question: Text) -> Text:
        if max(len(question.de), len(question.en)) > LONGEST_QUESTION:
            raise PydanticCustomError("question_too_long", "a question is short")
        return question

    def tile(self) -> Tile:
        """Return the tile of the catalogue."""
        return Tile(
            question=self.question,
            indicator=self.indicator,
            level=self.level,
            period=self.period,
            compare=self.compare,
            second=self.second,
            layer=self.layer,
        )


class AboutRecipe(RecipePart):
    """What the town says of itself."""

    text: OptionalText = EMPTY
    contact: OptionalText = EMPTY
    imprint: OptionalText = EMPTY
    privacy: OptionalText = EMPTY
    accessibility: OptionalText = EMPTY

    def about(self) -> About:
        """Return the texts of the catalogue."""
        return About(self.text, self.contact, self.imprint, self.privacy, self.accessibility)


class GazetteerRecipe(RecipePart):
    """A list of streets: each row a street, or a part of one, and where it is.

    Where is said by ``area`` (the id of an area of ``level``) or by coordinates.
    """

    file: Required
    encoding: str = ""
    separator: str = ""
    street: Required
    numbers: str = ""
    level: Id | Literal[""] = ""
    area: str = ""
    pad: int = Field(default=0, ge=0, le=40)
    x: str = ""
    y: str = ""
    crs: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        by_area = bool(self.area and self.level)
        by_point = bool(self.x and self.y and self.crs)
        stray = (self.x or self.y or self.crs) if by_area else (self.area or self.level or self.pad)
        if by_area == by_point or stray:
            raise PydanticCustomError("gazetteer_one_way", "level and area, or x, y and crs")
        return self
