"""What participants answered, as bars and sentences: for the stage, the phones and the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.workshop_answers import Tally
from domain.workshop_script import DISTRICT, MULTIPLE, POINTS, RANKING, SCALE, SINGLE, VALUE, Slide
from domain.workshop_truth import Truth
from i18n import Translate, written_language
from i18n.formats import number

MOST_AREAS = 8
"""Areas that are named one by one; the others are counted together."""
_HUNDRED = 100


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its number as text, its length from 0 to 1.

    ``is_right`` marks what the figures say.
    """

    label: str
    value: str
    share: float
    is_right: bool = False


@dataclass(frozen=True)
class Result:
    """What the answers to a slide say: a finding in words, bars, further sentences."""

    headline: str
    bars: tuple[Bar, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What a result is about.

    Attributes
    ----------
    names
        Area → name, of the areas that could be named.
    ranked
        Areas a ranking puts in order, in the order of its view.
    unit, decimals
        How values of the view are written; ``unit`` follows the number.
    """

    slide: Slide
    names: Mapping[str, str]
    ranked: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0


def result_of(asked: Asked, tally: Tally, truth: Truth, tr: Translate, language: str) -> Result:
    """Return what answers say in words and bars.

    Parameters
    ----------
    truth
        What the figures say; unknown while it must not be told yet, and for polls.
    language
        ``de``, ``en`` or ``plain``: that of the options of the slide.
    """
    if tally.answers == 0:
        return Result(tr("workshop.result.none"), notes=_truth_notes(asked, truth, tr, language))
    build = {
        SINGLE: _votes, MULTIPLE: _votes, POINTS: _votes, SCALE: _scale, VALUE: _guess,
        DISTRICT: _districts, RANKING: _ranking,
    }[asked.slide.form]  # fmt: skip
    found = build(asked, tally, truth, tr, language)
    notes = (*found.notes, *_truth_notes(asked, truth, tr, language))
    return Result(found.headline, found.bars, notes)


def _votes(asked: Asked, tally: Tally, _truth: Truth, tr: Translate, language: str) -> Result:
    written, most = written_language(language), max(tally.counts)
    whole = sum(tally.counts) if asked.slide.form == POINTS else tally.answers
    labels = [o.in_language(language) for o in asked.slide.options]
    bars = tuple(
        Bar(
            label,
            tr(
                "workshop.result.share",
                n=n,
                share=number(_HUNDRED * n / max(whole, 1), 0, written),
            ),
            n / max(most, 1),
        )
        for label, n in zip(labels, tally.counts, strict=True)
    )
    first = [label for label, n in zip(labels, tally.counts, strict=True) if n == most]
    key = "points" if asked.slide.form == POINTS else "first"
    if len(first) > 1:
        key = "tie"
    headline = tr(f"workshop.result.{key}", name=", ".join(first), n=most, all=whole)
    return Result(headline, bars, (tr("workshop.result.answers", n=tally.answers),))


def _scale(asked: Asked, tally: Tally, _truth: Truth, tr: Translate, language: str) -> Result:
    low, most = int(asked.slide.low), max(tally.counts)
    bars = tuple(Bar(str(low + k), str(n), n / max(most, 1)) for k, n in enumerate(tally.counts))
    headline = tr("workshop.result.middle", value=_value(asked, tally.middle, language, 1))
    return Result(headline, bars, (_spread(asked, tally, tr, language, 1),))


def _guess(asked: Asked, tally: Tally, truth: Truth, tr: Translate, language: str) -> Result:
    middle = _value(asked, tally.middle, language)
    if truth.value is None or tally.middle is None:
        return Result(
            tr("workshop.result.guessed", value=middle),
            notes=(_spread(asked, tally, tr, language),),
        )
    off = round(tally.middle, asked.decimals) - round(truth.value, asked.decimals)
    key = "guessed_right" if off == 0 else ("guessed_high" if off > 0 else "guessed_low")
    return Result(
        tr(f"workshop.result.{key}", value=middle, off=_difference(asked, abs(off), tr, language)),
        notes=(_spread(asked, tally, tr, language),),
    )


def _districts(asked: Asked, tally: Tally, truth: Truth, tr: Translate, language: str) -> Result:
    counts = sorted((tally.areas or {}).items(), key=lambda pair: (-pair[1], pair[0]))
    most = counts[0][1] if counts else 0
    written = written_language(language)
    bars = [
        Bar(
            asked.names.get(area, area),
            tr(
                "workshop.result.share",
                n=n,
                share=number(_HUNDRED * n / max(tally.answers, 1), 0, written),
            ),
            n / max(most, 1),
            area in truth.areas,
        )
        for area, n in counts[:MOST_AREAS]
    ]
    rest = sum(n for _, n in counts[MOST_AREAS:])
    notes = [tr("workshop.result.answers", n=tally.answers)]
    if rest:
        notes.append(tr("workshop.result.others", n=rest))
    if truth.is_known:
        right = sum(n for area, n in counts if area in truth.areas)
        headline = tr("workshop.result.right", n=right, all=tally.answers)
    else:
        first = ", ".join(asked.names.get(a, a) for a, n in counts if n == most)
        key = "tie" if sum(n == most for _, n in counts) > 1 else "first"
        headline = tr(f"workshop.result.{key}", name=first, n=most, all=tally.answers)
    return Result(headline, tuple(bars), tuple(notes))


def _ranking(asked: Asked, tally: Tally, truth: Truth, tr: Translate, language: str) -> Result:
    ranks, written = tally.mean_ranks, written_language(language)
    order = sorted(range(len(ranks)), key=lambda k: ranks[k])
    n = len(ranks)
    names = [asked.names.get(a, a) for a in asked.ranked]
    bars = tuple(
        Bar(
            names[k],
            tr("workshop.result.mean_rank", rank=number(ranks[k], 1, written)),
            (n + 1 - ranks[k]) / n,
            truth.is_known and truth.order.index(k) == place,
        )
        for place, k in enumerate(order)
    )
    headline = tr("workshop.result.ranked", name=names[order[0]])
    return Result(headline, bars, (tr("workshop.result.answers", n=tally.answers),))


def _spread(
    asked: Asked, tally: Tally, tr: Translate, language: str, decimals: int | None = None
) -> str:
    return tr(
        "workshop.result.spread",
        low=_value(asked, tally.low, language, decimals),
        high=_value(asked, tally.high, language, decimals),
        n=tally.answers,
    )


def _value(asked: Asked, value: float | None, language: str, decimals: int | None = None) -> str:
    places = asked.decimals if decimals is None else decimals
    return number(value or 0.0, places, written_language(language)) + asked.unit


def _difference(asked: Asked, off: float, tr: Translate, language: str) -> str:
    """Write how far two values lie apart: shares do so by percentage points."""
    if asked.unit.strip() != "%":
        return _value(asked, off, language)
    written = number(off, asked.decimals, written_language(language))
    return tr("workshop.result.percentage_points", value=written)


def _truth_notes(asked: Asked, truth: Truth, tr: Translate, language: str) -> tuple[str, ...]:
    if not truth.is_known:
        return ()
    if truth.value is not None:
        value = _value(asked, truth.value, language)
        return (tr("workshop.result.truth_value", value=value),)
    if truth.order:
        names = [asked.names.get(asked.ranked[k], asked.ranked[k]) for k in truth.order]
        return (tr("workshop.result.truth_order", names=", ".join(names)),)
    names = [asked.names.get(a, a) for a in truth.areas]
    return (tr("workshop.result.truth_area", name=", ".join(names)),)
