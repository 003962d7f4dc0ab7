"""Classes of an indicator with their colours, as the preview of the catalogue shows them."""

from __future__ import annotations

from itertools import pairwise

from domain.model import Indicator
from figures.sentences import quantity
from figures.theme import class_colours
from i18n import Translate


def swatches(indicator: Indicator, tr: Translate, language: str) -> list[tuple[str, str]]:
    """Return colour and words of each class, from low to high; none without fixed limits."""
    limits = indicator.breaks
    if not limits:
        return []
    said = [quantity(limit, indicator, language) for limit in limits]
    words = [tr("edit.class_first", high=said[0])]
    pairs = pairwise(said)
    words += [tr("edit.class_between", low=low, high=high) for low, high in pairs]
    words.append(tr("edit.class_last", low=said[-1]))
    return list(zip(class_colours(len(words), indicator.polarity), words, strict=True))
