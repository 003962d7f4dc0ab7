"""The page on which a report of one's own is put together, before any click."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from domain.report_plan import MOST_INDICATORS, MOST_PERIODS, ReportPlan
from i18n import Translate
from layouts.builder_chapters import chapters_section, section
from layouts.builder_make import make_section, templates_section, texts_section
from layouts.builder_model import ArchiveOffer, BuilderPage, step
from layouts.builder_sections import maps_choice, rule_choice
from layouts.components import Option, aria, selector
from layouts.form_parts import area_search, found_areas, hint_box, many_labels
from layouts.ids import Report

_MOST_CHIPS = 12


def layout(
    tr: Translate, page: BuilderPage, outline: list[Component], archive: ArchiveOffer
) -> Component:
    """Return the whole page; the body is drawn anew for every address, the rest stays."""
    return html.Main(
        [
            html.Div(
                [
                    html.H1(tr("builder.title"), className="comparison__title"),
                    html.P(tr("builder.lead"), className="comparison__lead"),
                ],
                className="comparison__head",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(body(tr, page), id=Report.BODY),
                            texts_section(tr, page.plan.lang),
                            templates_section(tr),
                        ],
                        className="builder__form",
                    ),
                    html.Div(
                        [
                            html.Section(
                                outline,
                                id=Report.OUTLINE,
                                className="comparison__section builder__outline",
                                **aria(label=tr("builder.outline")),
                            ),
                            make_section(tr, archive),
                        ],
                        className="builder__side",
                    ),
                ],
                className="builder__columns",
            ),
            dcc.Store(id=Report.TEXTS, storage_type="local"),
            dcc.Store(id=Report.TEMPLATES, storage_type="local"),
            dcc.Store(id=Report.JOB, storage_type="session"),
            dcc.Store(id=Report.FILLED, data=False),
            dcc.Interval(id=Report.TICK, interval=1000),
            dcc.Store(id=Report.TIDY),
            dcc.Download(id=Report.SAVED),
        ],
        id="main",
        className="comparison builder",
        tabIndex=-1,
    )


def body(tr: Translate, page: BuilderPage) -> list[Component]:
    """Return what an address decides: areas, indicators, years, chapters, kind of file."""
    return [
        hint_box(page.hints),
        _areas(tr, page),
        _figures(tr, page),
        chapters_section(tr, page),
        maps_choice(tr, page),
        rule_choice(tr, page),
    ]


def _areas(tr: Translate, page: BuilderPage) -> Component:
    plan = page.plan
    chips = [
        html.Li(
            [
                html.Span(name, className="chip__name"),
                step(
                    html.Span("×", **aria(hidden="true")),
                    replace(plan, areas=tuple(a for a in plan.areas if a != area)),
                    name=f"remove-{area}",
                    class_name="chip__remove",
                    label=tr("builder.remove_area", name=name),
                ),
            ],
            className="chip",
        )
        for area, name in page.areas[:_MOST_CHIPS]
    ]
    return section(
        tr("builder.areas"),
        [
            html.Div(
                [
                    selector(
                        Report.LEVEL,
                        tr("builder.level"),
                        page.options["level"],
                        page.values["level"],
                        class_name="field--level",
                    ),
                    area_search(
                        Report.FIND,
                        Report.FOUND,
                        label=tr("builder.find"),
                        placeholder=tr("builder.find_hint"),
                        class_name="builder__search",
                    ),
                ],
                className="builder__row",
            ),
            html.Ul(chips, className="comparison__chips") if chips else None,
            html.P(_chosen(tr, page), className="comparison__note"),
            html.Div(_area_steps(tr, page), className="builder__steps"),
        ],
    )


def _chosen(tr: Translate, page: BuilderPage) -> str:
    if page.plan.all_areas:
        return tr("builder.all_chosen", n=float(page.n_areas), words=page.words)
    rest = len(page.areas) - _MOST_CHIPS
    if rest > 0:
        return tr("builder.more_chosen", n=rest)
    return "" if page.areas else tr("builder.none_chosen", words=page.words)


def _area_steps(tr: Translate, page: BuilderPage) -> list[Component]:
    plan = page.plan
    everything = replace(plan, areas=(), all_areas=True)
    nothing = replace(plan, areas=(), all_areas=False)
    found = []
    if not plan.all_areas:
        found.append(
            step(
                tr("builder.take_all", n=float(page.n_areas), words=page.words),
                everything,
                name="all",
                class_name="button",
            )
        )
    if plan.all_areas or plan.areas:
        found.append(step(tr("builder.clear"), nothing, name="clear", class_name="button"))
    return found


def found_list(
    tr: Translate, plan: ReportPlan, hits: tuple[tuple[str, str], ...], *, is_asked: bool
) -> list[Component]:
    """Return what the search found, each a link that adds the area."""
    if not is_asked:
        return []
    links = (
        step(
            name,
            replace(plan, areas=(*plan.areas, area), all_areas=False),
            name="find",
            class_name="found__add",
        )
        for area, name in hits
    )
    said = tr("builder.found", n=len(hits))
    return found_areas(links, said=said, none=tr("builder.found_none"))


def _figures(tr: Translate, page: BuilderPage) -> Component:
    return section(
        tr("builder.figures"),
        [
            html.Div(
                [
                    selector(
                        Report.THEME,
                        tr("builder.theme"),
                        page.options["theme"],
                        page.values["theme"],
                        class_name="field--theme",
                    ),
                    _several(
                        tr,
                        Report.INDICATORS,
                        tr("builder.indicators", most=MOST_INDICATORS),
                        page.options["indicators"],
                        list(page.plan.indicators),
                    ),
                    _several(
                        tr,
                        Report.PERIODS,
                        tr("builder.periods", most=MOST_PERIODS),
                        page.options["periods"],
                        list(page.plan.periods),
                    ),
                ],
                className="builder__row builder__row--figures",
            ),
            html.P(tr("builder.periods_note"), className="comparison__note"),
        ],
    )


def _several(
    tr: Translate, component: Report, label: str, options: list[Option], value: list[str]
) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=component, className="field__label"),
            dcc.Dropdown(
                id=component,
                options=options,
                value=value,
                multi=True,
                debounce=True,
                closeOnSelect=False,
                clearable=component is Report.PERIODS,
                placeholder=tr(f"builder.empty_{component.value.removeprefix('report-')}"),
                labels=many_labels(tr),
                className="field__many",
            ),
        ],
        className="field",
    )
