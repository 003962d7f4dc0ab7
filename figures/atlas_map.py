"""The map of an Atlas view as a plan: fills and legend of values, differences or a layer."""

from __future__ import annotations

import math

from domain.model import State
from domain.view import PeriodView
from figures import theme
from figures.atlas_view import AtlasView
from figures.captions import class_labels
from figures.choropleth import largest_value
from figures.map_plan import Chosen, Key, MapPlan, Mark, Paint
from figures.palettes import colours_of
from figures.payload import circle_steps
from figures.signs import badge_texts

LARGEST_RADIUS = 15.0
_SYMBOL_RADIUS = 5.0
_ORDER = (
    State.NIL, State.BELOW_UNIT, State.SUPPRESSED, State.UNRELIABLE, State.PENDING,
    State.NOT_APPLICABLE, State.NOT_COLLECTED,
)  # fmt: skip
"""States in the order of the legend."""
_DIFFERENCES = ("worse", "higher", "similar", "better", "lower")

Painted = tuple[dict[str, Paint], tuple[Key, ...], str]
"""Paint by area, rows of the legend, its title."""


def map_plan(atlas: AtlasView) -> MapPlan | None:
    """Return what the map shows, None where the level has no outlines."""
    if atlas.outlines is None:
        return None
    paints, legend, title = _painted(atlas)
    marks: tuple[Mark, ...] = ()
    if atlas.view.mark != "fill":
        marks = _marks(atlas, paints)
        kept = _empty_areas(paints) if atlas.view.mark == "circle" else {}
        paints = kept
    return MapPlan(
        outlines=atlas.outlines,
        paints=paints,
        legend_title=title,
        legend=legend,
        marks=marks,
        chosen=tuple(
            Chosen(atlas.view.area_ids[i], atlas.view.area_names[i], colour)
            for i, colour in atlas.chosen.items()
        ),
        ground=Paint(colour=theme.NEUTRAL_FILL),
        north=atlas.tr("document.north"),
        language=atlas.language,
    )


def _painted(atlas: AtlasView) -> Painted:
    if atlas.layer() is not None:
        return _of_layer(atlas)
    if atlas.selection.layer == "difference" and any(atlas.shown.badges):
        return _of_differences(atlas)
    return _of_values(atlas)


def _of_values(atlas: AtlasView) -> Painted:
    view, shown = atlas.view, atlas.shown
    colours = colours_of(view.indicator, len(view.breaks))
    is_circle = view.mark == "circle"
    paints = {
        area: _value_paint(atlas, i, theme.DOT if is_circle else _colour(shown, colours, i))
        for i, area in enumerate(view.area_ids)
    }
    title = atlas.tr(
        "atlas.legend_circle" if is_circle else "atlas.legend",
        unit=atlas.unit(),
        words=view.level.area_word.in_language(atlas.language),
    )
    if is_circle:
        return paints, (*_circles(atlas), *_states(atlas)), title
    labels = class_labels(view.breaks, view.indicator.decimals, atlas.tr, atlas.language)
    rows = zip(colours, labels, shown.class_counts, strict=False)
    classes = tuple(Key(Paint(colour=c), label, count) for c, label, count in rows)
    return paints, (*classes, *_states(atlas)), title


def _colour(shown: PeriodView, colours: tuple[str, ...], i: int) -> str:
    place = shown.classes[i]
    return theme.DOT if place is None else colours[place]


def _value_paint(atlas: AtlasView, i: int, colour: str) -> Paint:
    state = atlas.shown.states[i]
    if not atlas.is_shown(i):
        return Paint(state=state.value)
    return Paint(colour=colour, is_limited=state is State.LIMITED)


def _states(atlas: AtlasView) -> tuple[Key, ...]:
    """Return the kinds of empty that occur, with their numbers; few cases have a row as well."""
    states = [s for i, s in enumerate(atlas.shown.states) if not atlas.is_shown(i)]
    rows = [
        Key(Paint(state=s.value), atlas.state_word(s), states.count(s))
        for s in _ORDER
        if s in states
    ]
    few = sum(s is State.LIMITED for s in atlas.shown.states)
    if few:
        paint = Paint(colour=theme.DOT, is_limited=True)
        rows.insert(0, Key(paint, atlas.state_word(State.LIMITED), few))
    return tuple(rows)


