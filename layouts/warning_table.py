"""The areas of the early-warning list as a table: one body an area, one row an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria

_COLUMNS = (
    "area", "indicator", "pair", "span", "change", "town", "word", "p", "neighbours",
)  # fmt: skip
_NUMBERS = frozenset({"span", "change", "town", "p"})
_SIDES = {1: "worse", -1: "better", 0: "plain"}


@dataclass(frozen=True)
class WarnedMove:
    """One indicator that moved, with the address of its change in the Atlas.

    ``texts`` are years, span, change, town, direction and adjusted p; ``burden`` is 1 where
    burden grew, -1 where it fell.
    """

    name: str
    href: str
    link: str
    texts: tuple[str, str, str, str, str, str]
    burden: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class WarnedArea:
    """One area of the list, with the address of its profile."""

    name: str
    href: str
    link: str
    standing: str
    neighbours: str
    moves: tuple[WarnedMove, ...]


def warning_table(tr: Translate, areas: Sequence[WarnedArea], caption: str) -> Component:
    """Return the list; on a narrow screen it is moved sideways, by keyboard too."""
    head = [
        html.Th(
            tr(f"warning.col_{name}"),
            scope="col",
            className="warned__number" if name in _NUMBERS else None,
        )
        for name in _COLUMNS
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr(head)),
                *(_area(area) for area in areas),
            ],
            className="warned",
        ),
        className="heat__scroll",
        tabIndex=0,
        role="region",
        **aria(label=caption),
    )


def _area(area: WarnedArea) -> Component:
    rows = len(area.moves)
    name = html.Th(
        [
            html.A(area.name, href=area.href, title=area.link),
            html.Span(area.standing, className="warned__standing"),
        ],
        scope="rowgroup",
        rowSpan=rows,
        className="warned__area",
    )
    around = html.Td(area.neighbours, rowSpan=rows, className="warned__around")
    return html.Tbody(
        [
            html.Tr([*([name] if n == 0 else []), *_cells(move), *([around] if n == 0 else [])])
            for n, move in enumerate(area.moves)
        ]
    )


def _cells(move: WarnedMove) -> list[Component]:
    years, span, change, town, word, p = move.texts
    notes = [html.Span(note, className="warned__note") for note in move.notes]
    return [
        html.Td(
            [html.A(move.name, href=move.href, title=move.link), *notes],
            className="warned__indicator",
        ),
        html.Td(years, className="warned__years"),
        html.Td(span, className="warned__number"),
        html.Td(change, className="warned__number"),
        html.Td(town, className="warned__number"),
        html.Td(word, className=f"warned__word warned__word--{_SIDES[move.burden]}"),
        html.Td(p, className="warned__number"),
    ]
