import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model import State
from domain.rule_search import RuleColumn, help_of, search_areas
from domain.rules import OPERATORS, Condition, Rule, RuleProblem, decide, parse_rule
from tests.town_fixture import catalogue

NAMES = {
    "kinderarmut": ("Kinderarmut", "Child poverty"),
    "kita-quote": ("Kita-Quote",),
    "hilfe-und-rat": ("Hilfe und Rat",),
    "anteil-a": ("Anteil",),
    "anteil-b": ("Anteil",),
}

conditions = st.builds(
    Condition,
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(OPERATORS),
    st.integers(-(10**9), 10**9).map(lambda v: v / 1000),
)
rules = (
    st.lists(st.lists(conditions, min_size=1, max_size=2), min_size=1, max_size=3)
    .map(lambda rows: Rule(tuple(tuple(r) for r in rows)))
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kinderarmut > 20 % UND Kita-Quote < 30 %", "kinderarmut>20 and kita-quote<30"),
        ("kinderarmut ≥ 1.234,5", "kinderarmut>=1234.5"),
        ("Child poverty <= 12.5 or kita-quote != 0", "kinderarmut<=12.5 or kita-quote!=0"),
        ('"Hilfe und Rat" > 1,5 und kita-quote = −3', "hilfe-und-rat>1.5 and kita-quote=-3"),
        ("anteil-a>1 und anteil-b<2 oder kita-quote>3",
         "anteil-a>1 and anteil-b<2 or kita-quote>3"),
    ],
)  # fmt: skip
def test_a_rule_is_read_as_people_write_it(text, wanted):
    found = parse_rule(text, NAMES)
    assert isinstance(found, Rule)
    assert found.text == wanted


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("kinderarmut > 20 und", "empty", 2),
        ("kinderarmut mehr als 20", "no_operator", 1),
        ("kinderarmut > 20 und > 3", "no_name", 2),
        ("kinderarmt > 20", "unknown_near", 1),
        ("qqq > 20", "unknown", 1),
        ("Anteil > 20", "unknown_near", 1),
        ("kinderarmut >", "no_number", 1),
        ("kinderarmut > viel", "bad_number", 1),
        ("kinderarmut > 1,2,3", "bad_number", 1),
        ("kinderarmut > " + "9" * 400, "bad_number", 1),
        ("kinderarmut > 1.234", "two_numbers", 1),
        ("kinderarmut !> 2", "bad_operator", 1),
        (" oder ".join(["kinderarmut>1"] * 9), "too_many", 9),
        ("kinderarmut>" + "1" * 700, "too_long", 1),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(text, code, place):
    found = parse_rule(text, NAMES)
    assert isinstance(found, RuleProblem)
    assert (found.code, found.place) == (code, place)


def test_a_number_with_two_meanings_is_never_guessed():
    found = parse_rule("kinderarmut > 1.234", NAMES)
    assert dict(found.params) == {"number": "1.234", "plain": "1234", "comma": "1,2340"}
    assert parse_rule("kinderarmut > 1,2340", NAMES).text == "kinderarmut>1.2340"
    assert parse_rule("kinderarmut > 0.123", NAMES) == parse_rule("kinderarmut > 0,123", NAMES)


def test_an_empty_text_is_no_rule_and_no_mistake():
    assert parse_rule("  ", NAMES) is None


@given(rules)
def test_a_written_rule_is_read_back_as_itself(rule):
    found = parse_rule(rule.text, NAMES)
    assert found == rule


@given(st.text(max_size=80))
def test_any_text_is_a_rule_or_refused_with_a_place(text):
    found = parse_rule(text, NAMES)
    assert found is None or isinstance(found, Rule) or found.place >= 1


values = st.dictionaries(
    st.sampled_from(sorted(NAMES)), st.one_of(st.none(), st.integers(-50, 50).map(float))
)


@given(rules, values)
def test_what_is_told_holds_whatever_the_hidden_values_are(rule, shown):
    told = decide(rule, shown)
    hidden = [i for i in rule.indicators if shown.get(i) is None]
    around = {c.value + d for c in rule.conditions for d in (-1.0, 0.0, 1.0)}
    outcomes = {
        decide(rule, shown | dict(zip(hidden, filled, strict=True)))
        for filled in itertools.islice(itertools.product(sorted(around), repeat=len(hidden)), 400)
    }
    if told is None:
        assert hidden
    else:
        assert outcomes == {told}


def column(name, *cells):
    indicator = next(i for i in catalogue().indicators if i.id == name)
    numbers = tuple(c if isinstance(c, float) else None for c in cells)
    states = tuple(State.OK if isinstance(c, float) else c for c in cells)
    return RuleColumn(indicator, "2023", numbers, states)


def test_every_area_is_found_ruled_out_or_not_to_be_told():
    rule = parse_rule("kinderarmut > 20 und gymnasium < 30", {"kinderarmut": (), "gymnasium": ()})
    columns = {
        "kinderarmut": column("kinderarmut", 25.0, State.SUPPRESSED, State.SUPPRESSED, 10.0),
        "gymnasium": column("gymnasium", 20.0, 20.0, 40.0, State.NOT_COLLECTED),
    }
    areas = tuple((a, a.upper()) for a in "abcd")
    found = search_areas(rule, catalogue().levels[2], areas, columns)
    assert [a.id for a in found.found] == ["a"]
    assert [a.id for a in found.untold] == ["b"]
    assert found.untold[0].values == (None, 20.0)
    # c and d are ruled out by what is shown alone
    assert found.n_not == 2


def test_the_help_counts_what_is_not_shown():
    told = help_of(column("kinderarmut", 10.0, 20.0, State.SUPPRESSED))
    assert (told.low, told.mean, told.high, told.n_shown, told.n_hidden) == (10, 15, 20, 2, 1)
    assert help_of(column("kinderarmut", State.PENDING)).low is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kinderarmut = 12,3", ["a", "b"]),
        ("kinderarmut != 12,3", ["c"]),
        ("kinderarmut > 12,3", ["c"]),
        ("kinderarmut >= 12,3", ["a", "b", "c"]),
        ("kinderarmut < 12,4", ["a", "b"]),
    ],
)
def test_a_rule_is_held_against_the_number_that_is_to_be_read(text, found):
    indicator = next(i for i in catalogue().indicators if i.id == "kinderarmut")
    assert indicator.decimals == 1
    values = (12.25, 12.3499, 12.35)  # written as 12.3, 12.3 and 12.4
    column = RuleColumn(indicator, "2023", values, (State.OK,) * 3)
    rule = parse_rule(text, {"kinderarmut": ()})
    areas = tuple((x, x) for x in "abc")
    result = search_areas(rule, catalogue().levels[0], areas, {"kinderarmut": column})
    assert [area.id for area in result.found] == found
    assert [area.values[0] for area in result.found] == [values["abc".index(x)] for x in found]
