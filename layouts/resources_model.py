"""What the page that shares money or posts is laid out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from layouts.comparison_charts import ChartTable, Paper
from layouts.components import Option


@dataclass(frozen=True)
class Weight:
    """One slider: name of the indicator, value, share in words."""

    name: str
    value: int
    share: str


@dataclass(frozen=True)
class PlainChart:
    """A chart with its finding, unit, table, and what a picture of it says."""

    id: str
    title: str
    sub: str
    figure: dict[str, Any]
    table: ChartTable
    paper: Paper
    key: tuple[tuple[str, str], ...] = ()
    """Colour and name of what is drawn in several colours."""


@dataclass(frozen=True)
class Part:
    """A half of the page: what is found, how, what speaks against it, charts and tables."""

    title: str
    lead: tuple[str, ...]
    warnings: tuple[str, ...]
    charts: Sequence[PlainChart]
    table: ChartTable
    map: Component | None = None


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
