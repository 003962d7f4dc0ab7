"""Twins in words: distance, what is most alike, what differs most, and what stood in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from domain.model import Catalogue, Indicator
from domain.twins import MOST, Trait, Twin, Twins
from figures.sentences import quantity
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_HUNDRED = 100


def distance_text(twin: Twin, tr: Translate, language: str) -> str:
    """Write how far away a twin is, in percent of the way to the farthest area."""
    share = number(_HUNDRED * twin.rebased, 0, language)
    return tr("sidetwin.distance", share=share, distance=number(twin.distance, 2, language))


def traits_text(traits: Sequence[Trait], catalogue: Catalogue, language: str) -> str:
    """Write circumstances with the values of the area and its twin."""
    return "; ".join(
        _unbroken(
            i.short_name.in_language(language),
            f"{number(t.own, i.decimals, language)} → {quantity(t.other, i, language)}",
        )
        for t in traits
        if (i := catalogue.indicator(t.indicator)) is not None
    )


def _unbroken(name: str, change: str) -> str:
    return f"{name}: {change.replace(' ', chr(0xA0))}"


def circumstances_text(twins: Twins, catalogue: Catalogue, tr: Translate, language: str) -> str:
    """Say which indicators stood in, with the period of each."""
    names = [
        f"{i.short_name.in_language(language)} ({period_label(c.period, language)})"
        for c in twins.circumstances
        if (i := catalogue.indicator(c.indicator)) is not None
    ]
    if not names:
        return ""
    return tr("sidetwin.by", n=number(len(names), 0, language), names=", ".join(names))


def left_out_texts(
    twins: Twins, catalogue: Catalogue, tr: Translate, language: str
) -> tuple[str, ...]:
    """Say which indicators did not stand in, one line a reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for left in twins.left_out:
        name = _name(catalogue.indicator(left.indicator), language)
        other = _name(catalogue.indicator(left.of), language) if left.of else ""
        by_reason[left.reason].append(f"{name} ({other})" if other else name)
    return tuple(
        tr(f"sidetwin.reason_{reason}", most=MOST, names=", ".join(names))
        for reason, names in by_reason.items()
    )


def _name(indicator: Indicator | None, language: str) -> str:
    return indicator.short_name.in_language(language) if indicator else ""
