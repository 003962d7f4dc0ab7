"""One indicator and period for every area of a level, as the API answers it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.model import SHOWN_STATES, Indicator, Level, State
from services.ranks import rank_ranges
from web.api_answers import areas_frame, periods_of
from web.api_models import GroupValueAnswer, TrendWord, ValueAnswer, ValuesAnswer
from web.audience import audience
from web.releases import PublicRelease
from web.sources import Sources

_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_WITHHELD = dict.fromkeys(_NUMBERS)
_NO_RANKS: dict[str, Any] = {"n": 0, "low": [], "high": []}


@dataclass(frozen=True)
class Asked:
    """The key of a table: one indicator, category and period on one level@vintage."""

    level: Level
    indicator: Indicator
    category: str
    period: str


@dataclass(frozen=True)
class _Extras:
    """What was worked out beside the values, by area: trends and ranges of ranks."""

    trends: Mapping[str, str]
    ranks: Mapping[str, tuple[int | None, int | None]]


def values_answer(
    sources: Sources, opened: PublicRelease, asked: Asked, language: str
) -> ValuesAnswer:
    """Return one period of an indicator for every area of the level, and for groups of areas.

    An area without a row was not collected. Numbers are handed on only in states that show one,
    whatever the stored row holds.
    """
    level, category, period = asked.level, asked.category, asked.period
    table = opened.reader.values(asked.indicator.id, level.id, level.vintage, category)
    rows = table[table["period"] == period].to_dict("records")
    by_area = {str(row["area"]): row for row in rows}
    ranked = _ranks(opened, asked)
    areas = [str(area_id) for area_id in areas_frame(sources, opened, level).index]
    periods = periods_of(opened, language, indicator=asked.indicator.id)
    extras = _Extras(_trends(sources, opened, asked), _by_area(opened, level, ranked))
    return ValuesAnswer(
        release=opened.id,
        indicator=asked.indicator.id,
        category=category,
        level=level.id,
        vintage=level.vintage,
        period=period,
        period_details=periods.get(asked.indicator.id, {}).get(period),
        ranked=ranked["n"],
        values=[_value(area, category, by_area.get(area), extras) for area in areas],
        groups=[
            GroupValueAnswer(
                **_value(group.id, category, by_area[group.id]).model_dump(),
                name=group.name.in_language(language),
                area_ids=list(group.members),
            )
            for group in level.groups
            if group.id in by_area
        ],
    )


def _ranks(opened: PublicRelease, asked: Asked) -> dict[str, Any]:
    level = asked.level
    found = rank_ranges(opened.reader, asked.indicator.id, level.id, level.vintage, asked.category)
    ranked: dict[str, Any] = found.get(asked.period, _NO_RANKS)
    return ranked


def _by_area(
    opened: PublicRelease, level: Level, ranked: Mapping[str, Any]
) -> dict[str, tuple[int | None, int | None]]:
    if not ranked["n"]:
        return {}
    ids = opened.reader.area_ids(level.id, level.vintage)
    return dict(zip(ids, zip(ranked["low"], ranked["high"], strict=True), strict=True))


def _trends(sources: Sources, opened: PublicRelease, asked: Asked) -> dict[str, str]:
    """Return the word of every area, as the page of the Atlas says it."""
    view = sources.monitoring.view(
        audience(), opened.id, asked.level, asked.indicator.id, category=asked.category
    )
    words = view.by_period[asked.period].signs.trends
    return dict(zip(view.area_ids, words, strict=True)) if words else {}


def _value(
    area_id: str, category: str, row: dict[Any, Any] | None, extras: _Extras | None = None
) -> ValueAnswer:
    state = State(row["state"]) if row else State.NOT_COLLECTED
    is_shown = row is not None and state in SHOWN_STATES
    shown = row if row and is_shown else _WITHHELD
    low, high = extras.ranks.get(area_id, (None, None)) if extras and is_shown else (None, None)
    trend = extras.trends.get(area_id) if extras and is_shown else None
    return ValueAnswer(
        area_id=area_id,
        category=category,
        state=state,
        flags=str(row["flags"] or "") if row else "",
        **{name: _number(shown[name]) for name in _NUMBERS},
        rank_low=low,
        rank_high=high,
        trend=TrendWord(trend) if trend else None,
    )


def _number(stored: Any) -> float | None:
    return None if stored is None or math.isnan(stored) else float(stored)
