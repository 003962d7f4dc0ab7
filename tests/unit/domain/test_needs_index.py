"""The index of need: scales, missing parts, classes, and what varied choices do to it."""

from __future__ import annotations

import numpy as np
import pytest

from domain.index_stability import DRAWS, stability
from domain.model import Polarity
from domain.needs_index import (
    CUTS,
    Scale,
    alike_pairs,
    class_of,
    geometric,
    needs_index,
    one_dimension,
    scores_of,
    turned,
)
from domain.social_index import mss_class, z_index

ALL = np.ones(5, dtype=bool)
TABLE = np.array([[10.0, 5.0], [20.0, 4.0], [30.0, 2.0], [40.0, 3.0], [50.0, 1.0]])
POLARITY = (Polarity.HIGH_BURDEN, Polarity.LOW_BURDEN)


def scored(table=TABLE, method="z", included=ALL):
    up = turned(table, POLARITY)
    return scores_of(up, method, Scale.of(up, included), included)


def test_z_scores_are_those_of_the_reference_function():
    expected = z_index(TABLE.tolist(), polarity=POLARITY)["z"]
    assert scored() == pytest.approx(np.array(expected))


@pytest.mark.parametrize("method", ["minmax", "rank"])
def test_every_scale_goes_from_least_to_most_burden(method):
    scores = scored(method=method)
    assert scores[4, 0] == scores[4, 1] == 1.0
    assert scores[0].max() == (0.0 if method == "minmax" else 0.2)


def test_an_indicator_that_does_not_vary_says_nothing():
    table = np.column_stack([TABLE[:, 0], np.full(5, 7.0)])
    for method in ("z", "minmax", "rank"):
        assert scored(table, method)[:, 1].tolist() == [0.0] * 5


def test_a_third_of_the_weight_may_be_missing_and_no_more():
    scores = np.array([[1.0, 2.0, np.nan], [1.0, np.nan, np.nan], [0.0, 0.0, 0.0], [3.0, 1.0, 2.0]])
    index = needs_index(scores, (1, 1, 1), np.ones(4, dtype=bool), CUTS["four"])
    assert index.is_known.tolist() == [True, False, True, True]
    assert index.renormalised.tolist() == [True, False, False, False]
    assert index.classes[1] == -1
    assert index.parts[0].tolist() == pytest.approx([0.5, 1.0, 0.0])


def test_areas_left_out_change_neither_middle_nor_spread_of_the_others():
    included = np.array([True, True, True, True, False])
    index = needs_index(scored(included=included), (1, 1), included, CUTS["four"])
    assert np.isnan(index.burden[4])
    assert index.burden[:4].mean() == pytest.approx(0.0)
    assert index.burden[:4].std() == pytest.approx(1.0)


def test_a_base_year_lets_the_town_as_a_whole_move():
    up = turned(TABLE, POLARITY)
    base = Scale.of(up, ALL)
    later = scores_of(up + 10, "z", base, ALL)
    assert later.mean() > scored().mean()


def test_classes_are_those_of_the_monitoring():
    burden = np.array([-1.2, -1.0, -0.3, 1.0, 1.2, 1.5, 1.51])
    words = mss_class(burden.tolist())
    names = ("hoch", "mittel", "niedrig", "sehr niedrig")
    assert [names[c] for c in class_of(burden, CUTS["four"])] == words


def test_no_weight_is_refused():
    with pytest.raises(ValueError, match="weight"):
        needs_index(scored(), (0, 0), ALL, CUTS["four"])


def test_pairs_that_say_the_same_and_indicators_that_oppose_are_named():
    x = np.array([1.0, 2.0, 3.0, 4.0, 6.0])
    scores = np.column_stack([x, x * 2 + 0.1, -x + np.array([0.1, 0, 0, 0.2, 0])])
    assert [(i, j) for i, j, _ in alike_pairs(scores)] == [(0, 1), (0, 2), (1, 2)]
    found = one_dimension(scores)
    assert found is not None
    share, against = found
    assert share > 0.9
    assert against.tolist() == [False, False, True]


def test_three_complete_areas_are_needed_for_one_dimension():
    assert one_dimension(np.array([[1.0, 2.0], [2.0, 1.0], [np.nan, 3.0]])) is None


def test_weights_change_nothing_where_all_indicators_say_the_same():
    x = np.linspace(-1, 1, 9)
    index = needs_index(np.column_stack([x, x, x]), (1, 2, 3), np.ones(9, bool), CUTS["four"])
    found = stability(index, CUTS["four"], ())
    assert found.burdens.shape == (DRAWS, 9)
    assert found.in_class.tolist() == [1.0] * 9
    assert found.rank_low.tolist() == found.rank_high.tolist() == found.rank.tolist()


def test_an_area_between_two_indicators_depends_on_weights():
    scores = np.array([[2.0, -2.0], [-2.0, 2.0], [0.0, 0.0], [0.5, 0.4], [np.nan, np.nan]])
    index = needs_index(scores, (1, 1), np.ones(5, bool), CUTS["four"])
    found = stability(index, CUTS["four"], (geometric(scored(scores, "minmax")),))
    assert found.drop_low[0] == 1
    assert found.drop_high[0] == 4
    assert 0 < found.in_class[0] < 1
    for told in (found.rank, found.rank_low, found.rank_high, found.drop_low, found.in_class):
        assert np.isnan(told[4])
        assert not np.isnan(told[:4]).any()
