"""What the page of measures says: facts, findings, the allowed sentence, and what speaks against.

The sentences on an effect are fixed (docs/methods.md, effects). None claims a cause.
"""

from __future__ import annotations

from domain.effect_design import DESCRIBED, STRONG, course_word
from domain.effects_view import (
    BY_LEVEL,
    OWN,
    SIMILAR,
    EffectView,
    Entry,
    RegisterView,
)
from domain.measure import DUE, RUNNING, SOON, UP
from domain.model import Indicator
from figures.sentences import quantity
from i18n import Translate
from i18n.formats import date, number

_DASH = "–"
_SMALL_SHARE = 0.001
"""A share of chance below it has two places: the least of ten thousand sets is 0.01 %."""
Rows = tuple[tuple[str, ...], ...]
Written = tuple[tuple[str, ...], Rows]


def register_title(view: RegisterView, tr: Translate) -> str:
    """Say how many measures there are, how many run, and how many reviews are due."""
    running = sum(e.standing == RUNNING for e in view.listed)
    due = sum(e.review == DUE for e in view.listed)
    return tr("effects.title", count=len(view.listed), running=running, due=due)


def register_table(view: RegisterView, tr: Translate, language: str) -> Written:
    """Return the listed measures as a table."""
    names = ("name", "where", "since", "until", "carrier", "indicator", "expected", "review",
             "standing")  # fmt: skip
    head = tuple(tr(f"effects.col_{n}") for n in names)
    return head, tuple(
        (
            e.facts.name,
            ", ".join(e.area_names),
            date(e.facts.since, language),
            date(e.facts.until, language) if e.facts.until else tr("effects.open_end"),
            e.facts.carrier or _DASH,
            indicator_name(e, language),
            expected(e, tr, language),
            review_text(e, tr, language),
            standing_text(e, tr),
        )
        for e in view.listed
    )


def indicator_name(entry: Entry, language: str) -> str:
    """Return the name of the indicator, its id where the release has none such."""
    own = entry.indicator
    return own.name.in_language(language) if own else entry.facts.indicator


def standing_text(entry: Entry, tr: Translate) -> str:
    """Return whether a measure is planned, runs or has ended, and whether it is a draft."""
    told = tr(f"effects.standing_{entry.standing}")
    return f"{told} ({tr('effects.draft')})" if entry.is_draft else told


def review_text(entry: Entry, tr: Translate, language: str) -> str:
    """Return the day of the review, and whether it is due."""
    day = date(entry.facts.review, language)
    return f"{day} ({tr(f'effects.review_{entry.review}')})" if entry.review in (DUE, SOON) else day


def expected(entry: Entry, tr: Translate, language: str) -> str:
    """Return which way and how far the indicator is expected to move."""
    facts = entry.facts
    if facts.size is None:
        return tr(f"effects.expected_{facts.direction}")
    size = points(facts.size, entry.indicator, tr, language)
    return tr(f"effects.expected_{facts.direction}_by", size=size)


def points(value: float, indicator: Indicator | None, tr: Translate, language: str) -> str:
    """Write a difference: percentage points of a share, else the unit of the indicator."""
    if indicator is None:
        return number(value, 1, language)
    if indicator.unit.in_language(language).startswith("%"):
        return tr("effects.points", value=number(value, indicator.decimals, language))
    return quantity(value, indicator, language)


def facts_of(view: EffectView, tr: Translate, language: str) -> tuple[tuple[str, str], ...]:
    """Return what is written of a measure, label and text."""
    entry, facts = view.entry, view.entry.facts
    until = date(facts.until, language) if facts.until else tr("effects.open_end")
    cost = tr("effects.euro", value=number(facts.cost, 0, language)) if facts.cost else _DASH
    level = entry.level.name.in_language(language) if entry.level else facts.level
    return (
        (tr("effects.col_what"), facts.what),
        (tr("effects.col_where"), f"{', '.join(entry.area_names)} ({level})"),
        (tr("effects.col_time"), tr("effects.span", since=date(facts.since, language),
                                    until=until)),
        (tr("effects.col_standing"), standing_text(entry, tr)),
        (tr("effects.col_target_group"), facts.target_group),
        (tr("effects.col_carrier"), facts.carrier or _DASH),
        (tr("effects.col_cost"), cost),
        (tr("effects.col_indicator"), indicator_name(entry, language)),
        (tr("effects.col_expected"), expected(entry, tr, language)),
        (tr("effects.col_events"), facts.events or tr("effects.no_events")),
        (tr("effects.col_review"), review_text(entry, tr, language)),
        (tr("effects.col_entered"), _entered(view, tr, language)),
    )  # fmt: skip


