"""Areas of a town by name for whoever looks into a file: known ones, learnt ones, unknown ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from data.importing.collection import Collection
from data.importing.hierarchies import with_city_outline
from data.importing.keys import AreaKeys, extracted
from data.importing.known_town import Names
from data.importing.layers import read_areas
from data.importing.names import is_total, normal_name
from data.importing.planned_tables import Planned, Taken
from data.importing.recipe import Recipe
from data.importing.recipe_names import holds_in
from data.reader import ReleaseReader
from domain.model import Audience

Aliases = Mapping[str, Mapping[str, str]]
"""By ``level@vintage`` the area of each written name."""

_MOST_UNKNOWN = 50


@dataclass(frozen=True)
class UnknownName:
    """A text of the column of areas that names none, and what may have been meant."""

    text: str
    level: str
    suggestions: tuple[str, ...]


def named_areas(recipe: Recipe, data_dir: Path, release: Path | None) -> Names:
    """Return the names of the areas of all levels by ``level@vintage`` and id.

    Parameters
    ----------
    release
        Folder of a release of the same town: its areas are taken, no map is read again.
    """
    if release is not None:
        with closing(ReleaseReader(release, Audience.INTERNAL)) as reader:
            frames = {
                level.key: reader.areas(level.id, level.vintage)["name"].to_dict()
                for level in reader.catalogue().levels
            }
        return {key: {str(i): str(n) for i, n in names.items()} for key, names in frames.items()}
    collection = Collection(data_dir)
    layers = with_city_outline(recipe, read_areas(recipe, collection), collection)
    return {
        key: dict(zip(frame["area_id"], frame["name"], strict=True))
        for key, frame in layers.items()
    }


def aliases_of(
    recipe: Recipe, names: Names, learnt: Iterable[tuple[str, str, str]]
) -> dict[str, dict[str, str]]:
    """Return the aliases of the recipe and those learnt (level, written, area) by level.

    A learnt one of an area that a level does not have is left out of that level.
    """
    found: dict[str, dict[str, str]] = {key: {} for key in names}
    for key, areas in names.items():
        level, _, vintage = key.rpartition("@")
        mine = {w: a for of, w, a in learnt if of == level and a in areas}
        for one in recipe.alias:
            if holds_in(one, level, vintage) and one.area in areas:
                mine |= dict.fromkeys(one.written, one.area)
        found[key] = mine
    return found


def keys_of(names: Mapping[str, str], aliases: Mapping[str, str]) -> AreaKeys:
    """Return the look-up of one level as an import uses it."""
    return AreaKeys(names, aliases)


def unknown_names(
    planned: Planned, taken: Taken, names: Names, aliases: Aliases
) -> list[UnknownName]:
    """Return the texts of the column of areas that no planned table understands, 50 at most."""
    columns = {t["area"]["column"] for t in planned.tables if t["area"].get("column")}
    found: list[UnknownName] = []
    for column in sorted(columns):
        tables = [t for t in planned.tables if t["area"].get("column") == column]
        met = {text for fit in taken.facts[column].fits for text in fit.met}
        left = [t for t in taken.facts[column].texts if t not in met and not is_total(t)]
        left = [t for t in left if t not in taken.of_texts(column)]
        for table in tables[:1] if not any("where_matches" in t for t in tables) else ():
            level = f"{table['level']}@{table['vintage']}"
            keys, by = keys_of(names[level], aliases.get(level, {})), table["area"].get("by", "id")
            for text in left[:_MOST_UNKNOWN]:
                key = extracted(text, None, table["area"].get("pad", 0)) or ""
                match = keys.find(key, by=by)
                found.append(UnknownName(text, level, tuple(s.shown for s in match.suggestions)))
    return found


def areas_in_headers(headers: Iterable[str], names: Names) -> int:
    """Return how many headers name areas of the level that most of them name."""
    normal = {normal_name(header) for header in headers}
    known = ({normal_name(name) for name in areas.values()} for areas in names.values())
    return max((len(normal & level) for level in known), default=0)
