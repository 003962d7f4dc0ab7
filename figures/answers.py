"""The tiles of the start page in words: question, finding, what it is about, where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Indicator, Level, Tile
from domain.selection import Selection, serialise
from domain.view import AtlasContent, IndicatorView
from figures.layers import layer_title
from figures.sentences import Context, sentence
from i18n import Translate
from i18n.periods import period_label


@dataclass(frozen=True)
class TileTexts:
    """One tile as it is read; ``detail`` names indicator, level and period."""

    question: str
    finding: str
    detail: str
    href: str


def tile_texts(
    tile: Tile,
    selection: Selection,
    shown: tuple[IndicatorView, AtlasContent | None],
    town: str,
    tr: Translate,
) -> TileTexts:
    """Write a tile for the period of its selection.

    ``shown`` is the view, and everything the Atlas says of it where the question is about a layer
    or a second indicator.
    """
    (view, content), language = shown, selection.lang
    period = selection.period
    parts = (
        view.indicator.short_name.in_language(language),
        view.level.name.in_language(language),
        period_label(period, language),
    )
    return TileTexts(
        question=_question(tile, view.indicator, view.level, tr, language),
        finding=_finding(selection, view, content, town, tr),
        detail=" · ".join(parts),
        href=f"/atlas?{serialise(selection)}",
    )


def _question(tile: Tile, indicator: Indicator, level: Level, tr: Translate, language: str) -> str:
    asked = tile.question.in_language(language)
    if asked:
        return asked
    return tr(
        "start.question",
        indicator=indicator.short_name.in_language(language),
        words=level.area_word.in_language(language),
    )


def _finding(
    selection: Selection,
    view: IndicatorView,
    content: AtlasContent | None,
    town: str,
    tr: Translate,
) -> str:
    language, period = selection.lang, selection.period
    if content is not None and content.layer is not None:
        return layer_title(content, period, tr, language)
    second = content.second.indicator if content and content.second else None
    about = Context(view.indicator, period, town, view.level.area_word, second)
    relation = content.associations.get(period) if content else None
    message = view.by_period[period].message if relation is None else relation.message
    return sentence(message, tr, language, about)
