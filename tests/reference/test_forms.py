"""The forms in which a vector file may write what it gives and what it wants."""

from __future__ import annotations

import numpy as np
import pytest

from domain.autocorrelation import lisa, moran
from tests.reference.bindings import BINDINGS
from tests.reference.bindings.contract import AnyForm
from tests.reference.runner import agrees

RING = [[(i - 1) % 6, (i + 1) % 6] for i in range(6)]
Y = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0]
YEARS = list(range(2010, 2022))


def _bound(topic, method, given, want):
    return agrees(BINDINGS[topic, method](given), want, 1e-9)


def test_a_result_in_several_forms_agrees_with_any_and_with_nothing_else():
    got = {"I": AnyForm((0.5, [1.0, 2.0]))}
    assert agrees(got, {"I": 0.5}, 1e-9)
    assert agrees(got, {"I": [1.0, 2.0]}, 1e-9)
    assert not agrees(got, {"I": 1.0}, 1e-9)
    assert not agrees(got, {"I": [0.5]}, 1e-9)


def test_neighbours_are_listed_from_0_from_1_or_by_name():
    names = ["a", "b", "c", "d", "e", "f"]
    want = {"I": moran(Y, RING)["I"]}
    from_1 = [[j + 1 for j in around] for around in RING]
    by_name = {names[i]: [names[j] for j in around] for i, around in enumerate(RING)}
    assert _bound("spatial", "moran", {"y": Y, "neighbours_0based": RING}, want)
    assert _bound("spatial", "moran", {"y": Y, "neighbours": RING}, want)
    assert _bound("spatial", "moran", {"y": Y, "neighbours": from_1}, want)
    assert _bound("spatial", "moran", {"y": Y, "neighbours": by_name, "areas": names}, want)
    binary = {"I": moran(Y, RING, standardised=False)["I"]}
    assert _bound("spatial", "moran", {"y": Y, "neighbours": RING, "weights": "binary"}, binary)


def test_local_values_come_in_either_scaling_and_by_name():
    local = lisa(Y, RING, fewest=0)["I"]
    names = ["a", "b", "c", "d", "e", "f"]
    given = {"y": Y, "neighbours": RING, "names": names}
    assert _bound("spatial", "lisa", given, {"I": local, "first10_I": local})
    assert _bound("spatial", "lisa", given, {"I": moran(Y, RING)["I"]})
    by_n = [v * 6 / 5 for v in local]
    assert _bound("spatial", "lisa", given, {"local_I_spdep_scaling": by_n})
    assert _bound("spatial", "lisa", given, {"local_I_spdep_scaling": {"c": by_n[2]}})
    assert _bound("spatial", "lisa", given, {"local_I_esda_scaling_factor": 5 / 6})


@pytest.mark.parametrize("grid", [[5, 5], "5 x 5", {"rows": 5, "columns": 5}, 5])
def test_hot_spots_on_a_grid_by_distance(grid):
    values = np.random.default_rng(1).normal(10, 2, 25).tolist()
    given = {"grid": grid, "spacing": 10, "values": values, "cell_index_1based": 13}
    near = BINDINGS["spatial", "gi"]({**given, "band": 10})["Gi_star_z"]
    # a cell and the four beside it
    own = [values[i] for i in (12, 7, 11, 13, 17)]
    spread = np.std(values) * np.sqrt((25 * 5 - 25) / 24)
    assert near == pytest.approx((sum(own) - 5 * np.mean(values)) / spread)
    both = BINDINGS["spatial", "gi"]({**given, "band": [10, 20]})
    assert agrees(both, {"Gi_star_z_band10": near}, 1e-9)
    plain = [BINDINGS["spatial", "gi"]({**given, "band": b})["Gi_z"] for b in (10, 20)]
    assert agrees(both, {"Gi_z_by_band": {"10": plain[0], "20": plain[1]}}, 1e-9)
    assert agrees(both, {"Gi_z_by_band": plain}, 1e-9)


def test_a_synthetic_control_names_its_treated_one_or_gives_it():
    donors = np.random.default_rng(2).normal(size=(4, 12)).cumsum(axis=1).tolist()
    own = [0.25 * a + 0.75 * c for a, _, c, _ in zip(*donors, strict=True)]
    named = dict(zip("abcd", donors, strict=True))
    want = {"weights": {"a": 0.25, "c": 0.75}}
    for data in (
        {"years": YEARS, "treated": own, "donors": named},
        {"years": YEARS, "treated": "x", "units": {**named, "x": own}},
        {"years": YEARS, "treated": own, **named},
    ):
        assert _bound(
            "trend_impact", "synthetic_control", {"data": data, "treatment_year": 2018}, want
        )
    listed = {"years": YEARS, "treated": own, "donors": donors}
    given = {"data": listed, "treatment_year": 2018}
    assert _bound("trend_impact", "synthetic_control", given, {"weights": [0.25, 0, 0.75, 0]})


def test_an_interrupted_series_by_the_names_of_a_file():
    given = {"count": [50, 52] * 10, "first_post_index_0based": 10, "offset_population": [1e3] * 20}
    got = BINDINGS["trend_impact", "its"](given)
    assert got["rr_poisson"] == got["rr_quasi"]
    assert got["ci_poisson"][0] < got["ci_quasi"][0] < 1 < got["ci_quasi"][1]


@pytest.mark.parametrize("confidence", ["95%", "95 %", 0.95, 95])
def test_a_confidence_is_written_as_percent_or_fraction(confidence):
    want = {"ci": [50.1631877105, 82.8491385459]}
    assert _bound("intervals", "byar", {"count": 65, "confidence": confidence}, want)


def test_left_out_inputs_have_defaults():
    assert _bound("intervals", "wilson", {"numerator": 1, "denominator": 4}, {"value": 0.25})
    assert _bound("intervals", "poisson_rate", {"numerator": 1, "denominator": 4}, {"value": 0.25})
    x, y = list(range(12)), [float(v * v) for v in range(12)]
    assert "last" in BINDINGS["association", "lowess"]({"x": x, "y": y})
    assert _bound("trend_impact", "theil_sen", {"y": y}, {"tau": 1.0})
    assert _bound("trend_impact", "recent_trend", {"value": y[:5]}, {"trend": "not_determinable"})
    labels = {"label": ["Not significant"] * 2}
    assert _bound(
        "funnel", "funnel_proportion", {"numerator": [5, 6], "denominator": [50, 55]}, labels
    )
