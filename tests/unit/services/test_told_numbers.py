"""No base, complement or sum of an indicator gives away what another one hides, declared or not."""

from dataclasses import replace

import pandas as pd
import pytest

from domain.disclosure import audit
from domain.model import Disclosure
from services.aggregation import with_parents
from services.protection import protect
from services.uncertainty import with_intervals
from tests import town_fixture as fixture
from tests.unit.services.test_linked_protection import area_sums

COUNT = [2, 40, 55, 60, 310, 95, 150, 42, 210, 180, 130, 77]
AMONG = [0, 20, 12, 19, 120, 32, 44, 15, 50, 33, 27, 14]
BASE = [100, 80, 90, 70, 310, 95, 150, 142, 210, 180, 130, 77]
FEW = [2, 60, 12, 30, 100, 44, 50, 77, 99, 80, 60, 30]
GIRLS = [2, 9, 31, *range(25, 34)]
BOYS = [7, 21, 30, *range(11, 20)]


def count(name, numbers, **options):
    return _indicator("kinder", name, options), [
        fixture._row(name, "2021", area, float(n))
        for area, n in zip(fixture.QUARTERS, numbers, strict=True)
    ]


def share(name, numbers, bases, **options):
    return _indicator("kinderarmut", name, options), [
        fixture._row(name, "2021", area, 100 * n / b, float(n), float(b))
        for area, n, b in zip(fixture.QUARTERS, numbers, bases, strict=True)
    ]


def _indicator(like, name, options):
    template = next(i for i in fixture.catalogue().indicators if i.id == like)
    return replace(template, id=name, **{"group": "", **options})


def published(*indicators, without=()):
    """Return the public values of the small town, some ``(indicator, area)`` not delivered."""
    town = fixture.small_town()
    rows = [row for _, rows in indicators for row in rows]
    values = pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS))
    left_out = pd.MultiIndex.from_tuples(list(without), names=["indicator", "area"])
    values = values[~pd.MultiIndex.from_frame(values[["indicator", "area"]]).isin(left_out)]
    catalogue = replace(town.catalogue, indicators=tuple(i for i, _ in indicators))
    town = replace(town, values=values, catalogue=catalogue)
    return protect(
        with_intervals(with_parents(town), catalogue), catalogue, town.parents, max_hidden_share=1.0
    )


def cells(result, name, column):
    """Return a column by cell; hidden cells are None, and named ``(column, ...)``."""
    rows = result.values[result.values["indicator"] == name]
    return {
        (f"{name}.{column}", "total", r.period, r.level, r.area): (
            None if r.state == "suppressed" else float(getattr(r, column))
        )
        for r in rows.itertuples()
        if r.state == "suppressed" or pd.notna(getattr(r, column))
    }


def widths(known, *facts):
    """Attack public cells by area sums and by facts: sums that hold at every place."""
    places = {cell[1:] for cell in known}
    sums = [{(name, *p): k for name, k in fact.items()} for fact in facts for p in places]
    equations = [e for e in [*area_sums(known), *sums] if set(e) <= set(known)]
    found = audit(
        [{"/".join(c): k for c, k in e.items()} for e in equations],
        {"/".join(c): v for c, v in known.items() if v is not None},
    )
    return {tuple(c.split("/")): high - low for c, (low, high) in found["feasible"].items()}


def hidden(result, name):
    rows = result.values[result.values["indicator"] == name]
    return set(rows.loc[rows["state"] == "suppressed", "area"])


SAME_PEOPLE = {"x.value": 1.0, "y.denominator": -1.0}


