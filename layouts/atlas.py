"""The Atlas page before any click: selectors, tray, four linked charts, table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import (
    Option,
    aria,
    chart,
    data_attribute,
    panel_title,
    selector,
    tool,
)
from layouts.districts_table import table_panel
from layouts.ids import Atlas
from layouts.script_texts import script_texts


@dataclass(frozen=True)
class AtlasPage:
    """Everything the page shows at first; built by the callback from services and figures."""

    language: str
    catalogue: dict[str, Any]
    options: dict[str, list[Option]]
    values: dict[str, str | None]
    areas: list[str]
    view: str
    frame: str
    outlines: str
    classes: str
    extras: dict[str, str]
    figures: dict[str, Any]
    has_map: bool = True
    hints: tuple[str, ...] = field(default=())
    address: str | None = None
    """The query the page stands for when the address bar is somebody else's."""


def layout(tr: Translate, page: AtlasPage) -> Component:
    """Return the page; every declared id of the Atlas is laid out exactly once."""
    return html.Main(body(tr, page), id="main", className="atlas", tabIndex=-1)


def body(tr: Translate, page: AtlasPage) -> list[Component]:
    """Return what the page holds; the stage of a presentation is built around the same parts."""
    return [
        _stores(page),
        script_texts(tr),
        _toolbar(tr, page),
        html.Div(
            [
                _map_panel(tr, page),
                _chart_panel(tr, page, Atlas.RANKING, "ranking"),
                _scatter_panel(tr, page),
                _chart_panel(tr, page, Atlas.TREND, "trend"),
                table_panel(tr),
            ],
            className="atlas__panels",
            **data_attribute(outlines="some" if page.has_map else "none"),
        ),
        html.Div(id="atlas-live", className="visually-hidden", role="status"),
        html.Div(id="atlas-fault", className="fault", role="alert", hidden=True),
    ]


def empty(tr: Translate) -> Component:
    """Return what a release without any published value shows."""
    return html.Main(
        [html.H1(tr("atlas.empty_title")), html.P(tr("atlas.empty_text"))],
        id="main",
        className="message-page",
    )


def _stores(page: AtlasPage) -> Component:
    return html.Div(
        [
            dcc.Store(id=Atlas.VIEW, data=page.view),
            dcc.Store(id=Atlas.FRAME, data=page.frame),
            dcc.Store(id=Atlas.OUTLINES, data=page.outlines),
            dcc.Store(id=Atlas.CLASSES, data=page.classes),
            dcc.Store(id=Atlas.EXTRAS, data=page.extras),
            dcc.Store(id=Atlas.SELECTION, data=page.areas),
            dcc.Store(id=Atlas.CATALOGUE, data=page.catalogue),
            dcc.Store(id=Atlas.PAINTED),
            dcc.Store(id=Atlas.ADDRESS, data=page.address),
        ]
    )


def _toolbar(tr: Translate, page: AtlasPage) -> Component:
    def pick(component: Atlas, name: str) -> Component:
        return selector(
            component,
            tr(f"atlas.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )

    return html.Div(
        [
            html.Div(
                [
                    pick(Atlas.THEME, "theme"),
                    pick(Atlas.INDICATOR, "indicator"),
                    pick(Atlas.CATEGORY, "category"),
                    html.Div(
                        [pick(Atlas.PERIOD, "period"), html.Div(id="atlas-time", className="time")],
                        className="field--time",
                    ),
                    pick(Atlas.LEVEL, "level"),
                    pick(Atlas.COMPARE, "compare"),
                ],
                className="toolbar__fields",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(tr("atlas.selected"), className="tray__label"),
                            html.Span(id="atlas-tray-chips", className="tray__chips"),
                            html.Span(
                                tr("atlas.tray_hint"), id="atlas-tray-hint", className="tray__hint"
                            ),
                            html.Button(
                                tr("atlas.clear"),
                                id="atlas-clear",
                                type="button",
                                className="tray__clear",
                                hidden=True,
                            ),
                            html.A(
                                tr("side.from_atlas"),
                                id="atlas-side",
                                href="/vergleich",
                                className="tray__clear tray__side",
                                hidden=True,
                            ),
                        ],
                        id=Atlas.TRAY,
                        className="tray",
                        role="group",
                        **aria(label=tr("atlas.selected")),
                    ),
                    html.P(id="atlas-source", className="toolbar__source"),
                    html.Button(
                        tr("atlas.keep"), id=Atlas.KEEP, type="button", className="toolbar__keep"
                    ),
                ],
                className="toolbar__tray",
            ),
            html.Div(
                [html.P(text) for text in page.hints],
                id=Atlas.HINT,
                className="hint",
                role="status",
                hidden=not page.hints,
            ),
        ],
        className="toolbar",
    )


