"""The levels of the public release with their boundary vintages, files and conversion tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from data.importing.recipe import Recipe, load_recipe
from data.release_folders import read_manifest
from data.releases import ReleaseStore
from domain.model import Audience, Level
from services.releases import ReleaseService


@dataclass(frozen=True)
class LevelRow:
    """One vintage of a level; ``file`` and ``checksum`` (SHA-256) are empty without a file."""

    level: Level
    areas: int
    has_outlines: bool
    file: str
    size: int
    checksum: str


@dataclass(frozen=True)
class TableRow:
    """A conversion table between two vintages; ``rows`` counts its weights in the release."""

    level: Level
    start: str
    end: str
    basis: str
    file: str
    rows: int


@dataclass(frozen=True)
class MapOverview:
    """What is public now; ``recipe`` is empty where the release keeps no originals."""

    release: str
    recipe: str
    levels: tuple[LevelRow, ...]
    tables: tuple[TableRow, ...]

    def level(self, key: str) -> LevelRow | None:
        """Return the row of a level@vintage."""
        return next((row for row in self.levels if row.level.key == key), None)

    def vintages(self, level: str) -> tuple[str, ...]:
        """Return the vintages of a level in the order of the catalogue."""
        return tuple(row.level.vintage for row in self.levels if row.level.id == level)


def map_overview(store: ReleaseStore, releases: ReleaseService, release: str) -> MapOverview:
    """Return the maps of a release."""
    folder = store.folder / release
    manifest = read_manifest(folder)
    name = str(manifest.get("recipe", ""))
    recipe = load_recipe(folder / name) if name else None
    reader = releases.reader(release, Audience.INTERNAL)
    catalogue = reader.catalogue()
    files = {x.key: x.file for x in recipe.level} if recipe else {}
    levels = []
    for level in catalogue.levels:
        file = files.get(level.key, "")
        entry = manifest["files"].get(f"originals/files/{file}", {})
        levels.append(
            LevelRow(
                level,
                len(reader.area_ids(level.id, level.vintage)),
                reader.has_outlines(level),
                file,
                int(entry.get("bytes", 0)),
                str(entry.get("sha256", "")),
            )
        )
    tables = tuple(
        TableRow(
            next(x for x in catalogue.levels if (x.id, x.vintage) == (level, end)),
            start,
            end,
            ", ".join(sorted(set(rows["basis"]))),
            _file_of(recipe, level, start, end),
            len(rows),
        )
        for level, start, end, rows in _by_table(reader.conversions())
    )
    return MapOverview(release, name, tuple(levels), tables)


def weights_of(
    releases: ReleaseService, release: str, level: str, start: str, end: str
) -> list[tuple[str, str, float]]:
    """Return old area, new area and weight of a conversion table of a release."""
    rows = releases.reader(release, Audience.INTERNAL).conversions()
    mine = rows[
        (rows["level"] == level) & (rows["from_vintage"] == start) & (rows["to_vintage"] == end)
    ]
    return [
        (str(old), str(new), float(weight))
        for old, new, weight in zip(mine["old"], mine["new"], mine["weight"], strict=True)
    ]


def _by_table(weights: pd.DataFrame) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    for key, rows in weights.groupby(["level", "from_vintage", "to_vintage"]):
        level, start, end = map(str, key if isinstance(key, tuple) else (key,))
        yield level, start, end, rows


def _file_of(recipe: Recipe | None, level: str, start: str, end: str) -> str:
    found = recipe.conversion if recipe else ()
    same = (level, start, end)
    return next((c.file for c in found if (c.level, c.from_vintage, c.to_vintage) == same), "")
