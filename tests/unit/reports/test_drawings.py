"""Drawings for paper: what is hidden has a pattern and no length, gaps stay gaps."""

import re
from itertools import pairwise

import pytest

from domain.model import State
from domain.print_outlines import PrintOutlines
from figures.layers import UNTOLD
from figures.map_plan import Chosen, Key, MapPlan, Mark, Paint
from reports import typeface
from reports.drawing.ages import AgePlan, AgeRow, ages_drawing
from reports.drawing.hatches import hatch
from reports.drawing.map import map_drawing, round_length
from reports.drawing.ranking import Bar, BarPlan, ranking_drawing
from reports.drawing.scatter import Dot, PlanLine, ScatterPlan, scatter_drawing
from reports.drawing.strips import Spot, Strip, strips_drawing
from reports.drawing.svg import Sheet
from reports.drawing.trend import Course, TrendPlan, trend_drawing

SQUARE = "M0,0l100,0 0,100 -100,0z"
OUTLINES = PrintOutlines(
    ids=("a", "b"),
    paths=(SQUARE, "M100,0l100,0 0,100 -100,0z"),
    points={"a": (50.0, 50.0), "b": (150.0, 50.0)},
    width=200,
    height=100,
    metres=10.0,
)
EMPTY = [
    State.SUPPRESSED, State.UNRELIABLE, State.PENDING, State.NOT_APPLICABLE, State.NOT_COLLECTED,
]  # fmt: skip


def plan(**changes):
    whole = {
        "outlines": OUTLINES,
        "paints": {"a": Paint(colour="#123456"), "b": Paint(state="suppressed")},
        "legend_title": "% · Zahl der Gebiete",
        "legend": (
            Key(Paint(colour="#123456"), "bis 10", 1),
            Key(Paint(state="suppressed"), "geheim gehalten", 1),
        ),
        "north": "Norden",
    }
    return MapPlan(**{**whole, **changes})


def texts(drawing):
    return re.sub(r"<[^>]+>", "\n", drawing.svg).split("\n")


def test_every_kind_of_empty_has_a_pattern_of_its_own():
    sheet = Sheet(10, 10)
    for state in (*EMPTY, UNTOLD):
        hatch(sheet, state)
    patterns = [
        re.sub(r'id="[^"]*"', "", p)
        for p in re.findall(r"<pattern.*?</pattern>", sheet.drawing().svg)
    ]
    assert len(patterns) == len(EMPTY) + 1
    assert len(set(patterns)) == len(patterns)


def test_a_map_has_areas_legend_scale_and_north():
    svg = map_drawing(plan(), 400, 300).svg
    assert 'fill="#123456"' in svg
    assert 'fill="url(#hatch-suppressed-m)"' in svg
    said = texts(map_drawing(plan(), 400, 300))
    for text in ("bis 10", "geheim gehalten", "500 m"):
        assert text in said
    assert any("Norden" in t for t in said)


def test_a_map_keeps_inside_its_room():
    for width, height in ((400, 300), (300, 900), (900, 120)):
        drawing = map_drawing(plan(), width, height)
        assert drawing.width == width
        assert drawing.height <= max(height, 110) + 2


def test_chosen_areas_are_outlined_in_their_colour_and_named_once():
    chosen = (Chosen("a", "Nord & Süd", "#d1495b"), Chosen("b", "Ost", "#e09f3e"))
    svg = map_drawing(plan(chosen=chosen), 400, 300).svg
    assert svg.count('stroke="#d1495b"') == 1
    assert svg.count("Nord &amp; Süd") == 1


def test_circles_of_counts_have_areas_by_value_and_hidden_ones_none():
    marks = (Mark("a", Paint(colour="#3579a8"), 12.0), Mark("b", Paint(state="suppressed"), 0.0))
    svg = map_drawing(plan(marks=marks, legend=()), 400, 300).svg
    assert re.findall(r'<circle[^>]* r="([\d.]+)"', svg) == ["12"]


