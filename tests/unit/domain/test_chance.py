import dataclasses

import pytest

from domain.chance import chance_findings, expected_by_chance
from domain.comparison import clear_differences
from domain.model import Kind
from figures.sentences import Context, sentence
from i18n import translator
from tests.unit.figures.sample import INDICATOR, LEVEL

ABOUT = Context(INDICATOR, "2024", "Musterstadt", LEVEL.area_word)


def found(badges, *, clear=None, compare="city", kind=Kind.SHARE, benchmark=18.4, **given):
    return chance_findings(
        dataclasses.replace(INDICATOR, kind=kind),
        badges=badges,
        clear=clear or [False] * len(badges),
        benchmarks=[benchmark] * len(badges),
        compare=compare,
        **given,
    )


def written(messages, language="de"):
    tr = translator(language)
    return " ".join(sentence(m, tr, language, ABOUT) for m in messages)


def test_one_comparison_in_twenty_differs_by_chance():
    assert expected_by_chance(542) == pytest.approx(27.1)
    messages = found(["worse"] * 30 + ["similar"] * 512, clear=[True] * 20 + [False] * 522)
    assert written(messages) == (
        "30 von 542 Stadtteilen unterscheiden sich von Musterstadt gesamt (95\N{NO-BREAK SPACE}%), "
        "20 davon deutlich (99,8\N{NO-BREAK SPACE}%). "
        "Allein durch Zufall wären etwa 27 zu erwarten."
    )


def test_only_compared_areas_count_for_what_chance_would_do():
    messages = found(["worse", "similar", *["not_compared"] * 100])
    assert messages[0].params["compared"] == 2
    assert messages[1].key == "chance.expected_one"


@pytest.mark.parametrize("compare", ["city", "parent", "target", "previous"])
@pytest.mark.parametrize(
    ("badges", "number"),
    [
        (["similar"] * 4, "none"),
        (["higher", *["similar"] * 3], "one"),
        (["worse", "better", "similar", "similar"], "some"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_comparison_has_its_own_words(compare, badges, number, language):
    messages = found(badges, compare=compare)
    assert messages[0].key == f"chance.{compare}_{number}"
    assert "{" not in written(messages, language)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"kind": Kind.COUNT}, "chance.no_counts"),
        ({"kind": Kind.MEAN}, "chance.no_kind"),
        ({"lacks": {"parts"}}, "chance.no_parts"),
        ({"benchmark": None}, "chance.no_city"),
        ({"benchmark": None, "compare": "parent"}, "chance.no_parent"),
        (
            {"benchmark": None, "compare": "previous", "lacks": {"period"}},
            "chance.no_previous",
        ),
        ({"benchmark": None, "compare": "previous"}, "chance.no_previous_comparable"),
        ({"benchmark": None, "compare": "target"}, "chance.no_target"),
        ({}, "chance.no_base"),
    ],
)
def test_where_nothing_is_compared_the_reason_is_told(given, key):
    messages = found(["not_compared"] * 5, **given)
    assert [m.key for m in messages] == [key]
    assert "{" not in written(messages)


def test_a_difference_is_clear_where_both_levels_say_the_same():
    weak = ["worse", "worse", "similar", "not_compared", "better"]
    strict = ["worse", "similar", "similar", "not_compared", "better"]
    assert clear_differences(weak, strict) == (True, False, False, False, True)
    with pytest.raises(ValueError, match="shorter"):
        clear_differences(weak, strict[:2])
