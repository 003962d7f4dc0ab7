"""What the map of a view can show beside its values: the layers, and why one cannot be shown.

A layer gives every area one class by the statistics of its own module; this module only says
what a painted layer is, so that whoever draws it needs to know no statistics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.wording import Message

LAYERS = ("value", "difference", "conspicuous", "change", "smoothed", "cluster", "bivariate")
"""Names in the address, in the order in which they are offered."""

PLAIN_LAYERS = frozenset({"value", "difference"})
"""Layers whose classes every view carries anyway."""

FIRST = "first"
"""In place of a period to count a change from: the first that can be compared."""

UNKNOWN = "n"
"""Key of an area that has a value, but for which the layer can say nothing."""

FEWEST_FOR_CLUSTERS = 30
"""Below this number of areas no local clusters are looked for (docs/methods.md, space)."""


@dataclass(frozen=True)
class LayerOffer:
    """A layer of a view, and why it cannot be shown; ``reason`` is empty where it can."""

    id: str
    reason: str = ""


@dataclass(frozen=True)
class LayerPeriod:
    """One period of a painted layer.

    ``keys`` holds the class of each area, empty where the area has no number of its own;
    ``numbers`` are columns of numbers in the order of :attr:`PaintedLayer.numbers`, each of shape
    ``(n_areas,)``. ``message`` is the finding, ``notes`` say how it was reached.
    """

    keys: tuple[str, ...]
    message: Message
    notes: tuple[Message, ...] = ()
    numbers: tuple[tuple[float | None, ...], ...] = ()


@dataclass(frozen=True)
class PaintedLayer:
    """All periods of one layer of a view.

    ``keys`` are the classes in the order of the legend. ``limits`` are numbers in which classes
    are worded. ``numbers`` names the columns of numbers: ``smoothed``, ``points`` or
    ``percent``. ``since`` is the period asked for to compare with, or ``FIRST``;
    ``is_tested`` says whether chance could be told from change.
    """

    id: str
    keys: tuple[str, ...]
    by_period: Mapping[str, LayerPeriod]
    limits: tuple[float, ...] = ()
    numbers: tuple[str, ...] = ()
    since: str = FIRST
    is_tested: bool = True
    starts: tuple[str, ...] = ()
    """Periods a change may be counted from, in time order; empty for other layers."""
    reach: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Period → those of ``starts`` from which a change up to it can be told."""


def why_not(offers: tuple[LayerOffer, ...], layer: str) -> str:
    """Return why a layer cannot be shown, empty where it can."""
    return next((x.reason for x in offers if x.id == layer), "")
