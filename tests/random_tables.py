"""Small linked tables for tests of disclosure control: hierarchy × categories × years."""

from __future__ import annotations

import numpy as np

from domain.linked_table import LinkedTable

TOWN = "town"


def random_table(
    seed: int, *, areas: int = 4, most_categories: int = 4, most_years: int = 4
) -> LinkedTable:
    """Draw a town of districts and quarters with categories and years that add up.

    Small numbers are as usual as large ones; hidden cells are known to be one at least.
    """
    rng = np.random.default_rng(seed)
    children = {TOWN: [f"d{i}" for i in range(rng.integers(2, areas + 1))]}
    children |= {d: [f"{d}.{i}" for i in range(rng.integers(1, areas + 1))] for d in children[TOWN]}
    parts = _several("c", int(rng.integers(1, most_categories)))
    years = _several("y", int(rng.integers(1, most_years)))
    facts = [
        *(("area", parent, group) for parent, group in reversed(children.items())),
        *(("category", "all", parts) for _ in parts[1:2]),
        *(("year", "pooled", years) for _ in years[1:2]),
    ]
    lowest = [q for d in children[TOWN] for q in children[d]]
    numbers = {
        (part, year, quarter): float(rng.poisson(rng.gamma(1.0, 6.0)))
        for part in parts
        for year in years
        for quarter in lowest
    }
    for kind, whole, group in facts:  # from below
        _sum_up(numbers, kind, whole, group)
    return _table(numbers, facts)


_AXES = {"category": 0, "year": 1, "area": 2}


def _several(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _sum_up(numbers: dict, kind: str, whole: str, group: list[str]) -> None:
    axis = _AXES[kind]
    for key in [k for k in numbers if k[axis] == group[0]]:
        above = (*key[:axis], whole, *key[axis + 1 :])
        numbers[above] = sum(numbers[(*key[:axis], g, *key[axis + 1 :])] for g in group)


def _table(numbers: dict, facts: list) -> LinkedTable:
    relations = []
    for kind, whole, group in facts:
        axis = _AXES[kind]
        for key in [k for k in numbers if k[axis] == whole]:
            below = {"|".join((*key[:axis], g, *key[axis + 1 :])): 1.0 for g in group}
            relations.append({"|".join(key): -1.0, **below})
    size = len(numbers)
    return LinkedTable(
        tuple("|".join(k) for k in numbers),
        np.array(list(numbers.values())),
        tuple(relations),
        np.ones(size),
        np.full(size, np.inf),
        np.full(size, 3.0),
    )


def small_cells(table: LinkedTable, k: int = 3) -> frozenset[str]:
    """Return the cells the primary rule hides."""
    return frozenset(c for c, value in zip(table.cells, table.values, strict=True) if 0 < value < k)
