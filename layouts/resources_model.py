"""What the page that shares money or posts is laid out from."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.components import Option
from layouts.plain_charts import Part


@dataclass(frozen=True)
class Weight:
    """One slider: name of the indicator, value, share in words."""

    name: str
    value: int
    share: str


@dataclass(frozen=True)
class ResourcesPage:
    """Everything the page shows; ``options`` and ``values`` are by the names of the address."""

    language: str
    options: dict[str, list[Option]]
    values: dict[str, str]
    numbers: dict[str, float | None]
    indicators: list[str]
    weights: tuple[Weight, ...]
    hints: tuple[str, ...]
    index: Part
    share: Part
    files: tuple[tuple[str, str], ...]
    keep: str
    """Where the choices are saved under a name; empty where that is not offered."""
    map_data: str
