"""Resources on paper: what was chosen, by which rule, and every area."""

from __future__ import annotations

from collections.abc import Sequence

from domain.distribution import Refusal
from domain.resource_view import ShareView
from figures import resource_texts
from figures.resource_amounts import DASH, amount_text, unit_word
from figures.resource_changes import (
    BEFORE,
    EVEN,
    change_text,
    gains_notes,
    gains_of,
    gains_table,
    gains_title,
    last_year_text,
)
from i18n import Translate, translator
from i18n.formats import number
from reports.document import (
    Block,
    Box,
    Bullets,
    Cell,
    Chapter,
    Column,
    DataTable,
    Facts,
    Heading,
    Paragraph,
)

Rows = Sequence[tuple[str, ...]]
_OF_NAME, _OF_WORDS = 2.0, 1.7
"""Widths of columns, where that of a number is 1."""


def resources_chapter(view: ShareView, language: str) -> Chapter:
    """Return the calculation of a distribution: anybody can do it again with what it says."""
    tr = translator(language)
    index, query = view.index, view.index.query
    warned = resource_texts.warnings(index, tr, language)
    head, rows = resource_texts.index_table(index, tr, language)
    n = len(index.columns) + 2
    shares, paid = resource_texts.share_table(view, tr)
    kept = [0, 1, 2, 3, 4, 5, 6, 8]
    return Chapter(
        title=resource_texts.share_title(view, tr, language),
        kicker=tr("resources.heading"),
        blocks=(
            Facts(_settings(view, tr, language)),
            Bullets(resource_texts.share_lead(view, tr, language)),
            *([] if isinstance(view.found, Refusal)
              else [table_of_texts(tr("resources.sheet_main"), shares, paid, kept)]),
            *(
                []
                if isinstance(view.found, Refusal)
                else map(Paragraph, resource_texts.share_warnings(view, tr))
            ),
            *_gains_blocks(view, EVEN, tr),
            *_gains_blocks(view, BEFORE, tr),
            Heading(resource_texts.index_title(index, tr, language)),
            Bullets(resource_texts.index_lead(index, tr, language)),
            *([Box(tr("resources.warned"), warned)] if warned else []),
            table_of_texts(tr("resources.index_figures"), head, rows, list(range(n))),
            table_of_texts(
                resource_texts.stability_title(index, tr, language),
                head,
                rows,
                [0, *range(n, len(head))],
            ),
            Paragraph(tr("resources.caution"), "note"),
        ),
        source=tr("resources.sheet_release", release=query.release, address=""),
    )  # fmt: skip


def _gains_blocks(view: ShareView, against: str, tr: Translate) -> tuple[Block, ...]:
    """Return who gets more and who less than by another distribution, where there is one."""
    told = gains_of(view, against)
    if told is None:
        return ()
    title = gains_title(view, told, against, tr)
    head, rows = gains_table(view, told, against, tr)
    has_notes = any(row[-1] != DASH for row in rows)
    kept = list(range(len(head) if has_notes else len(head) - 1))
    return (
        Heading(title),
        Bullets(gains_notes(view, told, tr)),
        table_of_texts(tr("resources.gains_table"), head, rows, kept),
    )


def _settings(view: ShareView, tr: Translate, language: str) -> tuple[tuple[str, str], ...]:
    query = view.index.query
    changes = change_text(query, tr, language) if view.before else ""
    limits = tuple(
        (tr(f"resources.{name}"), number(value, 2, language))
        for name, value in (("floor", query.floor), ("cap", query.cap))
        if value is not None
    )
    return (
        (
            tr("resources.amount"),
            f"{amount_text(query.amount, query, language)} {unit_word(query, tr)}",
        ),
        (tr("resources.gearing"), number(query.gearing, 0, language)),
        *limits,
        *(
            [(tr("resources.before"), last_year_text(view, view.before, tr, language))]
            if view.before
            else []
        ),
        *([(tr("resources.last_year_bar"), changes)] if changes else []),
        *(
            (c.indicator.name.in_language(language), resource_texts.weight_text(query, n, language))
            for n, c in enumerate(view.index.columns)
        ),
    )


def table_of_texts(
    title: str,
    head: tuple[str, ...],
    rows: Rows,
    kept: list[int],
    widths: tuple[float, ...] = (),
) -> DataTable:
    """Return some columns of a table of texts; names and words stand left, numbers right.

    Without ``widths``, one a column kept, names and words get more room than numbers.
    """
    words = {k for k in kept if any(any(c.isalpha() for c in row[k]) for row in rows)}
    default = tuple(_OF_NAME if k == 0 else _OF_WORDS if k in words else 1.0 for k in kept)
    columns = tuple(
        Column(head[k], "left" if k in words or k == 0 else "right", width)
        for k, width in zip(kept, widths or default, strict=True)
    )
    return DataTable(
        title,
        columns,
        tuple(tuple(Cell(row[k]) for k in kept) for row in rows),
        is_dense=True,
    )
