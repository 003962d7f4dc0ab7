"""The two releases of a comparison, and all values of one indicator in one frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.reader import ReleaseReader
from domain.model import Indicator, Level
from domain.release_difference import CellKey

CELL = ["category", "level", "vintage", "period", "area"]
_NUMBERS = ["value", "numerator", "denominator"]
_COLUMNS = [*CELL, "state", "flags", *_NUMBERS]


@dataclass(frozen=True)
class Sides:
    """Readers of one audience: of the release that is, and of the one that shall be."""

    base: ReleaseReader
    new: ReleaseReader

    def indicator_ids(self) -> list[str]:
        """Return the indicators of both, in the order of the new one; those gone at the end."""
        both = (*self.new.catalogue().indicators, *self.base.catalogue().indicators)
        return list(dict.fromkeys(i.id for i in both))

    def of(self, indicator: str) -> tuple[Indicator | None, Indicator | None]:
        """Return the indicator in both, None where there is none."""
        return self.base.catalogue().indicator(indicator), self.new.catalogue().indicator(indicator)


@dataclass(frozen=True)
class AreaNames:
    """Names of areas by level@vintage and id; those of the new release count."""

    known: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, sides: Sides) -> AreaNames:
        """Read the names of all areas of both releases."""
        known: dict[str, dict[str, str]] = {}
        for reader in (sides.base, sides.new):
            for level in reader.catalogue().levels:
                known.setdefault(level.key, {}).update(names_of(reader, level))
        return cls(known)

    def cells(self, rows: pd.DataFrame) -> tuple[CellKey, ...]:
        """Return the key of each row, with the name of its area."""
        return tuple(
            self.cell(f"{level}@{vintage}", category, period, area)
            for category, level, vintage, period, area in rows[CELL].itertuples(
                index=False, name=None
            )
        )

    def cell(self, level: str, category: str, period: str, area: str) -> CellKey:
        """Return the key of one cell."""
        return CellKey(level, category, period, area, self.known.get(level, {}).get(area, ""))


def names_of(reader: ReleaseReader, level: Level) -> dict[str, str]:
    """Return the names of the areas of a level, and of its groups, by id."""
    areas = reader.areas(level.id, level.vintage)
    names = {str(i): str(n) for i, n in zip(areas.index, areas["name"], strict=True)}
    return {group.id: group.name.de for group in level.groups} | names


def values_of(reader: ReleaseReader, indicator: Indicator | None) -> pd.DataFrame:
    """Return all values of an indicator: key, state, flags, value and parts; empty without it."""
    frames = []
    if indicator is not None:
        offered = reader.availability()
        mine = offered[offered["indicator"] == indicator.id]
        heads = mine[["level", "vintage", "category"]].drop_duplicates()
        for level, vintage, category in heads.itertuples(index=False, name=None):
            rows = reader.values(indicator.id, level, vintage, category)
            frames.append(rows.assign(level=level, vintage=vintage, category=category))
    if not frames:
        numbers = dict.fromkeys(_NUMBERS, "float64")
        return pd.DataFrame(columns=_COLUMNS).astype("str").astype(numbers)
    return pd.concat(frames, ignore_index=True)[_COLUMNS]
