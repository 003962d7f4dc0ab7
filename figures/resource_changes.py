"""What the page of resources says of last year, and of who gains and who loses."""

from __future__ import annotations

import math

from domain.distribution import Distribution, Refusal
from domain.gains import Gains, gains
from domain.last_year import LastYear
from domain.resource_query import BY_FORMULA, ResourceQuery
from domain.resource_view import ShareView
from figures.resource_amounts import DASH, EACH_PLACES, amount_text, unit_word
from i18n import Translate
from i18n.formats import number

EVEN, BEFORE = "even", "before"
"""Beside which distribution gains are told: the Gießkanne, or last year."""
_NAMED = 3
_MOST_NAMES = 5


def gains_of(view: ShareView, against: str) -> Gains | None:
    """Return who gains beside the Gießkanne or last year; None where there is nothing to tell."""
    found = view.found
    if not isinstance(found, Distribution):
        return None
    if against == EVEN:
        return gains(found.amounts, found.even, view.children)
    return gains(found.amounts, view.before.amounts, view.children) if view.before else None


def gains_title(view: ShareView, told: Gains, against: str, tr: Translate) -> str:
    """Say how many areas and children get more and less."""
    language = view.index.query.lang
    return tr(
        f"resources.gains_title_{against}",
        more=told.more.areas,
        less=told.less.areas,
        gaining=number(told.more.children, 0, language),
        losing=number(told.less.children, 0, language),
    )


def gains_notes(view: ShareView, told: Gains, tr: Translate) -> tuple[str, ...]:
    """Name the largest gains and losses, and say what moves in all."""
    query = view.index.query
    unit = unit_word(query, tr)
    order = told.by_change
    up = [k for k in order if told.changes[k] > 0][:_NAMED]
    down = [k for k in reversed(order) if told.changes[k] < 0][:_NAMED]
    return (
        *(
            tr(
                f"resources.gains_{name}",
                areas="; ".join(_named(view, told, k) for k in some),
                unit=unit,
            )
            for name, some in (("up", up), ("down", down))
            if some
        ),
        tr(
            "resources.gains_moved",
            more=amount_text(told.more.amount, query, query.lang),
            less=amount_text(-told.less.amount, query, query.lang),
            unit=unit,
        ),
        *([tr("resources.gains_same", count=told.same.areas)] if told.same.areas else []),
    )


def _named(view: ShareView, told: Gains, k: int) -> str:
    query = view.index.query
    change = amount_text(told.changes[k], query, query.lang, signed=True)
    name = view.index.area_names[view.members[k]]
    return f"{name} ({change}; {percent_text(told.shares[k], query.lang)})"


def percent_text(share: float, language: str, places: int = 1) -> str:
    """Return a change in percent with its sign, a dash where it has none; nought has no sign."""
    if math.isnan(share):
        return DASH
    text = number(100 * share, places, language)
    is_more = share > 0 and text != number(0.0, places, language)
    return f"{'+' if is_more else ''}{text} %"


