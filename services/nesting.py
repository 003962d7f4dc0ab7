"""Which areas lie in which: chains of levels that add up, from ``area_parent``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from domain.model import AreaGroup, Catalogue

LevelKey = str
"""``level@vintage``."""

Cell = str
"""``level@vintage|area``: one area of one level in one table."""


def cell(level: LevelKey, area: str) -> Cell:
    """Return the name of a cell."""
    return f"{level}|{area}"


@dataclass(frozen=True)
class Hierarchy:
    """One way areas nest: ``child → parent`` for each pair of neighbouring levels.

    ``groups`` are areas with a figure together: a step between them and their parent.
    """

    name: str
    edges: Mapping[tuple[LevelKey, LevelKey], Mapping[str, str]]
    groups: Mapping[LevelKey, tuple[AreaGroup, ...]] = field(default_factory=dict)

    @property
    def levels(self) -> frozenset[LevelKey]:
        """Return every level the hierarchy speaks of."""
        return frozenset(key for pair in self.edges for key in pair)

    def ancestors(self, fine: LevelKey, coarse: LevelKey) -> dict[str, str]:
        """Return ``area → ancestor``; empty when the fine level does not lie in the coarse one."""
        for (child, parent), links in sorted(self.edges.items()):
            if child != fine:
                continue
            if parent == coarse:
                return dict(links)
            further = self.ancestors(parent, coarse)
            if further:
                return {area: further[mid] for area, mid in links.items() if mid in further}
        return {}

    def chain(self, levels: Iterable[LevelKey]) -> list[LevelKey]:
        """Return the levels that nest in each other, coarse first; others are left out.

        Parameters
        ----------
        levels
            Levels ordered from coarse to fine.
        """
        chain: list[LevelKey] = []
        for level in levels:
            if not chain or self.ancestors(level, chain[-1]):
                chain.append(level)
        return chain

    def parents(self, chain: list[LevelKey], told: Collection[Cell] = ()) -> dict[Cell, Cell]:
        """Return ``cell → cell it is part of`` over all levels of a chain.

        Parameters
        ----------
        told
            The cells of the table. A group among them is a sum of its own: of its members, and a
            part of their parent in their place.
        """
        found = {
            cell(fine, area): cell(coarse, above)
            for coarse, fine in pairwise(chain)
            for area, above in self.ancestors(fine, coarse).items()
        }
        for level in chain:
            for group in self.groups.get(level, ()):
                node = cell(level, group.id)
                if node in told:
                    members = [cell(level, area) for area in group.members]
                    above = [found[member] for member in members if member in found]
                    found |= dict.fromkeys(members, node)
                    if above:  # all lie in the same area, else the import refuses the group
                        found[node] = above[0]
        return found


def groups_by_level(catalogue: Catalogue) -> dict[LevelKey, tuple[AreaGroup, ...]]:
    """Return the groups of areas of every level that has some."""
    return {level.key: level.groups for level in catalogue.levels if level.groups}


def hierarchies(
    parents: pd.DataFrame, groups: Mapping[LevelKey, tuple[AreaGroup, ...]] | None = None
) -> list[Hierarchy]:
    """Return the hierarchies of a town in the order in which they first appear."""
    found = []
    for name, rows in parents.groupby("hierarchy", sort=False):
        edges: dict[tuple[LevelKey, LevelKey], dict[str, str]] = {}
        for row in rows.itertuples(index=False):
            pair = (
                f"{row.child_level}@{row.child_vintage}",
                f"{row.parent_level}@{row.parent_vintage}",
            )
            edges.setdefault(pair, {})[str(row.child)] = str(row.parent)
        found.append(Hierarchy(str(name), edges, groups or {}))
    return found


def level_order(catalogue: Catalogue) -> dict[LevelKey, tuple[int, str]]:
    """Return a sort key for levels: coarse first, the newest boundary of a level first."""
    newest = sorted({x.vintage for x in catalogue.levels}, reverse=True)
    return {x.key: (x.order, f"{newest.index(x.vintage):04d}") for x in catalogue.levels}
