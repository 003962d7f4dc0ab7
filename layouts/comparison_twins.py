"""Twins on the page of a comparison: which districts are most alike, in what, and in what not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria, data_attribute


@dataclass(frozen=True)
class TwinRow:
    """One twin in words; ``link`` adds it to the comparison, or says that it is there."""

    name: str
    distance: str
    share: float
    alike: str
    differing: str
    link: Component
    note: str = ""


@dataclass(frozen=True)
class TwinBlock:
    """The twins of one chosen area; without any, ``reason`` says why."""

    name: str
    slot: int
    rows: tuple[TwinRow, ...]
    reason: str = ""


def twins_section(
    tr: Translate, blocks: Sequence[TwinBlock], circumstances: str, left_out: Sequence[str]
) -> Component:
    """Return the section; ``circumstances`` says what areas are compared by."""
    return html.Section(
        [
            html.H2(tr("sidetwin.title"), className="comparison__heading", id="twins-title"),
            html.P(tr("sidetwin.sub"), className="panel__sub"),
            html.Div([_block(tr, block) for block in blocks], className="twins"),
            html.P(circumstances, className="twins__by") if circumstances else None,
            html.Details(
                [
                    html.Summary(tr("sidetwin.left_out")),
                    html.Ul([html.Li(text) for text in left_out]),
                ],
                className="fold twins__left",
            )
            if left_out
            else None,
        ],
        className="comparison__section",
        **aria(labelledby="twins-title"),
    )


def _block(tr: Translate, block: TwinBlock) -> Component:
    head = html.H3(block.name, className=f"twins__area slot-{block.slot + 1}")
    if not block.rows:
        return html.Div([head, html.P(block.reason)], className="twins__block")
    rows = [
        html.Tr(
            [
                html.Th(
                    [
                        row.name,
                        html.Span(row.note, className="twins__note") if row.note else None,
                    ],
                    scope="row",
                ),
                html.Td(
                    [
                        html.Span(
                            className="twins__bar",
                            style={"--share": f"{row.share:.3f}"},
                            **aria(hidden="true"),
                        ),
                        row.distance,
                    ],
                    className="twins__distance",
                    **data_attribute(head=tr("sidetwin.column_distance")),
                ),
                html.Td(row.alike, **data_attribute(head=tr("sidetwin.column_alike"))),
                html.Td(row.differing, **data_attribute(head=tr("sidetwin.column_differing"))),
                html.Td(row.link),
            ]
        )
        for row in block.rows
    ]
    names = ("name", "distance", "alike", "differing", "add")
    return html.Div(
        [
            head,
            html.Div(
                html.Table(
                    [
                        html.Caption(
                            tr("sidetwin.caption", name=block.name), className="visually-hidden"
                        ),
                        html.Thead(
                            html.Tr(
                                [html.Th(tr(f"sidetwin.column_{n}"), scope="col") for n in names]
                            )
                        ),
                        html.Tbody(rows),
                    ],
                    className="twins__table",
                ),
                className="heat__scroll",
                tabIndex=0,
                role="region",
                **aria(label=tr("sidetwin.caption", name=block.name)),
            ),
        ],
        className="twins__block",
    )
