from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest

from domain.model import Polarity, State
from domain.palettes import Palette
from domain.view import Fit
from figures import theme
from figures.choropleth import (
    LARGEST_CIRCLE_PX,
    MOST_PATHS,
    choropleth_figure,
    circle_sizes,
    is_dense,
)
from figures.palettes import class_colours
from figures.ranking import MOST_ROWS, ranking_figure, value_range, visible_rows
from figures.scatter import point_sizes, scatter_figure
from figures.trend import trend_figure
from tests.unit.figures.sample import COUNT_VIEW, FRAME, LEVEL, VIEW, period

TOKENS = Path(__file__).parents[3] / "assets" / "10-css" / "00-tokens.css"


def test_the_palette_equals_the_tokens_of_the_style_sheet():
    css = TOKENS.read_text(encoding="utf-8").split("[data-bs-theme")[0]
    for slot, colour in enumerate(theme.SELECTED, start=1):
        assert f"--sel-{slot}: {colour};" in css
    for name, colour in (
        ("ink", theme.INK),
        ("mute", theme.MUTE),
        ("rule", theme.RULE),
        ("accent", theme.ACCENT),
        ("dot", theme.DOT),
        ("neutral-fill", theme.NEUTRAL_FILL),
        ("empty-fill", theme.EMPTY_FILL),
    ):
        assert f"--{name}: {colour};" in css


def test_the_map_takes_geometry_by_address_and_every_area_has_a_finite_z():
    areas, points = choropleth_figure(VIEW, "2024", FRAME).data
    assert areas.geojson == FRAME.geometry_url
    assert list(areas.z) == [0, 1, 0, -1, -1]
    assert [c[1] for c in areas.customdata] == [
        "ok",
        "limited",
        "ok",
        "suppressed",
        "not_applicable",
    ]
    assert not points.lon


def test_counts_are_circles_and_never_a_fill():
    areas, points = choropleth_figure(COUNT_VIEW, "2024", FRAME).data
    assert set(areas.z) == {-1}
    assert list(points.customdata) == list(VIEW.area_ids)
    assert points.marker.size[1] == LARGEST_CIRCLE_PX
    assert points.marker.size[3] == 0


def test_circles_grow_with_the_area_and_not_with_the_diameter():
    small, large = circle_sizes((25.0, 100.0), 100.0)
    assert large == pytest.approx(2 * small)
    assert circle_sizes((None, 0.0), 0.0) == [0.0, 0.0]


def test_institutions_are_symbols_in_the_colour_of_their_class():
    view = replace(VIEW, level=replace(LEVEL, kind="institutions"))
    areas, points = choropleth_figure(view, "2024", replace(FRAME, outline_ids=("a", "b"))).data
    assert list(areas.locations) == ["a", "b"]
    colours = class_colours(2, Polarity.HIGH_BURDEN, Palette.AUTOMATIC)
    assert list(points.marker.color[:3]) == [colours[0], colours[1], colours[0]]
    assert points.marker.color[3] == theme.EMPTY_FILL


def test_the_ranking_runs_from_high_to_low_and_gaps_close_it_without_a_bar():
    figure = ranking_figure(
        VIEW, "2024", value_text=("4,1", "(41,0)", "18,0", "·", "x").__getitem__
    )
    bars = figure.data[0]
    assert list(bars.customdata) == ["02", "03", "01", "04", "05"]
    assert list(bars.x) == [41.0, 18.0, 4.1, 0.0, 0.0]
    assert list(bars.error_x.array) == pytest.approx([1, 1, 1, 0, 0])
    assert list(figure.layout.yaxis2.ticktext) == ["(41,0)", "18,0", "4,1", "·", "x"]
    assert figure.layout.shapes[0].x0 == 18.4


def test_axes_are_fixed_over_all_periods_and_bars_start_at_zero():
    low, high = value_range(VIEW)
    assert low == 0
    assert high > 42


def test_a_long_ranking_keeps_top_bottom_and_the_chosen_and_counts_the_rest():
    rows = visible_rows(list(range(542)), {300})
    assert len(rows) <= MOST_ROWS
    assert rows[0] == (0, 0)
    assert rows[-1] == (541, 0)
    assert (300, 0) in rows
    assert sum(n or 1 for _, n in rows) == 542


def test_the_scatter_puts_pairs_with_a_gap_off_the_axes_and_draws_the_fit():
    figure = scatter_figure(VIEW, VIEW, "2024", second_period="2023", fit=Fit(0.5, 1.0))
    points = figure.data[0]
    assert list(points.y[:3]) == [10.0, 12.0, 14.0]
    assert all(y < figure.layout.yaxis.range[0] for y in points.y[3:])
    assert all(x < figure.layout.xaxis.range[0] for x in points.x[3:])
    assert list(figure.data[1].y) == pytest.approx([1 + 0.5 * 4.1, 1 + 0.5 * 41.0])


def test_without_a_second_indicator_the_scatter_is_empty_and_not_wrong():
    figure = scatter_figure(VIEW, None, "2024")
    assert all(y < figure.layout.yaxis.range[0] for y in figure.data[0].y)


def test_points_grow_with_the_children_behind_them():
    sizes = point_sizes((400.0, 100.0, None))
    assert sizes[0] > sizes[1] >= sizes[2] > 0
    assert len(set(point_sizes((None, None)))) == 1


def test_a_hidden_year_is_a_gap_in_the_line():
    figure = trend_figure(
        VIEW, positions=[2023.0, 2024.0], highlighted=("04", "zz"), city_name="Musterstadt"
    )
    assert list(figure.data[0].y) == [18.4, 18.4]
    assert list(figure.data[1].y) == [None, None]
    assert figure.data[1].connectgaps is False
    assert list(figure.data[2].x) == []


def dense():
    """A level of more areas than the map of nodes can hold, in which all is as in the sample."""
    n = MOST_PATHS + 1
    frame = replace(FRAME, outline_ids=tuple(str(i) for i in range(n)))
    assert is_dense(VIEW, frame)
    return frame


def test_thousands_of_areas_are_left_to_the_scripts_and_plotly_keeps_zoom_and_drag():
    figure = choropleth_figure(VIEW, "2024", dense())
    assert [type(trace) for trace in figure.data] == [go.Scattergeo]
    assert len(figure.data[0].lon) == 1
    assert figure.data[0].marker.opacity == 0
    assert figure.layout.dragmode == "pan"
    assert not is_dense(VIEW, FRAME)


def test_the_cloud_of_thousands_has_axes_and_line_but_no_points():
    figure = scatter_figure(VIEW, VIEW, "2024", fit=Fit(0.1, 10.0), is_dense=True)
    full = scatter_figure(VIEW, VIEW, "2024", fit=Fit(0.1, 10.0))
    assert len(figure.data[0].x) == 0
    assert figure.data[1].y == full.data[1].y
    assert figure.layout.xaxis.range == full.layout.xaxis.range


def test_only_values_of_drawn_rows_are_written():
    written = []

    def value_text(row):
        written.append(row)
        return str(row)

    ids = tuple(str(i) for i in range(300))
    shown = period(tuple(float(i) for i in range(300)), (State.OK,) * 300)
    view = replace(VIEW, area_ids=ids, area_names=ids, by_period={"2024": shown})
    ranking_figure(view, "2024", value_text=value_text)
    assert 0 < len(written) <= MOST_ROWS
