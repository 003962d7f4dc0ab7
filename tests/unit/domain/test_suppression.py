import itertools

import numpy as np
import pytest

from domain.attack import attack_table, audit, narrow_cells
from domain.attack_parts import same_numbers
from domain.linked_table import LinkedTable
from domain.suppression import protect_table
from tests.random_tables import TOWN, random_table, small_cells

QUICK, ALL = range(40), range(200)


def table_of(values, relations, *, lower=1.0, upper=np.inf, width=3.0):
    size = len(values)
    return LinkedTable(
        tuple(values), np.array(list(values.values()), dtype=float), tuple(relations),
        np.full(size, float(lower)), np.full(size, float(upper)), np.full(size, float(width)),
    )  # fmt: skip


FOUR = {"town": 60, "n": 20, "s": 2, "e": 18, "w": 20}
FOUR_SUM = {"town": -1, "n": 1, "s": 1, "e": 1, "w": 1}


def sure_of(table, hidden):
    """Cells the other attack finds exactly: it knows no parts, no whole numbers and no trees."""
    known = {c: v for c, v in zip(table.cells, table.values, strict=True) if c not in hidden}
    return audit(table.relations, known, lower=1.0)["exactly_disclosed"]


def check_random_table(table):
    unsafe = small_cells(table)
    found = protect_table(table, unsafe)
    assert found.infeasible == ()
    assert unsafe <= found.hidden
    assert found.extra == found.hidden - unsafe
    bounds = attack_table(table, found.hidden, insiders=True)
    assert narrow_cells(table, bounds, found.hidden) == []
    values = dict(zip(table.cells, table.values, strict=True))
    assert all(low <= values[c] <= high for c, (low, high) in bounds.items())
    # the proof that the attack can find something: without protection it does
    told = attack_table(table, unsafe)
    exact = {c for c, (low, high) in told.items() if low == high}
    assert set(sure_of(table, unsafe)) <= exact
    return len(exact), len(narrow_cells(table, told, unsafe)), len(unsafe)


def check_random_tables(tables):
    exact, narrow, unsafe = np.sum([check_random_table(t) for t in tables], axis=0).tolist()
    assert exact > 0.5 * unsafe
    assert narrow > 0.9 * unsafe
    assert unsafe > 80


def test_nothing_is_derivable_in_random_tables_once_they_are_protected():
    check_random_tables(random_table(s, areas=3, most_categories=3, most_years=3) for s in QUICK)


@pytest.mark.long
def test_nothing_is_derivable_in_many_more_random_tables():
    check_random_tables(random_table(seed) for seed in ALL)


@pytest.mark.parametrize("seed", [3, 8, 21])
def test_the_attack_agrees_with_the_general_audit(seed):
    table = random_table(seed, most_categories=3, most_years=3)
    hidden = small_cells(table, 8)
    known = {c: v for c, v in zip(table.cells, table.values, strict=True) if c not in hidden}
    general = audit(table.relations, known, lower=1.0)["feasible"]
    for cell, (low, high) in attack_table(table, hidden).items():
        # whole numbers can only narrow what the plain program leaves
        assert general[cell][0] - 1e-6 <= low <= high <= general[cell][1] + 1e-6


def test_whole_numbers_tell_more_than_the_plain_program():
    # every two of three hidden cells are published as a sum with one of their own
    sums = [{"a": 1, "b": 1, "p": -1}, {"b": 1, "c": 1, "q": -1}, {"a": 1, "c": 1, "r": -1}]
    fact = {"a": 1, "b": 1, "c": 1, "x": 2, "t": -1}
    table = table_of(
        {"a": 2, "b": 2, "c": 2, "p": 4, "q": 4, "r": 4, "x": 3, "t": 12}, [*sums, fact]
    )
    hidden = ["a", "b", "c", "p", "q", "r", "x"]
    low, high = attack_table(table, hidden)["x"]
    known = {"t": 12.0}
    assert (low, high) == (1.0, 4.0)
    assert audit([*sums, fact], known, lower=1.0)["feasible"]["x"] == pytest.approx([1.0, 4.5])


def test_the_bounds_of_a_small_table_are_those_of_all_that_is_possible():
    relations = [
        {"r1": -1, "11": 1, "12": 1, "13": 1},
        {"r2": -1, "21": 1, "22": 1, "23": 1},
        *({f"c{j}": -1, f"1{j}": 1, f"2{j}": 1} for j in (1, 2, 3)),
    ]
    values = {"11": 1, "12": 2, "13": 4, "21": 3, "22": 1, "23": 2}
    values |= {"r1": 7, "r2": 6, "c1": 4, "c2": 3, "c3": 6}
    inner = [c for c in values if c[0] in "12"]
    table = table_of(values, relations)
    possible = [
        dict(zip(inner, numbers, strict=True))
        for numbers in itertools.product(range(1, 7), repeat=6)
        if all(
            sum(dict(zip(inner, numbers, strict=True)).get(c, values[c]) * k for c, k in r.items())
            == 0
            for r in relations
        )
    ]
    found = attack_table(table, inner)
    assert found == {
        c: (min(p[c] for p in possible), max(p[c] for p in possible)) for c in sorted(inner)
    }


