"""Parts of a profile about people and places: ages, facilities, areas inside, twins, trust."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria
from layouts.profile_figures import drawing, graph
from layouts.profile_model import Drawing, FacilityGroup, InsideTable, Link, ProfilePage
from layouts.settled import settled

_MOST_OPEN = 10
"""Facilities of a kind that are listed without a click."""


def map_figure(drawn: Drawing) -> Component:
    """Return the small map that shows where the area lies; the text beside it says the same."""
    return html.Figure(
        [
            html.Div(graph(drawn), role="img", className="profile__graph", **aria(label=drawn.alt)),
            html.Figcaption(drawn.title),
        ],
        className="profile__map",
    )


def people_section(tr: Translate, page: ProfilePage) -> Component:
    """Return children by age beside the facilities; a part without data is left out."""
    ages = html.Section(
        [
            html.H2(tr("profile.ages"), className="profile__heading"),
            drawing(tr, page.ages, "profile__ages"),
        ],
        className="profile__section",
    ) if page.ages else None  # fmt: skip
    places = html.Section(
        [
            html.H2(page.facilities_title, className="profile__heading"),
            *(_kind(group) for group in page.facilities),
        ],
        className="profile__section profile__section--facilities",
    ) if page.facilities else None  # fmt: skip
    parts = [*([ages] if ages else []), *([settled(places)] if places else [])]
    return html.Div(parts, className="profile__pair", hidden=not parts)


def _kind(group: FacilityGroup) -> Component:
    """Return the facilities of a kind; many of them open on demand."""
    rows = [html.Li([name, html.Small(about)]) for name, about in group.rows]
    if len(rows) > _MOST_OPEN:
        folded = html.Details([html.Summary(html.H3(group.name)), html.Ul(rows)])
        return html.Div(folded, className="profile__kind")
    return html.Div([html.H3(group.name), html.Ul(rows)], className="profile__kind")


def said_section(group: FacilityGroup) -> Component:
    """Return what people said here in workshops."""
    rows = [html.Li([words, html.Small(about)]) for words, about in group.rows]
    return html.Section(
        [
            html.H2(group.name, className="profile__heading"),
            html.Div(html.Ul(rows), className="profile__kind"),
        ],
        className="profile__section profile__section--said",
    )


def inside_section(table: InsideTable) -> Component:
    """Return the areas inside with a few of their figures, their names alone without any."""
    return html.Section(
        [
            html.H2(table.title, className="profile__heading"),
            _inside_table(table) if len(table.columns) > 1 else _inside_names(table),
            html.P(table.note, className="profile__note") if table.note else None,
        ],
        className="profile__section profile__section--inside",
    )


def _inside_names(table: InsideTable) -> Component:
    names = [html.Li(html.A(link.text, href=link.href)) for link, _ in table.rows]
    return html.Ul(names, className="profile__names")


def _inside_table(table: InsideTable) -> Component:
    rows = [
        html.Tr(
            [
                html.Th(html.A(link.text, href=link.href), scope="row"),
                *(html.Td(c) for c in cells),
            ]
        )
        for link, cells in table.rows
    ]
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(c, scope="col") for c in table.columns])),
                html.Tbody(rows),
            ],
            className="profile__table profile__table--inside",
        ),
        className="profile__scroll",
        tabIndex=0,
        role="region",
        **aria(label=table.title),
    )


def twins_section(tr: Translate, page: ProfilePage) -> Component:
    """Return areas with similar circumstances, or why there are none."""
    return html.Section(
        [
            html.H2(tr("profile.twins"), className="profile__heading"),
            html.P(page.twins_lead, className="profile__note"),
            html.Ol([_twin(x) for x in page.twins], className="profile__twins")
            if page.twins
            else None,
        ],
        className="profile__section",
    )


def _twin(link: Link) -> Component:
    return html.Li([html.A(link.text, href=link.href), html.Small(link.note)])


def trust_section(tr: Translate, page: ProfilePage) -> Component:
    """Return the box on how far the figures can be trusted."""
    return html.Section(
        [
            html.H2(tr("profile.trust"), className="profile__heading"),
            html.P(page.trust.title),
            html.Ul([html.Li(line) for line in page.trust.lines]),
        ],
        className="profile__section profile__section--trust",
    )
