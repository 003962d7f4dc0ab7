"""What must hold for any areas: order and unit do not matter, hidden numbers are never used."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.autocorrelation import lisa, moran
from domain.comparison import fdr_bh
from domain.effects import did
from domain.funnel import funnel_label, funnel_limits, phi
from domain.hot_spots import gi
from domain.model import Kind, Polarity
from domain.rank_trends import mann_kendall, theil_sen
from domain.ranks import rank_intervals
from domain.smoothing import eb_global, eb_share, eb_spatial, excess_risk
from domain.trends import recent_trend, recent_trends

SIZE = 12
values = st.lists(
    st.integers(-1_000, 1_000).map(lambda v: v / 8), min_size=SIZE, max_size=SIZE
).filter(lambda v: len(set(v)) > 3)
orders = st.permutations(range(SIZE))
counts = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 900)), min_size=3, max_size=SIZE)
RING = [sorted({(i - 1) % SIZE, (i + 1) % SIZE, (i + 5) % SIZE}) for i in range(SIZE)]


def _renamed(order):
    """Return the ring when area ``order[k]`` is called ``k``."""
    name = {old: new for new, old in enumerate(order)}
    return [[name[j] for j in RING[old]] for old in order]


@given(values, orders)
def test_moran_does_not_care_in_which_order_areas_stand(y, order):
    turned = moran([y[i] for i in order], _renamed(order))
    found = moran(y, RING)
    for key in ("I", "VI_rand", "z_rand"):
        assert turned[key] == pytest.approx(found[key], rel=1e-9, abs=1e-9)


@given(values, st.sampled_from([0.01, 3.0, 250.0]), st.integers(-500, 500))
def test_unit_and_zero_point_change_no_statistic_of_neighbours(y, factor, shift):
    other = [factor * v + shift for v in y]
    assert moran(other, RING)["I"] == pytest.approx(moran(y, RING)["I"], rel=1e-6, abs=1e-6)
    scores = (gi(v, RING, permutations=19)["z"] for v in (y, other))
    first, second = scores
    assert first == pytest.approx(second, rel=1e-5, abs=1e-5)
    ours, theirs = (lisa(v, RING, permutations=19, fewest=4) for v in (y, other))
    assert ours["I"] == pytest.approx(theirs["I"], rel=1e-6, abs=1e-6)


@given(values, st.integers(0, SIZE - 1))
def test_an_area_without_a_value_takes_no_part_as_if_it_were_not_there(y, gone):
    hidden = [math.nan if i == gone else v for i, v in enumerate(y)]
    kept = [i for i in range(SIZE) if i != gone]
    name = {old: new for new, old in enumerate(kept)}
    around = [[name[j] for j in RING[i] if j != gone] for i in kept]
    rest = [y[i] for i in kept]
    assume(len(set(rest)) > 1)
    assert moran(hidden, RING) == moran(rest, around)
    ours, alone = (
        lisa(hidden, RING, permutations=19, fewest=4),
        lisa(rest, around, permutations=19, fewest=4),
    )
    assert [ours["class"][i] for i in kept] == alone["class"]
    assert (ours["I"][gone], ours["class"][gone]) == (None, "not_applicable")


@given(counts)
def test_a_smoothed_value_lies_between_the_area_and_what_it_leans_on(parts):
    cases, persons = [a for a, _ in parts], [n for _, n in parts]
    ring = [[(i - 1) % len(parts), (i + 1) % len(parts)] for i in range(len(parts))]
    spatial = eb_spatial(cases, persons, ring)
    for found, anchors in (
        (eb_global(cases, persons), None),
        (eb_share(cases, persons), None),
        (spatial, spatial["b"]),
    ):
        for i, (a, n) in enumerate(parts):
            anchor = anchors[i] if anchors else found["b"]
            low, high = sorted((a / n, anchor))
            assert low - 1e-12 <= found["smoothed"][i] <= high + 1e-12


@given(counts, st.integers(0, SIZE), st.integers(0, 900))
def test_what_is_hidden_is_never_used(parts, place, persons_of_hidden):
    place %= len(parts)
    cases = [None if i == place else a for i, (a, _) in enumerate(parts)]
    first = [n for _, n in parts]
    second = [persons_of_hidden if i == place else n for i, n in enumerate(first)]
    ring = [[(i - 1) % len(parts), (i + 1) % len(parts)] for i in range(len(parts))]
    for method in (
        eb_global,
        eb_share,
        excess_risk,
        funnel_label,
        phi,
        lambda a, n: eb_spatial(a, n, ring),
        lambda a, n: rank_intervals(Kind.SHARE, a, n, Polarity.NONE, draws=40),
        lambda a, n: rank_intervals(Kind.RATE, a, n, Polarity.LOW_BURDEN, draws=40),
    ):
        assert method(cases, first) == method(cases, second)


@given(counts, st.sampled_from(list(Polarity)))
def test_a_rank_range_holds_the_rank_and_stays_in_the_list(parts, polarity):
    found = rank_intervals(
        Kind.SHARE, [a for a, _ in parts], [n for _, n in parts], polarity, draws=40
    )
    for rank, low, high in zip(found["rank"], found["lower"], found["upper"], strict=True):
        assert 1 <= low <= rank <= high <= len(parts)


@given(st.floats(0, 1), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_funnel_limits_hold_the_common_share_one_inside_the_other(p0, sizes):
    limits = funnel_limits(p0, sizes)
    names = ("lower998", "lower95", "upper95", "upper998")
    for a, b, c, d in zip(*(limits[name] for name in names), strict=True):
        assert 0 <= a <= b <= 100 * p0 + 1e-9
        assert 100 * p0 - 1e-9 <= c <= d <= 100


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0.01, 0.2))
def test_a_smaller_p_is_never_judged_more_mildly(p, q):
    found = fdr_bh(p, q)
    pairs = sorted(zip(p, found["adjusted"], strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs))
    assert all(raw <= adjusted + 1e-12 for raw, adjusted in pairs)
    assert found["n_rejected"] >= found["n_rejected_bonferroni"]
    assert fdr_bh(p, q / 2)["n_rejected"] <= found["n_rejected"]


@given(values, st.sampled_from([0.5, 4.0, 64.0]), st.integers(-64, 64))
def test_a_slope_scales_with_the_unit_and_turns_with_the_order(y, factor, shift):
    years = list(range(SIZE))
    found = theil_sen(years, y)
    other = theil_sen(years, [factor * v + shift for v in y])
    assert other["slope"] == pytest.approx(factor * found["slope"])
    assert other["tau"] == pytest.approx(found["tau"])
    low, high = found["ci95"]
    assert low <= found["slope"] <= high
    assert theil_sen(years, y[::-1])["slope"] == pytest.approx(-found["slope"])
    assert mann_kendall(y[::-1])["S"] == -mann_kendall(y)["S"]


five = st.lists(st.integers(1, 200), min_size=5, max_size=5)


@given(five, st.integers(1, 80), st.sampled_from(list(Polarity)))
def test_a_series_turned_round_has_the_opposite_trend(numbers, half, polarity):
    y = [v / 4 for v in numbers]
    error = half / 8
    opposite = {"better": "worse", "worse": "better", "higher": "lower", "lower": "higher"}
    words = [
        recent_trends(*(np.array(part)[:, None] for part in _with_limits(series, error)), polarity)
        for series in (y, y[::-1])
    ]
    assert words[1] == [opposite.get(words[0][0], words[0][0])]
    long = recent_trend(*_with_limits(y, error), polarity)
    assert long["slope"] == pytest.approx(
        -recent_trend(*_with_limits(y[::-1], error), polarity)["slope"], abs=1e-12
    )


def _with_limits(series, error):
    return series, [v - error for v in series], [v + error for v in series]


@given(values, values, st.sets(st.integers(0, SIZE - 1), min_size=1, max_size=4), orders)
def test_an_effect_does_not_depend_on_the_order_of_areas(pre, post, treated, order):
    found = did(pre, post, sorted(treated))
    name = {old: new for new, old in enumerate(order)}
    turned = did(
        [pre[i] for i in order], [post[i] for i in order], sorted(name[i] for i in treated)
    )
    assert turned["did"] == pytest.approx(found["did"])
    assert turned["p"] == found["p"]
    assert found["smallest_reachable_p"] <= found["p"] <= 1
