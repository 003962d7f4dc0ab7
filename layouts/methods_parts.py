"""The parts of the page of methods: gaps, ways of computing, signs, words, downloads, a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.methods import Cell, text_table


@dataclass(frozen=True)
class GapTexts:
    """A table of what is there, in words and signs.

    ``rows`` hold name, address, who delivers and since when, one ``(kind, text, words)`` a
    period, and the reason where there is nothing at all.
    """

    caption: str
    corner: str
    periods: tuple[str, ...]
    rows: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...], str], ...]


def gap_table(table: GapTexts) -> Component:
    """Return the table: a sign with words for each period, a reason where all are missing."""
    head: list[Cell] = [table.corner]
    head += [{"text": period, "kind": "gap__period"} for period in table.periods]
    lines: list[list[Cell]] = []
    for name, href, detail, cells, reason in table.rows:
        first: Cell = {"text": name, "href": href, "small": detail}
        if reason:
            body: list[Cell] = [
                {"text": reason, "span": max(1, len(table.periods)), "kind": "gap__reason"}
            ]
        else:
            body = [
                {"text": text, "kind": f"gap gap--{kind}", "title": words}
                for kind, text, words in cells
            ]
        lines.append([first, *body])
    return text_table(table.caption, head, lines)


def gap_key(entries: list[tuple[str, str]]) -> Component:
    """Return the key of the signs of that table: kind and words."""
    return html.Ul(
        [html.Li([html.Span(className=f"gap gap--{kind}"), " ", words]) for kind, words in entries],
        className="methods__key",
    )


def ways(tr: Translate, names: tuple[str, ...]) -> list[Component]:
    """Return how things are worked out, in plain words, formulas behind a fold."""
    return [
        html.Article(
            [
                html.H3(tr(f"way.{name}.title"), className="methods__small"),
                html.P(tr(f"way.{name}.text")),
                html.Details(
                    [
                        html.Summary(tr("methods.formula")),
                        html.P(tr(f"way.{name}.formula"), className="methods__formula"),
                    ]
                ),
            ],
            className="methods__way",
        )
        for name in names
    ]


def definitions(rows: list[tuple[str, str]], class_name: str = "methods__terms") -> Component:
    """Return pairs of word and meaning."""
    return html.Dl(
        [html.Div([html.Dt(word), html.Dd(meaning, className="lines")]) for word, meaning in rows],
        className=class_name,
    )


def downloads(tr: Translate, links: list[tuple[str, str]]) -> Component:
    """Return what can be taken along: key of the text and address."""
    return html.Ul(
        [html.Li([html.A(tr(f"methods.get_{key}"), href=href)]) for key, href in links],
        className="start__list",
    )


def sheet(
    tr: Translate,
    rows: list[tuple[str, str]],
    links: list[tuple[str, str]],
    gaps: list[Component],
) -> list[Component]:
    """Return the sheet of one indicator: what it says, where it is, how to take it along."""
    return [
        html.P([html.A(text, href=href) for text, href in links], className="methods__links"),
        definitions(rows, "methods__sheet"),
        html.H2(tr("methods.sheet_gaps"), className="start__heading"),
        *gaps,
    ]