def test_one_person_who_knows_his_own_cell_must_not_learn_another():
    values = {"town": 63, "n": 20, "s": 1, "e": 2, "w": 40}
    table = table_of(values, [FOUR_SUM])
    both = attack_table(table, ["s", "n"])
    assert narrow_cells(table, both, ["s", "n"]) == []
    told = attack_table(table, ["s", "n"], insiders=True)
    assert told["n"] == (20.0, 20.0)
    assert narrow_cells(table, told, ["s", "n"]) == ["n"]
    found = protect_table(table, ["s"], frozen=["town"])
    assert len(found.hidden) == 3
    assert len(protect_table(table, ["s"], frozen=["town"], insiders=False).hidden) == 2


def test_a_complement_is_no_secret_to_the_one_who_is_counted():
    relations = [
        *({"n" + a: -1, "a" + a: 1, "b" + a: 1} for a in "txvw"),
        *({k + "t": -1, k + "x": 1, k + "v": 1, k + "w": 1} for k in "nab"),
    ]
    values = {"ax": 1, "av": 8, "aw": 9, "bx": 30, "bv": 25, "bw": 20}
    values |= {f"{k}t": sum(values[k + a] for a in "xvw") for k in "ab"}
    values |= {f"n{a}": values["a" + a] + values["b" + a] for a in "txvw"}
    table = table_of(values, relations)
    frozen = [c for c in values if c[0] == "n" or c[1] == "t"]
    found = protect_table(table, ["ax", "bx"], frozen=frozen)
    assert found.infeasible == ()
    assert found.hidden == {"ax", "bx", "av", "bv", "aw", "bw"}
    told = attack_table(table, found.hidden, insiders=True, frozen=frozen)
    assert narrow_cells(table, told, found.hidden) == []


def test_displayed_zeros_and_frozen_cells_are_never_hidden():
    values = {"town": 22, "n": 20, "s": 2, "e": 0, "w": 0}
    found = protect_table(table_of(values, [FOUR_SUM]), ["s"], frozen=["town"])
    assert found.hidden == {"s", "n"}
    alone = protect_table(table_of(values, [FOUR_SUM]), ["s"], frozen=["town", "n"])
    assert alone.hidden == {"s"}
    assert alone.infeasible == ("s",)


def test_a_base_of_two_need_not_be_wider_than_it_can_be():
    table = table_of({"town": 61, "n": 20, "s": 1, "e": 20, "w": 20}, [FOUR_SUM])
    upper = np.array([99.0, 99, 2, 99, 99])
    table = LinkedTable(
        table.cells, table.values, table.relations, table.lower, upper, table.widths
    )
    found = protect_table(table, ["s"], frozen=["town"])
    assert found.infeasible == ()
    assert attack_table(table, found.hidden)["s"] == (1.0, 2.0)


def test_cells_nobody_publishes_are_hidden_for_free():
    # under six and six to fourteen make under fifteen; the middle one is never shown
    values = {"under15": 40, "under6": 2, "from6": 38}
    table = table_of(values, [{"under15": -1, "under6": 1, "from6": 1}])
    found = protect_table(table, ["under6"], never_shown=["from6"], frozen=["under15"])
    assert found.hidden == {"under6", "from6"}
    assert found.extra == frozenset()
    needy = protect_table(table, ["under6", "from6"], never_shown=["from6"])
    assert needy.extra == frozenset()


def test_numbers_nobody_knows_protect_others():
    values = {**FOUR, "w": np.nan}
    table = table_of(values, [FOUR_SUM])
    found = protect_table(table, ["s"], frozen=["town"])
    assert found.hidden == {"s", "w"}
    assert found.extra == frozenset()
    assert attack_table(table, found.hidden)["s"] == (1.0, 21.0)


def test_unknown_numbers_that_cannot_be_are_reported_not_published():
    values = {"town": 30.0, "n": 20.0, "s": np.nan, "e": 18.0, "w": 20.0}
    table = table_of(values, [FOUR_SUM])
    found = protect_table(table, [], given=["s"])
    assert found.infeasible == ("s",)
    told = attack_table(table, ["s"])
    assert narrow_cells(table, told, ["s"]) == ["s"]


def test_the_quick_attack_of_a_gate_is_right_about_what_is_wide():
    table = random_table(5)
    hidden = protect_table(table, small_cells(table)).hidden
    exact = attack_table(table, hidden, insiders=True)
    quick = attack_table(table, hidden, insiders=True, until_wide=True)
    assert quick.keys() == exact.keys()
    assert narrow_cells(table, quick, hidden) == []
    all_told = attack_table(table, hidden)
    assert all(all_told[c][0] <= low and high <= all_told[c][1] for c, (low, high) in quick.items())


