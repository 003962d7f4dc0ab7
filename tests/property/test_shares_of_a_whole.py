"""What is shared out adds up again, and does not depend on order or scale."""

from __future__ import annotations

import math

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.access import fca
from domain.allocation import Limits, formula, largest_remainder, sainte_lague
from domain.boundaries import Share, chain, convert, faults
from domain.inequality import dissimilarity, gini
from domain.similarity import similar

COUNT = st.integers(0, 500)
SOME = st.integers(1, 500)


@st.composite
def conversion_tables(draw, old="abcd", new="xyz"):
    """Weights of every old area in quarters, so that they sum to 1 exactly."""
    table = []
    for area in old:
        quarters = draw(st.lists(st.sampled_from(new), min_size=4, max_size=4))
        table += [Share(area, n, quarters.count(n) / 4) for n in sorted(set(quarters))]
    return table


@given(conversion_tables(), st.lists(st.tuples(COUNT, COUNT), min_size=4, max_size=4))
def test_a_conversion_keeps_totals(table, counts):
    old = {a: {"num": n, "den": d} for a, (n, d) in zip("abcd", counts, strict=True)}
    assert faults(table, old) == []
    new = convert(old, table)
    for part in ("num", "den"):
        total = sum(area[part] for area in new.values())
        assert math.isclose(total, sum(o[part] for o in old.values()), abs_tol=1e-9)


@settings(max_examples=50)
@given(conversion_tables(), conversion_tables("xyz", "pq"), st.lists(COUNT, min_size=4, max_size=4))
def test_two_conversions_are_their_chain(first, second, counts):
    old = {a: {"num": n} for a, n in zip("abcd", counts, strict=True)}
    middle = {area: {"num": p["num"]} for area, p in convert(old, first).items()}
    for area in "xyz":
        middle.setdefault(area, {"num": 0})
    both, steps = convert(old, chain(first, second)), convert(middle, second)
    assert set(both) <= set(steps)
    for area, parts in both.items():
        assert math.isclose(parts["num"], steps[area]["num"], abs_tol=1e-9)


@given(
    st.lists(st.tuples(SOME, st.floats(0.2, 3)), min_size=1, max_size=30),
    st.floats(1, 1e6),
    st.floats(0, 1),
    st.floats(0, 2),
    st.floats(0.1, 3),
)
def test_the_formula_spends_the_budget_within_its_limits(areas, budget, gearing, floor, room):
    children, index = [float(c) for c, _ in areas], [i for _, i in areas]
    each = budget / sum(children)
    limits = Limits(floor=each * floor / 2, cap=each * (1 + room))
    found = formula(children, index, budget, gearing=gearing, limits=limits)
    assert math.isclose(sum(found["allocation"]), budget, rel_tol=1e-9)
    assert math.isclose(sum(found["need_based"]), budget, rel_tol=1e-9)
    for money, n in zip(found["allocation"], children, strict=True):
        assert limits.floor * n * (1 - 1e-9) <= money <= limits.cap * n * (1 + 1e-9)


@settings(max_examples=50)
@given(st.lists(COUNT, min_size=1, max_size=20), st.integers(0, 60), st.randoms())
def test_posts_add_up_whatever_the_order(weights, seats, draw):
    assume(sum(weights))
    codes = [f"{i:02d}" for i in range(len(weights))]
    order = draw.sample(range(len(weights)), len(weights))
    for share in (largest_remainder, sainte_lague):
        found = share(weights, seats, codes)["seats"]
        assert sum(found) == seats
        turned = share([weights[i] for i in order], seats, [codes[i] for i in order])["seats"]
        assert turned == [found[i] for i in order]
        assert share([7 * w for w in weights], seats, codes)["seats"] == found


@settings(max_examples=50)
@given(
    st.lists(SOME, min_size=1, max_size=8),
    st.lists(SOME, min_size=1, max_size=5),
    st.data(),
    st.floats(0, 60),
)
def test_what_is_in_reach_of_all_is_the_supply_that_reaches_anybody(demand, supply, data, reach):
    row = st.lists(st.floats(0, 100), min_size=len(supply), max_size=len(supply))
    cost = data.draw(st.lists(row, min_size=len(demand), max_size=len(demand)))
    found = fca(demand, supply, cost, max_cost=reach)
    reached = sum(s for j, s in enumerate(supply) if j not in found["unused"])
    assert math.isclose(found["demand_weighted_sum"], reached, rel_tol=1e-9)
    assert [a == 0 for a in found["access"]] == [
        i in found["unreached"] for i in range(len(demand))
    ]


@settings(max_examples=50)
@given(st.lists(st.tuples(COUNT, SOME), min_size=2, max_size=20), st.integers(2, 9), st.randoms())
def test_unevenness_minds_neither_order_nor_scale(parts, factor, draw):
    group, total = [g for g, _ in parts], [g + rest for g, rest in parts]
    assume(sum(group))
    mixed = draw.sample(parts, len(parts))
    plain = dissimilarity(group, total)
    turned = dissimilarity([g for g, _ in mixed], [g + rest for g, rest in mixed])
    scaled = dissimilarity([factor * g for g in group], [factor * t for t in total])
    for name, value in plain.items():
        assert math.isclose(value, turned[name], abs_tol=1e-9)
        assert math.isclose(value, scaled[name], abs_tol=1e-9)
        assert -1e-9 <= value <= 1 + 1e-9
    assert math.isclose(
        gini(group)["gini"], gini([factor * g for g in group])["gini"], abs_tol=1e-9
    )
    assert math.isclose(gini(group)["gini"], gini([g for g, _ in mixed])["gini"], abs_tol=1e-9)


@given(
    st.lists(st.tuples(SOME, SOME), min_size=2, max_size=12),
    st.integers(2, 9),
    st.integers(-50, 50),
)
def test_likeness_minds_neither_unit_nor_origin_and_is_mutual_in_distance(rows, factor, shift):
    table = [[float(a), float(b)] for a, b in rows]
    plain = similar(table)
    assume("reason" not in plain)
    moved = similar([[factor * a + shift, b] for a, b in table])
    for i, row in enumerate(plain["distance"]):
        for j, distance in enumerate(row):
            assert math.isclose(distance, moved["distance"][i][j], abs_tol=1e-7)
            assert math.isclose(distance, plain["distance"][j][i], abs_tol=1e-9)
    assert all(max(row) <= 1 for row in plain["rebased"])
