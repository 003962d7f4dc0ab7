"""Into which categories an indicator is split, by one characteristic or by several together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from pydantic import Field

from data.importing.recipe_fields import Id, RecipePart, RequiredText
from domain.model import Text

JOINED = "-"
"""Stands between the ids of categories that hold together: ``weiblich-unter-18``."""

Category = tuple[str, Text]
"""Id and name."""


class CategoryRecipe(RecipePart):
    """One value of a split such as sex or age."""

    id: Id
    name: RequiredText


class DimensionRecipe(RecipePart):
    """One of several characteristics by which an indicator is split at the same time."""

    category: tuple[CategoryRecipe, ...] = Field(min_length=1)


def all_categories(
    single: Sequence[CategoryRecipe], dimensions: Sequence[DimensionRecipe]
) -> tuple[Category, ...]:
    """Return the categories listed singly, then those of each dimension and of several together.

    Ids are joined by a hyphen and names by a comma, in the order of the dimensions.
    """
    found = [(one.id, one.name) for one in single]
    for n in range(1, len(dimensions) + 1):
        for chosen in combinations(dimensions, n):
            found += [_together(parts) for parts in product(*(d.category for d in chosen))]
    return tuple(found)


def _together(parts: Sequence[CategoryRecipe]) -> Category:
    names = [part.name for part in parts]
    german = ", ".join(name.de for name in names)
    english = ", ".join(name.in_language("en") for name in names)
    return JOINED.join(part.id for part in parts), Text(german, english)
