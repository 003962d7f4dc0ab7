"""Counts that bite, on a tree of 542 areas in 143, 58, 12 and one: the tables of the trial.

Real social monitoring contains next to no small counts, because its offices hide or leave them
out before they publish. These are drawn: an area has a level of its own (gamma), each count is
Poisson around it, with a fixed seed. The tree is Berlin's where its files are here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from domain.disclosure import primary
from domain.linked_table import FloatArray, LinkedTable

SHAPE = (12, 58, 143, 542)
_DIGITS = (2, 4, 6, 8)
_KEYS = "berlin/raw/population/berlin-lor-population-2023-02-t2-planning-areas.csv"
TOWN = "city"
YEARS = tuple(str(year) for year in range(2009, 2024))
_SPREAD = 2.0
"""Shape of the gamma between areas: quarters differ as they do in German cities."""

Counts = dict[str, FloatArray]
"""Category (and year) → number of every area of the lowest level."""


@dataclass(frozen=True)
class Tree:
    """Areas of all levels: children by parent, from the town down, and the lowest level."""

    children: dict[str, tuple[str, ...]]
    lowest: tuple[str, ...]
    is_real: bool


@dataclass(frozen=True)
class Trial:
    """One kind of table with what the primary rules hide of it."""

    name: str
    table: LinkedTable
    unsafe: frozenset[str]
    frozen: frozenset[str]
    never_more: int | None
    """Extra cells that methods.md §3.6 reports of this kind; None for small tables."""


def tree(keys: Sequence[str]) -> Tree:
    """Build the tree from keys whose leading digits name the areas above."""
    children: dict[str, tuple[str, ...]] = {}
    above = {TOWN: sorted({k[: _DIGITS[0]] for k in keys})}
    for digits in (*_DIGITS[1:], None):
        children |= {parent: tuple(group) for parent, group in above.items()}
        if digits is None:
            break
        found: dict[str, list[str]] = {}
        for key in sorted({k[:digits] for k in keys}):
            found.setdefault(key[: digits - 2], []).append(key)
        above = found
    return Tree(children, tuple(sorted(keys)), is_real=False)


def drawn_keys(seed: int = 1) -> list[str]:
    """Draw keys of the shape of Berlin: each area has one below it, the rest fall at random."""
    rng = np.random.default_rng(seed)
    names = [""]
    for size in SHAPE:
        owners = [*range(len(names)), *rng.integers(0, len(names), size - len(names))]
        counts = np.bincount(owners, minlength=len(names))
        names = [
            f"{n}{i + 1:02d}" for n, many in zip(names, counts, strict=True) for i in range(many)
        ]
    return names


def berlin_tree() -> Tree:
    """Return the tree of Berlin's planning areas, or a drawn one where the files are not here."""
    path = Path(os.environ.get("KECK_TOWNS_DIR", "")) / _KEYS
    if not path.is_file():
        return tree(drawn_keys())
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    found = tree([line.split(",")[0].strip('"') for line in lines])
    return Tree(found.children, found.lowest, is_real=True)


def counts(areas: Tree, names: Iterable[str], mean: float, seed: int) -> Counts:
    """Draw counts of the lowest level, each name with levels of its own."""
    rng = np.random.default_rng(seed)
    size = len(areas.lowest)
    return {
        name: rng.poisson(rng.gamma(_SPREAD, mean / _SPREAD, size)).astype(float) for name in names
    }


def yearly_counts(areas: Tree, mean: float, seed: int) -> Counts:
    """Draw counts of all years around one level an area, which lasts."""
    rng = np.random.default_rng(seed)
    level = rng.gamma(_SPREAD, mean / _SPREAD, len(areas.lowest))
    return {year: rng.poisson(level).astype(float) for year in YEARS}