def _entered(view: EffectView, tr: Translate, language: str) -> str:
    """Say when a measure was entered or its expectation changed, and what was known by then."""
    entered = view.entry.entered
    when = "before" if view.is_before_data else "late"
    changed = (view.expected or entered).date()
    key = f"effects.entered_{when}" if changed == entered.date() else f"effects.changed_{when}"
    day, last = date(entered.date(), language), date(changed, language)
    return tr(key, date=day, changed=last)


def said(view: EffectView, tr: Translate) -> str:
    """Return the sentence that is allowed."""
    if view.problem:
        return tr(f"effects.problem_{view.problem}", name=view.entry.facts.indicator)
    if view.statement == STRONG and view.found is not None:
        word = course_word(view.found.difference, view.found.own_change)
        return tr(f"effects.strong_{word}")
    return tr(f"effects.{view.statement}")


def beside(view: EffectView, tr: Translate, language: str) -> tuple[str, ...]:
    """Return the numbers behind the sentence."""
    found, own = view.found, view.entry.indicator
    if found is None or own is None:
        return ()

    def change(value: float) -> str:
        sign = "+" if round(value, own.decimals) > 0 else ""
        return sign + points(value, own, tr, language)

    is_as_expected = (found.difference > 0) == (view.entry.facts.direction == UP)
    way = "as_expected" if is_as_expected else "against"
    way = way if round(found.difference, own.decimals) else "no_difference"
    lines = [
        tr(
            "effects.numbers",
            own=change(found.own_change),
            other=change(found.other_change),
            difference=change(found.difference),
        ),
        tr(f"effects.{way}", expected=expected(view.entry, tr, language)),
        tr(
            "effects.chance",
            share=chance(found.p, language),
            least=chance(found.smallest_p, language),
            sets=number(found.n_assignments, 0, language),
        ),
    ]
    return tuple(lines)


def chance(p: float, language: str) -> str:
    """Write a share of chance sets in percent, never as nought: one of them is the own one."""
    return number(100 * p, 1 if p >= _SMALL_SHARE else 2, language)


def design_text(view: EffectView, tr: Translate) -> str:
    """Return which comparison is possible."""
    return tr(f"effects.design_{view.design.kind}")


def missing(view: EffectView, tr: Translate) -> tuple[str, ...]:
    """Return what a better comparison would need and does not have."""
    told = {
        "treated": view.n_treated,
        "controls": len(view.others),
        "pre": len(view.windows.pre),
        "post": len(view.windows.post),
    }
    return tuple(tr(f"effects.missing_{m}", **told) for m in view.design.missing)


def warnings(view: EffectView, tr: Translate) -> tuple[str, ...]:
    """Return what a reader must know of the comparison."""
    if view.problem:
        return ()
    counted = [
        ("effects.left_out", view.left_out),
        ("effects.others_left_out", view.others_left_out),
        ("effects.neighbours_left_out", view.neighbours_left_out),
        ("effects.other_measures", view.other_measures),
    ]
    plain = [
        ("effects.by_level", view.by == BY_LEVEL and view.statement != DESCRIBED),
        ("effects.not_pooled", any(not c.is_pooled for c in view.courses)),
        ("effects.older_boundaries", view.has_older_boundaries),
        ("effects.extreme", view.is_extreme),
        ("effects.late", not view.is_before_data),
    ]
    return (
        *(tr(key, count=n) for key, n in counted if n),
        *(tr(key) for key, holds in plain if holds),
    )


def others_text(view: EffectView, tr: Translate) -> str:
    """Name the areas that are held against those with the measure."""
    if not view.others:
        return tr("effects.no_others")
    return tr("effects.others", count=len(view.others), names=", ".join(view.others))


def source_text(view: EffectView, offices: str, tr: Translate) -> str:
    """Name the office whose figures are drawn."""
    return tr("effects.source", office=offices) if view.course(OWN) or view.course(SIMILAR) else ""