def test_programming_errors_are_refused():
    table = table_of(FOUR, [FOUR_SUM])
    with pytest.raises(ValueError, match="not in the table"):
        protect_table(table, ["x"])
    with pytest.raises(ValueError, match="both hidden and open"):
        protect_table(table, ["s"], frozen=["s"])
    with pytest.raises(ValueError, match="contradict"):
        protect_table(table_of({**FOUR, "w": 3}, [FOUR_SUM]), ["s"])
    with pytest.raises(ValueError, match="cannot have"):
        protect_table(table_of({**FOUR, "s": 0, "w": 22}, [FOUR_SUM]), ["s"])
    with pytest.raises(ValueError, match="once"):
        LinkedTable(("a", "a"), *[np.ones(2), ()], *[np.ones(2)] * 3)
    with pytest.raises(ValueError, match="one entry"):
        LinkedTable(("a", "b"), *[np.ones(3), ()], *[np.ones(2)] * 3)
    with pytest.raises(ValueError, match="not there"):
        table_of({"a": 1}, [{"b": 1.0}])


def test_work_can_be_followed_and_stopped():
    table = random_table(5)
    told = []
    protect_table(table, small_cells(table), report=lambda done, of: told.append((done, of)))
    assert len(told) > 5
    assert all(0 <= done <= of for done, of in told)

    def cancel(_done, _of):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        protect_table(table, small_cells(table), report=cancel)
    with pytest.raises(InterruptedError):
        attack_table(table, small_cells(table, 9), insiders=True, report=cancel)


def test_the_town_can_stay_open_where_its_parts_leave_room():
    table = random_table(12)
    unsafe = small_cells(table)
    frozen = {c for c in table.cells if c.endswith(f"|{TOWN}")} - unsafe
    found = protect_table(table, unsafe, frozen=frozen)
    assert not found.hidden & frozen
    told = attack_table(table, found.hidden, insiders=True, frozen=frozen)
    needed = found.hidden - set(found.infeasible)
    assert narrow_cells(table, told, needed) == []


def test_a_circle_of_sums_can_leave_a_cell_without_limit():
    relations = [{"a": 1, "b": -1, "p": -1}, {"a": 1, "b": -1, "q": -1}, {"b": 1, "c": 1, "r": -1}]
    values = {"a": 5, "b": 3, "c": 4, "p": 2, "q": 2, "r": 7}
    table = table_of(values, relations[:2])
    assert attack_table(table, ["a", "b"]) == {"a": (3.0, np.inf), "b": (1.0, np.inf)}
    told = attack_table(table_of(values, relations), ["a", "b", "c"], insiders=True)
    assert told == {"a": (3.0, 8.0), "b": (1.0, 6.0), "c": (1.0, 6.0)}


def test_a_circle_that_contradicts_itself_has_no_bounds():
    sums = [{"a": 1, "b": 1, "p": -1}, {"a": 1, "b": 1, "q": -1}, {"a": 2, "b": 1, "r": -1}]
    table = table_of({"a": np.nan, "b": np.nan, "p": 4, "q": 5, "r": 7}, sums)
    low, high = attack_table(table, ["a"], until_wide=True)["a"]
    assert np.isnan(low)
    assert np.isnan(high)


def test_an_open_table_says_nothing_about_hidden_cells():
    assert attack_table(table_of(FOUR, [FOUR_SUM]), []) == {}
    assert attack_table(table_of({"a": 4}, []), ["a"]) == {"a": (1.0, np.inf)}


def test_a_displayed_zero_does_not_make_two_cells_one_number():
    # the zero stands in a sum of areas and in one of categories, and joins nothing across them
    relations = [{"p": -1, "s": 1, "zero": 1}, {"all": -1, "zero": 1, "c": 1}]
    table = table_of({"p": 4, "s": 4, "zero": 0, "all": 7, "c": 7}, relations)
    nothing = table.mask([])
    same = dict(zip(sorted(table.cells), same_numbers(table, nothing, nothing), strict=True))
    assert same["p"] == same["s"] != same["c"]
    assert same["all"] == same["c"]
    assert len({*same.values()}) == 3


def test_what_cannot_be_protected_is_not_told_any_better_by_opening_others():
    relations = [FOUR_SUM, {"s": -1, "s1": 1, "s2": 1}]
    values = {"town": 34, "n": 20, "s": 4, "e": 5, "w": 5, "s1": 2, "s2": 2}
    table = table_of(values, relations)
    found = protect_table(table, ["s1", "s2"], frozen=["town", "s"])
    assert found.infeasible == ("s1", "s2")
    assert attack_table(table, found.hidden)["s1"] == (1.0, 3.0)
