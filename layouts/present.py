"""The page on which kept views are arranged, and the stage on which they are presented."""

from __future__ import annotations

import json
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts import atlas
from layouts.atlas import AtlasPage
from layouts.components import aria, data_attribute
from layouts.ids import Present

_TEXTS = (
    "present.panels.map", "present.panels.map-ranking", "present.panels.map-trend",
    "present.panels.ranking", "present.panels.scatter", "present.panels.all",
    "present.item", "present.item_text", "present.item_title", "present.item_lines",
    "present.item_panels", "present.item_finding",
    "present.up", "present.down", "present.copy_slide", "present.remove",
    "present.drag", "present.in_atlas", "present.areas_one", "present.areas", "present.new_text",
    "present.new_text_lines", "present.empty", "present.moved", "present.removed",
    "present.copied_slide", "present.cleared", "present.opened", "present.opened_other",
    "present.link_copied", "present.link_shown", "present.link_long", "present.refused",
    "present.full", "present.undo", "present.undone", "present.from_link",
    "present.link_broken", "present.link_parts", "present.take", "present.own",
    "present.taken", "present.announce", "present.black", "present.ended", "present.preparing",
    "present.fault", "present.fault_place", "present.fault_slide", "present.fault_file",
    "present.fault.json", "present.fault.large", "present.fault.format", "present.fault.version",
    "present.fault.town", "present.fault.none", "present.fault.many", "present.fault.slide",
    "present.fault.stray", "present.fault.words", "present.fault.query", "present.fault.panels",
    "present.fault.unreadable",
)  # fmt: skip
"""Everything the scripts of this page write; they hold no sentence of their own."""


@dataclass(frozen=True)
class Place:
    """What a file of slides is checked against: the town and the release that is shown."""

    town: str
    name: str
    release: str


def layout(tr: Translate, page: AtlasPage, place: Place) -> Component:
    """Return the page: the list of slides, and the stage, which is its preview until it plays."""
    return html.Main(
        [
            dcc.Store(id=Present.WANTED),
            dcc.Store(id=Present.HINTS),
            dcc.Store(id=Present.ARRIVED),
            html.Div(
                id="present-texts",
                hidden=True,
                **data_attribute(
                    texts=json.dumps({key: tr(key) for key in _TEXTS}, ensure_ascii=False)
                ),
            ),
            _editor(tr),
            html.Aside(
                [
                    html.H2(tr("present.preview"), className="present__heading"),
                    html.Div(_stage(tr, page), id="present-frame", className="present__frame"),
                    html.P(tr("present.keys"), className="present__keys"),
                ],
                className="present__preview",
                **aria(label=tr("present.preview")),
            ),
            html.Div(id="present-live", className="visually-hidden", role="status"),
        ],
        id="main",
        className="present",
        tabIndex=-1,
        **data_attribute(town=place.town, name=place.name, release=place.release),
    )


def _button(tr: Translate, name: str, class_name: str = "") -> Component:
    return html.Button(
        tr(f"present.do_{name}"),
        id=f"present-{name}",
        type="button",
        className=f"button present__button {class_name}".strip(),
    )


def _editor(tr: Translate) -> Component:
    actions = ("copy", "save", "open", "print", "text", "clear")
    return html.Section(
        [
            html.H1(tr("present.title"), className="present__title"),
            html.P(tr("present.lead"), className="present__lead"),
            html.Div(
                [
                    _button(tr, "start", "button--main"),
                    *(_button(tr, name) for name in actions),
                ],
                className="actions present__bar",
                role="group",
                **aria(label=tr("present.actions")),
            ),
            html.Div(id="present-notice", className="hint", role="status", hidden=True),
            html.Div(
                [
                    html.Span(id="present-said"),
                    html.Button(
                        tr("present.undo"), id="present-undo", type="button",
                        className="tray__clear", hidden=True,
                    ),
                ],
                id="present-status",
                className="present__status",
                role="status",
            ),
            html.Ol(id="present-list", className="present__list"),
        ],
        id=Present.EDITOR,
        className="present__editor",
        **aria(label=tr("present.title")),
    )  # fmt: skip


def _stage(tr: Translate, page: AtlasPage) -> Component:
    return html.Section(
        [
            html.Div(
                [
                    html.H2(id="stage-title", className="stage__title", tabIndex=-1),
                    html.P(id="stage-finding", className="stage__finding", hidden=True),
                    html.P(id="stage-sub", className="stage__sub"),
                    html.Div(id="stage-hint", className="hint", role="status", hidden=True),
                ],
                className="stage__head",
            ),
            html.Div(id="stage-text", className="stage__text"),
            html.Div(atlas.body(tr, page), className="atlas stage__atlas"),
            html.Div(
                [
                    html.P(id="stage-source", className="stage__source"),
                    html.Div(
                        [
                            _tool(tr, "back", "‹"),
                            html.Span(id="stage-number", className="stage__number"),
                            _tool(tr, "next", "›"),
                            _tool(tr, "end", "×"),
                        ],
                        className="stage__tools",
                        role="group",
                        **aria(label=tr("present.tools")),
                    ),
                ],
                className="stage__foot",
            ),
            html.Div(id="stage-black", className="stage__black", hidden=True),
        ],
        id=Present.STAGE,
        className="stage",
        **aria(label=tr("present.stage")),
        **data_attribute(kind="text", panels="map-ranking"),
    )


def _tool(tr: Translate, name: str, sign: str) -> Component:
    return html.Button(
        sign,
        id=f"stage-{name}",
        type="button",
        className="stage__tool",
        title=tr(f"present.stage_{name}"),
        **aria(label=tr(f"present.stage_{name}")),
    )
