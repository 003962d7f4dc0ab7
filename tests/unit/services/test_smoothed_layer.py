"""The layer of smoothed values: each area leans on all as far as its own base is small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from domain.layers import FIRST
from services.layers import painted_layer
from tests.unit.services.test_layers import BASES, UNEVEN, N, shown, source, view


def test_smoothed_values_lie_between_the_value_and_that_of_all():
    bases = np.where(np.arange(N) == 0, 40.0, BASES)
    found = view({"2024": shown(UNEVEN, hidden={39}, bases=bases)})
    period = painted_layer(source(found), "smoothed", FIRST).by_period["2024"]
    (smoothed,) = period.numbers
    values = found.by_period["2024"].values
    assert smoothed[39] is None
    assert period.keys[39] == ""
    assert 20 < smoothed[0] < values[0]
    # the fewer persons the nearer to all
    assert values[0] - smoothed[0] > values[1] - smoothed[1] > 0
    assert period.keys[1] == "3"


def test_a_sample_is_smoothed_at_its_effective_size():
    plain = view({"2024": shown(UNEVEN)})
    one = plain.by_period["2024"]
    parts = {n: tuple(4 * x for x in getattr(one, n)) for n in ("numerators", "denominators")}
    four = replace(plain, by_period={"2024": replace(one, **parts)})
    sample = replace(four, indicator=replace(plain.indicator, design_effect=4.0))
    found = [
        painted_layer(source(v), "smoothed", FIRST).by_period["2024"].numbers[0]
        for v in (plain, sample, four)
    ]
    assert found[1] == pytest.approx(found[0])
    assert found[2] != pytest.approx(found[0], abs=0.1)


def test_a_hidden_value_enters_no_smoothed_one():
    hidden = {39}
    once = view({"2024": shown(UNEVEN, hidden=hidden)})
    other = np.where(np.arange(N) == 39, 0.9, UNEVEN)
    twice = view({"2024": shown(other, hidden=hidden)})
    both = [painted_layer(source(v), "smoothed", FIRST).by_period["2024"] for v in (once, twice)]
    assert both[0].numbers == both[1].numbers