class TableBuilder:
    """Collects cells ``category|area`` of a tree and the facts that hold between them."""

    def __init__(self, areas: Tree) -> None:
        self._areas = areas
        self.values: dict[str, float] = {}
        self._relations: list[dict[str, float]] = []

    def add(self, category: str, lowest: FloatArray) -> None:
        """Add a category: its sums over all levels."""
        by_area = dict(zip(self._areas.lowest, lowest.tolist(), strict=True))
        for parent, group in reversed(self._areas.children.items()):
            by_area[parent] = sum(by_area[c] for c in group)
            fact = {f"{category}|{c}": 1.0 for c in group}
            self._relations.append({f"{category}|{parent}": -1.0, **fact})
        self.values |= {f"{category}|{area}": number for area, number in by_area.items()}

    def total(self, whole: str, parts: Sequence[str]) -> None:
        """Add a category that is the sum of others, in every area."""
        lowest = [sum(self.values[f"{p}|{a}"] for p in parts) for a in self._areas.lowest]
        self.add(whole, np.array(lowest))
        for area in (*self._areas.children, *self._areas.lowest):
            fact = {f"{p}|{area}": 1.0 for p in parts}
            self._relations.append({f"{whole}|{area}": -1.0, **fact})

    def table(self, k: int, upper: dict[str, float] | None = None) -> LinkedTable:
        """Return the table; displayed zeros tell that a hidden cell is at least one."""
        size = len(self.values)
        limits = [(upper or {}).get(c, np.inf) for c in self.values]
        return LinkedTable(
            tuple(self.values), np.array(list(self.values.values())), tuple(self._relations),
            np.ones(size), np.array(limits), np.full(size, float(k)),
        )  # fmt: skip

    def small(self, k: int, categories: Iterable[str] | None = None) -> frozenset[str]:
        """Return the cells that the primary rules hide; all categories by default."""
        kept = None if categories is None else set(categories)
        names = [c for c in self.values if kept is None or c.split("|")[0] in kept]
        marked, _ = primary([self.values[c] for c in names], [None] * len(names), k=k)
        return frozenset(c for c, is_small in zip(names, marked, strict=True) if is_small)

    def of_town(self) -> frozenset[str]:
        """Return the cells of the whole town, which stay open."""
        return frozenset(c for c in self.values if c.endswith(f"|{TOWN}"))


def one_count(areas: Tree, name: str, mean: float, seed: int, never_more: int | None) -> Trial:
    """Draw one numerator on the tree."""
    builder = TableBuilder(areas)
    builder.add("a", counts(areas, "a", mean, seed)["a"])
    return Trial(name, builder.table(3), builder.small(3), builder.of_town(), never_more)


def share_and_complement(areas: Tree, seed: int, never_more: int | None) -> Trial:
    """Build a numerator, its complement and the base, which is public."""
    drawn = counts(areas, "a", 40, seed) | counts(areas, "b", 60, seed + 1)
    builder = TableBuilder(areas)
    for name, lowest in drawn.items():
        builder.add(name, lowest)
    builder.total("n", ["a", "b"])
    small = builder.small(3, ["a", "b"])
    twins = {f"{other}|{c[2:]}" for c in small for other in "ab"}
    # a count of all in an area, or none of them, shows its twin as well
    shown = {c for c in twins if builder.values[c] > 0}
    bases = frozenset(c for c in builder.values if c.startswith("n|"))
    return Trial(
        "share and complement, k = 3", builder.table(3), frozenset(shown),
        bases | builder.of_town(), never_more,
    )  # fmt: skip


def categories(
    areas: Tree, name: str, means: Sequence[float], *, k: int, seed: int, never_more: int | None
) -> Trial:
    """Draw categories and their total."""
    builder = TableBuilder(areas)
    parts = [f"c{i}" for i in range(len(means))]
    for i, (part, mean) in enumerate(zip(parts, means, strict=True)):
        builder.add(part, counts(areas, [part], mean, seed + i)[part])
    builder.total("all", parts)
    return Trial(name, builder.table(k), builder.small(k), builder.of_town(), never_more)


def rolling_years(areas: Tree, mean: float, seed: int, never_more: int | None) -> Trial:
    """Draw fifteen years and the sums of each three that follow one another, all public."""
    builder = TableBuilder(areas)
    for year, lowest in yearly_counts(areas, mean, seed).items():
        builder.add(year, lowest)
    for first in range(len(YEARS) - 2):
        window = YEARS[first : first + 3]
        builder.total(f"{window[0]}-{window[-1]}", window)
    return Trial(
        f"15 years and rolling sums of 3, k = 3, mean {mean:g}", builder.table(3),
        builder.small(3), builder.of_town(), never_more,
    )  # fmt: skip


def trials(areas: Tree) -> Iterator[Callable[[], Trial]]:
    """Yield the kinds of docs/methods.md, each built when it is its turn."""
    yield lambda: one_count(areas, "one share, k = 3, mean 40", 40, 42, 5)
    yield lambda: one_count(areas, "one rare count, k = 3, mean 4", 4, 12, 162)
    yield lambda: share_and_complement(areas, 13, 48)
    yield lambda: categories(
        areas, "four categories, k = 10", (40, 30, 25, 20), k=10, seed=16, never_more=523
    )
    yield lambda: categories(
        areas, "six small categories, k = 3", (8,) * 6, k=3, seed=20, never_more=856
    )
    yield lambda: rolling_years(areas, 33, 30, None)
    yield lambda: rolling_years(areas, 10, 30, None)
