"""Figures of several areas together: what is said of the group, and of each of its members."""

from __future__ import annotations

from typing import Any

from domain.model import SHOWN_STATES
from domain.view import GroupValue, IndicatorView, PeriodView
from figures.packing import STATE_CODES, kept, power_of, written
from figures.sentences import unit_suffix
from i18n import Translate
from i18n.formats import number


def group_name(told: GroupValue, tr: Translate, language: str) -> str:
    """Return the name of a group, marked as one figure for all of its areas."""
    return tr("group.name", name=told.group.name.in_language(language))


def group_text(view: IndicatorView, told: GroupValue, tr: Translate, language: str) -> str:
    """Write the figure of a group with its unit, or why there is none."""
    value = told.found.value
    if told.found.state not in SHOWN_STATES or value is None:
        return tr(f"state.{told.found.state}")
    return number(value, view.indicator.decimals, language) + unit_suffix(view.indicator, language)


def group_texts(
    view: IndicatorView, period: str, tr: Translate, language: str
) -> list[tuple[str, str]]:
    """Return name and written value (or sign of empty) of every group of a period."""
    decimals = view.indicator.decimals
    return [
        (
            group_name(told, tr, language),
            written(told.found.state, told.found.value, decimals, language),
        )
        for told in view.by_period[period].groups
    ]


def member_texts(
    view: IndicatorView, shown: PeriodView, tr: Translate, language: str
) -> dict[int, str]:
    """Say of every member with whom it has a figure together, and which, by position."""
    found = {}
    for told in shown.groups:
        value = group_text(view, told, tr, language)
        for i in told.members:
            others = [view.area_names[k] for k in told.members if k != i]
            found[i] = tr("group.member", others=_listed(others, tr), value=value)
    return found


def _listed(names: list[str], tr: Translate) -> str:
    if len(names) == 1:
        return names[0]
    return tr("group.and", first=", ".join(names[:-1]), last=names[-1])


def group_names(view: IndicatorView, tr: Translate, language: str) -> list[dict[str, Any]]:
    """Return id and name of every group of the level, in the order of the catalogue."""
    return [
        {"id": g.id, "name": tr("group.name", name=g.name.in_language(language))}
        for g in view.level.groups
    ]


def together(
    view: IndicatorView, shown: PeriodView, tr: Translate, language: str
) -> dict[str, Any]:
    """Return the figures of groups in the order of the level's groups, and what members say."""
    if not shown.groups:
        return {}
    told = {g.group.id: g for g in shown.groups}
    texts = member_texts(view, shown, tr, language)
    return {
        "g": [_group(told.get(g.id), power_of(view.indicator)) for g in view.level.groups],
        "t": {str(i): text for i, text in texts.items()},
    }


def _group(told: GroupValue | None, power: int) -> dict[str, Any] | None:
    if told is None:
        return None
    found = told.found
    numbers = [
        None if x is None else kept(x * power) for x in (found.value, found.lower, found.upper)
    ]
    return {
        **dict(zip(("v", "lo", "hi"), numbers, strict=True)),
        "s": STATE_CODES[found.state],
        "n": found.numerator,
        "d": found.denominator,
        "c": told.position,
        "f": told.flags,
    }
