"""What a map of the problems of a level shows: areas, faults with their sizes, systems tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.model import Text

Ring = tuple[tuple[float, float], ...]
"""A closed ring of x and y in metres; holes run the other way round."""


_NONE = Text("")


@dataclass(frozen=True)
class Mark:
    """A fault (``kind`` of :class:`domain.coverage.FaultKind`) and where its number stands."""

    kind: str
    areas: tuple[str, ...]
    square_metres: float
    share_pct: float
    is_large: bool
    rings: tuple[Ring, ...]
    at: tuple[float, float]


@dataclass(frozen=True)
class TriedSystem:
    """A reference system and how much of a map lies in the town's outline if it is that one.

    ``longitude`` and ``latitude`` are where the middle of the map would be, in degrees.
    """

    system: str
    inside_pct: float
    longitude: float
    latitude: float


@dataclass(frozen=True)
class ProblemMap:
    """One level: its areas with the faults, or its outline elsewhere with the systems tried.

    ``rest`` counts faults that are not drawn. ``outline`` and ``tried`` are empty but for a map
    whose system nobody names; ``areas`` are then drawn as the best of ``tried`` has them, and
    are empty where none fits.
    """

    level: str
    vintage: str
    name: Text
    file: str
    areas: tuple[Ring, ...]
    marks: tuple[Mark, ...] = ()
    rest: int = 0
    outline: tuple[Ring, ...] = ()
    outline_name: Text = _NONE
    tried: tuple[TriedSystem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON types."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> ProblemMap:
        """Read what :meth:`to_json` wrote."""
        return cls(
            level=told["level"],
            vintage=told["vintage"],
            name=Text(**told["name"]),
            file=told["file"],
            areas=_rings(told["areas"]),
            marks=tuple(
                Mark(
                    **{**mark, "areas": tuple(mark["areas"]), "rings": _rings(mark["rings"])}
                    | {"at": (mark["at"][0], mark["at"][1])}
                )
                for mark in told["marks"]
            ),
            rest=told["rest"],
            outline=_rings(told["outline"]),
            outline_name=Text(**told["outline_name"]),
            tried=tuple(TriedSystem(**one) for one in told["tried"]),
        )


def _rings(told: Any) -> tuple[Ring, ...]:
    return tuple(tuple((x, y) for x, y in ring) for ring in told)
