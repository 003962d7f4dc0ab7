"""What must hold for any numbers."""

from hypothesis import given
from hypothesis import strategies as st

from domain.classification import assign, class_counts, default_breaks
from domain.disclosure import audit, audit_tree, protect_tree, too_narrow
from domain.intervals import byar_interval, wilson_interval
from domain.rates import pool_share
from domain.selection import Selection, parse_query, serialise


@given(n=st.integers(1, 10**6), share=st.floats(0, 1))
def test_an_interval_holds_the_share_and_stays_a_proportion(n, share):
    x = round(share * n)
    (lower,), (upper,) = wilson_interval([x], [n])
    assert 0 <= lower <= x / n + 1e-12
    assert x / n - 1e-12 <= upper <= 1


@given(count=st.integers(0, 10**5))
def test_an_interval_holds_the_count(count):
    (lower,), (upper,) = byar_interval([count])
    assert 0 <= lower <= count <= upper


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=1, max_size=20))
def test_pooling_is_the_sum_of_parts_in_any_order(parts):
    numerators, denominators = [a for a, _ in parts], [n for _, n in parts]
    pooled = pool_share(numerators, denominators)["value"]
    assert abs(pooled - sum(numerators) / sum(denominators)) < 1e-12
    turned = pool_share(numerators[::-1], denominators[::-1])["value"]
    assert abs(pooled - turned) < 1e-12


@given(st.lists(st.one_of(st.none(), st.floats(-1e4, 1e4)), max_size=60))
def test_every_number_has_a_class_and_every_gap_none(values):
    breaks = default_breaks(values)
    classes = assign(values, breaks)
    assert [c is None for c in classes] == [v is None for v in values]
    assert sum(class_counts(values, breaks)) == sum(v is not None for v in values)
    assert len(breaks) <= 7


@st.composite
def trees(draw):
    values, parent = {"town": 0.0}, {}
    for b in range(draw(st.integers(2, 4))):
        total = 0
        for d in range(draw(st.integers(1, 5))):
            value = draw(st.sampled_from([0, 1, 2, 3, 4, 5, 8, 13, 40]))
            values[f"{b}.{d}"], parent[f"{b}.{d}"] = float(value), str(b)
            total += value
        values[str(b)], parent[str(b)] = float(total), "town"
        values["town"] += total
    return values, parent


@given(trees())
def test_no_hidden_cell_of_a_tree_can_be_derived(tree):
    values, parent = tree
    unsafe = {c for c, v in values.items() if c != "town" and 0 < v < 3}
    result = protect_tree(values, parent, unsafe, width=3, frozen=frozenset({"town"}))
    assert unsafe <= result.hidden
    bounds = audit_tree(values, parent, result.hidden)
    assert set(too_narrow(bounds, 3)) <= set(result.infeasible)
    families: dict[str, dict[str, float]] = {}
    for child, above in parent.items():
        families.setdefault(above, {above: -1.0})[child] = 1.0
    known = {c: v for c, v in values.items() if c not in result.hidden}
    attack = audit(list(families.values()), known, lower=1.0)["feasible"]
    for cell, (low, high) in bounds.items():
        assert abs(attack[cell][0] - low) < 1e-6
        assert abs(attack[cell][1] - high) < 1e-6


@given(
    st.lists(st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True), max_size=8, unique=True),
    st.sampled_from(["2021", "2021-2023", "2023/24"]),
)
def test_an_address_is_read_as_it_was_written(areas, period):
    selection = Selection("armut", period, "stadtteile", areas=tuple(areas), lang="en")
    raw = parse_query(serialise(selection))
    assert raw["period"] == period
    assert tuple(a for a in raw.get("areas", "").split(",") if a) == tuple(areas)
    assert raw["lang"] == "en"
