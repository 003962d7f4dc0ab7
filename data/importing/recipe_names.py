"""Names in a recipe: what an office writes otherwise than the map, and areas it counts together."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from data.importing.recipe_fields import EMPTY, Id, OptionalText, RecipePart, Required
from domain.model import AreaGroup, Text


def _several(given: object) -> object:
    """Accept one text where several may stand."""
    return (given,) if isinstance(given, str) else given


Written = Annotated[tuple[Required, ...], BeforeValidator(_several), Field(min_length=1)]


class AliasRecipe(RecipePart):
    """An area under the names or keys the office gives it.

    Without ``vintage`` it holds for every boundary vintage of the level that has the area.
    """

    level: Id
    vintage: str = ""
    written: Written
    area: Required


class GroupRecipe(RecipePart):
    """Areas for which the office gives one figure together."""

    id: str = ""
    level: Id
    vintage: Required
    written: Written
    areas: tuple[Required, ...] = Field(min_length=2)
    name: OptionalText = EMPTY

    @property
    def key(self) -> str:
        """The id under which the figure is kept: the given one, else that of the members."""
        return self.id or "-".join(self.areas)

    def group(self) -> AreaGroup:
        """Return the group as the catalogue of a release names it."""
        return AreaGroup(self.key, self.name if self.name.de else Text(self.written[0]), self.areas)


NamesRecipe = AliasRecipe | GroupRecipe
"""What gives written names a meaning."""


def holds_in(one: NamesRecipe, level: str, vintage: str) -> bool:
    """Whether an alias or a group speaks of a level in a boundary vintage."""
    return one.level == level and one.vintage in {"", vintage}
