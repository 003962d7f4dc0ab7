"""Whether aliases and groups of a recipe give every written name one meaning."""

from __future__ import annotations

from collections.abc import Iterator

from data.importing.names import normal_name
from data.importing.recipe_errors import Lines, recipe_finding
from data.importing.recipe_model import Recipe
from data.importing.recipe_names import GroupRecipe, NamesRecipe
from domain.findings import Finding


def named(recipe: Recipe) -> Iterator[tuple[str, int, NamesRecipe]]:
    """Yield every alias and group with its part of the recipe and its position there."""
    for position, alias in enumerate(recipe.alias):
        yield "alias", position, alias
    for position, group in enumerate(recipe.group):
        yield "group", position, group


def name_findings(recipe: Recipe, file: str, lines: Lines) -> list[Finding]:
    """Return findings for texts without a letter, texts of two meanings, areas in two groups."""
    found: list[Finding] = []
    met: list[tuple[str, NamesRecipe, str]] = []
    for part, position, one in named(recipe):
        at = (part, position, "written")
        for text in one.written:
            normal = normal_name(text)
            if not normal:
                found.append(recipe_finding("recipe_empty_text", file, lines, at, given=text))
            earlier = [
                f"{where} ({_meaning(other)})"
                for known, other, where in met
                if known == normal and _overlap(one, other)
            ]
            if earlier and normal:
                found.append(
                    recipe_finding(
                        "recipe_written_twice", file, lines, at,
                        name=text, first=earlier[0], second=_meaning(one),
                    )
                )  # fmt: skip
            met.append((normal, one, f"{part}[{position + 1}]"))
    return found + _group_findings(recipe, file, lines)


def _group_findings(recipe: Recipe, file: str, lines: Lines) -> list[Finding]:
    found = []
    for position, group in enumerate(recipe.group):
        at = ("group", position, "areas")
        taken = {
            area
            for other in recipe.group[:position]
            if _overlap(group, other)
            for area in other.areas
        }
        twice = [a for i, a in enumerate(group.areas) if a in taken or a in group.areas[:i]]
        found += [
            recipe_finding("recipe_area_in_two_groups", file, lines, at, name=area)
            for area in dict.fromkeys(twice)
        ]
    return found


def _meaning(one: NamesRecipe) -> str:
    return " + ".join(one.areas) if isinstance(one, GroupRecipe) else one.area


def _overlap(one: NamesRecipe, other: NamesRecipe) -> bool:
    vintages = {one.vintage, other.vintage}
    return one.level == other.level and ("" in vintages or len(vintages) == 1)