def gains_table(
    view: ShareView, told: Gains, against: str, tr: Translate
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area that takes part, the largest gain first.

    Areas without an amount to compare with stand at the end and say why.
    """
    names = ("area", "children", "amount", against, "change", "change_percent", "change_each")
    head = tuple(tr(f"resources.col_{n}") for n in (*names, "note"))
    order = told.by_change if against == EVEN else told.by_share
    rest = tuple(k for k in range(len(view.members)) if k not in set(order))
    return head, tuple(_gains_row(view, told, k, against, tr) for k in (*order, *rest))


def _gains_row(
    view: ShareView, told: Gains, k: int, against: str, tr: Translate
) -> tuple[str, ...]:
    query, found = view.index.query, view.found
    if not isinstance(found, Distribution):
        raise TypeError("a refused order has no gains")
    lang = query.lang
    other = found.even if against == EVEN or not view.before else view.before.amounts
    change = told.changes[k]
    is_known = not math.isnan(change)
    each = change / view.children[k]
    return (
        view.index.area_names[view.members[k]],
        number(view.children[k], 0, lang),
        amount_text(found.amounts[k], query, lang),
        amount_text(other[k], query, lang) if is_known else DASH,
        amount_text(change, query, lang, signed=True) if is_known else DASH,
        percent_text(told.shares[k], lang),
        ("+" if each > 0 else "") + number(each, EACH_PLACES[query.unit], lang)
        if is_known
        else DASH,
        _gains_note(view, found, k, against, tr),
    )


def _gains_note(view: ShareView, found: Distribution, k: int, against: str, tr: Translate) -> str:
    if against == EVEN or not view.before:
        return tr("resources.note_limit") if k in found.at_limit else DASH
    why = [
        tr(f"resources.note_{name}")
        for name, places in (
            ("change", found.at_change),
            ("new", view.before.new),
            ("absent", view.before.absent),
            ("nothing", view.before.nothing),
        )
        if k in places
    ]
    return ", ".join(why) or DASH


def last_year_lead(view: ShareView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say what stands for last year, which limits hold, and whom they do not bind."""
    last, query = view.before, view.index.query
    if last is None:
        return ()
    limits = change_text(query, tr, language)
    held = len(view.found.at_change) if isinstance(view.found, Distribution) else 0
    counts = (("new", last.new), ("absent", last.absent), ("nothing", last.nothing))
    return (
        last_year_text(view, last, tr, language),
        *([tr("resources.before_real")] if query.before == BY_FORMULA else []),
        *([tr("resources.change_held", limits=limits, count=held)] if limits else []),
        *(tr(f"resources.before_{name}", count=len(places)) for name, places in counts if places),
        *(
            [
                tr(
                    "resources.before_gone",
                    count=last.gone,
                    amount=amount_text(last.gone_amount, query, language),
                    unit=unit_word(query, tr),
                )
            ]
            if last.gone
            else []
        ),
        *([tr("resources.before_recut")] if last.is_recut else []),
    )


def last_year_text(view: ShareView, last: LastYear, tr: Translate, language: str) -> str:
    """Say what stands for last year, and how much was shared."""
    query = view.index.query
    total = amount_text(last.total, query, language)
    unit = unit_word(query, tr)
    if query.before != BY_FORMULA:
        return tr(
            "resources.before_is_scenario",
            name=last.name, release=last.release, total=total, unit=unit,
        )  # fmt: skip
    if not query.before_gearing:
        return tr("resources.before_is_even", total=total, unit=unit)
    gearing = number(query.before_gearing, 0, language)
    return tr("resources.before_is_formula", total=total, unit=unit, gearing=gearing)


def change_text(query: ResourceQuery, tr: Translate, language: str) -> str:
    """Return the limits against last year in words, empty where there are none."""
    told = [
        tr(f"resources.most_{name}", percent=number(value, 1 if value % 1 else 0, language))
        for name, value in (("fall", query.fall), ("rise", query.rise))
        if value is not None
    ]
    return tr("resources.and").join(told)


def refusal_text(view: ShareView, refusal: Refusal, tr: Translate) -> str:
    """Say which limit forbids to share, by how much, and what would help."""
    query = view.index.query
    lang = query.lang
    limits = change_text(query, tr, lang) if view.before else ""
    told = {
        "required": amount_text(refusal.required or 0.0, query, lang),
        "gap": amount_text(
            refusal.gap if refusal.required is None else abs(refusal.required - query.amount),
            query,
            lang,
        ),
        "unit": unit_word(query, tr),
    }
    if not limits or view.before is None or refusal.reason == "no_need":
        return tr(f"resources.refused_{refusal.reason}", **told)
    names = [view.index.area_names[view.members[k]] for k in refusal.areas[:_MOST_NAMES]]
    more = ["…"] if len(refusal.areas) > _MOST_NAMES else []
    return tr(
        f"resources.refused_change_{refusal.reason}",
        **told,
        limits=limits,
        total=amount_text(view.before.total, query, lang),
        count=len(refusal.areas),
        names=", ".join((*names, *more)),
    )
