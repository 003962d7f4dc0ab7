"""What the page of a comparison is laid out from, and the links between its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from domain.comparison_query import serialise_comparison
from domain.side_by_side import ComparisonQuery, ComparisonView
from figures.heat_table import HeatRow
from layouts.comparison_charts import Courses, Strips
from layouts.components import Option, data_attribute

PATH = "/vergleich"


@dataclass(frozen=True)
class ComparisonPage:
    """Everything the page shows; built by the callback from services and figures.

    ``title`` and ``lead`` say what is found, ``actions`` are what can be done with the whole
    comparison (share, report), ``sections`` what further modules show below the courses.
    """

    view: ComparisonView
    options: dict[str, list[Option]]
    values: dict[str, str]
    indicators: list[str]
    hints: tuple[str, ...]
    title: str
    lead: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    legend: list[Component]
    table_title: str
    standings: tuple[str, ...]
    strips: Strips | None
    courses: Courses
    atlas_links: dict[str, str]
    back: str
    files: tuple[tuple[str, str], ...] = ()
    actions: Sequence[Component] = ()
    sections: Sequence[Component] = ()


@dataclass(frozen=True)
class Chooser:
    """What stands in place of a comparison until areas are chosen.

    ``areas`` are id and name of all areas of a small level; empty where there are too many.
    """

    query: ComparisonQuery
    options: dict[str, list[Option]]
    values: dict[str, str]
    indicators: list[str]
    hints: tuple[str, ...]
    words: str
    areas: tuple[tuple[str, str], ...]
    back: str
    sections: Sequence[Component] = ()


def address(query: ComparisonQuery) -> str:
    """Return the address of a query on this page."""
    return f"{PATH}?{serialise_comparison(query)}"


def step(
    children: Component | str | list[Component | str],
    query: ComparisonQuery,
    *,
    name: str,
    class_name: str = "",
) -> Component:
    """Return a link to another state of the page; a script keeps place and focus on the way.

    ``name`` is the same before and after the step, so that the focus is found again.
    """
    return html.A(
        children,
        href=address(query),
        className=f"step {class_name}".strip(),
        **data_attribute(step=name),
    )
