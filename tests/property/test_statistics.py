"""What must hold for any numbers."""

from hypothesis import given
from hypothesis import strategies as st

from domain.attack import audit
from domain.classification import assign, class_counts, default_breaks
from domain.disclosure import audit_tree, protect_tree, too_narrow
from domain.intervals import byar_interval, wilson_interval
from domain.rates import pool_share
from domain.selection import Choices, parse_query, serialise, validate


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


NUMBERS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 8, 13, 40])


@st.composite
def trees(draw):
    """A town of boroughs, districts and blocks; families of one are common."""
    values, parent = {"town": 0.0}, {}

    def grow(cell, depth):
        if depth == 3 or (depth > 0 and draw(st.integers(0, 3)) == 0):
            values[cell] = float(draw(NUMBERS))
            return values[cell]
        total = 0.0
        for part in range(draw(st.integers(1, 4))):
            child = f"{cell}.{part}"
            parent[child] = cell
            total += grow(child, depth + 1)
        values[cell] = total
        return total

    grow("town", 0)
    return values, parent


def relations(parent):
    families: dict[str, dict[str, float]] = {}
    for child, above in parent.items():
        families.setdefault(above, {above: -1.0})[child] = 1.0
    return list(families.values())


@given(trees())
def test_no_hidden_cell_of_a_tree_can_be_derived(tree):
    values, parent = tree
    unsafe = {c for c, v in values.items() if c != "town" and 0 < v < 3}
    town = frozenset({"town"})
    result = protect_tree(values, parent, unsafe, width=3, frozen=town)
    assert unsafe <= result.hidden
    assert not result.hidden & town
    bounds = audit_tree(values, parent, result.hidden)
    assert set(too_narrow(bounds, 3)) == set(result.infeasible)
    assert all(low <= values[c] <= high for c, (low, high) in bounds.items())
    # who is given up could not be helped by hiding everything
    everything = [c for c, v in values.items() if v > 0 and c != "town"]
    hopeless = set(too_narrow(audit_tree(values, parent, everything), 3))
    assert unsafe & set(result.infeasible) <= hopeless


@given(trees())
def test_every_cell_hidden_beside_the_unsafe_ones_is_needed(tree):
    values, parent = tree
    unsafe = {c for c, v in values.items() if c != "town" and 0 < v < 3}
    result = protect_tree(values, parent, unsafe, width=3, frozen=frozenset({"town"}))
    before = set(result.infeasible)
    for cell in result.hidden - unsafe:
        opened = audit_tree(values, parent, result.hidden - {cell})
        assert not set(too_narrow(opened, 3)) <= before


@given(trees(), st.data())
def test_two_passes_find_what_a_linear_program_finds(tree, data):
    values, parent = tree
    names = sorted(values)
    hidden = data.draw(st.sets(st.sampled_from(names)))
    missing = data.draw(st.sets(st.sampled_from(names), max_size=3)) - hidden
    upper = {c: values[c] + data.draw(st.integers(0, 5)) for c in sorted(hidden)[::2]}
    delivered = {c: None if c in missing else v for c, v in values.items()}
    bounds = audit_tree(delivered, parent, hidden, lower=0.0, upper=upper)
    known = {c: v for c, v in delivered.items() if c not in hidden and v is not None}
    attack = audit(relations(parent), known, lower=0.0, upper=upper)
    assert "reason" not in attack
    for cell in bounds.keys() & attack["feasible"].keys():
        assert_same(attack["feasible"][cell], bounds[cell])


def assert_same(found, expected):
    for a, b in zip(found, expected, strict=True):
        assert a == b or abs(a - b) < 1e-6


CHOICES = Choices(
    indicators=("armut", "kita"),
    periods={
        "armut": {"bezirke": ("2020",), "stadtteile": ("2021", "2021-2023", "2023/24")},
        "kita": {"stadtteile": ("2021",)},
    },
    areas={"stadtteile": frozenset(f"{i:02d}" for i in range(20)), "bezirke": frozenset({"ä-1"})},
    level_order=("bezirke", "stadtteile"),
    categories={"armut": ("weiblich",)},
    targets=frozenset({"kita"}),
    facility_kinds=frozenset({"kita"}),
)
WORDS = st.one_of(
    st.sampled_from(
        ["armut", "kita", "bezirke", "stadtteile", "2021", "2023/24", "weiblich", "city", "parent",
         "pretty:5", "9.4,54.7,9.6,54.9", "NaN", "javascript:alert(1)", "01,02,03", "ä-1", "en"]
    ),
    st.text(max_size=20),
)  # fmt: skip
KEYS = st.sampled_from(
    ["indicator", "category", "period", "level", "areas", "second", "compare", "layer", "classes",
     "facilities", "extent", "lang"]
)  # fmt: skip


@given(st.dictionaries(KEYS, WORDS))
def test_a_valid_selection_is_read_as_it_was_written(raw):
    selection, _ = validate(raw, CHOICES)
    again, hints = validate(parse_query(serialise(selection)), CHOICES)
    assert again == selection
    assert hints == ()


@given(st.text(max_size=300))
def test_no_address_stops_a_page(text):
    selection, _ = validate(parse_query(text), CHOICES)
    assert selection.period in CHOICES.periods[selection.indicator][selection.level]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=80), st.integers(0, 2))
def test_default_limits_rise_and_hold_every_value(values, decimals):
    breaks = default_breaks(values, decimals=decimals)
    assert list(breaks) == sorted(set(breaks))
    assert breaks[-1] >= max(values) - 0.5 * 10**-decimals - 1e-9
