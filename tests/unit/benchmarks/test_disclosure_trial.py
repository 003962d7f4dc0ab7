from dataclasses import replace

import numpy as np
import pytest

from benchmarks.disclosure import measure
from benchmarks.disclosure_report import section
from benchmarks.disclosure_results import SmallResult, TrialResult, failures
from benchmarks.disclosure_tables import (
    SHAPE,
    TOWN,
    Tree,
    categories,
    drawn_keys,
    one_count,
    rolling_years,
    share_and_complement,
    tree,
    trials,
)
from benchmarks.rival_greedy import greedy
from benchmarks.rival_tau import LARGEST, as_tau_asks, small_tables
from benchmarks.sections import DISCLOSURE, section_of, with_section
from domain.attack import attack_table, narrow_cells

AREAS = tree(drawn_keys())
DISTRICT = Tree(
    {
        k.replace("01", TOWN) if k == "01" else k: g
        for k, g in AREAS.children.items()
        if k[:2] == "01"
    },
    tuple(k for k in AREAS.lowest if k[:2] == "01"),
    is_real=False,
)
RESULT = TrialResult(
    name="x", cells=10, unsafe=2, unprotected=2, extra=2, narrow=0, narrowest=3.0, needed=3.0,
    limit=2, programs=4, seconds=1.0, attack_seconds=1.0, without_insiders=1, greedy=3,
)  # fmt: skip
SMALL = SmallResult("y", 10, 2, 2, 0, 3, 0, 2, 1)


def test_the_drawn_tree_has_the_shape_of_berlin():
    levels = {n: {k[:n] for k in AREAS.lowest} for n in (2, 4, 6, 8)}
    assert tuple(len(found) for found in levels.values()) == SHAPE
    assert sum(len(group) for group in AREAS.children.values()) == sum(SHAPE)


def test_the_kinds_are_the_same_each_time_and_their_sums_hold():
    for build in list(trials(AREAS))[:5]:
        trial = build()
        assert trial.table.broken() == []
        assert trial.unsafe
        assert not trial.unsafe & trial.frozen
        again = build()
        assert again.unsafe == trial.unsafe
        assert np.array_equal(again.table.values, trial.table.values)


def test_years_and_their_rolling_sums_are_one_table():
    trial = rolling_years(DISTRICT, 5, 1, None)
    areas = len(DISTRICT.lowest) + len(DISTRICT.children)
    assert len(trial.table.cells) == 28 * areas
    assert trial.table.broken() == []


@pytest.mark.parametrize(
    "trial",
    [
        one_count(DISTRICT, "count", 4, 3, None),
        share_and_complement(DISTRICT, 7, None),
        categories(DISTRICT, "two", (15, 15), k=3, seed=6, never_more=None),
    ],
    ids=lambda t: t.name,
)
def test_the_product_passes_and_needs_no_more_than_the_greedy_rival(trial):
    result = measure(trial, with_rivals=True)
    assert failures([result], []) == []
    hidden, is_done = greedy(trial.table, trial.unsafe, trial.frozen)
    assert is_done
    told = attack_table(trial.table, hidden, insiders=True, frozen=trial.frozen)
    assert narrow_cells(trial.table, told, hidden) == []
    assert result.greedy == len(hidden - trial.unsafe)


def test_the_greedy_rival_can_be_stopped():
    trial = one_count(DISTRICT, "count", 4, 3, None)
    hidden, is_done = greedy(trial.table, trial.unsafe, trial.frozen, enough=1)
    assert not is_done
    assert len(hidden) > len(trial.unsafe)


def test_small_tables_are_small_and_ask_what_the_rival_asks():
    for small in small_tables(AREAS):
        table = small.trial.table
        assert len(table.cells) <= LARGEST
        values = dict(zip(table.cells, table.values, strict=True))
        assert len(small.people) == values[f"all|{TOWN}"]
        asked, zeros = as_tau_asks(small.trial)
        needs = dict(zip(asked.cells, asked.widths, strict=True))
        assert all(needs[c] == 2 * values[c] for c in small.trial.unsafe)
        assert all(values[c] == 0 for c in zeros)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"narrow": 1}, "too narrow"),
        ({"extra": 3, "limit": 2}, "methods.md"),
        ({"extra": 4, "limit": None}, "greedy"),
        ({"extra": 0}, "nothing was hidden"),
        ({"unprotected": 0}, "before protection"),
        ({"seconds": 700.0}, "700|701"),
    ],
)
def test_what_misses_a_target_is_said(change, words):
    assert failures([RESULT], [SMALL]) == []
    (missed,) = failures([replace(RESULT, **change)], [SMALL])
    assert any(word in missed for word in words.split("|"))


def test_a_run_that_hides_nothing_fails():
    nothing = replace(RESULT, unsafe=0, extra=0, unprotected=0)
    assert "nothing was hidden: the trial proves nothing" in failures([nothing], [])


def test_pytauargus_may_not_need_fewer_cells_and_may_be_missing():
    assert failures([RESULT], [replace(SMALL, tau=1)]) == ["y: 2 extra cells, pytauargus 1"]
    assert failures([RESULT], [replace(SMALL, tau="not here")]) == []
    assert failures([RESULT], [replace(SMALL, narrow=1)]) == ["y: 1 cells are too narrow"]


def test_the_section_replaces_itself_and_stands_before_the_method():
    text = section(["a machine"], [RESULT, replace(RESULT, is_greedy_done=False)], [SMALL])
    assert "> 3 (stopped)" in text
    report = "# Benchmarks\n\n## Start\n\n1\n\n## Method\n\nhow\n"
    once = with_section(report, text, DISCLOSURE)
    assert once.index("## Start") < once.index(DISCLOSURE) < once.index("## Method")
    assert section_of(once, DISCLOSURE).strip() == text.strip()
    other = section([], [replace(RESULT, name="z")], [])
    twice = with_section(once, other, DISCLOSURE)
    assert twice.count(DISCLOSURE) == 1
    assert "| z |" in twice
    assert "| x |" not in twice
    assert with_section(report, "", DISCLOSURE) == report