@pytest.mark.parametrize(("metres", "found"), [(1900, 1000), (999, 500), (0.3, 0.2), (-1, 1)])
def test_the_scale_is_a_round_length(metres, found):
    assert round_length(metres) == pytest.approx(found)


def test_a_hidden_bar_has_a_pattern_and_no_length_of_its_own():
    bars = (
        Bar("Nord", 20.0, "20,0", lower=15.0, upper=25.0, mark="#d1495b"),
        Bar("⋮ 3 weitere", is_gap=True),
        Bar("Ost", None, ".", state="suppressed"),
        Bar("West", None, "", state="not_collected"),
    )
    drawing = ranking_drawing(BarPlan(bars, 0.0, 30.0, "%", 10.0, "Stadt 10,0 %"), 400)
    hidden = re.findall(r'<rect[^>]*width="([\d.]+)"[^>]*fill="url\(#hatch-[a-z_]+\)"', drawing.svg)
    assert hidden == ["14", "14"]
    said = texts(drawing)
    for text in ("Nord", "20,0", "⋮", " 3 weitere", ".", "Stadt 10,0 %"):
        assert text in said


def test_long_names_of_bars_are_cut_and_stay_inside():
    bars = (Bar("Sehr " * 40 + "lang", 5.0, "5,0"),)
    drawing = ranking_drawing(BarPlan(bars, 0.0, 10.0), 300)
    name = next(t for t in texts(drawing) if t.startswith("Sehr"))
    assert name.endswith("…")


def trend(stretches, **changes):
    course = Course("Stadt", "#1d2433", stretches, is_town=True, end_text="3,0 %")
    whole = {"courses": (course,), "times": ((2020.0, "2020"), (2023.0, "2023")), "low": 0.0,
             "high": 5.0, "unit": "%"}  # fmt: skip
    return trend_drawing(TrendPlan(**{**whole, **changes}), 300, 100)


def test_a_missing_year_is_a_gap_and_never_a_line():
    whole = trend((((2020.0, 1.0), (2021.0, 2.0), (2022.0, 3.0), (2023.0, 3.0)),))
    gap = trend((((2020.0, 1.0), (2021.0, None), (2022.0, 3.0), (2023.0, 3.0)),))
    line = r'<path d="M[^"]*" fill="none" stroke="#1d2433"'
    assert len(re.findall(line, whole.svg)) == 1
    assert re.findall(line, whole.svg)[0].count("L") == 3
    assert [found.count("L") for found in re.findall(line, gap.svg)] == [1]
    assert whole.svg.count("<circle") == gap.svg.count("<circle") + 1


def test_millions_beside_an_axis_begin_inside_the_drawing():
    stretches = (((2020.0, 1_000_000.0), (2023.0, 1_100_000.0)),)
    svg = trend(stretches, high=1_150_000.0).svg
    [(right, _)] = re.findall(r'<text x="([\d.]+)"([^>]*)>1.000.000<', svg)
    assert float(right) > typeface.width("1.000.000", 7.0)


