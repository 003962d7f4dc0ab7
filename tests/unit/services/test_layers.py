"""What a view allows its map to show, and what each layer says of every area."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from domain.layers import FIRST, why_not
from domain.model import Kind, Level, Polarity, SeriesBreak, State, Text
from domain.view import CityValue, IndicatorView, PeriodView
from domain.wording import Message
from services.layers import LayerSource, layer_offers, painted_layer
from tests.unit.figures.sample import INDICATOR, LEVEL

N = 40
RANDOM = np.random.default_rng(7)
BASES = RANDOM.integers(200, 900, N).astype(float)


def shown(shares, *, hidden=(), bases=BASES, parts=True) -> PeriodView:
    """Return a period with these shares; areas at ``hidden`` are kept secret."""
    cases = np.round(np.asarray(shares) * bases)
    values = [
        None if i in hidden else 100 * c / n
        for i, (c, n) in enumerate(zip(cases, bases, strict=True))
    ]
    numbers = [None if i in hidden or not parts else float(c) for i, c in enumerate(cases)]
    persons = [None if i in hidden or not parts else float(n) for i, n in enumerate(bases)]
    town = float(cases.sum()), float(bases.sum())
    return PeriodView(
        values=tuple(values),
        states=tuple(State.SUPPRESSED if v is None else State.OK for v in values),
        flags=("",) * len(values),
        numerators=tuple(numbers),
        denominators=tuple(persons),
        lowers=(None,) * len(values),
        uppers=(None,) * len(values),
        classes=(None,) * len(values),
        order=tuple(range(len(values))),
        badges=("similar",) * len(values),
        benchmarks=(None,) * len(values),
        class_counts=(),
        city=CityValue(100 * town[0] / town[1], State.OK, None, None, *(town if parts else ())),
        message=Message("finding_map.none"),
    )


def view(by_period: dict[str, PeriodView], **changes) -> IndicatorView:
    """Return a view of these periods; ``changes`` are those of its indicator."""
    n = len(next(iter(by_period.values())).values)
    return IndicatorView(
        town="musterstadt",
        release="2026-11-24-1",
        indicator=replace(INDICATOR, multiplier=100.0, **changes),
        level=LEVEL,
        category="total",
        compare="city",
        area_ids=tuple(f"{i:03}" for i in range(n)),
        area_names=tuple(f"Gebiet {i}" for i in range(n)),
        periods=tuple(by_period),
        breaks=(10.0, 20.0, 30.0, 100.0),
        by_period=by_period,
    )


EVEN = np.full(N, 0.2)
UNEVEN = np.where(np.arange(N) < 4, 0.45, np.where(np.arange(N) < 7, 0.05, 0.2))


def source(found: IndicatorView, **parts) -> LayerSource:
    return LayerSource(view=found, open_view=found, **parts)


def reasons(found: LayerSource) -> dict[str, str]:
    return {offer.id: offer.reason for offer in layer_offers(found)}


def test_a_view_with_parts_years_and_clusters_allows_every_layer():
    found = view({"2023": shown(EVEN), "2024": shown(UNEVEN)})
    told = source(
        found,
        partner=found,
        open_partner=found,
        partners={p: v.values for p, v in found.by_period.items()},
        clusters={"2024": dict.fromkeys(found.area_ids, "not_significant")},
    )
    assert set(reasons(told).values()) == {""}


def test_each_layer_says_why_it_cannot_be_shown():
    few = shown(EVEN[:8], bases=BASES[:8])
    told = source(view({"2024": few}), has_outlines=True, clusters=None)
    assert reasons(told) == {
        "value": "",
        "difference": "",
        "conspicuous": "",
        "change": "one_period",
        "smoothed": "",
        "cluster": "few_areas",
        "bivariate": "no_second",
    }


def test_shares_without_parts_are_neither_tested_nor_smoothed():
    period = replace(shown(UNEVEN, parts=False), badges=("not_compared",) * N)
    found = reasons(source(view({"2023": period, "2024": period})))
    assert found["conspicuous"] == found["smoothed"] == "no_parts"
    assert found["difference"] == "not_compared"
    assert found["change"] == ""


def test_counts_have_circles_and_no_other_layer():
    found = reasons(source(view({"2023": shown(EVEN), "2024": shown(EVEN)}, kind=Kind.COUNT)))
    assert found.pop("value") == ""
    assert set(found.values()) == {"counts"}


@pytest.mark.parametrize(
    ("level", "parts", "reason"),
    [
        (replace(LEVEL, kind="institutions"), {}, "institutions"),
        (LEVEL, {"has_outlines": False}, "no_outlines"),
        (LEVEL, {}, "not_derived"),
        (LEVEL, {"clusters": {}}, "not_derived"),
        (LEVEL, {"clusters": {"2024": {"000": "no_neighbours"}}}, ""),
    ],
)
def test_clusters_need_areas_with_neighbours_and_a_release_that_has_them(
    level: Level, parts, reason
):
    found = replace(view({"2024": shown(EVEN)}), level=level)
    assert why_not(layer_offers(source(found, **parts)), "cluster") == reason


def test_a_view_without_any_period_offers_no_layer_that_needs_numbers():
    empty = replace(view({"2024": shown(EVEN)}), periods=(), by_period={})
    assert reasons(source(empty, clusters={}))["cluster"] == "few_areas"
    assert reasons(source(empty))["smoothed"] == "no_parts"


def test_a_second_indicator_that_counts_is_no_fill_either():
    first = view({"2024": shown(EVEN)})
    second = view({"2024": shown(EVEN)}, kind=Kind.COUNT)
    partners = {"2024": second.by_period["2024"].values}
    told = source(first, partner=second, open_partner=second, partners=partners)
    assert reasons(told)["bivariate"] == "second_counts"


def test_a_town_without_parts_and_small_bases_are_told():
    period = shown(EVEN)
    bare = replace(period, city=CityValue(20.0, State.OK))
    assert reasons(source(view({"2024": bare})))["conspicuous"] == "no_town"
    tiny = shown(EVEN, bases=np.full(N, 20.0))
    assert reasons(source(view({"2024": tiny})))["conspicuous"] == "small_base"


def test_conspicuous_areas_stand_out_and_hidden_ones_have_no_class():
    found = view({"2024": shown(UNEVEN, hidden={0, 39})})
    layer = painted_layer(source(found), "conspicuous", FIRST)
    period = layer.by_period["2024"]
    assert period.keys[0] == period.keys[39] == ""
    assert set(period.keys[1:4]) == {"h"}
    assert set(period.keys[4:7]) == {"l"}
    assert period.keys.count("s") == N - 8
    assert period.message.params == {"higher": 3, "lower": 3, "n": N - 2}
    assert period.notes[-1].params == {"expected": 2, "n": N - 2}


def test_a_change_is_counted_from_the_first_comparable_period():
    before, after = shown(EVEN), shown(UNEVEN, hidden={39})
    found = view(
        {"2021": before, "2022": before, "2023": before, "2024": after},
        series_breaks=(SeriesBreak("2022", "definition", Text("neu")),),
    )
    layer = painted_layer(source(found), "change", FIRST)
    assert layer.reach == {
        "2021": (),
        "2022": (),
        "2023": ("2022",),
        "2024": ("2022", "2023"),
    }
    last = layer.by_period["2024"]
    assert last.message.params["since"] == "2022"
    assert set(last.keys[:4]) == {"d"} or set(last.keys[:4]) == {"c"}
    assert set(last.keys[4:7]) <= {"a", "b"}
    assert set(last.keys[7:39]) == {"s"}
    assert last.keys[39] == ""
    points, percent = last.numbers
    assert points[0] == pytest.approx(25.0, abs=0.5)
    assert percent[0] == pytest.approx(125.0, abs=3)
    assert points[39] is percent[39] is None
    assert layer.by_period["2022"].message.key == "layer.change.no_start"
    assert set(layer.by_period["2022"].keys) == {"n"}


@pytest.mark.parametrize(
    ("since", "period", "key"),
    [
        ("2023", "2024", "layer.change.tested_both"),
        ("2021", "2024", "layer.change.break"),
        ("2024", "2024", "layer.change.same"),
        ("2024", "2023", "layer.change.later"),
        ("2019", "2024", "layer.change.recut"),
    ],
)
def test_a_chosen_start_is_taken_or_it_is_said_why_not(since, period, key):
    before, after = shown(EVEN), shown(UNEVEN)
    found = view(
        {"2021": before, "2022": before, "2023": before, "2024": after},
        series_breaks=(SeriesBreak("2022", "definition", Text("neu")),),
    )
    layer = painted_layer(source(found), "change", since)
    assert layer.since == since
    assert layer.by_period[period].message.key == key


def test_figures_estimated_for_other_boundaries_are_not_compared():
    flags = ("boundary", *("",) * (N - 1))
    found = view({"2023": replace(shown(EVEN), flags=flags), "2024": shown(UNEVEN)})
    last = painted_layer(source(found), "change", FIRST).by_period["2024"]
    assert last.keys[0] == "n"
    assert last.numbers[0][0] is None
    assert last.keys[1] in "cd"


def test_few_cases_give_no_change_in_percent():
    small = shown(np.full(N, 0.02), bases=np.full(N, 200.0))
    large = shown(np.full(N, 0.2), bases=np.full(N, 200.0))
    last = painted_layer(source(view({"2023": small, "2024": large})), "change", FIRST)
    points, percent = last.by_period["2024"].numbers
    assert points[0] == pytest.approx(18.0)
    assert set(percent) == {None}


def test_without_parts_a_change_is_told_but_not_tested():
    before, after = shown(EVEN, parts=False), shown(UNEVEN, parts=False)
    layer = painted_layer(source(view({"2023": before, "2024": after})), "change", FIRST)
    last = layer.by_period["2024"]
    assert layer.is_tested is False
    assert last.message.key == "layer.change.plain_both"
    assert [n.key for n in last.notes] == ["layer.change.town_up", "layer.change.untested"]
    assert last.message.params["up"] >= 4


def test_clusters_are_those_of_the_release():
    found = view({"2024": shown(UNEVEN, hidden={39})})
    words = ["high_high", "low_low", "high_low", "low_high", "no_neighbours", "not_significant"]
    clusters = {"2024": {a: words[min(i, 5)] for i, a in enumerate(found.area_ids[:38])}}
    period = painted_layer(source(found, clusters=clusters), "cluster", FIRST).by_period["2024"]
    assert "".join(period.keys[:6]) == "HLxyos"
    assert period.keys[38] == "n"
    assert period.keys[39] == ""
    assert period.message.params == {"high": 1, "low": 1, "other": 2, "n": 37}
    assert [n.key for n in period.notes] == ["layer.cluster.rule", "layer.cluster.islands"]


def test_two_indicators_share_thirds_over_all_years():
    first = view({"2023": shown(EVEN), "2024": shown(UNEVEN, hidden={39})})
    second = view({"2024": shown(UNEVEN)}, polarity=Polarity.HIGH_BURDEN)
    values = second.by_period["2024"].values
    partners = {"2023": (None, *values[1:]), "2024": (None, *values[1:])}
    told = source(first, partner=second, open_partner=second, partners=partners)
    layer = painted_layer(told, "bivariate", FIRST)
    assert layer.by_period["2024"].keys[0] == "n"
    assert layer.by_period["2024"].keys[39] == ""
    assert layer.by_period["2024"].keys[1] == "9"
    assert layer.by_period["2023"].keys[1] != "9"
    assert layer.by_period["2024"].message.key == "layer.bivariate.burden"
    plain = replace(told, view=view(first.by_period, polarity=Polarity.NONE))
    assert painted_layer(plain, "bivariate", FIRST).by_period["2024"].message.key == (
        "layer.bivariate.some"
    )


def test_what_every_view_carries_is_not_painted_again():
    told = source(view({"2024": shown(EVEN)}))
    assert painted_layer(told, "value", FIRST) is None
    assert painted_layer(told, "difference", FIRST) is None
