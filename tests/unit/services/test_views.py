from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from domain.periods import in_time, position
from domain.view import frame_key, mark_of
from services.association import associations, nearest_period
from services.encoding import encode, view_json
from services.views import lay_over, with_breaks
from tests.unit.figures.sample import INDICATOR, LEVEL, VIEW


def test_an_area_without_a_row_is_not_collected_and_a_hidden_one_has_no_number():
    areas = gpd.GeoDataFrame({"name": ["A", "B", "C"]}, index=["a", "b", "c"])
    values = pd.DataFrame(
        {
            "area": ["a", "b", "a"],
            "period": ["2024", "2024", "2023"],
            "value": [1.5, 9.0, 7.0],
            "state": ["ok", "suppressed", "ok"],
            "flags": ["p", "", ""],
            "numerator": [3.0, 2.0, 1.0],
            "denominator": [200.0, 100.0, 1.0],
            "lower": [1.0, 8.0, 1.0],
            "upper": [2.0, 10.0, 1.0],
            "lower998": [0.8, 7.0, 1.0],
            "upper998": [2.4, 11.0, 1.0],
        }
    )
    cells = lay_over(areas, values)
    assert cells.periods == ("2023", "2024")
    assert list(cells.states[1]) == ["ok", "suppressed", "not_collected"]
    assert cells.numbers["value"][1][0] == 1.5
    assert all(np.isnan(cells.numbers[n][1][1:]).all() for n in ("value", "numerator", "lower"))
    assert list(cells.flags[1]) == ["p", "", ""]


def test_other_limits_put_every_value_into_other_classes():
    view = with_breaks(VIEW, (5.0, 10.0, 50.0))
    assert view.breaks == (5.0, 10.0, 50.0)
    assert view.by_period["2024"].classes == (0, 2, 2, None, None)
    assert view.by_period["2024"].class_counts == (1, 0, 2)


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2023", 2023.0), ("2021-2023", 2022.0), ("2023/24", 2023.5), ("ohne", 0.0)],
)
def test_periods_have_a_place_on_the_time_axis(period, expected):
    assert position(period) == expected


def test_periods_are_in_time_order():
    assert sorted(["2024", "2023/24", "2011"], key=in_time) == ["2011", "2023/24", "2024"]


def test_a_missing_year_of_the_second_indicator_is_taken_from_the_nearest():
    assert nearest_period(VIEW, "2024") == "2024"
    assert nearest_period(VIEW, "2010") == "2023"
    assert nearest_period(replace(VIEW, periods=(), by_period={}), "2010") is None


def test_few_areas_give_no_fit_and_no_second_gives_no_association():
    found = associations(VIEW, VIEW)
    assert found["2024"].fit is None
    assert found["2024"].message.key == "finding_scatter.too_few"
    assert associations(VIEW, None) == {}


def test_a_view_is_json_without_nan():
    body = encode(view_json(VIEW))
    assert b"NaN" not in body
    assert b'"states":["ok","limited","ok","suppressed","not_applicable"]' in body
    with pytest.raises(ValueError, match="Out of range"):
        encode({"v": float("nan")})


def test_counts_change_the_frame_of_the_map():
    assert frame_key(INDICATOR, LEVEL) == "stadtteile@2021|fill"
    assert mark_of(INDICATOR, replace(LEVEL, kind="institutions")) == "symbol"
