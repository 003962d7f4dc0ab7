"""Where changes to facilities and homes are noted down, and the list of those that are."""

from __future__ import annotations

from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from domain.need_query import LONGEST_TITLE, NONE
from domain.supply_plan import MOST_DWELLINGS, MOST_PER_DWELLING, MOST_PLACES
from i18n import Translate
from layouts.components import Option, aria, selector
from layouts.form_parts import number_field
from layouts.ids import NeedPlan

Removable = tuple[str, str]
"""A change in words, and the query string of the address without it."""


@dataclass(frozen=True)
class PlanForm:
    """What can be changed, and what is.

    ``facilities`` is empty where an area has to be chosen first; ``clear`` is the query string
    without any change.
    """

    facilities: list[Option]
    areas: list[Option]
    title: str
    changes: tuple[Removable, ...]
    clear: str
    is_full: bool


def plan_form(tr: Translate, form: PlanForm) -> Component:
    """Return one small form a kind of change, and below them what was noted down."""
    places = {"min": 0, "max": MOST_PLACES, "step": 1}
    return html.Section(
        [
            html.H2(tr("need.plan_heading"), className="comparison__heading", id="need-plan-form"),
            html.P(tr("need.plan_intro"), className="panel__sub"),
            None if form.facilities else html.P(tr("need.plan_area_first"), className="panel__sub"),
            html.Div(
                [
                    _fields(
                        tr,
                        "close",
                        _facility(tr, NeedPlan.CLOSED, form),
                        _button(tr, NeedPlan.CLOSE, form),
                    ),
                    _fields(
                        tr,
                        "resize",
                        _facility(tr, NeedPlan.RESIZED, form),
                        number_field(
                            NeedPlan.NEW_PLACES, tr("need.plan_places"), None, places, waits=False
                        ),
                        _button(tr, NeedPlan.RESIZE, form),
                    ),
                    _fields(
                        tr,
                        "move",
                        _facility(tr, NeedPlan.MOVED, form),
                        _area(tr, NeedPlan.MOVED_TO, form),
                        _button(tr, NeedPlan.MOVE, form),
                    ),
                    _fields(
                        tr,
                        "open",
                        _area(tr, NeedPlan.OPENED_IN, form),
                        number_field(
                            NeedPlan.OPENED_PLACES,
                            tr("need.plan_places"),
                            None,
                            places,
                            waits=False,
                        ),
                        _button(tr, NeedPlan.OPEN, form),
                    ),
                    _fields(
                        tr,
                        "homes",
                        _area(tr, NeedPlan.HOMES_IN, form),
                        number_field(
                            NeedPlan.DWELLINGS,
                            tr("need.plan_dwellings"),
                            None,
                            {"min": 1, "max": MOST_DWELLINGS, "step": 1},
                            waits=False,
                        ),
                        number_field(
                            NeedPlan.PER_DWELLING,
                            tr("need.plan_per_dwelling"),
                            None,
                            {"min": 0, "max": MOST_PER_DWELLING, "step": "any"},
                            waits=False,
                        ),
                        _button(tr, NeedPlan.HOMES, form),
                    ),
                ],
                className="plan__forms",
            ),
            html.P(id=NeedPlan.SAID, className="hint", role="status", hidden=True),
            _noted(tr, form),
        ],
        className="comparison__section",
        **aria(labelledby="need-plan-form"),
    )


def _fields(tr: Translate, kind: str, *fields: Component) -> Component:
    return html.Fieldset(
        [html.Legend(tr(f"need.plan_{kind}"), className="plan__legend"), *fields],
        className="plan__form",
    )


def _facility(tr: Translate, component: str, form: PlanForm) -> Component:
    return selector(
        component, tr("need.plan_facility"), form.facilities, NONE, class_name="field--facility"
    )


def _area(tr: Translate, component: str, form: PlanForm) -> Component:
    return selector(component, tr("need.plan_area"), form.areas, NONE, class_name="field--area")


def _button(tr: Translate, component: str, form: PlanForm) -> Component:
    return html.Button(
        tr("need.plan_add"),
        id=component,
        type="button",
        className="button button--main",
        disabled=form.is_full,
    )


def _noted(tr: Translate, form: PlanForm) -> Component:
    """Return the name of the plan and its changes, each with a link that takes it back."""
    rows = [
        html.Li([text, " ", dcc.Link(tr("need.plan_remove"), href=f"?{search}")])
        for text, search in form.changes
    ]
    name = html.Div(
        [
            html.Label(
                tr("need.plan_title_field"), htmlFor=NeedPlan.TITLE, className="field__label"
            ),
            dcc.Input(
                id=NeedPlan.TITLE,
                type="text",
                value=form.title,
                debounce=True,
                maxLength=LONGEST_TITLE,
                autoComplete="off",
                className="entry",
            ),
        ],
        className="field",
    )
    return html.Div(
        [
            name,
            html.Ol(rows, className="plan__changes"),
            dcc.Link(tr("need.plan_clear"), href=f"?{form.clear}"),
        ],
        className="plan__noted",
        hidden=not rows,
    )
