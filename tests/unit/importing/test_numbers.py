from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.dialects import DIN_55301, LSN, PLAIN, Dialect
from data.importing.numbers import Reading, Unreadable, parse_cell
from domain.model import Flag, State
from i18n.formats import number as german_number

GERMAN = Dialect(
    "amt", {"": State.NOT_COLLECTED, "*": State.SUPPRESSED, "-": State.NIL}, ",", ".", True
)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("14,8", "14.8", 1),
        ("43", "43", 0),
        ("1.374", "1374", 0),
        ("12.345.678,90", "12345678.90", 2),
        ("53,40%", "53.40", 2),
        ("53,40 %", "53.40", 2),
        ("857\u00a0", "857", 0),
        ("-5,3", "-5.3", 1),
        ("\u22125,3", "-5.3", 1),
        ("0", "0", 0),
        ("+7", "7", 0),
    ],
)
def test_a_number_in_german_format_keeps_every_digit(text, value, decimals):
    reading = parse_cell(text, GERMAN)
    assert reading == Reading(State.OK, Decimal(value), "", decimals)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.3066", "number_wrong_groups"),
        ("1.64", "number_wrong_groups"),
        ("1.37,5", "number_wrong_groups"),
        ("857°", "number_unreadable"),
        ("1e999", "number_unreadable"),
        ("NaN", "number_unreadable"),
        ("inf", "number_unreadable"),
        ("1_000", "number_unreadable"),
        ("１２", "number_unreadable"),
        ("0x1F", "number_unreadable"),
        ("=1+1", "number_unreadable"),
        ("007", "number_unreadable"),
        ("x", "number_unreadable"),
        ("1 439", "number_unreadable"),
        ("9" * 19, "number_too_large"),
        ("%", "number_unreadable"),
    ],
)
def test_what_is_no_number_is_refused_and_never_guessed(text, code):
    reading = parse_cell(text, GERMAN)
    assert isinstance(reading, Unreadable)
    assert reading.code == code
    assert reading.params["cell"] == text


@pytest.mark.parametrize("dialect", [PLAIN, Dialect("nur-komma", {}, ",")])
def test_a_possible_thousands_point_is_refused_with_both_readings(dialect):
    reading = parse_cell("1.374", dialect)
    assert isinstance(reading, Unreadable)
    assert reading.code == "number_ambiguous"
    assert (reading.params["first"], reading.params["second"]) == ("1374", "1,374")


def test_a_dialect_that_never_groups_digits_reads_the_point_as_decimal_sign():
    reading = parse_cell("1.374", Dialect("punkt", {}, ".", "none"))
    assert reading == Reading(State.OK, Decimal("1.374"), "", 3)


def test_a_percent_sign_must_be_declared():
    reading = parse_cell("12%", PLAIN)
    assert isinstance(reading, Unreadable)
    assert reading.code == "number_percent_undeclared"


@pytest.mark.parametrize(
    ("text", "dialect", "state", "value"),
    [
        ("*", GERMAN, State.SUPPRESSED, None),
        ("", GERMAN, State.NOT_COLLECTED, None),
        ("-", GERMAN, State.NIL, Decimal(0)),
        ("0", DIN_55301, State.BELOW_UNIT, None),
        ("-", DIN_55301, State.NIL, Decimal(0)),
        (".", DIN_55301, State.SUPPRESSED, None),
        ("(12)", DIN_55301, State.LIMITED, Decimal(12)),
        ("1 439", DIN_55301, State.OK, Decimal(1439)),
        ("0", LSN, State.NIL, Decimal(0)),
        ("g", LSN, State.SUPPRESSED, None),
    ],
)
def test_a_sign_means_what_its_dialect_says(text, dialect, state, value):
    reading = parse_cell(text, dialect)
    assert isinstance(reading, Reading)
    assert (reading.state, reading.number) == (state, value)


def test_an_empty_cell_without_declaration_is_refused():
    assert isinstance(parse_cell("", Dialect("streng", {}, ",")), Unreadable)


@pytest.mark.parametrize(
    ("text", "flag"), [("12p", Flag.PROVISIONAL), ("12 r", Flag.REVISED), ("12s", Flag.ESTIMATED)]
)
def test_a_mark_behind_a_number_becomes_a_flag(text, flag):
    reading = parse_cell(text, LSN)
    assert reading == Reading(State.OK, Decimal(12), flag.value, 0)


def test_a_number_of_a_workbook_has_a_point_whatever_the_dialect_says():
    assert parse_cell("1.374", GERMAN, is_native=True) == Reading(State.OK, Decimal("1.374"), "", 3)
    assert isinstance(parse_cell("1,5", GERMAN, is_native=True), Unreadable)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.integers(min_value=0, max_value=2),
)
def test_a_number_written_in_german_format_and_read_is_the_same_number(value, decimals):
    rounded = round(value, decimals)
    reading = parse_cell(german_number(rounded, decimals, "de"), GERMAN)
    assert isinstance(reading, Reading)
    assert reading.number == rounded


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_without_an_exception(text):
    for dialect in (GERMAN, PLAIN, DIN_55301, LSN):
        reading = parse_cell(text, dialect)
        if isinstance(reading, Unreadable):
            assert reading.code.startswith("number_")
        else:
            assert (reading.number is None) == (
                reading.state not in {State.OK, State.NIL, State.LIMITED}
            )
