import dataclasses

import pytest

from domain.model import Indicator, Kind, Polarity, Text
from domain.wording import map_finding, scatter_finding
from figures.sentences import Context, sentence
from i18n import translator

POVERTY = Indicator(
    id="armut",
    theme="lage",
    name=Text("Kinderarmut", "Child poverty"),
    short_name=Text("Kinderarmut", "Child poverty"),
    definition=Text(""),
    kind=Kind.SHARE,
    unit=Text("%"),
    decimals=1,
    polarity=Polarity.HIGH_BURDEN,
    source="amt",
)
ABOUT = Context(POVERTY, "2024", "Musterstadt", Text("Stadtteile", "districts"), POVERTY)


def found(badges, *, polarity=Polarity.HIGH_BURDEN, compare="city", city=18.4, values=None):
    return map_finding(
        dataclasses.replace(POVERTY, polarity=polarity),
        values=values or [10.0 + i for i in range(len(badges))],
        badges=badges,
        city=city,
        compare=compare,
    )


def test_the_burdened_side_is_told_first():
    badges = ["worse", "better", "better", "similar"]
    assert found(badges).key == "finding_map.city_above_one"
    assert found(badges).params["compared"] == 4
    good_high = found(badges, polarity=Polarity.LOW_BURDEN)
    assert (good_high.key, good_high.params["below"]) == ("finding_map.city_below_one", 1)


def test_the_other_side_is_told_where_none_is_burdened():
    message = found(["better", "better", "similar"])
    assert (message.key, message.params["below"]) == ("finding_map.city_below", 2)


def test_nothing_is_compared_without_a_basis():
    assert found(["not_compared"] * 3).key == "finding_map.city"
    assert found(["not_compared"] * 3, compare="target").key == "finding_map.city"
    assert found(["worse"] * 3, city=None).key == "finding_map.range"


def test_every_comparison_counts_its_own_differences():
    for compare in ("parent", "target", "previous"):
        message = found(["worse", "similar", "similar"], compare=compare)
        assert (message.key, message.params["above"]) == (f"finding_map.{compare}_above", 1)
        assert found(["similar"] * 3, compare=compare).key == f"finding_map.{compare}_alike"


def test_hidden_values_give_no_range():
    assert found(["not_compared"], values=[None]).key == "finding_map.none"
    assert found(["not_compared"] * 2, values=[None, 3.0]).key == "finding_map.single"


def correlation(r, lower, upper):
    return scatter_finding({"r": r, "ci95": [lower, upper], "n": 32})


@pytest.mark.parametrize(
    ("message", "key"),
    [
        (correlation(0.9, 0.8, 0.95), "strong_positive"),
        (correlation(-0.5, -0.7, -0.2), "medium_negative"),
        (correlation(0.35, 0.01, 0.6), "weak_positive"),
        (correlation(0.65, -0.1, 0.9), "unclear"),
        (scatter_finding({"reason": "too_few", "n": 9}), "too_few"),
        (scatter_finding({"reason": "constant", "n": 20}), "constant"),
    ],
)
def test_an_interval_across_zero_is_no_relation_however_large_r(message, key):
    assert message.key == f"finding_scatter.{key}"


@pytest.mark.parametrize("polarity", Polarity)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_is_a_sentence_without_judgement(polarity, language):
    words = {
        Polarity.HIGH_BURDEN: ("worse", "better"),
        Polarity.LOW_BURDEN: ("better", "worse"),
        Polarity.NONE: ("higher", "lower"),
    }[polarity]
    patterns = [[w] * n + ["similar"] for w in words for n in (1, 2)]
    patterns += [["similar"] * 3, ["not_compared"] * 3]
    messages = [found(p, polarity=polarity) for p in patterns]
    messages += [found(["similar"] * 2, city=None), found(["similar"], values=[None])]
    messages += [
        scatter_finding({"r": sign * r, "ci95": sorted([sign * r, sign * 0.99]), "n": 20})
        for r in (0.9, 0.5, 0.2)
        for sign in (1, -1)
    ]
    texts = [sentence(m, translator(language), language, ABOUT) for m in messages]
    judging = ("schlecht", "worst", "worse", "better", "besser", "Platz", "{", "None", "nan")
    assert not [t for t in texts if not t or any(word in t for word in judging)]
