"""The page of one area: findings, figures, courses, people, places, and how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria, selector
from layouts.form_parts import hint_box
from layouts.ids import Profile
from layouts.profile_figures import courses_section, sides, stages_section, table_section
from layouts.profile_model import Bar, Chooser, Link, ProfilePage
from layouts.profile_places import (
    inside_section,
    map_figure,
    people_section,
    said_section,
    trust_section,
    twins_section,
)
from layouts.settled import settled


def layout(tr: Translate, bar: Bar | None, content: Sequence[Component]) -> Component:
    """Return the page: a bar that stays, and a body that follows the address."""
    return html.Main(
        [
            _bar(tr, bar),
            html.Div(list(content), id=Profile.BODY, className="profile__body"),
            dcc.Store(id=Profile.SETTLED),
        ],
        id="main",
        className="profile",
        tabIndex=-1,
    )


def profile(tr: Translate, page: ProfilePage) -> list[Component]:
    """Return the body of a profile."""
    return [
        hint_box(page.bar.hints),
        _head(tr, page),
        settled(html.Div([_findings(tr, page), *sides(tr, page)], className="profile__first")),
        *([settled(stages_section(tr, page))] if page.stages else []),
        *([courses_section(tr, page)] if page.courses else []),
        people_section(tr, page),
        *([settled(said_section(page.said))] if page.said else []),
        *(settled(inside_section(table)) for table in page.inside),
        *([settled(_what_stands_behind(tr, page))] if page.themes else []),
        *([settled(table_section(tr, page))] if page.themes else []),
        settled(_sources(tr, page)),
    ]


def _what_stands_behind(tr: Translate, page: ProfilePage) -> Component:
    """Return areas like it beside reliability; of an area without figures there is neither."""
    return html.Div([twins_section(tr, page), trust_section(tr, page)], className="profile__pair")


def chooser(tr: Translate, page: Chooser) -> list[Component]:
    """Return the body until an area is chosen: search above, lists below."""
    near = html.Ul([html.Li(link_of(x)) for x in page.near], className="profile__near")
    return [
        hint_box(page.hints),
        *([html.P(tr("profile.near")), near] if page.near else []),
        html.H1(tr("profile.choose_title"), className="profile__title"),
        html.P(tr("profile.choose_text"), className="profile__lead"),
        *(
            settled(
                html.Section(
                    [
                        html.H2(level.name, className="profile__heading"),
                        *([html.P(level.note, className="profile__note")] if level.note else []),
                        html.Ul(
                            [html.Li(link_of(x)) for x in level.links], className="profile__names"
                        ),
                    ],
                    className="profile__section",
                )
            )
            for level in page.levels
        ),
    ]


def found_list(tr: Translate, links: Sequence[Link], *, is_asked: bool) -> list[Component]:
    """Return what the search found; nothing until something was typed."""
    if not is_asked:
        return []
    if not links:
        return [html.P(tr("profile.found_none"))]
    return [html.Ul([html.Li(link_of(x)) for x in links], className="found__list profile__hits")]


def link_of(link: Link) -> Component:
    """Return a link with a remark behind it."""
    shown = html.A(link.text, href=link.href) if link.href else html.Span(link.text)
    return html.Span([shown, html.Small(link.note)]) if link.note else shown


def _bar(tr: Translate, bar: Bar | None) -> Component:
    """Return search and selectors; without an area there is only the search."""
    search = html.Div(
        [
            html.Label(tr("profile.find"), htmlFor=Profile.FIND, className="field__label"),
            dcc.Input(
                id=Profile.FIND,
                type="search",
                debounce=0.25,
                autoComplete="off",
                placeholder=tr("profile.find_hint"),
                className="field__input form-control",
            ),
            html.Div(id=Profile.FOUND, className="found", **aria(live="polite")),
        ],
        className="field field--find",
    )
    given = bar or Bar((), [], "", [], "", ())
    chosen = [
        selector(
            Profile.PERIOD,
            tr("profile.period"),
            given.periods,
            given.period,
            class_name="field--period",
        ),
        selector(
            Profile.COMPARE,
            tr("profile.compare"),
            given.compares,
            given.compare,
            class_name="field--compare",
        ),
    ]
    hidden = html.Div(chosen, className="profile__selectors", hidden=bar is None)
    return html.Div(
        html.Div([search, hidden], className="toolbar__fields profile__fields"),
        className="toolbar profile__bar",
    )


def _head(tr: Translate, page: ProfilePage) -> Component:
    trail = settled(
        html.Nav(
            html.Ol([html.Li(link_of(x)) for x in page.bar.trail]),
            className="profile__trail",
            **aria(label=tr("profile.trail")),
        )
    )
    actions = html.Div(
        [
            *page.actions,
            *(
                html.A(x.text, href=x.href, download="", className="profile__file")
                for x in page.files
            ),
        ],
        className="actions profile__actions",
        role="group",
        **aria(label=tr("profile.actions")),
    )
    words = html.Div(
        [trail, html.P(page.overline, className="profile__overline"),
         html.H1(page.title, className="profile__title"), actions],
        className="profile__words",
    )  # fmt: skip
    place = [map_figure(page.map)] if page.map else []
    return html.Div([words, *place], className="profile__head")


def _findings(tr: Translate, page: ProfilePage) -> Component:
    lengths = html.Nav(
        [
            html.A(
                x.text,
                href=x.href,
                className="profile__length is-current" if x.is_current else "profile__length",
                **(aria(current="true") if x.is_current else {}),
            )
            for x in page.lengths
        ],
        className="profile__lengths",
        **aria(label=tr("profile.lengths")),
    )
    text = "profile__text profile__text--easy" if page.is_easy else "profile__text"
    return html.Section(
        [
            html.Div(
                [html.H2(tr("profile.findings"), className="profile__heading"), lengths],
                className="profile__topline",
            ),
            html.Div([html.P(line) for line in page.lines], className=text),
        ],
        className="profile__section profile__section--findings",
    )


def _sources(tr: Translate, page: ProfilePage) -> Component:
    return html.Footer(
        [
            *(
                [html.H2(tr("profile.sources"), className="profile__heading")]
                if page.sources
                else []
            ),
            html.Ul([html.Li(s) for s in page.sources]),
            html.P(page.meta),
        ],
        className="profile__sources",
    )