def _circles(atlas: AtlasView) -> tuple[Key, ...]:
    largest = largest_value(atlas.view)
    return tuple(
        Key(Paint(colour=theme.DOT), step["text"], radius=_radius(step["value"], largest))
        for step in circle_steps(atlas.view, atlas.language)
    )


def _radius(value: float | None, largest: float) -> float:
    if value is None or largest <= 0:
        return 0.0
    return LARGEST_RADIUS * math.sqrt(max(value, 0.0) / largest)


def _marks(atlas: AtlasView, paints: dict[str, Paint]) -> tuple[Mark, ...]:
    view, shown = atlas.view, atlas.shown
    largest = largest_value(view)
    is_circle = view.mark == "circle"
    return tuple(
        Mark(
            area,
            paints[area],
            _radius(shown.values[i], largest) if is_circle else _SYMBOL_RADIUS,
        )
        for i, area in enumerate(view.area_ids)
    )


def _empty_areas(paints: dict[str, Paint]) -> dict[str, Paint]:
    """Keep the hatches of areas without a number; the others are a plain ground of circles."""
    return {area: paint for area, paint in paints.items() if paint.state}


def _of_differences(atlas: AtlasView) -> Painted:
    view, shown = atlas.view, atlas.shown
    polarity = view.indicator.polarity
    colours = theme.badge_colours(polarity)
    words = badge_texts(polarity, atlas.tr)
    clear = shown.signs.clear or (False,) * len(shown.badges)
    names = [
        f"{badge}_clear" if is_clear and f"{badge}_clear" in colours else badge
        for badge, is_clear in zip(shown.badges, clear, strict=True)
    ]
    paints = {
        area: _value_paint(atlas, i, colours.get(names[i], theme.NEUTRAL_FILL))
        for i, area in enumerate(view.area_ids)
    }
    counted = [names[i] for i in range(len(names)) if atlas.is_shown(i)]
    keys = [k for d in _DIFFERENCES for k in (f"{d}_clear", d) if k in colours]
    rows = [Key(Paint(colour=colours[k]), words[k], counted.count(k)) for k in keys]
    other = sum(name not in colours for name in counted)
    if other:
        paint = Paint(colour=theme.NEUTRAL_FILL)
        rows.append(Key(paint, words["not_compared"], other))
    title = atlas.tr(
        "document.legend_difference",
        name=atlas.tr(f"atlas.compare_short_{view.compare}", town=atlas.content.town_name),
        words=view.level.area_word.in_language(atlas.language),
    )
    return paints, (*rows, *_states(atlas)), title


def _of_layer(atlas: AtlasView) -> Painted:
    found = atlas.layer()
    if found is None:
        return {}, (), ""
    legend, told = found
    letters: str = told["c"]
    by_key = {
        row["key"]: _layer_paint(row, is_lined=legend["is_hatched"]) for row in legend["legend"]
    }
    paints = {
        area: _value_paint_of(atlas, i, by_key.get(letters[i]))
        for i, area in enumerate(atlas.view.area_ids)
    }
    rows = tuple(
        Key(by_key[row["key"]], row["label"], letters.count(row["key"]))
        for row in legend["legend"]
        if row["key"] in letters or not ("pattern" in row or row.get("is_rare"))
    )
    return paints, (*rows, *_hidden_of_layer(atlas)), legend["legend_title"]


def _layer_paint(row: dict[str, str], *, is_lined: bool) -> Paint:
    if "pattern" in row:
        return Paint(state=row["pattern"])
    return Paint(colour=row["colour"], is_limited=is_lined)


def _value_paint_of(atlas: AtlasView, i: int, paint: Paint | None) -> Paint:
    return paint or Paint(state=atlas.shown.states[i].value)


def _hidden_of_layer(atlas: AtlasView) -> tuple[Key, ...]:
    return tuple(key for key in _states(atlas) if key.paint.state)
