"""What a map of areas shows: fills, circles, chosen areas, legend; on paper and on phones alike."""

from __future__ import annotations

from dataclasses import dataclass

from domain.print_outlines import PrintOutlines
from figures import theme


@dataclass(frozen=True)
class Paint:
    """How a place is filled: a colour, pale lines over it where cases are few, or a hatch."""

    colour: str = ""
    state: str = ""
    is_limited: bool = False


@dataclass(frozen=True)
class Key:
    """A row of the legend: the fill, or the radius of a circle, with its name and count."""

    paint: Paint
    label: str
    count: int | None = None
    radius: float | None = None


@dataclass(frozen=True)
class Mark:
    """A circle or symbol at the place of an area; the radius is in points."""

    area: str
    paint: Paint
    radius: float


@dataclass(frozen=True)
class Chosen:
    """An area that is outlined and named."""

    area: str
    name: str
    colour: str


@dataclass(frozen=True)
class MapPlan:
    """Everything a map shows; ``ground`` fills areas that ``paints`` does not name."""

    outlines: PrintOutlines
    paints: dict[str, Paint]
    legend_title: str
    legend: tuple[Key, ...]
    marks: tuple[Mark, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    ground: Paint = Paint(colour=theme.NEUTRAL_FILL)
    north: str = ""
    language: str = "de"
