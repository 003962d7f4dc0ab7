"""What is told of a protected group of indicators, so that its release can be attacked later.

It stands in the manifest of a release, beside the internal file, and no public answer holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.release_folders import read_manifest
from services.table_relations import CellName, Knowledge
from services.table_structure import Structure


@dataclass(frozen=True)
class ProtectedTable:
    """One group of indicators that speak of the same people, as it was published.

    Attributes
    ----------
    indicators
        Members with public values.
    structure
        How their series add up.
    known
        What everybody knows beside the published numbers.
    slacks
        What is left by subtracting and is too small to be known.
    was_public
        Hidden cells that an earlier release showed: too late to protect.
    """

    indicators: tuple[str, ...]
    structure: Structure
    known: Knowledge
    slacks: frozenset[CellName] = frozenset()
    was_public: frozenset[CellName] = frozenset()
    rounding: int = 0
    """Nothing is hidden but all counts are multiples of this; 0: nothing is rounded."""
    bases: frozenset[CellName] = frozenset()
    """For a table of bases: those that are too small to be known."""

    @property
    def is_of_bases(self) -> bool:
        """Whether its cells are the persons that shares are of, not the cases."""
        return bool(self.bases)

    def to_json(self) -> dict[str, Any]:
        """Return it as the manifest keeps it."""
        return {
            "indicators": list(self.indicators),
            "structure": self.structure.to_json(),
            "width": self.known.width,
            "least": dict(self.known.least),
            "most": {c: self.known.most[c] for c in sorted(self.known.most)},
            "rests": {c: self.known.rests[c] for c in sorted(self.known.rests)},
            "slacks": sorted(self.slacks),
            "was_public": sorted(self.was_public),
            "bases": sorted(self.bases),
            "rounding": self.rounding,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> ProtectedTable:
        """Read what :meth:`to_json` wrote.

        Raises
        ------
        KeyError
            It was written by something else.
        """
        return cls(
            indicators=tuple(told["indicators"]),
            structure=Structure.from_json(told["structure"]),
            known=Knowledge(
                told["width"], dict(told["least"]), dict(told["most"]), dict(told["rests"])
            ),
            slacks=frozenset(told["slacks"]),
            was_public=frozenset(told["was_public"]),
            bases=frozenset(told["bases"]),
            rounding=int(told["rounding"]),
        )


def protected_tables(folder: Path) -> list[ProtectedTable]:
    """Return the protected tables of a release; none of one that is older than they are.

    Raises
    ------
    DamagedBundleError
        The folder has no manifest.
    """
    return [ProtectedTable.from_json(told) for told in read_manifest(folder).get("disclosure", ())]
