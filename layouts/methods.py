"""Indicators and methods: the frame of the page, its parts, and how they are filtered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria, data_attribute

PARTS = ("indicators", "gaps", "methods", "signs", "glossary", "downloads")
PATH = "/methoden"


@dataclass(frozen=True)
class Asked:
    """What an address asks for; ``kept`` are language and release, carried on by every link."""

    part: str
    query: str
    theme: str
    level: str
    kept: dict[str, str]

    def address(self, **changed: str) -> str:
        """Return the address of the page with some words changed; empty ones are left out."""
        words = {
            "part": "" if self.part == PARTS[0] else self.part,
            "q": self.query, "theme": self.theme, "level": self.level, **self.kept, **changed,
        }  # fmt: skip
        told = urlencode({key: word for key, word in words.items() if word})
        return f"{PATH}?{told}" if told else PATH


@dataclass(frozen=True)
class Choice:
    """One of several links of which one is chosen."""

    text: str
    href: str
    is_chosen: bool


def layout(
    tr: Translate,
    asked: Asked,
    content: list[Component],
    hints: tuple[str, ...] = (),
    *,
    title: str = "",
) -> Component:
    """Return the page with one of its parts; ``title`` is that of a sheet, which is none."""
    parts = tuple(
        Choice(
            tr(f"methods.part_{part}"),
            asked.address(part="" if part == PARTS[0] else part, q="", level=""),
            part == asked.part and not title,
        )
        for part in PARTS
    )
    return html.Main(
        [
            *(html.P(hint, className="hint", role="status") for hint in hints),
            html.H1(
                title or tr("methods.title"),
                className="start__title",
                **data_attribute(title=title or _window_title(tr, asked.part)),
            ),
            html.Nav(
                choices(parts, "methods__part"),
                className="methods__parts",
                **aria(label=tr("methods.parts")),
            ),
            *content,
        ],
        id="main",
        className="methods",
        tabIndex=-1,
    )


def _window_title(tr: Translate, part: str) -> str:
    """Return what tells windows with several parts of the page apart; the heading is the same."""
    name = tr("methods.title")
    return name if part == PARTS[0] else f"{tr(f'methods.part_{part}')} – {name}"


def choices(links: tuple[Choice, ...], class_name: str) -> list[Component]:
    """Return links of which the chosen one is marked in words too."""
    return [
        html.A(
            link.text,
            href=link.href,
            className=f"{class_name} is-chosen" if link.is_chosen else class_name,
            **(aria(current="true") if link.is_chosen else {}),
        )
        for link in links
    ]


def chips(label: str, links: tuple[Choice, ...]) -> Component:
    """Return a row of choices with its name."""
    return html.Div(
        [html.Span(label, className="methods__label"), *choices(links, "methods__chip")],
        className="methods__chips",
        role="group",
        **aria(label=label),
    )


def search_form(tr: Translate, asked: Asked, found: str) -> Component:
    """Return the field that filters the part; it works by the address alone.

    ``found`` says how many were found.
    """
    hidden = {"part": asked.part, "theme": asked.theme, "level": asked.level, **asked.kept}
    return html.Form(
        [
            html.Label(tr("methods.filter"), htmlFor="methods-q", className="methods__label"),
            dcc.Input(
                id="methods-q", name="q", type="search", value=asked.query,
                className="entry methods__field", maxLength=100,
            ),
            *(
                dcc.Input(id=f"methods-{name}", name=name, type="hidden", value=word)
                for name, word in hidden.items()
                if word
            ),
            html.Button(tr("methods.filter_do"), type="submit", className="button"),
            *(
                [html.A(tr("methods.filter_all"), href=asked.address(q="", theme=""))]
                if asked.query or asked.theme
                else []
            ),
            html.Span(found, className="mute", role="status"),
        ],
        action=PATH,
        method="get",
        className="methods__form",
        role="search",
    )  # fmt: skip


def section(heading: str, content: list[Component], lead: str = "") -> list[Component]:
    """Return a part: heading, a sentence below it, content."""
    below = [html.P(lead, className="methods__lead")] if lead else []
    return [html.H2(heading, className="start__heading"), *below, *content]


Cell = str | dict[str, str | int]
"""Text, or ``text`` with ``href``, ``small``, ``kind`` (class), ``title`` and ``span``."""


def text_table(caption: str, head: list[Cell], rows: list[list[Cell]]) -> Component:
    """Return a table that ``assets/20-js/87-tables.js`` draws, in a frame that scrolls.

    As components of the frame a thousand cells would take seconds. The first cell of a row is
    its heading.
    """
    content = {"caption": caption, "head": head, "rows": rows}
    return html.Div(
        className="methods__scroll",
        tabIndex=0,
        role="region",
        **aria(label=caption),
        **data_attribute(table=json.dumps(content, ensure_ascii=False)),
    )


def indicator_table(tr: Translate, rows: list[dict[str, str]]) -> Component:
    """Return the list of indicators; ``rows`` hold name, href, definition and the columns."""
    columns = ("unit", "levels", "periods", "source")
    head: list[Cell] = [tr(f"methods.column_{column}") for column in ("name", *columns)]
    lines: list[list[Cell]] = [
        [
            {"text": row["name"], "href": row["href"], "small": row["definition"]},
            *(row[column] for column in columns),
        ]
        for row in rows
    ]
    return text_table(tr("methods.part_indicators"), head, lines)
