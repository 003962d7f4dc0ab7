"""Supply, allocation, boundaries, index, outlook: the forms in which a file may put a question."""

from __future__ import annotations

import pytest

from tests.reference.bindings import BINDINGS
from tests.reference.runner import agrees

FAR = {"demand": [100, 50], "supply": [10, 20], "cost": [[5, 99], [99, 99]], "max_cost": 15}
HALVES = {"pop": [50, 80, 30], "rate": [0.1, 0.2, 0.3]}
STRIPS = [[0, 0, 1, 1], [1, 0, 3, 1], [3, 0, 4, 1]]
LINKED = {
    "equations_sum_to_zero": [{"T": -1, "a": 1, "b": 1}, {"S": -1, "a": 1, "c": 1}],
    "known": {"T": 9, "S": 5, "c": 2},
}
CASES = [
    ("access", "2sfca", FAR, {"access": [0.1, 0], "supply_ratio": [0.1, None]}),
    ("access", "2sfca", FAR, {"unreached_demand": [1], "unused_supply": [1]}),
    ("access", "2sfca", FAR, {"unreached_demand": 50, "unused_supply": 20}),
    (
        "access", "coverage",
        {"coverage_percent": 93, "target_percent": 100, "gap_places": 210},
        {"children_approx": 3000, "places_approx": 2790},
    ),
    ("access", "nearest", {"from": [565000, 5934000], "to": [565300, 5934400]}, {"m": 500}),
    # the example of scikit-learn's haversine distances, latitude first
    (
        "access", "nearest",
        {"from": [-34.83333, -58.5166646], "to": [49.0083899664, 2.53844117956]},
        {"m": 11099540.35582},
    ),
    (
        "aggregation", "missing_logic",
        {"combine": [["ok", "suppressed"], ["ok", "below_unit"], ["nil", "not_applicable"]]},
        {"state_of_sum": ["suppressed", "incomplete", "nil"]},
    ),
    (
        "aggregation", "pool_share",
        {"numerators": [1, None], "denominators": [10, 10]}, {"value": None},
    ),
    (
        "aggregation", "symbols",
        {"dialect": "lsn", "cells": ["7", "??"]}, {"state": ["ok", "unknown_symbol"]},
    ),
    (
        "allocation", "formula",
        {"children": [10, 10], "index": [1, 1], "budget": 100, "floor_per_child": 6},
        {"error": "floor_exceeds_budget", "required": 120, "allocation": None},
    ),
    (
        "allocation", "largest_remainder",
        {"weights": [3, 2, 1], "seats": [6, 12]}, {"seats": [[3, 2, 1], [6, 4, 2]]},
    ),
    (
        "allocation", "suits",
        {"need_share": [0.4, 0.3, 0.2, 0.1], "benefit_share": [0.4, 0.7, 0.9, 1],
         "benefit_share2": [0.25] * 4},
        {"S": [0, 0.25]},
    ),
    (
        "boundaries", "area_weighted",
        {"source": [{"box": [0, 0, 2, 1], "pop": 100, "rate": 0.1},
                    {"box": [2, 0, 4, 1], "pop": 60, "rate": 0.3}], "target_boxes": STRIPS},
        HALVES,
    ),
    (
        "boundaries", "area_weighted",
        {"source": {"boxes": [[0, 0, 2, 1], [2, 0, 4, 1]], "pop": [100, 60], "rate": [0.1, 0.3]},
         "target_boxes": STRIPS},
        HALVES,
    ),
    (
        "boundaries", "conversion_table",
        {"t1": [{"old": "A", "new": "B", "w": 0.5}, {"old": "A", "new": "C", "w": 0.5}],
         "t2": [{"old": "B", "new": "D", "w": 1}, {"old": "C", "new": "D", "w": 0.4},
                {"old": "C", "new": "E", "w": 0.6}],
         "old": {"A": {"num": 10, "den": 100}}},
        {"combined": [{"old": "A", "new": "D", "w": 0.7}, {"old": "A", "new": "E", "w": 0.3}],
         "new": {"D": {"num": 7, "den": 70, "estimated": True}}, "sum_preserved": [10, 100]},
    ),
    (
        "boundaries", "dasymetric",
        {"source_pop": 1000, "overlap_area": [0.5, 0.5], "overlap_population": [800, 200]},
        {"area_weighted": [500, 500], "dasymetric": [800, 200]},
    ),
    (
        "classification", "gvf",
        {"y": [1, 2, 3, 10, 11, 12], "cases": [[1, 3, 12], {"upper_bounds": [3, 12]}]},
        {"goodness_of_variance_fit": [1 - 4 / 125.5, 1 - 4 / 125.5]},
    ),
    (
        "composite", "z_index",
        {"X": [[1, 5], [2, 5], [3, 5]]},
        {"z_col2": [0, 0, 0], "warning": "constant_indicator"},
    ),
    (
        "composite", "missing_component",
        {"present": [[1, 1, 1], [1, 1, 0], [1, 0, 0]], "weights": [1, 1, 1]},
        {"status": ["ok", "renormalised", "n/a"]},
    ),
    ("composite", "hamburg_sozialmonitoring", {"n": [1, 2]}, {"counts": [1, 2], "sum": 3}),
    ("disclosure", "audit", LINKED, {"exactly_disclosed": ["a", "b"], "hidden_alone_safe": ["b"]}),
    ("disclosure", "audit", LINKED, {"joint_protection_adds": ["c"], "hidden_alone_safe": 1}),
    (
        "inequality", "dissimilarity",
        {"cases": [{"group": [0, 0], "total": [5, 5]}, {"group": [5, 0], "total": [5, 5]}]},
        {"D": [None, 1]},
    ),
    # World Bank, Technical Note 7: births and deaths by wealth in India, 1992/93
    (
        "inequality", "concentration_index",
        {"births": [29939, 28776, 26528, 24689, 19739], "order": "poorest first",
         "u5mr_per_1000": [154.7, 152.9, 119.5, 86.9, 54.3]},
        {"concentration_index": -0.1694},
    ),
    (
        "projection", "control_to_city",
        {"areas": [[10, 20], [30, 40]], "city_total": [80, 90]}, {"areas": [[20, 30], [60, 60]]},
    ),
    (
        "projection", "hamilton_perry",
        {"t_minus_5": [100] * 9, "t": [100] * 9, "women_groups_index": [4, 9], "steps": 2},
        {"t_plus_10": [100] * 9},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "method", "given", "want"), CASES)
def test_a_question_is_understood(topic, method, given, want):
    assert agrees(BINDINGS[topic, method](given), want, 1e-4)


@pytest.mark.parametrize(
    ("topic", "method", "given"),
    [
        ("composite", "imd_exponential", {"x": [3, 1, 2]}),
        ("neighbours", "similar", {"cases": ["k is cut"]}),
        ("projection", "hamilton_perry", {"rules": ["ratios are limited"]}),
    ],
)
def test_what_a_sentence_says_is_tried(topic, method, given):
    key = "statement" if topic == "composite" else "must_hold"
    assert agrees(BINDINGS[topic, method](given), {key: "whatever the words"}, 0)


def test_class_counts_without_scores_are_only_added_up():
    bound = BINDINGS["composite", "hamburg_sozialmonitoring"]
    assert agrees(bound({"n": 839}), {"counts": [149, 543, 66, 81], "sum": 839}, 0)
    assert not agrees(bound({"n": 838}), {"counts": [149, 543, 66, 81]}, 0)
