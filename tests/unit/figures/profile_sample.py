"""Key figures and statements for the tests of profiles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.model import Kind, Polarity, State, Text
from domain.profile import NOT_TESTED, KeyFigure, Trust
from domain.view import CityValue
from tests.unit.figures.sample import INDICATOR

NAMES = {"area": "Nord", "town": "Neustadt"}
TRUST = Trust(3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def figure(
    name: str = "armut",
    value: float | None = 31.0,
    city: float | None = 18.0,
    *,
    width: float = 4.0,
    polarity: Polarity = Polarity.HIGH_BURDEN,
    kind: Kind = Kind.SHARE,
    group: str = "",
    **more: Any,
) -> KeyFigure:
    """Return a figure of an area beside its town."""
    indicator = replace(
        INDICATOR,
        id=name,
        name=Text(name),
        short_name=Text(name),
        kind=kind,
        polarity=polarity,
        group=group,
        multiplier=100.0,
        numerator_text=Text("Kinder in Armut"),
        denominator_text=Text("Kinder"),
    )
    bounds = (None, None) if value is None else (value - width / 2, value + width / 2)
    state = State.SUPPRESSED if value is None else State.OK
    found = CityValue(value, state, *bounds)
    series = (CityValue(20.0, State.OK), CityValue(None, State.SUPPRESSED), found)
    given: dict[str, Any] = {
        "badge": "worse",
        "is_clear": False,
        "standing": NOT_TESTED,
        "third": "",
        "trend": "",
        "trend_reason": "short",
        "parent": None,
    }
    return KeyFigure(
        indicator=indicator,
        period="2024",
        found=found,
        city=CityValue(city, State.OK if city is not None else State.NOT_COLLECTED),
        periods=("2022", "2023", "2024"),
        positions=(2022.0, 2023.0, 2024.0),
        series=series,
        town_series=(CityValue(city, State.OK),) * 3,
        **(given | more),
    )
