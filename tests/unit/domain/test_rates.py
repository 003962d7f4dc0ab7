import pytest

from domain.model import State
from domain.rates import UnknownSymbolError, combine, parse_symbol, pool_share


def test_a_dot_is_a_secret_and_never_a_zero():
    assert parse_symbol([".", "-"], "din55301") == {
        "state": ["suppressed", "nil"],
        "value": [None, 0.0],
        "flag": [None, None],
    }


def test_an_undeclared_sign_is_refused_instead_of_guessed():
    with pytest.raises(UnknownSymbolError):
        parse_symbol(["k"], "din55301")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.OK, State.SUPPRESSED, State.UNRELIABLE], State.SUPPRESSED),
        ([State.OK, State.UNRELIABLE, State.PENDING], State.UNRELIABLE),
        ([State.OK, State.NOT_COLLECTED], State.NOT_COLLECTED),
        ([State.OK, State.LIMITED], State.LIMITED),
        ([State.NIL, State.NIL], State.NIL),
        ([State.NOT_APPLICABLE], State.NOT_APPLICABLE),
        ([State.NOT_APPLICABLE, State.OK], State.OK),
    ],
)
def test_states_meet_in_a_fixed_order(states, expected):
    values = [1.0 if s in (State.OK, State.LIMITED) else None for s in states]
    state, value = combine(states, values)
    assert state is expected
    assert (value is None) == (
        expected in (State.SUPPRESSED, State.UNRELIABLE, State.NOT_COLLECTED, State.NOT_APPLICABLE)
    )


def test_a_published_parent_stands_whatever_its_children_hide():
    assert combine([State.SUPPRESSED], [None], parent=20.0) == (State.OK, 20.0)


def test_percentages_are_never_averaged():
    assert pool_share([10, 180], [100, 600])["value"] == pytest.approx(190 / 700)


def test_empty_brackets_are_secret_in_zurich_and_brackets_around_a_number_are_not():
    assert parse_symbol(["( )", "(17)", "0", "–", "...", "5"], "zuerich") == {
        "state": ["suppressed", "limited", "below_unit", "nil", "not_collected", "ok"],
        "value": [None, 17.0, None, 0.0, None, 5.0],
        "flag": [None] * 6,
    }