@pytest.mark.parametrize("group", ["", "g"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_share_does_not_show_the_hidden_count_it_is_of(group, order):
    x = count("x", [7, *COUNT[1:]], group=group, disclosure=Disclosure.STRICT)
    y = share("y", [3, *AMONG[1:]], [7, *COUNT[1:]], group=group, minimum_denominator=0.0)
    result = published(*(x, y)[::order])
    known = cells(result, "x", "value") | cells(result, "y", "denominator")
    found = {c: w for c, w in widths(known, SAME_PEOPLE).items() if c[0] == "x.value"}
    assert found
    assert min(found.values()) >= 3
    assert hidden(result, "x") <= hidden(result, "y")


@pytest.mark.parametrize("group", ["", "g"])
def test_a_missing_row_of_the_share_does_not_open_the_count(group):
    x, y = count("x", COUNT, group=group), share("y", AMONG, COUNT, group=group)
    result = published(x, y, without=[("y", "03")])
    known = cells(result, "x", "value") | cells(result, "y", "denominator")
    found = {c: w for c, w in widths(known, SAME_PEOPLE).items() if c[0] == "x.value"}
    assert found
    assert min(found.values()) >= 3


def test_a_hidden_base_is_told_and_a_count_without_hidden_cells_hides_nothing():
    shown = published(count("x", BASE), share("y", FEW, BASE))
    assert not hidden(shown, "x")
    assert "disclosure_told_elsewhere" not in {f.code for f in shown.findings}
    told = published(
        count("x", [7, *COUNT[1:]], disclosure=Disclosure.STRICT),
        share("y", [3, *AMONG[1:]], [7, *COUNT[1:]], minimum_denominator=0.0),
    )
    assert {"indicator": "y", "shown": "x"} in [
        f.params for f in told.findings if f.code == "disclosure_told_elsewhere"
    ]


@pytest.mark.parametrize("with_count", [False, True])
def test_two_shares_that_complete_each_other_hide_the_same(with_count):
    rest = [b - n for n, b in zip(FEW, BASE, strict=True)]
    indicators = [share("a", FEW, BASE), share("c", rest, BASE)]
    result = published(*indicators, *([count("n", BASE)] if with_count else []))
    known = {}
    for name in "ac":
        known |= cells(result, name, "numerator") | cells(result, name, "denominator")
    whole = {"a.numerator": 1.0, "c.numerator": 1.0, "a.denominator": -1.0}
    same = {"a.denominator": 1.0, "c.denominator": -1.0}
    found = widths(known, whole, same)
    assert "01" in hidden(result, "a")
    assert min(found.values()) >= 3
    assert len(hidden(result, "c")) < len(fixture.QUARTERS)


def test_a_share_does_not_complete_a_count():
    rest = [b - n for n, b in zip(FEW, BASE, strict=True)]
    result = published(count("n", BASE), share("c", rest, BASE), count("a", FEW))
    known = cells(result, "n", "value") | cells(result, "c", "numerator")
    known |= cells(result, "a", "value")
    found = widths(known, {"n.value": -1.0, "a.value": 1.0, "c.numerator": 1.0})
    assert "01" in hidden(result, "a")
    assert min(found.values()) >= 3


def assert_the_sum_tells_no_part(result):
    known = {}
    for name in "tgm":
        known |= cells(result, name, "value")
    found = widths(known, {"t.value": -1.0, "g.value": 1.0, "m.value": 1.0})
    assert "01" in hidden(result, "g")
    assert min(found.values()) >= 3


def test_the_sum_of_two_indicators_is_found_without_a_group():
    both = [g + b for g, b in zip(GIRLS, BOYS, strict=True)]
    result = published(count("t", both), count("g", GIRLS), count("m", BOYS))
    assert_the_sum_tells_no_part(result)


@pytest.mark.parametrize("gone", ["01", "07", "12"])
def test_an_area_without_a_number_hides_no_sum(gone):
    both = [g + b for g, b in zip(GIRLS, BOYS, strict=True)]
    result = published(count("t", both), count("g", GIRLS), count("m", BOYS), without=[("m", gone)])
    assert_the_sum_tells_no_part(result)


def test_what_is_rounded_is_not_told_exactly_by_a_base():
    x = count("x", COUNT, rounding=5)
    result = published(x, share("y", AMONG, COUNT))
    assert set(result.values["indicator"]) == {"x"}
    assert {"indicator": "y", "shown": "x"} in [
        f.params for f in result.findings if f.code == "disclosure_group_internal"
    ]
