"""Figures as offices hold them: by area of one level and by period, not by atom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.demo.generate.figures import Part, build_figures
from data.demo.generate.people import YEARS, Array, build_people
from data.demo.generate.town import build_town

RECUT: Final = 2021
"""First year of the new social areas."""

COLUMNS: Final = {
    "stadtbezirke": "borough", "stadtteile": "district", "grundschulbezirke": "school_area",
}  # fmt: skip
"""Column of the atoms that holds the area of a level with one vintage."""


@dataclass(frozen=True)
class Block:
    """Parts of one figure on one level@vintage; arrays have the shape (areas, periods)."""

    level: str
    vintage: str
    areas: tuple[str, ...]
    names: tuple[str, ...]
    periods: tuple[str, ...]
    numerator: Array
    denominator: Array | None = None

    def at(self, wanted: Sequence[str]) -> Block:
        """Return the block with those of the ``wanted`` periods that it has."""
        kept = [n for n, period in enumerate(self.periods) if period in set(wanted)]
        return Block(
            self.level,
            self.vintage,
            self.areas,
            self.names,
            tuple(self.periods[n] for n in kept),
            self.numerator[:, kept],
            None if self.denominator is None else self.denominator[:, kept],
        )


def blocks(figure: str, level: str) -> list[Block]:
    """Return a figure on a level: two blocks for social areas, one before and one from 2021."""
    return blocks_of(build_figures()[figure], level)


def blocks_of(part: Part, level: str) -> list[Block]:
    """Return parts given by atom on a level, as ``blocks`` does."""
    if level != "sozialraeume":
        return [_block(part, level, "2012", COLUMNS[level], YEARS)]
    old = tuple(year for year in YEARS if year < RECUT)
    new = tuple(year for year in YEARS if year >= RECUT)
    return [
        _block(part, level, "2012", "social_2012", old),
        _block(part, level, "2021", "social_2021", new),
    ]


def _block(part: Part, level: str, vintage: str, column: str, years: tuple[int, ...]) -> Block:
    areas = sorted(set(build_people().atoms[column]))
    kept = [YEARS.index(year) for year in years]
    denominator = None if part.denominator is None else summed(part.denominator[:, kept], column)
    return Block(
        level,
        vintage,
        tuple(areas),
        tuple(names_of(column)[areas]),
        tuple(str(year) for year in years),
        summed(part.numerator[:, kept], column),
        denominator,
    )


def summed(values: Array, column: str) -> Array:
    """Return atom values (atoms, …) summed over the areas of ``column``, in the order of ids."""
    keys = build_people().atoms[column].to_numpy()
    return np.array([values[keys == area].sum(axis=0) for area in sorted(set(keys))])


def names_of(column: str) -> pd.Series:
    """Return the names of the areas by id."""
    town = build_town()
    frame = {
        "borough": town.boroughs, "district": town.districts, "social_2012": town.social_2012,
        "social_2021": town.social_2021, "school_area": town.school_areas,
    }[column]  # fmt: skip
    names: pd.Series = frame["name"]
    return names


def pooled(block: Block, years: int) -> Block:
    """Return sums over windows of ``years`` years that do not overlap, as ``2012-2014``."""
    starts = range(0, len(block.periods) - years + 1, years)
    periods = tuple(f"{block.periods[s]}-{block.periods[s + years - 1]}" for s in starts)

    def sums(values: Array) -> Array:
        return np.stack([values[:, s : s + years].sum(axis=1) for s in starts], axis=1)

    denominator = None if block.denominator is None else sums(block.denominator)
    return Block(
        block.level, block.vintage, block.areas, block.names, periods, sums(block.numerator),
        denominator,
    )  # fmt: skip
