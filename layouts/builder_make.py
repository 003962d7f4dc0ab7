"""The parts of the page that an address does not decide: own texts, templates, the order itself."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from domain.report_plan import CHAPTERS
from domain.report_template import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE
from i18n import Translate
from i18n.formats import number
from layouts.builder_model import LARGEST_UPLOAD, ArchiveOffer, Standing
from layouts.components import aria, selector
from layouts.form_parts import text_field
from layouts.ids import Report


def text_id(chapter: str) -> Report:
    """Return the component of the own text of a chapter."""
    return Report(f"report-text-{chapter}")


def texts_section(tr: Translate, language: str) -> Component:
    """Return the fields for the title and for a text before each chapter."""
    fields = [
        html.Div(
            [
                html.Label(
                    tr(f"builder.own_{chapter}"), htmlFor=text_id(chapter), className="field__label"
                ),
                dcc.Textarea(
                    id=text_id(chapter),
                    maxLength=LONGEST_TEXT,
                    rows=4,
                    value="",
                    className="entry builder__text",
                ),
            ],
            className="field",
        )
        for chapter in CHAPTERS
    ]
    return html.Section(
        [
            html.H2(tr("builder.texts"), className="comparison__heading"),
            html.P(
                tr("builder.texts_note", most=number(LONGEST_TEXT, 0, language)),
                className="comparison__note",
            ),
            text_field(
                Report.TITLE,
                tr("builder.own_title"),
                longest=LONGEST_TITLE,
                placeholder=tr("builder.document_title"),
                class_name="entry builder__input",
            ),
            html.Details(
                [html.Summary(tr("builder.texts_open")), *fields], className="fold builder__texts"
            ),
        ],
        className="comparison__section",
    )


def _button(component: Report, text: str, class_name: str = "") -> Component:
    return html.Button(
        text,
        id=component,
        type="button",
        n_clicks=0,
        className=f"button {class_name}".strip(),
    )


def templates_section(tr: Translate) -> Component:
    """Return how plans with their texts are kept in this browser, saved as a file, and opened."""
    return html.Section(
        [
            html.H2(tr("builder.templates"), className="comparison__heading"),
            html.P(tr("builder.templates_note"), className="comparison__note"),
            html.Div(
                [
                    text_field(
                        Report.NAME,
                        tr("builder.template_name"),
                        longest=LONGEST_NAME,
                        class_name="entry builder__input",
                    ),
                    _button(Report.SAVE, tr("builder.template_save")),
                ],
                className="builder__row",
            ),
            html.Div(
                [
                    selector(
                        Report.KEPT, tr("builder.template_kept"), [], None, class_name="field--kept"
                    ),
                    _button(Report.OPEN, tr("builder.template_open")),
                    _button(Report.EXPORT, tr("builder.template_export")),
                    _button(Report.DELETE, tr("builder.template_delete")),
                    html.Label(
                        dcc.Upload(
                            html.Span(tr("builder.template_import"), className="button"),
                            id=Report.IMPORT,
                            accept=".json,application/json",
                            max_size=LARGEST_UPLOAD,
                            multiple=False,
                            className="builder__upload",
                        ),
                    ),
                ],
                className="builder__row",
            ),
            html.P(id=Report.TEMPLATE_SAID, role="status", className="builder__said"),
        ],
        className="comparison__section",
    )


def make_section(tr: Translate, archive: ArchiveOffer) -> Component:
    """Return the order itself: the two buttons, how far the work is."""
    return html.Section(
        [
            html.H2(tr("builder.make"), className="comparison__heading"),
            _button(Report.MAKE, tr("builder.make_report"), "button--main"),
            html.Div(standing(tr, Standing(is_open=False)), id=Report.STANDING),
            html.P(id=Report.SAID, role="status", className="visually-hidden"),
            html.Div(
                _button(Report.CANCEL, tr("builder.cancel")), id=Report.CANCEL_BOX, hidden=True
            ),
            html.H2(tr("builder.archive"), className="comparison__heading builder__next"),
            html.P(archive.note, id=Report.ARCHIVE_NOTE, className="comparison__note"),
            html.Button(
                tr("builder.make_archive"),
                id=Report.ARCHIVE,
                type="button",
                n_clicks=0,
                disabled=archive.is_too_large,
                className="button",
                **aria(describedby=Report.ARCHIVE_NOTE),
            ),
        ],
        className="comparison__section builder__make",
    )


def standing(tr: Translate, found: Standing) -> list[Component]:
    """Return how far the work is: a bar while it goes on, then the file or what went wrong."""
    if found.is_open:
        share = round(100 * found.share)
        return [
            html.Progress(
                value=str(share), max="100", className="builder__bar", **aria(label=found.text)
            ),
            html.P(tr("builder.at", share=share, text=found.text), className="comparison__note"),
        ]
    if found.file is not None:
        href, name = found.file
        return [
            html.P(found.text),
            html.A(
                tr("builder.fetch", name=name),
                href=href,
                download=name,
                className="button button--main",
            ),
        ]
    if not found.text:
        return []
    return [html.P(found.text, className="hint" if found.is_bad else "comparison__note")]
