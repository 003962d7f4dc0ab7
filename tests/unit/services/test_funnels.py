import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from domain.funnel_view import funnel_reason
from domain.model import Kind, State
from domain.rank_view import rank_reason
from figures.funnel import funnel_payload
from i18n import translator
from services.funnels import N_POINTS, build_funnel
from services.ranks import rank_ranges
from tests.unit.figures.sample import COUNT_VIEW, VIEW, period

DE = translator("de")


def view_of(numerators, denominators, *, kind=Kind.SHARE, multiplier=100.0):
    """Return a view of one period; None hides an area."""
    values = tuple(
        None if a is None else multiplier * a / n
        for a, n in zip(numerators, denominators, strict=True)
    )
    states = tuple(State.SUPPRESSED if v is None else State.OK for v in values)
    ids = tuple(str(i) for i in range(len(values)))
    shown = dataclasses.replace(
        period(values, states),
        numerators=tuple(numerators),
        denominators=tuple(None if a is None else n for a, n in
                           zip(numerators, denominators, strict=True)),
    )  # fmt: skip
    return dataclasses.replace(
        VIEW,
        indicator=dataclasses.replace(VIEW.indicator, kind=kind, multiplier=multiplier),
        area_ids=ids,
        area_names=ids,
        periods=("2024",),
        by_period={"2024": shown},
    )


def test_small_areas_have_wide_limits_and_the_centre_is_the_common_share():
    funnel = build_funnel(view_of([20, 200, 40], [100, 1000, 200]))
    shown = funnel.by_period["2024"]
    assert shown.centre == pytest.approx(20.0)
    assert len(funnel.bases) == N_POINTS
    assert (funnel.bases[0], funnel.bases[-1]) == (pytest.approx(100), pytest.approx(1000))
    upper = shown.limits["upper95"]
    assert list(upper) == sorted(upper, reverse=True)
    assert upper[0] == pytest.approx(27.84, abs=0.01)
    assert shown.sides == (0, 0, 0)
    assert shown.widening == 1.0


def test_a_hidden_area_is_in_no_place_and_moves_neither_centre_nor_limits():
    held = build_funnel(view_of([20, 200, 40], [100, 1000, 200])).by_period["2024"]
    hidden = build_funnel(view_of([20, 200, 40, None], [100, 1000, 200, 5000])).by_period["2024"]
    assert hidden.sides == (0, 0, 0, None)
    assert hidden.limits == held.limits
    assert hidden.centre == held.centre


def test_areas_that_differ_by_more_than_chance_widen_the_limits():
    rng = np.random.default_rng(7)
    shares = rng.uniform(0.05, 0.6, 40)
    funnel = build_funnel(view_of(np.round(1000 * shares).tolist(), [1000.0] * 40))
    assert funnel.by_period["2024"].widening > 5
    few = build_funnel(view_of([100, 600], [1000, 1000])).by_period["2024"]
    assert few.widening == 1.0
    assert few.sides == (-2, 2)


def test_a_rate_has_the_exact_limits_of_its_expected_cases():
    view = view_of([50, 90, 10], [5000, 5000, 5000], kind=Kind.RATE, multiplier=1000.0)
    shown = build_funnel(view).by_period["2024"]
    assert shown.centre == pytest.approx(10.0)
    assert shown.sides == (0, 2, -2)
    assert shown.limits["lower95"][0] < 10.0 < shown.limits["upper95"][0]


@pytest.mark.parametrize(("kind", "multiplier"), [(Kind.SHARE, 100.0), (Kind.RATE, 1000.0)])
def test_the_limits_of_a_sample_follow_its_effective_size(kind, multiplier):
    whole = view_of([60, 30, 20], [200, 200, 100], kind=kind, multiplier=multiplier)
    sample = view_of([240, 120, 80], [800, 800, 400], kind=kind, multiplier=multiplier)
    effective = dataclasses.replace(sample.indicator, design_effect=4.0, nature="sample")
    sample = dataclasses.replace(sample, indicator=effective)
    expected, found = (build_funnel(v) for v in (whole, sample))
    assert found.bases == pytest.approx(tuple(4 * x for x in expected.bases))
    shown, same = found.by_period["2024"], expected.by_period["2024"]
    assert shown.sides == same.sides
    assert shown.centre == pytest.approx(same.centre)
    for name, limits in same.limits.items():
        assert shown.limits[name] == pytest.approx(limits)


