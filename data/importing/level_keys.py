"""The keys of every level, with what the recipe says about names, checked against the map."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.importing.collection import Collection
from data.importing.keys import AreaKeys
from data.importing.names import normal_name
from data.importing.recipe_errors import Path, line_index, recipe_finding
from data.importing.recipe_model import Recipe
from data.importing.recipe_names import GroupRecipe, NamesRecipe, holds_in
from data.importing.recipe_written import named

Frames = dict[str, gpd.GeoDataFrame]
Named = tuple[Path, NamesRecipe]
"""An alias or a group with its path in the recipe."""


def level_keys(
    recipe: Recipe, areas: Frames, parents: pd.DataFrame, collection: Collection
) -> dict[str, AreaKeys]:
    """Return the keys of each level by ``level@vintage``.

    Aliases and groups that name an area the map lacks, or a text that is the name of another
    area, are errors; so are groups over two parents, whose figure would belong to neither.
    """
    check = _Check(recipe, collection)
    check.areas(areas)
    found = {}
    for key, frame in areas.items():
        level, _, vintage = key.rpartition("@")
        names = dict(zip(frame["area_id"], frame["name"], strict=True))
        mine: list[Named] = [
            ((part, position), one)
            for part, position, one in named(recipe)
            if holds_in(one, level, vintage) and _members(one) <= set(names)
        ]
        check.texts(names, mine)
        check.parents(_rows_of(key, parents), mine)
        found[key] = AreaKeys(
            names,
            {text: _target(one) for _, one in mine for text in one.written},
            _parent_names(key, areas, parents),
            {one.key: one.areas for _, one in mine if isinstance(one, GroupRecipe)},
        )
    check.rekeyed(found)
    return found


def _members(one: NamesRecipe) -> set[str]:
    return set(one.areas) if isinstance(one, GroupRecipe) else {one.area}


def _target(one: NamesRecipe) -> str:
    return one.key if isinstance(one, GroupRecipe) else one.area


class _Check:
    """Collects what is wrong with aliases and groups, each with its line in the recipe."""

    def __init__(self, recipe: Recipe, collection: Collection) -> None:
        self._recipe = recipe
        self._collection = collection
        self._lines = line_index(recipe.text)

    def _tell(self, code: str, path: Path, **params: str) -> None:
        finding = recipe_finding(code, self._recipe.file, self._lines, path, **params)
        self._collection.add([finding])

    def areas(self, areas: Frames) -> None:
        """Refuse areas the map lacks; without a vintage any vintage of the level will do."""
        for part, position, one in named(self._recipe):
            frames = {k: f for k, f in areas.items() if holds_in(one, *k.rsplit("@", 1))}
            wanted = _members(one)
            if not frames or any(wanted <= set(frame["area_id"]) for frame in frames.values()):
                continue
            names = {
                area: name
                for frame in frames.values()
                for area, name in zip(frame["area_id"], frame["name"], strict=True)
            }
            lacking = sorted(wanted - set(names)) or sorted(wanted)
            close = AreaKeys(names).find(lacking[0], by="id").suggestions
            self._tell(
                "alias_area_unknown",
                (part, position, "areas" if isinstance(one, GroupRecipe) else "area"),
                written=one.written[0],
                areas=", ".join(lacking),
                level=", ".join(frames),
                suggestion=", ".join(s.shown for s in close) or "–",
            )

    def texts(self, names: dict[str, str], mine: list[Named]) -> None:
        """Refuse texts that name another area by themselves: they would take its figures."""
        by_name: dict[str, list[str]] = {}
        for area, name in names.items():
            by_name.setdefault(normal_name(name), []).append(area)
        for path, one in mine:
            for text in one.written:
                carriers = by_name.get(normal_name(text), [])
                real = [text] if text in names else carriers if len(carriers) == 1 else []
                if real and real[0] != _target(one):
                    shown = f"{real[0]} {names[real[0]]}"
                    self._tell("alias_shadows", (*path, "written"), written=text, area=shown)
            if isinstance(one, GroupRecipe) and one.key in names:
                shown = f"{one.key} {names[one.key]}"
                self._tell("group_id_taken", (*path, "id"), id=one.key, area=shown)

    def parents(self, rows: pd.DataFrame, mine: list[Named]) -> None:
        """Refuse groups over two parents: their figure would belong to neither."""
        for path, one in mine:
            links = rows[rows["child"].isin(list(_members(one)))]
            for hierarchy, found in links.groupby("hierarchy", sort=False):
                above = sorted(set(found["parent"]))
                if len(above) > 1 or set(found["child"]) != _members(one):
                    self._tell(
                        "group_parents_differ",
                        (*path, "areas"),
                        written=one.written[0],
                        hierarchy=str(hierarchy),
                        parents=", ".join(above),
                    )

    def rekeyed(self, keys: Mapping[str, AreaKeys]) -> None:
        """Refuse right sides of ``rekey`` that are no area and no group of the table's level."""
        for position, table in enumerate(self._recipe.table):
            level = keys.get(table.level_key)
            if level is None:
                continue
            unknown = {w: t for w, t in table.rekey.items() if not level.target(t)}
            for written, target in unknown.items():
                close = level.find(target, by="id").suggestions
                groups = self._recipe.groups_written(table.level, table.vintage)
                self._tell(
                    "rekey_target_unknown",
                    ("table", position, "rekey"),
                    written=written,
                    target=target,
                    level=table.level_key,
                    suggestion=", ".join(s.shown for s in close) or "–",
                    groups="; ".join(f'"{text}"' for text in groups) or "–",
                )


def _rows_of(key: str, parents: pd.DataFrame) -> pd.DataFrame:
    level, _, vintage = key.rpartition("@")
    return parents[(parents["child_level"] == level) & (parents["child_vintage"] == vintage)]


def _parent_names(key: str, areas: Frames, parents: pd.DataFrame) -> dict[str, str]:
    """Return the names of the areas' parents where they tell areas apart."""
    rows = _rows_of(key, parents)
    if rows["parent"].nunique() < 2:  # noqa: PLR2004 - one parent tells nothing apart
        return {}
    names = {
        (k, area): name
        for k, frame in areas.items()
        for area, name in zip(frame["area_id"], frame["name"], strict=True)
    }
    found: dict[str, str] = {}
    for row in rows.itertuples(index=False):
        above = (f"{row.parent_level}@{row.parent_vintage}", str(row.parent))
        found.setdefault(str(row.child), str(names.get(above, row.parent)))
    return found
