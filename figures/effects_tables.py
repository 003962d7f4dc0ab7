"""Titles and tables of the charts of a measure, and of the year in review."""

from __future__ import annotations

from domain.effect_design import looks_parallel
from domain.effects_view import LINES, OWN, EffectView
from domain.measure import DIRECTIONS
from figures.effects import base_of, placebo_bins, placebo_label
from figures.effects_texts import Written, chance, expected, indicator_name, points, said
from figures.sentences import quantity
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_DASH = "–"


def development_title(view: EffectView, tr: Translate, language: str) -> str:
    """Say where the areas stood before and after the start."""
    own, indicator = view.course(OWN), view.entry.indicator
    name = indicator_name(view.entry, language)
    if own is None or indicator is None:
        return tr(f"effects.problem_{view.problem or 'no_values'}", name=name)
    before, after = (_mean(view, own.values, w) for w in (view.windows.pre, view.windows.post))
    if before is None or after is None:
        return tr("effects.development_short", name=name)
    return tr(
        "effects.development",
        name=name,
        before=quantity(before, indicator, language),
        after=quantity(after, indicator, language),
        pre=_years(view.windows.pre, tr, language),
        post=_years(view.windows.post, tr, language),
    )


def _mean(
    view: EffectView, values: tuple[float | None, ...], window: tuple[str, ...]
) -> float | None:
    found = [values[view.periods.index(p)] for p in window]
    known = [v for v in found if v is not None]
    return sum(known) / len(known) if known and len(known) == len(found) else None


def _years(window: tuple[str, ...], tr: Translate, language: str) -> str:
    first, last = period_label(window[0], language), period_label(window[-1], language)
    return first if first == last else tr("effects.years", first=first, last=last)


def development_table(view: EffectView, tr: Translate, language: str) -> Written:
    """Return the courses as numbers, a row for each period."""
    own = view.entry.indicator
    drawn = [c for k in LINES if (c := view.course(k))]
    head = (tr("effects.col_period"), tr("effects.col_side"),
            *(tr(f"effects.head_{c.kind}") for c in drawn))  # fmt: skip
    rows = []
    for n, period in enumerate(view.periods):
        values = [
            _DASH if c.values[n] is None or own is None else quantity(c.values[n] or 0.0, own,
                                                                      language)
            for c in drawn
        ]  # fmt: skip
        rows.append((period_label(period, language), _side(view, period, tr), *values))
    return head, tuple(rows)


def _side(view: EffectView, period: str, tr: Translate) -> str:
    windows = view.windows
    for name, held in (("pre", windows.pre), ("post", windows.post), ("between", windows.between)):
        if period in held:
            return tr(f"effects.side_{name}")
    return tr("effects.side_none")


def parallel_title(view: EffectView, tr: Translate, language: str) -> str:
    """Say whether the lines ran alike before the start."""
    trend = view.parallel
    if trend is None:
        return tr("effects.parallel_unknown")
    is_alike = looks_parallel(trend) and "drift" not in view.design.missing
    gap = points(abs(trend.gap), view.entry.indicator, tr, language)
    return tr(
        "effects.parallel" if is_alike else "effects.parallel_not",
        gap=gap,
        share=number(100 * trend.p, 0, language),
    )


def parallel_table(view: EffectView, tr: Translate, language: str) -> Written:
    """Return the courses as points above and below the last year before the start."""
    drawn = [(c, base_of(view, c)) for k in LINES if (c := view.course(k))]
    known = [(c, base) for c, base in drawn if base is not None]
    head = (tr("effects.col_period"), *(tr(f"effects.head_{c.kind}") for c, _ in known))
    decimals = view.entry.indicator.decimals if view.entry.indicator else 1
    return head, tuple(
        (
            period_label(p, language),
            *(
                _DASH if (v := c.values[n]) is None else number(v - base, decimals, language)
                for c, base in known
            ),
        )
        for n, p in enumerate(view.periods)
    )


def placebo_title(view: EffectView, tr: Translate, language: str) -> str:
    """Say how often chance sets of areas differ as much."""
    if view.found is None:
        return tr("effects.placebo_none")
    return tr("effects.placebo", share=chance(view.found.p, language))


def placebo_table(view: EffectView, tr: Translate, language: str) -> Written:
    """Return the differences of chance sets by classes."""
    head = (tr("effects.axis_difference"), tr("effects.axis_sets"))
    own = view.entry.indicator
    decimals = (own.decimals if own else 1) + 1
    rows = tuple(
        (placebo_label(low, high, decimals, language), number(n, 0, language))
        for low, high, n in placebo_bins(view)
    )
    return head, rows


def base_year(view: EffectView, language: str) -> str:
    """Return the year the lines are laid on each other."""
    return period_label(view.windows.pre[-1], language) if view.windows.pre else _DASH


def year_title(views: tuple[EffectView, ...], year: int, tr: Translate) -> str:
    """Say how many measures ran in a year."""
    return tr("effects.year_title", count=len(views), year=str(year))


def year_table(views: tuple[EffectView, ...], tr: Translate, language: str) -> Written:
    """Return what was done in a year and what moved: direction seen and the allowed sentence."""
    names = ("name", "where", "indicator", "expected", "seen", "said")
    head = tuple(tr(f"effects.col_{n}") for n in names)
    return head, tuple(
        (
            v.entry.facts.name,
            ", ".join(v.entry.area_names),
            indicator_name(v.entry, language),
            expected(v.entry, tr, language),
            seen(v, tr, language),
            said(v, tr),
        )
        for v in views
    )


def seen(view: EffectView, tr: Translate, language: str) -> str:
    """Return how the indicator moved in the areas from before to after the start."""
    own = view.course(OWN)
    if own is None or view.windows.has_break:
        return tr("effects.seen_unknown")
    before, after = (_mean(view, own.values, w) for w in (view.windows.pre, view.windows.post))
    if before is None or after is None:
        return tr("effects.seen_unknown")
    own_indicator = view.entry.indicator
    size = points(abs(after - before), own_indicator, tr, language)
    if own_indicator and not round(after - before, own_indicator.decimals):
        return tr("effects.seen_same")
    down, up = DIRECTIONS
    return tr(f"effects.seen_{up if after > before else down}", size=size)