def test_names_of_lines_that_end_together_do_not_lie_over_each_other():
    courses = tuple(
        Course(f"Gebiet {i}", "#d1495b", (((2020.0, 1.0), (2023.0, 3.0)),)) for i in range(8)
    )
    svg = trend((), courses=courses).svg
    places = [float(y) for y in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>Gebiet', svg)]
    assert len(places) == 8
    gaps = [b - a for a, b in pairwise(places)]
    assert min(gaps) >= 9
    assert max(places) <= 101


def test_one_period_alone_can_be_drawn():
    drawing = trend((((2020.0, 1.0),),), times=((2020.0, "2020"),))
    assert "nan" not in drawing.svg
    assert drawing.svg.count("<circle") == 1


def test_strips_show_all_areas_and_the_chosen_ones_by_shape():
    spots = (Spot("A", "#d1495b", "circle", 0.2), Spot("B", "#e09f3e", "square", 0.9))
    strip = Strip("Armut", "belastet →", (0.0, 0.2, 0.9, 1.0), spots, 0.4, ("1,0 %", "9,0 %"))
    svg = strips_drawing((strip,), spots, "Stadt", 300).svg
    assert svg.count("v8") == 4
    assert "1,0 %" in svg
    assert svg.count('fill="#e09f3e"') == 2


def test_an_age_group_that_is_hidden_has_its_sign():
    rows = (
        AgeRow("0", (10.0, 12.0), ("ok", "ok"), ("10", "12")),
        AgeRow("1", (None, 9.0), ("suppressed", "ok"), (".", "9")),
    )
    drawing = ages_drawing(AgePlan(rows, ("Mädchen", "Jungen")), 300)
    assert "url(#hatch-suppressed)" in drawing.svg
    assert "." in texts(drawing)


def scatter(**changes):
    whole = {
        "dots": (Dot(10.0, 5.0, 6.0), Dot(40.0, 20.0, 12.0, "#d1495b", "Nordstadt")),
        "lines": (PlanLine(((10.0, 5.0), (40.0, 20.0))),),
        "x_ends": (0.0, 50.0),
        "y_ends": (0.0, 25.0),
        "x_name": "Kinderarmut, %",
        "y_name": "Einkommen, Euro",
    }
    return ScatterPlan(**{**whole, **changes})


def circles(drawing):
    found = re.findall(
        r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="(#\w+)"', drawing.svg
    )
    return [(float(x), float(y), float(r), fill) for x, y, r, fill in found]


def test_a_scatter_names_its_axes_and_its_chosen_areas_only():
    drawn = scatter_drawing(scatter(), 400, 200)
    said = texts(drawn)
    assert {"Kinderarmut, %", "Einkommen, Euro", "Nordstadt"} <= set(said)
    small, chosen = circles(drawn)
    assert (small[2], chosen[2]) == (3.0, 6.0)
    assert chosen[3] == "#d1495b"
    # more to the right is more, higher up is more
    assert chosen[0] > small[0]
    assert chosen[1] < small[1]


def test_names_of_points_that_lie_close_together_stand_apart():
    names = [f"Stadtteil mit langem Namen {i}" for i in range(8)]
    dots = tuple(Dot(45.0 + i / 10, 12.0, 8.0, "#d1495b", name) for i, name in enumerate(names))
    drawn = scatter_drawing(scatter(dots=dots), 480, 230)
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(Stadtteil[^<]+)<', drawn.svg)
    assert [name for *_, name in found] == names
    rows = sorted(float(y) for _, y, _ in found)
    sides = [sum(abs(y - other) < 9 for other in rows) for y in rows]
    assert max(sides) <= 2  # one on either side of the points
    assert all(0 < float(x) < 480 and 0 < float(y) < 230 for x, y, _ in found)


def test_points_and_lines_of_a_scatter_stay_between_its_axes():
    beyond = PlanLine(((0.0, 60.0), (25.0, 20.0), (50.0, 10.0)), "4 2")
    drawn = scatter_drawing(scatter(lines=(beyond,)), 400, 200)
    (path,) = re.findall(r'<path d="M([^"]+)"', drawn.svg)
    places = [tuple(map(float, p.split(","))) for p in path.split("L")]
    assert len(places) == 2
    assert all(0 <= x <= 400 and 0 <= y <= 200 for x, y in places)
    assert 'stroke-dasharray="4 2"' in drawn.svg


def test_a_logarithmic_axis_gives_every_tenfold_the_same_room():
    dots = tuple(Dot(x, 5.0, 4.0) for x in (10.0, 100.0, 1000.0))
    drawn = scatter_drawing(
        scatter(dots=dots, lines=(), x_ends=(10.0, 1000.0), is_logarithmic=True), 400, 200
    )
    first, second, third = sorted(x for x, *_ in circles(drawn))
    assert second - first == pytest.approx(third - second, abs=0.02)
    assert {"10", "100", "1.000"} <= set(texts(drawn))
