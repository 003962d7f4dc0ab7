"""Funnel limits and labels: the line that is drawn is the line that judges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2, norm

from domain.funnel import (
    LABELS,
    funnel_label,
    funnel_limits,
    funnel_ratio_label,
    phi,
    pooled,
    ratio_limits,
    ratio_phi,
)


def _by_exact_interval(observed, expected):
    """Label of one count by whether its exact interval holds the expected cases."""
    side = 0
    for alpha in (0.05, 0.002):
        lower = chi2.ppf(alpha / 2, 2 * observed) / 2 if observed else 0.0
        upper = chi2.ppf(1 - alpha / 2, 2 * observed + 2) / 2
        side += int(lower > expected) - int(upper < expected)
    return LABELS[side]


def test_ratio_labels_are_those_of_the_exact_interval_of_each_count():
    rng = np.random.default_rng(1)
    expected = rng.uniform(0.01, 120, 600)
    observed = rng.poisson(expected * rng.uniform(0.3, 2, 600)).astype(float)
    labels = funnel_ratio_label(observed, expected)
    assert labels == [_by_exact_interval(o, e) for o, e in zip(observed, expected, strict=True)]
    assert set(labels) == set(LABELS.values())


def test_ratio_limits_of_few_expected_cases_have_no_lower_side():
    limits = ratio_limits([0.5, 3.6, 3.7, 0, None])
    assert limits["lower95"][:2] == [0.0, 0.0]
    assert limits["lower95"][2] == pytest.approx(0.0, abs=0.01)
    assert limits["upper998"][0] > limits["upper95"][0] > 1
    assert [limits[name][3:] for name in limits] == [[None, None]] * 4


def test_limits_narrow_with_size_and_stay_between_none_and_all():
    limits = funnel_limits(0.02, [10, 100, 10_000])
    assert limits["lower95"][0] == 0.0
    assert limits["lower95"] == sorted(limits["lower95"])
    assert limits["upper95"] == sorted(limits["upper95"], reverse=True)
    assert funnel_limits(0.97, [10])["upper95"] == [100.0]
    assert funnel_limits(0.5, [0, None])["lower95"] == [None, None]
    with pytest.raises(ValueError, match="fraction"):
        funnel_limits(20, [100])


def test_overdispersion_widens_the_half_width_by_its_root_and_never_narrows_it():
    plain, wide = funnel_limits(0.3, [400]), funnel_limits(0.3, [400], overdispersion=4)
    assert wide["upper95"][0] - 30 == pytest.approx(2 * (plain["upper95"][0] - 30))
    assert funnel_limits(0.3, [400], overdispersion=0.5) == plain
    plain, wide = ratio_limits([50]), ratio_limits([50], overdispersion=4)
    assert wide["upper95"][0] - 1 == pytest.approx(2 * (plain["upper95"][0] - 1))


def test_labels_follow_the_widened_limits_too():
    numerators, denominators = [130.0, 160.0, 100.0, 40.0], [400.0] * 4
    assert funnel_label(numerators, denominators, 0.25) == [
        "High (0.001)",
        "High (0.001)",
        "Not significant",
        "Low (0.001)",
    ]
    assert funnel_label(numerators, denominators, 0.25, overdispersion=4) == [
        "Not significant",
        "High (0.001)",
        "Not significant",
        "Low (0.001)",
    ]


def test_hidden_areas_have_no_label_and_do_not_move_the_common_share():
    numerators, denominators = [20, None, 30, 5], [100, 100, 100, 0]
    assert pooled(numerators, denominators) == 0.25
    labels = funnel_label(numerators, denominators)
    assert labels == ["Not significant", None, "Not significant", None]
    assert funnel_label([None], [10]) == [None]
    assert funnel_ratio_label([None, 5], [10, None]) == [None, None]


def test_overdispersion_of_pure_chance_is_about_that_of_a_winsorised_normal():
    rng = np.random.default_rng(9)
    sizes = rng.integers(200, 5_000, 4_000)
    found = phi(rng.binomial(sizes, 0.3), sizes)
    # a standard normal drawn in at its 10 % and 90 % points keeps this much of its variance
    cut = norm.ppf(0.9)
    kept = 0.8 - 2 * cut * norm.pdf(cut) + 0.2 * cut**2
    assert found["phi"] == pytest.approx(kept, rel=0.06)
    assert ratio_phi(rng.poisson(sizes / 10), sizes / 10)["phi"] == pytest.approx(kept, rel=0.06)


def test_one_outlier_does_not_blow_up_the_overdispersion():
    numerators = np.array([25.0 + i % 3 for i in range(40)])
    sizes = np.full(40, 100.0)
    calm = phi(numerators, sizes, 0.26)["phi"]
    numerators[7] = 95
    assert phi(numerators, sizes, 0.26)["phi"] <= calm + 0.05
    assert phi(numerators, sizes, 0.26, winsor=0)["phi"] > 5


def test_too_little_to_say_has_a_reason():
    assert phi([5] * 19, [10] * 19) == {"reason": "too_few", "n": 19}
    assert phi([5] * 20 + [None], [10] * 21)["n"] == 20
    assert phi([0] * 30, [10] * 30)["reason"] == "no_variance"
    assert phi([None] * 30, [10] * 30)["reason"] == "too_few"
    assert ratio_phi([1] * 5, [1] * 5)["reason"] == "too_few"
