"""Charts and sentences of a comparison: hidden values are gaps, colours those of the tray."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from domain.compared_indicator import compared_indicator
from domain.model import Catalogue, Flag, Polarity, SeriesBreak, Source, State, Text, Town
from domain.palettes import Palette
from domain.side_by_side import ComparedArea, ComparisonQuery, ComparisonView, Spread
from figures import theme
from figures.heat_table import flags_told, heat_rows
from figures.palettes import class_colours
from figures.side_courses import course_figure, left_room
from figures.side_strips import placed, strips_figure
from figures.side_texts import (
    COURSES,
    COURSES_ON_PAPER,
    SHADES_ON_PAPER,
    course_table,
    course_title,
    courses_sub,
    courses_title,
    hidden_texts,
    page_title,
    shades_text,
    source_text,
    standing_texts,
    strips_sub,
    strips_table,
    strips_title,
    table_title,
)
from i18n import LANGUAGES, translator
from tests.unit.figures.sample import COUNT_VIEW, VIEW

TR = translator("de")


def comparison(*views, areas=("02", "01", "04")):
    chosen = tuple(
        ComparedArea(a, VIEW.area_names[VIEW.area_ids.index(a)], i) for i, a in enumerate(areas)
    )
    columns = tuple(compared_indicator(v, (), chosen, wanted="", source=None) for v in views)
    town = Catalogue(Town("musterstadt", "Musterstadt"), (), (), (), ())
    return ComparisonView(ComparisonQuery("stadtteile", areas), town, VIEW.level, chosen, columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_valid_plotly(language):
    view = comparison(VIEW, COUNT_VIEW)
    tr = translator(language)
    go.Figure(strips_figure(view, tr, language))
    for column in view.indicators:
        go.Figure(course_figure(view, column, town="Musterstadt", language=language))


def test_a_hidden_area_has_no_mark_on_the_strip_and_is_counted_in_words():
    view = comparison(VIEW)
    traces = strips_figure(view, TR, "de")["data"]
    assert len(traces[0]["x"]) == 3
    assert [len(t["x"]) for t in traces[1:]] == [1, 1, 0]
    assert hidden_texts(view, TR, "de") == (
        "Ohne Strich bei Kinderarmut: 1 Gebiet geheim gehalten, 1 Gebiet nicht sinnvoll.",
    )


def test_burden_lies_on_the_right_whatever_the_polarity():
    high = comparison(VIEW).indicators[0]
    low = replace(high, indicator=replace(high.indicator, polarity=Polarity.LOW_BURDEN))
    assert placed(high, 41.0) == 1.0
    assert placed(low, 41.0) == 0.0
    assert placed(low, 4.1) == 1.0


def test_marks_have_the_colours_of_the_tray_in_the_order_of_choice():
    view = comparison(VIEW)
    turned = replace(view, areas=view.areas[::-1], indicators=tuple(
        replace(x, cells=x.cells[::-1], courses=x.courses[::-1]) for x in view.indicators
    ))  # fmt: skip
    for figure in (strips_figure(turned, TR, "de"), strips_figure(view, TR, "de")):
        assert [t["marker"]["color"] for t in figure["data"][1:]] == list(theme.SELECTED[:3])
        assert [t["name"] for t in figure["data"][1:]] == ["Nordstadt", "Altstadt", "Süd"]


def test_a_hidden_year_is_a_gap_and_a_break_parts_the_line():
    told = (SeriesBreak("2024", "definition", Text("Neue Abgrenzung")),)
    broken = replace(VIEW, indicator=replace(VIEW.indicator, series_breaks=told))
    view = comparison(broken)
    figure = course_figure(view, view.indicators[0], town="Musterstadt", language="de")
    first, hidden = figure["data"][0], figure["data"][2]
    assert first["y"] == [12.0, None, 41.0]
    assert [y for y in hidden["y"] if y is not None] == []
    assert first["connectgaps"] is False
    assert len(figure["layout"]["shapes"]) == 1


def test_the_count_of_the_town_does_not_flatten_the_areas():
    view = comparison(COUNT_VIEW)
    figure = course_figure(view, view.indicators[0], town="Musterstadt", language="de")
    assert "Musterstadt" not in [t["name"] for t in figure["data"]]


def test_cells_say_value_state_and_comparison():
    row = heat_rows(comparison(VIEW), TR, "de")[0]
    north, old, hidden = row.cells
    assert (north.text, north.remark, north.sign) == (
        "(41,0\N{NO-BREAK SPACE}%)",
        "eingeschränkt",
        "△",
    )
    assert (old.text, old.word, old.interval) == ("4,1\N{NO-BREAK SPACE}%", "ähnlich", "3,1 – 5,1")
    assert (hidden.text, hidden.remark, hidden.state) == (".", "geheim gehalten", "suppressed")
    assert hidden.interval == hidden.sign == hidden.fill == ""
    assert row.city.text == "18,4\N{NO-BREAK SPACE}%"


def test_shades_are_those_of_the_map_and_counts_have_none():
    shares, counts = heat_rows(comparison(VIEW, COUNT_VIEW), TR, "de")
    assert shares.cells[0].fill == class_colours(2, Polarity.HIGH_BURDEN, Palette.AUTOMATIC)[1]
    assert counts.cells[0].fill == ""


@pytest.mark.parametrize("polarity", list(Polarity))
@pytest.mark.parametrize("n_classes", range(1, 8))
def test_text_on_every_shade_can_be_read(polarity, n_classes):
    for fill in class_colours(n_classes, polarity, Palette.AUTOMATIC):
        assert theme.contrast(theme.ink_on(fill), fill) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_written_in_both_languages(language):
    view, tr = comparison(VIEW, COUNT_VIEW), translator(language)
    texts = [
        page_title(view, tr), table_title(view, tr), strips_title(view, tr, language),
        courses_title(view, tr), *standing_texts(view, tr),
    ]  # fmt: skip
    assert all(texts)
    assert not [t for t in texts if "{" in t or "schlecht" in t.lower() or "worst" in t.lower()]


def test_tables_hold_no_number_of_a_hidden_cell():
    view = comparison(VIEW)
    _, rows = course_table(view, view.indicators[0], TR, "de")
    assert [row[-1] for row in rows] == ["geheim gehalten"] * 2
    _, strips = strips_table(view, TR, "de")
    assert strips[0][-1] == "geheim gehalten"
    assert strips[0][1:4] == (
        "4,1\N{NO-BREAK SPACE}%",
        "18,0\N{NO-BREAK SPACE}%",
        "41,0\N{NO-BREAK SPACE}%",
    )


def test_a_missing_year_of_an_open_course_is_not_called_a_value():
    view = comparison(VIEW)
    column = view.indicators[0]
    course = tuple(replace(p, value=None, state=State.OK) for p in column.courses[0])
    _, rows = course_table(view, replace(column, courses=(course, *column.courses[1:])), TR, "de")
    assert rows[0][2] == "nicht erhoben"


def test_the_title_of_a_course_says_whether_the_areas_came_closer():
    column = comparison(VIEW, areas=("02", "01")).indicators[0]
    assert course_title(column, TR, "de") == "Kinderarmut: Abstand wächst von 2,0 auf 36,9"
    turned = replace(column, courses=tuple(
        tuple(replace(p, value=v) for p, v in zip(c, (c[1].value, c[0].value), strict=True))
        for c in column.courses
    ))  # fmt: skip
    assert course_title(turned, TR, "de") == "Kinderarmut: Abstand sinkt von 36,9 auf 2,0"
    alone = replace(column, courses=column.courses[:1], cells=column.cells[:1])
    assert course_title(alone, TR, "de") == "Kinderarmut"


def test_a_source_is_named_once():
    view = comparison(VIEW, VIEW)
    source = Source("amt", "Amt", "Bericht", "2024", "CC0 1.0")
    other = replace(source, id="zwei", title="Anderer Bericht")
    columns = tuple(
        replace(x, source=s) for x, s in zip(view.indicators, (source, other), strict=True)
    )
    assert source_text(columns, view, TR).count("Amt (CC0 1.0)") == 1


def test_of_thousands_of_ticks_those_in_one_place_are_one_as_dark_as_all_of_them():
    view = comparison(VIEW)
    column = view.indicators[0]
    crowd = (*(10.0,) * 1500, *(20.0,) * 1500, 30.0)
    spread = replace(column.spread, values=crowd)
    many = replace(view, indicators=(replace(column, spread=spread),))
    ticks = strips_figure(many, TR, "de")["data"][0]
    assert ticks["x"] == [0, 0.5, 1]
    assert ticks["marker"]["opacity"] == [1, 1, 0.55]


def test_an_axis_has_room_for_its_largest_number():
    assert left_room([0.0, 45.0], "de") == 46
    assert left_room([0.0, 1_000_000.0], "de") > 6 * len("1.000.000")


def judging_nothing(view):
    """Return a view whose indicator speaks of no burden."""
    return replace(view, indicator=replace(view.indicator, polarity=Polarity.NONE))


def test_what_judges_nothing_is_not_counted_as_better_or_worse():
    neutral = comparison(judging_nothing(VIEW))
    assert "nicht gewertet" in standing_texts(neutral, TR)
    assert not [t for t in standing_texts(neutral, TR) if "von" in t]
    assert shades_text(neutral, TR).startswith("Dunkel bedeutet einen hohen Wert")
    assert shades_text(comparison(VIEW), TR).startswith("Dunkel bedeutet hohe")
    assert "keine Farbe" in shades_text(comparison(COUNT_VIEW), TR, SHADES_ON_PAPER)


def test_the_town_is_named_only_where_it_is_drawn():
    both, counts = comparison(VIEW, COUNT_VIEW), comparison(COUNT_VIEW)
    assert "Musterstadt" in strips_sub(both, TR, "de")
    assert "Musterstadt" in courses_sub(both, TR)
    for keys in (COURSES, COURSES_ON_PAPER):
        assert "Musterstadt" not in courses_sub(counts, TR, keys)
    column = counts.indicators[0]
    apart = replace(column, spread=Spread((0.0,), ()))
    assert "Musterstadt" not in strips_sub(replace(counts, indicators=(apart,)), TR, "de")


def test_the_key_explains_the_star_of_a_value():
    base = comparison(VIEW)
    column = base.indicators[0]

    def told(flag):
        cells = tuple(replace(c, flags=flag) for c in column.cells)
        flagged = replace(column, cells=cells, city=replace(column.city, flags=""))
        return flags_told(replace(base, indicators=(flagged,)), TR)

    assert told(Flag.PROVISIONAL.value) == ("vorläufiger Wert",)
    assert told("") == ()