def test_bases_that_lie_far_apart_stand_on_a_logarithmic_axis():
    assert build_funnel(view_of([20, 4000], [100, 20000])).is_logarithmic
    assert not build_funnel(view_of([20, 40], [100, 200])).is_logarithmic


def test_only_shares_and_rates_with_parts_have_a_funnel():
    assert funnel_reason(COUNT_VIEW) == "no_kind"
    assert build_funnel(COUNT_VIEW) is None
    bare = view_of([20, 40], [100, 200])
    shown = dataclasses.replace(bare.by_period["2024"], numerators=(None, None))
    bare = dataclasses.replace(bare, by_period={"2024": shown})
    assert funnel_reason(bare) == "no_parts"
    assert rank_reason(bare) == "no_parts"
    assert rank_reason(COUNT_VIEW) == ""
    mean = dataclasses.replace(bare, indicator=dataclasses.replace(bare.indicator, kind=Kind.MEAN))
    assert rank_reason(mean) == "no_kind"


def test_the_funnel_travels_with_its_sentences():
    view = view_of([100, 600, None], [1000, 1000, 50])
    payload = funnel_payload(view, build_funnel(view), DE, "de")
    json.dumps(payload, allow_nan=False)
    shown = payload["by"]["2024"]
    assert shown["sides"] == "LH-"
    assert shown["title"] == "2 von 2 Stadtteilen außerhalb der Grenzen von 99,8\N{NO-BREAK SPACE}%"
    assert shown["sub"].endswith("nicht eingezeichnet, da ohne Angabe: 1")
    assert "erweitert" not in shown["sub"]
    assert payload["words"]["H"] == "über der 99,8-%-Grenze"
    assert len(shown["upper998"]) == len(payload["bases"])


def test_a_period_without_a_funnel_says_whether_counts_are_missing_or_all_zero():
    view = view_of([100, 600], [1000, 1000])
    zero = view_of([0, 0], [1000, 1000]).by_period["2024"]
    bare = dataclasses.replace(zero, numerators=(None, None))
    periods = {"2022": bare, "2023": zero, "2024": view.by_period["2024"]}
    view = dataclasses.replace(view, periods=tuple(periods), by_period=periods)
    payload = funnel_payload(view, build_funnel(view), DE, "de")
    assert set(payload["by"]) == {"2024"}
    assert payload["none"] == {"2022": DE("funnel.none"), "2023": DE("funnel.no_cases")}
    assert "keine Fallzahlen" in payload["none"]["2022"]
    assert "keinen einzigen Fall" in payload["none"]["2023"]


def test_widened_limits_are_said_to_be():
    view = view_of(list(range(0, 1000, 25)), [1000.0] * 40)
    shown = funnel_payload(view, build_funnel(view), DE, "de")["by"]["2024"]
    assert "-Fache erweitert" in shown["sub"]


class Reader:
    def __init__(self, rows):
        self.rows = rows

    def area_ids(self, level, vintage):
        return ("a", "b", "c")

    def derived(self, indicator, level, vintage, category="total"):
        if self.rows is None:
            return None
        return pd.DataFrame(self.rows, columns=["period", "area", "rank_low", "rank_high"])


def test_rank_ranges_stand_in_the_order_of_the_areas():
    rows = [("2024", "c", 1, 2), ("2024", "a", 1, 3), ("2023", "b", None, None)]
    assert rank_ranges(Reader(rows), "i", "l", "v") == {
        "2024": {"n": 2, "low": [1, None, 1], "high": [3, None, 2]}
    }


def test_a_release_without_ranges_has_none():
    assert rank_ranges(Reader(None), "i", "l", "v") == {}
    assert rank_ranges(Reader([]), "i", "l", "v") == {}
