"""Colours of the catalogue: the palettes a form offers, the classes its preview shows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from domain.model import Indicator, Kind, Polarity
from domain.palettes import Palette
from figures.palettes import class_colours, colours_of
from figures.sentences import quantity
from i18n import Translate

_STEPS = 5


def strips(form: Mapping[str, str], of_theme: Palette) -> dict[str, tuple[str, ...]]:
    """Return the colours of each palette that may be chosen, low values first.

    They are turned as the polarity in the form says; a theme, whose form has none, shows burden.
    The empty choice is the palette of the theme, which holds for what has a polarity.
    """
    told = form.get("polarity", Polarity.HIGH_BURDEN)
    polarity = Polarity(told) if told in set(Polarity) else Polarity.NONE
    usual = Palette.AUTOMATIC if polarity is Polarity.NONE else of_theme
    found = {str(p): class_colours(_STEPS, polarity, p) for p in Palette}
    return {"": found[usual], **found}


def swatches(indicator: Indicator, tr: Translate, language: str) -> list[tuple[str, str]]:
    """Return colour and words of each class, from low to high.

    Without fixed limits they are five classes without numbers; counts then have none, because
    they are drawn as circles.
    """
    words = _limited(indicator, tr, language) if indicator.breaks else _unlimited(indicator, tr)
    return list(zip(colours_of(indicator, len(words)), words, strict=True))


def _limited(indicator: Indicator, tr: Translate, language: str) -> list[str]:
    said = [quantity(limit, indicator, language) for limit in indicator.breaks]
    between = [tr("edit.class_between", low=low, high=high) for low, high in pairwise(said)]
    first, last = tr("edit.class_first", high=said[0]), tr("edit.class_last", low=said[-1])
    return [first, *between, last]


def _unlimited(indicator: Indicator, tr: Translate) -> list[str]:
    if indicator.kind is Kind.COUNT:
        return []
    between = [tr("edit.class_number", n=n) for n in range(2, _STEPS)]
    return [tr("edit.class_lowest"), *between, tr("edit.class_highest")]
