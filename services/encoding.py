"""Views as JSON bytes: compact, without NaN, the same bytes for the same view."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from domain.view import GroupValue, IndicatorView, PeriodView


def encode(content: Any) -> bytes:
    """Return JSON bytes; refuses NaN, which browsers cannot read."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8"
    )


def view_json(view: IndicatorView) -> dict[str, Any]:
    """Return a view as plain JSON types, without language and geometry."""
    return {
        "town": view.town,
        "release": view.release,
        "indicator": view.indicator.id,
        "category": view.category,
        "level": view.level.id,
        "vintage": view.level.vintage,
        "compare": view.compare,
        "areas": list(view.area_ids),
        "periods": list(view.periods),
        "breaks": list(view.breaks),
        "by_period": {p: _period_json(v) for p, v in view.by_period.items()},
    }


def _period_json(shown: PeriodView) -> dict[str, Any]:
    return {
        "values": list(shown.values),
        "states": [s.value for s in shown.states],
        "flags": list(shown.flags),
        "numerators": list(shown.numerators),
        "denominators": list(shown.denominators),
        "lower": list(shown.lowers),
        "upper": list(shown.uppers),
        "classes": list(shown.classes),
        "order": list(shown.order),
        "badges": list(shown.badges),
        "benchmarks": list(shown.benchmarks),
        "class_counts": list(shown.class_counts),
        "city": {**asdict(shown.city), "state": shown.city.state.value},
        "groups": [_group_json(g) for g in shown.groups],
        "message": {"key": shown.message.key, "params": dict(shown.message.params)},
    }


def _group_json(told: GroupValue) -> dict[str, Any]:
    return {
        "id": told.group.id,
        "areas": list(told.group.members),
        **asdict(told.found),
        "state": told.found.state.value,
        "flags": told.flags,
        "class": told.position,
    }
