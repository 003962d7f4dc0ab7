"""The page that shares money or posts by need, before any click."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from domain.resource_query import BY_FORMULA, FEWEST, MOST, MOST_FALL, MOST_RISE, MOST_WEIGHT
from i18n import Translate
from layouts.components import aria, selector
from layouts.form_parts import choice_of_many, hint_box, number_field, number_input
from layouts.ids import Resources
from layouts.plain_charts import found_part
from layouts.resources_model import ResourcesPage, Weight
from layouts.resources_options import NO_BEFORE

WEIGHTS = (
    Resources.WEIGHT_1,
    Resources.WEIGHT_2,
    Resources.WEIGHT_3,
    Resources.WEIGHT_4,
    Resources.WEIGHT_5,
    Resources.WEIGHT_6,
)
INDEX_SELECTORS: dict[str, str] = {
    Resources.LEVEL: "level",
    Resources.PERIOD: "period",
    Resources.METHOD: "method",
    Resources.BASE: "base",
    Resources.CLASSES: "classes",
}
SHARE_SELECTORS: dict[str, str] = {
    Resources.UNIT: "unit",
    Resources.RULE: "rule",
    Resources.CHILDREN: "children",
}
NUMBERS: dict[str, str] = {
    Resources.AMOUNT: "amount",
    Resources.GEARING: "gearing",
    Resources.FLOOR: "floor",
    Resources.CAP: "cap",
}
LAST_YEAR: dict[str, str] = {
    Resources.BEFORE_AMOUNT: "before_amount",
    Resources.BEFORE_GEARING: "before_gearing",
    Resources.FALL: "fall",
    Resources.RISE: "rise",
}


def layout(content: list[Component]) -> Component:
    """Return the page around its content, which is drawn anew for every address."""
    return html.Main(
        html.Div(content, id=Resources.BODY),
        id="main",
        className="comparison resources",
        tabIndex=-1,
    )


def empty(tr: Translate, hints: tuple[str, ...]) -> list[Component]:
    """Return what stands where no level has enough indicators for an index."""
    return [
        html.H1(tr("resources.heading"), className="comparison__title"),
        hint_box(hints),
        html.P(tr("resources.too_few", fewest=FEWEST), className="comparison__lead"),
    ]


def resources(tr: Translate, page: ResourcesPage) -> list[Component]:
    """Return the content of the page."""
    return [
        html.H1(tr("resources.heading"), className="comparison__title"),
        html.P(tr("resources.intro"), className="comparison__lead"),
        hint_box(page.hints),
        _index_bar(tr, page),
        found_part(tr, page.index, "resources-index", page.language),
        _share_bar(tr, page),
        _last_year_bar(tr, page),
        found_part(tr, page.share, "resources-share", page.language),
        html.P(tr("resources.caution"), className="comparison__note"),
        html.Div(
            [
                *(html.A(text, href=href, download="") for text, href in page.files),
                *([html.A(tr("scenarios.keep"), href=page.keep)] if page.keep else []),
            ],
            className="actions comparison__actions",
            role="group",
            **aria(label=tr("resources.files")),
        ),
        dcc.Store(id=Resources.MAP_DATA, data=page.map_data),
        dcc.Store(id=Resources.MAP_PAINTED),
    ]


def _selectors(tr: Translate, page: ResourcesPage, names: dict[str, str]) -> list[Component]:
    return [
        selector(
            component,
            tr(f"resources.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )
        for component, name in names.items()
    ]


def _index_bar(tr: Translate, page: ResourcesPage) -> Component:
    return html.Div(
        [
            html.Div(
                [*_selectors(tr, page, INDEX_SELECTORS), _indicator_list(tr, page)],
                className="resources__fields",
            ),
            html.Fieldset(
                [
                    html.Legend(tr("resources.weights"), className="field__label"),
                    html.Div(
                        [_weight(tr, page, place) for place in range(MOST)],
                        className="resources__weights",
                    ),
                ],
                className="resources__set",
            ),
        ],
        className="resources__bar",
        role="group",
        **aria(label=tr("resources.index_bar")),
    )


def _indicator_list(tr: Translate, page: ResourcesPage) -> Component:
    return choice_of_many(
        (Resources.INDICATORS, Resources.APPLY),
        page.options["indicators"],
        page.indicators,
        tr,
        legend=tr("resources.indicators_legend", fewest=FEWEST, most=MOST),
    )


def _weight(tr: Translate, page: ResourcesPage, place: int) -> Component:
    """Return one slider; those of no indicator are laid out hidden, so that every id exists."""
    weight = page.weights[place] if place < len(page.weights) else Weight("–", 0, "")
    return html.Div(
        [
            html.Label(weight.name, htmlFor=WEIGHTS[place], className="resources__name"),
            number_input(
                WEIGHTS[place],
                weight.value,
                {"min": 0, "max": MOST_WEIGHT, "step": 1},
                is_slider=True,
            ),
            html.Output(weight.share, htmlFor=WEIGHTS[place], className="resources__share"),
        ],
        className="resources__weight",
        hidden=place >= len(page.weights),
        title=tr("resources.weight_of", name=weight.name),
    )


def _share_bar(tr: Translate, page: ResourcesPage) -> Component:
    typed = {"min": 0, "step": "any"}
    limits = dict.fromkeys(NUMBERS, typed)
    limits[Resources.GEARING] = {"min": 0, "max": 100, "step": 5}
    return html.Div(
        [
            *(
                # how whole posts are rounded says nothing where money is shared
                html.Div(field, hidden=name == "rule" and page.values["unit"] == "euro")
                for name, field in zip(
                    SHARE_SELECTORS.values(), _selectors(tr, page, SHARE_SELECTORS), strict=True
                )
            ),
            *(
                number_field(
                    component,
                    tr(f"resources.{name}"),
                    page.numbers[name],
                    limits[component],
                    is_slider=component == Resources.GEARING,
                )
                for component, name in NUMBERS.items()
            ),
        ],
        className="resources__bar resources__fields",
        role="group",
        **aria(label=tr("resources.share_bar")),
    )


def _last_year_bar(tr: Translate, page: ResourcesPage) -> Component:
    """Return what stands for last year; numbers that decide nothing are hidden."""
    limits: dict[str, dict[str, Any]] = {
        Resources.BEFORE_AMOUNT: {"min": 0, "step": "any"},
        Resources.BEFORE_GEARING: {"min": 0, "max": 100, "step": 5},
        Resources.FALL: {"min": 0, "max": MOST_FALL, "step": "any"},
        Resources.RISE: {"min": 0, "max": MOST_RISE, "step": "any"},
    }
    before = page.values["before"]
    of_formula = (Resources.BEFORE_AMOUNT, Resources.BEFORE_GEARING)
    hidden = {
        component: before == NO_BEFORE or (component in of_formula and before != BY_FORMULA)
        for component in LAST_YEAR
    }
    return html.Div(
        [
            *_selectors(tr, page, {Resources.BEFORE: "before"}),
            *(
                html.Div(
                    number_field(
                        component,
                        tr(f"resources.{name}"),
                        page.numbers[name],
                        limits[component],
                        is_slider=component == Resources.BEFORE_GEARING,
                    ),
                    hidden=hidden[component],
                )
                for component, name in LAST_YEAR.items()
            ),
        ],
        className="resources__bar resources__fields",
        role="group",
        **aria(label=tr("resources.last_year_bar")),
    )
