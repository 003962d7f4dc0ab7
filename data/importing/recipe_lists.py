"""Areas of a level without a map: written into the recipe, or the rows of a table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.importing.recipe_fields import Pattern, RecipePart, Regex, Required


class AreaRecipe(RecipePart):
    """One area as the recipe names it; ``attributes`` stand in for the columns of a table."""

    id: Required
    name: Required
    attributes: dict[str, str] = Field(default_factory=dict)


class ListRecipe(RecipePart):
    """A table of which every row names an area, and what its columns mean.

    Without a column ``id`` the key is made of the name, in small letters with hyphens.
    """

    file: Required
    format: Literal["csv", "xlsx"] = "csv"
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_rows: int = Field(default=1, ge=0, le=5)
    skip_rows: int = Field(default=0, ge=0)
    footer_marker: str = ""
    drop: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    id: str = ""
    id_pattern: Regex = None
    id_pad: int = Field(default=0, ge=0, le=40)
    name: Required
    name_pattern: Regex = None
    where: dict[str, str] = Field(default_factory=dict)
    where_not: dict[str, str] = Field(default_factory=dict)
    where_matches: dict[str, Pattern] = Field(default_factory=dict)
    ignore_keys: tuple[str, ...] = ()
