"""The early-warning list on paper: who moved, on what, beside whom, and what was tested."""

from __future__ import annotations

from typing import Protocol

from domain.model import Audience
from domain.warning_query import WarningQuery
from domain.warning_view import WarningView
from figures import warning_texts as texts
from figures.warning_moves import area_table, move_table
from i18n import translator
from reports.document import Box, Bullets, Chapter, DataTable, Heading, Paragraph
from reports.planning import Rows, table_of_texts

_AREA_WIDTHS = (1.2, 1.2, 3.0)
_MOVE_WIDTHS = (1.5, 1.7, 1.0, 1.25, 1.75, 1.75, 1.6, 0.95)


class EarlyWarnings(Protocol):
    """Hands out the early-warning list."""

    def view(self, audience: Audience, query: WarningQuery) -> WarningView:
        """Return which areas moved on several indicators."""


class WarningSources(Protocol):
    """The service that the document on the early-warning list is built from."""

    @property
    def warnings(self) -> EarlyWarnings:
        """The early-warning list."""


def warning_chapter(view: WarningView, language: str) -> Chapter:
    """Return the areas that moved on several indicators, and what was tested."""
    tr = translator(language)
    head, rows = area_table(view, tr)
    listed = tr("warning.list_title", count=len(view.listed)) if rows else tr("warning.list_none")
    moved = move_table(view, tr, language)
    tested = texts.indicator_table(view, tr, language)
    found = texts.indicators_title(view, tr, language)
    return Chapter(
        title=texts.title(view, tr, language),
        kicker=tr("warning.heading"),
        blocks=(
            Bullets(texts.lead(view, tr, language)),
            Box(tr("resources.warned"), texts.warnings(view, tr, language)),
            *([_whole(listed, head, rows, _AREA_WIDTHS),
               _whole(tr("warning.moves_title"), *moved, _MOVE_WIDTHS)]
              if rows else [Heading(listed), Paragraph(tr("warning.list_empty"))]),
            Heading(tr("warning.checked_title")),
            Bullets(texts.details(view, tr, language)),
            *([_whole(found, *tested)] if tested[1] else []),
        ),
    )  # fmt: skip


def _whole(
    title: str, head: tuple[str, ...], rows: Rows, widths: tuple[float, ...] = ()
) -> DataTable:
    return table_of_texts(title, head, rows, list(range(len(head))), widths)
