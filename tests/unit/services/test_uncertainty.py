"""Intervals and weak values."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from domain.intervals import wilson
from domain.model import Kind
from services.aggregation import with_parents
from services.uncertainty import with_intervals, with_weak_marked
from tests import town_fixture as fixture


@pytest.fixture(scope="module")
def values():
    town = fixture.small_town()
    return with_weak_marked(with_intervals(with_parents(town), town.catalogue), town.catalogue)


def cell(values, indicator, area, period="2021"):
    rows = values[
        (values["indicator"] == indicator) & (values["area"] == area) & (values["period"] == period)
    ]
    return rows.iloc[0]


def test_a_share_has_the_wilson_interval_in_display_units(values):
    row = cell(values, "kinderarmut", "05")
    wanted = wilson(120, 310, 100)
    assert [row["lower"], row["upper"]] == pytest.approx(wanted["ci95"])
    assert [row["lower998"], row["upper998"]] == pytest.approx(wanted["ci998"])


def test_a_count_has_limits_around_it(values):
    row = cell(values, "kinder", "05")
    assert row["lower998"] < row["lower"] < row["value"] < row["upper"] < row["upper998"]


def test_a_method_of_none_gives_no_interval(values):
    rows = values[values["indicator"] == "miete"]
    assert rows[["lower", "upper"]].isna().all().all()


def test_a_suppressed_value_has_no_interval(values):
    row = cell(values, "amtlich", "12")
    assert np.isnan(row["lower"])


def test_few_cases_make_a_value_limited(values):
    assert cell(values, "kinderarmut", "04")["state"] == "limited"
    assert cell(values, "kinderarmut", "01")["state"] == "ok"


def test_a_small_count_without_parts_is_not_limited():
    frame = pd.DataFrame(
        [{**dict.fromkeys(["numerator", "denominator"], np.nan), "indicator": "kinder",
          "value": 4.0, "state": "ok"}]
    )  # fmt: skip
    assert with_weak_marked(frame, fixture.catalogue())["state"].tolist() == ["ok"]


@pytest.mark.parametrize(("minimum", "state"), [(10.0, "limited"), (0.0, "ok")])
def test_a_small_denominator_that_is_no_number_of_persons_is_not_weak(minimum, state):
    catalogue = fixture.catalogue()
    density = replace(
        catalogue.indicators[0], id="dichte", kind=Kind.RATIO, minimum_denominator=minimum
    )
    frame = pd.DataFrame(
        [{"indicator": "dichte", "value": 80.0, "numerator": 1600.0, "denominator": 20.0,
          "state": "ok"}]
    )  # fmt: skip
    marked = with_weak_marked(frame, replace(catalogue, indicators=(density,)))
    assert marked["state"].tolist() == [state]