_PANEL_TOOLS = ("info", "data", "full", "save")


def _tools(tr: Translate) -> list[Component]:
    return [tool(tr, name, is_switch=name in ("data", "full")) for name in _PANEL_TOOLS]


def _map_panel(tr: Translate, page: AtlasPage) -> Component:
    switches = ("labels", "facilities", "box", "lasso")
    return html.Section(
        [
            panel_title(
                Atlas.FINDING,
                "atlas-finding-sub",
                level=1,
                tools=_tools(tr),
                note_id="atlas-chance",
            ),
            html.Div(id="atlas-no-map", className="no-map", hidden=page.has_map),
            html.Div(
                [
                    chart(
                        Atlas.MAP,
                        page.figures["map"],
                        label=tr("atlas.map"),
                        language=page.language,
                        zoom=True,
                    ),
                    _layer_selectors(tr, page),
                    html.Div(
                        [
                            *(tool(tr, name) for name in ("zoom-in", "zoom-out", "home")),
                            *(tool(tr, name, is_switch=True) for name in switches),
                        ],
                        className="map-tools",
                        role="group",
                        **aria(label=tr("atlas.map_tools")),
                    ),
                ],
                className="map-box",
            ),
            html.Div(id="atlas-legend", className="legend"),
        ],
        className="panel panel--map",
        **data_attribute(panel="map"),
    )


def _layer_selectors(tr: Translate, page: AtlasPage) -> Component:
    """Return what the map shows and, for a change, since when; beside the map, above its legend."""
    return html.Div(
        [
            selector(
                component,
                tr(f"atlas.{name}"),
                page.options[name],
                page.values[name],
                class_name=f"field--{name}",
            )
            for component, name in ((Atlas.LAYER, "layer"), (Atlas.SINCE, "since"))
        ]
        + [html.P(id="atlas-layer-note", className="map-layer__note", role="status", hidden=True)],
        className="map-layer",
    )


def _chart_panel(tr: Translate, page: AtlasPage, component: Atlas, name: str) -> Component:
    return html.Section(
        [
            panel_title(f"atlas-{name}-title", f"atlas-{name}-sub", tools=_tools(tr)),
            chart(component, page.figures[name], label=tr(f"atlas.{name}"), language=page.language),
        ],
        className=f"panel panel--{name}",
        **data_attribute(panel=name),
    )


def _scatter_panel(tr: Translate, page: AtlasPage) -> Component:
    switches = [tool(tr, name, is_switch=True) for name in ("funnel", "box", "lasso")]
    return html.Section(
        [
            panel_title("atlas-scatter-title", "atlas-scatter-sub", tools=[*switches, *_tools(tr)]),
            html.Div(
                [
                    html.Span("↑", className="axis-name", **aria(hidden="true")),
                    selector(
                        Atlas.SECOND,
                        tr("atlas.second"),
                        page.options["second"],
                        page.values["second"],
                        class_name="field--second",
                    ),
                    html.Span(id="atlas-scatter-y", className="axis-name"),
                ],
                className="axis-row",
            ),
            chart(
                Atlas.SCATTER,
                page.figures["scatter"],
                label=tr("atlas.scatter"),
                language=page.language,
            ),
            html.P(id="atlas-scatter-x", className="axis-name axis-name--x"),
        ],
        className="panel panel--scatter",
        **data_attribute(panel="scatter"),
    )
