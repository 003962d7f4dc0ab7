"""Groups of the reader's own on the page of a comparison: put together, used, kept."""

from __future__ import annotations

from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from domain.own_groups import LONGEST_NAME
from i18n import Translate
from layouts.components import Option, aria, data_attribute
from layouts.form_parts import many_labels, text_field
from layouts.ids import Sections


@dataclass(frozen=True)
class GroupLine:
    """One group of the address: its members in words, and a link that takes it out."""

    name: str
    slot: int
    text: str
    members: str
    remove: Component


@dataclass(frozen=True)
class GroupPanel:
    """Everything the section shows; ``place`` names town and level, for what a browser keeps."""

    groups: tuple[GroupLine, ...]
    options: list[Option]
    members: tuple[str, ...]
    place: str
    is_full: bool
    not_summed: tuple[str, ...]
    is_narrow: bool = False
    """Whether only the chosen areas are offered as members."""


def groups_section(tr: Translate, panel: GroupPanel) -> Component:
    """Return the section with the groups there are and the form for a new one."""
    return html.Section(
        [
            html.H2(tr("sidegroup.title"), className="comparison__heading", id="groups-title"),
            html.P(tr("sidegroup.sub"), className="panel__sub"),
            html.Ul([_line(group) for group in panel.groups], className="groups__list")
            if panel.groups
            else None,
            html.P(tr("sidegroup.not_summed", names=", ".join(panel.not_summed)))
            if panel.groups and panel.not_summed
            else None,
            html.P(tr("sidegroup.only_chosen"), className="panel__sub")
            if panel.is_narrow
            else None,
            html.P(tr("sidegroup.full")) if panel.is_full else _form(tr, panel),
            html.Div(
                id="groups-kept",
                hidden=True,
                className="groups__kept",
                **data_attribute(
                    place=panel.place,
                    title=tr("sidegroup.kept"),
                    use=tr("sidegroup.use", name="*"),
                    forget=tr("sidegroup.forget", name="*"),
                ),
            ),
        ],
        className="comparison__section",
        **aria(labelledby="groups-title"),
    )


def _line(group: GroupLine) -> Component:
    return html.Li(
        [
            html.Span(group.name, className=f"groups__name slot-{group.slot + 1}"),
            html.Span(group.members, className="groups__members"),
            group.remove,
        ],
        **data_attribute(group=group.text),
    )


def _form(tr: Translate, panel: GroupPanel) -> Component:
    return html.Div(
        [
            text_field(
                Sections.GROUP_NAME,
                tr("sidegroup.name"),
                longest=LONGEST_NAME,
                placeholder=tr("sidegroup.name_hint"),
                class_name="rule__value",
            ),
            html.Div(
                [
                    html.Label(
                        tr("sidegroup.members"),
                        htmlFor=Sections.GROUP_MEMBERS,
                        className="field__label",
                    ),
                    dcc.Dropdown(
                        id=Sections.GROUP_MEMBERS,
                        options=panel.options,
                        value=list(panel.members),
                        multi=True,
                        placeholder=tr("sidegroup.members_hint"),
                        labels=many_labels(tr),
                        className="field__many",
                    ),
                ],
                className="field groups__pick",
            ),
            html.Button(
                tr("sidegroup.make"),
                id=Sections.GROUP_MAKE,
                type="button",
                className="button button--main",
            ),
            html.P(id=Sections.GROUP_SAID, role="status", className="groups__said"),
        ],
        className="groups__form",
        role="group",
        **aria(label=tr("sidegroup.form")),
    )
