"""A comparison keeps hidden values hidden, and says of each cell why it has no number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.compared_indicator import compared_indicator, latest_until
from domain.model import Catalogue, Polarity, SeriesBreak, State, Text, Town
from domain.side_by_side import (
    ComparedArea,
    ComparisonQuery,
    ComparisonView,
    Spread,
    sort_order,
)
from domain.side_by_side_findings import closer_and_wider, differing, gaps, standings, widest
from domain.view import OtherVintage
from tests.unit.figures.sample import VIEW

AREAS = tuple(ComparedArea(a, f"Gebiet {a}", i) for i, a in enumerate(("01", "02", "03")))


def column(view=None, areas=AREAS, wanted="", elsewhere=()):
    return compared_indicator(view or VIEW, elsewhere, areas, wanted=wanted, source=None)


def comparison(columns, areas=AREAS, sort=""):
    town = Catalogue(Town("t", "Stadt"), (), (), (), ())
    query = ComparisonQuery("teile", tuple(a.id for a in areas), sort=sort)
    return ComparisonView(query, town, columns[0].level, areas, tuple(columns))


def with_last(**changes):
    """Return the view with something else in its newest period."""
    shown = replace(VIEW.by_period["2024"], **changes)
    return replace(VIEW, by_period={**VIEW.by_period, "2024": shown})


def with_cells(base, values, **changes):
    """Return the indicator with plain values in its cells."""
    cells = zip(base.cells, values, strict=True)
    found = tuple(replace(c, value=v, state=State.OK) for c, v in cells)
    return replace(base, cells=found, **changes)


def test_a_hidden_cell_has_its_state_and_nothing_else():
    view = VIEW
    shown = view.by_period[view.periods[-1]]
    states = (State.SUPPRESSED, *shown.states[1:])
    leaky = replace(
        view, by_period={**view.by_period, view.periods[-1]: replace(shown, states=states)}
    )
    cell = column(leaky).cells[0]
    assert cell.state is State.SUPPRESSED
    assert not cell.is_shown
    numbers = (cell.value, cell.lower, cell.upper, cell.numerator, cell.denominator, cell.benchmark)
    assert numbers == (None,) * 6
    assert cell.position is None
    assert column(leaky).courses[0][-1].value is None


def test_an_area_the_boundaries_do_not_know_is_told_from_a_missing_value():
    cell = column(areas=(ComparedArea("zzz", "Weg", 0),)).cells[0]
    assert (cell.reason, cell.state) == ("absent", State.NOT_APPLICABLE)


def test_a_period_before_the_first_one_has_no_values_and_says_so():
    found = column(wanted="1900")
    assert {c.reason for c in (*found.cells, found.city)} == {"no_period"}
    assert not found.is_wanted
    assert found.period == "1900"


def test_the_newest_period_before_the_one_asked_for_is_marked_as_such():
    view = VIEW
    found = column(view, wanted="2100")
    assert (found.period, found.is_wanted) == (view.periods[-1], False)


@pytest.mark.parametrize(
    ("wanted", "found"), [("2022", "2022"), ("2023", "2022"), ("2019", ""), ("2020/21", "2020")]
)
def test_latest_until(wanted, found):
    assert latest_until(("2020", "2022"), wanted) == found


def test_the_newest_common_period_passes_over_what_is_still_to_come():
    view = VIEW
    last = view.periods[-1]
    shown = view.by_period[last]
    states = (State.PENDING, *shown.states[1:])
    values = (None, *shown.values[1:])
    late = replace(
        view, by_period={**view.by_period, last: replace(shown, states=states, values=values)}
    )
    assert column(late).period == view.periods[-2]
    assert column(late).is_wanted


def test_the_spread_counts_every_area_once():
    view = VIEW
    spread = column(view).spread
    assert spread.n_areas == len(view.area_ids)
    assert list(spread.values) == sorted(spread.values)
    assert Spread((1.0, 2.0, 9.0), ()).middle == 2.0
    assert Spread((), ((State.SUPPRESSED, 3),)).n_areas == 3


def test_other_boundaries_join_the_course_in_time_order_with_a_mark():
    view = VIEW
    row = view.area_ids.index("01")
    other = OtherVintage("2000", ("1990", "1991"), (1990.0, 1991.0), {row: (5.0, None)}, (4.0, 4.0),
                         states={row: (State.OK, State.SUPPRESSED)})  # fmt: skip
    found = column(view, elsewhere=(other,))
    course = found.courses[0]
    assert [p.period for p in course[:2]] == ["1990", "1991"]
    assert (course[0].value, course[1].state) == (5.0, State.SUPPRESSED)
    assert [m.kind for m in found.marks] == ["recut"]


def test_a_break_that_ends_the_series_is_marked_and_a_comparable_one_is_not():
    view = VIEW
    told = (SeriesBreak(view.periods[1], "definition", Text("neu")),)
    broken = replace(view, indicator=replace(view.indicator, series_breaks=told))
    assert [m.kind for m in column(broken).marks] == ["break"]
    mild = replace(
        view, indicator=replace(view.indicator, series_breaks=(replace(told[0], comparable=True),))
    )
    assert column(mild).marks == ()


def test_areas_without_a_number_close_the_order_whichever_way_it_is_sorted():
    base = column()
    cells = (
        base.cells[0],
        replace(base.cells[1], value=None, state=State.SUPPRESSED),
        base.cells[2],
    )
    cells = (replace(cells[0], value=1.0), cells[1], replace(cells[2], value=2.0))
    one = replace(base, cells=cells)
    name = one.indicator.id
    assert sort_order(ComparisonQuery("t", sort=name), AREAS, (one,)) == (0, 2, 1)
    assert sort_order(ComparisonQuery("t", sort=f"-{name}"), AREAS, (one,)) == (2, 0, 1)
    assert sort_order(ComparisonQuery("t", sort="-name"), AREAS, (one,)) == (2, 1, 0)
    assert sort_order(ComparisonQuery("t"), AREAS, (one,)) == (0, 1, 2)


def test_standings_count_strengths_beside_burdens():
    base = column()
    words = ("worse", "better", "similar")
    cells = tuple(
        replace(c, value=1.0, state=State.OK, badge=w)
        for c, w in zip(base.cells, words, strict=True)
    )
    view = comparison([replace(base, cells=cells), replace(base, cells=cells)])
    found = standings(view)
    assert [(s.worse, s.better, s.compared) for s in found] == [(2, 0, 2), (0, 2, 2), (0, 0, 2)]
    assert {s.judged for s in found} == {2}
    assert differing(view) == (2, 2)


def test_where_the_areas_lie_farthest_apart_is_measured_by_all_areas():
    near = with_cells(column(), (10.0, 20.0, 10.0), spread=Spread((0.0, 100.0), ()))
    far = with_cells(column(), (1.0, 2.0, 1.0), spread=Spread((1.0, 2.0), ()))
    assert widest(comparison([near, far])) is far


def test_gaps_need_all_areas_in_both_periods_and_no_break_between():
    found = gaps(column())
    assert found is not None
    first, last = found
    assert first[0] < last[0]
    view = comparison([column()])
    closer, wider, told = closer_and_wider(view)
    assert told == 1
    assert closer + wider <= told
    assert gaps(column(areas=AREAS[:1])) is None


@pytest.mark.parametrize("polarity", list(Polarity))
def test_every_polarity_can_be_compared(polarity):
    view = VIEW
    assert column(replace(view, indicator=replace(view.indicator, polarity=polarity))).cells
