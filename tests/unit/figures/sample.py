"""One small view for the tests of figures: five areas, two periods, every kind of gap."""

from __future__ import annotations

from dataclasses import replace

from domain.model import Indicator, Kind, Level, Polarity, State, Text
from domain.view import (
    Association,
    AtlasContent,
    CityValue,
    Fit,
    IndicatorView,
    MapFrame,
    PeriodView,
)
from domain.wording import Message

INDICATOR = Indicator(
    id="kinderarmut",
    theme="lage",
    name=Text("Kinderarmut", "Child poverty"),
    short_name=Text("Kinderarmut", "Child poverty"),
    definition=Text("Anteil armer Kinder.", "Share of poor children."),
    kind=Kind.SHARE,
    unit=Text("% der Kinder", "% of children"),
    decimals=1,
    polarity=Polarity.HIGH_BURDEN,
    source="amt",
    interval="wilson",
    time_reference_text=Text("31.12."),
)
LEVEL = Level(
    "stadtteile",
    "2021",
    Text("Stadtteile", "districts"),
    order=20,
    area_word=Text("Stadtteile", "districts"),
)


def period(values: tuple[float | None, ...], states: tuple[State, ...]) -> PeriodView:
    """Return one period; classes split at 20, intervals are two points wide."""
    classes = tuple(None if v is None else (0 if v <= 20 else 1) for v in values)
    order = tuple(sorted(range(len(values)), key=lambda i: (values[i] is None, -(values[i] or 0))))
    return PeriodView(
        values=values,
        states=states,
        flags=("", "p", "", "", ""),
        numerators=tuple(None if v is None else v for v in values),
        denominators=tuple(None if v is None else 100.0 for v in values),
        lowers=tuple(None if v is None else v - 1 for v in values),
        uppers=tuple(None if v is None else v + 1 for v in values),
        classes=classes,
        order=order,
        badges=tuple(
            "not_compared" if v is None else "worse" if v > 20 else "similar" for v in values
        ),
        benchmarks=(18.4,) * 5,
        class_counts=(sum(c == 0 for c in classes), sum(c == 1 for c in classes)),
        city=CityValue(18.4, State.OK, 18.0, 18.8, 184.0, 1000.0),
        message=Message(
            "finding_map.city_above_one",
            {
                "low": 4.1,
                "high": 41.0,
                "areas": 3,
                "city": 18.4,
                "above": 1,
                "below": 0,
                "compared": 3,
            },
        ),
    )


VIEW = IndicatorView(
    town="musterstadt",
    release="2026-11-24-1",
    indicator=INDICATOR,
    level=LEVEL,
    category="total",
    compare="city",
    area_ids=("01", "02", "03", "04", "05"),
    area_names=("Altstadt", "Nordstadt", "Hafen <b>", "Süd", "West"),
    periods=("2023", "2024"),
    breaks=(20.0, 40.0),
    by_period={
        "2023": period(
            (10.0, 12.0, 14.0, None, None),
            (State.OK, State.OK, State.OK, State.SUPPRESSED, State.NOT_COLLECTED),
        ),
        "2024": period(
            (4.1, 41.0, 18.0, None, None),
            (State.OK, State.LIMITED, State.OK, State.SUPPRESSED, State.NOT_APPLICABLE),
        ),
    },
)
COUNT_VIEW = replace(
    VIEW,
    indicator=replace(
        INDICATOR,
        kind=Kind.COUNT,
        decimals=0,
        interval="none",
        unit=Text("Kinder", "children"),
        polarity=Polarity.NONE,
    ),
    breaks=(),
    by_period={
        p: replace(v, classes=(None,) * 5, class_counts=()) for p, v in VIEW.by_period.items()
    },
)
FRAME = MapFrame(
    geometry_url="/geo/musterstadt/2026-11-24-1/stadtteile@2021.abc.json",
    outline_ids=VIEW.area_ids,
    longitudes=(9.1, 9.2, 9.3, 9.4, 9.5),
    latitudes=(54.1, 54.2, 54.3, 54.4, 54.5),
    bounds=(9.0, 54.0, 9.6, 54.6),
)
CONTENT = AtlasContent(
    period="2024",
    view=VIEW,
    second=VIEW,
    associations={
        "2024": Association(
            "2023",
            (10.0, 12.0, 14.0, None, None),
            Fit(0.1, 10.0),
            Message(
                "finding_scatter.strong_positive", {"r": 0.91, "lower": 0.8, "upper": 0.96, "n": 12}
            ),
        )
    },
    frame=FRAME,
    town_name="Musterstadt",
    office="Amt für Statistik",
    licence="CC0 1.0",
    positions=(2023.0, 2024.0),
)
