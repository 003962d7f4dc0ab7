"""The chapters of a report in their order, and the outline with its pages."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from domain.report_plan import CHAPTERS, ReportPlan, moved, toggled
from i18n import Translate
from layouts.builder_model import BuilderPage, Outline, step
from layouts.components import aria, selector
from layouts.ids import Report


def section(title: str, children: list[Component | None], class_name: str = "") -> Component:
    """Return a framed part of the page under a heading."""
    return html.Section(
        [html.H2(title, className="comparison__heading"), *children],
        className=f"comparison__section {class_name}".strip(),
    )


def chapters_section(tr: Translate, page: BuilderPage) -> Component:
    """Return the chapters, each with its arrows, those left out, and the kind of file."""
    plan = page.plan
    last = len(plan.chapters) - 1
    rows = [
        _chapter(tr, plan, chapter, is_first=i == 0, is_last=i == last)
        for i, chapter in enumerate(plan.chapters)
    ]
    left_out = [c for c in CHAPTERS if c not in plan.chapters]
    more = [
        step(
            tr("builder.add_chapter", name=tr(f"builder.chapter_{c}")),
            toggled(plan, c),
            name=f"add-{c}",
            class_name="button",
        )
        for c in left_out
    ]
    return section(
        tr("builder.chapters"),
        [
            html.P(tr("builder.chapters_note"), className="comparison__note"),
            html.Ol(rows, className="builder__chapters"),
            html.Div(more, className="builder__steps") if more else None,
            html.Div(
                selector(
                    Report.FORMAT,
                    tr("builder.format"),
                    page.options["format"],
                    page.values["format"],
                    class_name="field--format",
                ),
                className="builder__row",
            ),
        ],
    )


def _chapter(
    tr: Translate, plan: ReportPlan, chapter: str, *, is_first: bool, is_last: bool
) -> Component:
    name = tr(f"builder.chapter_{chapter}")

    def move(word: str, sign: str, target: ReportPlan, *, is_off: bool) -> Component:
        if is_off:
            return html.Span(sign, className="builder__sign is-off", **aria(hidden="true"))
        return step(
            html.Span(sign, **aria(hidden="true")),
            target,
            name=f"{word}-{chapter}",
            class_name="builder__sign",
            label=tr(f"builder.move_{word}", name=name),
        )

    return html.Li(
        [
            html.Div(
                [
                    html.Span(name, className="builder__name"),
                    html.Span(tr(f"builder.about_{chapter}"), className="comparison__note"),
                ],
                className="builder__words",
            ),
            move("up", "↑", moved(plan, chapter, -1), is_off=is_first),
            move("down", "↓", moved(plan, chapter, 1), is_off=is_last),
            move("out", "×", toggled(plan, chapter), is_off=len(plan.chapters) == 1),
        ],
        className="builder__chapter",
    )


def outline(tr: Translate, found: Outline) -> list[Component]:
    """Return the outline: every chapter with its pages, then the sum."""
    unit = "slides" if found.plan.format == "pptx" else "pages"
    is_book = found.plan.format == "xlsx"
    rows = [
        html.Li(
            [
                html.Span(tr(f"builder.chapter_{part.chapter}"), className="builder__name"),
                html.Span(
                    tr(f"builder.missing_{part.missing}")
                    if part.missing
                    else ("" if is_book else tr(f"builder.n_{unit}", n=part.pages)),
                    className="builder__pages is-missing" if part.missing else "builder__pages",
                ),
            ],
        )
        for part in found.parts
    ]
    total = tr("builder.workbook_note") if is_book else tr(f"builder.total_{unit}", n=found.pages)
    return [
        html.H2(tr("builder.outline"), className="comparison__heading"),
        html.Ol(rows, className="builder__parts"),
        html.P(total, className="builder__total"),
        *(html.P(note, className="comparison__note") for note in found.notes),
    ]
