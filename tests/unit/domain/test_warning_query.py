"""The address of the early-warning list opens whatever it says."""

from __future__ import annotations

import pytest

from domain.selection import Choices
from domain.warning_query import (
    WarningChoices,
    WarningQuery,
    parse_warning,
    serialise_warning,
    validate_warning,
)

CHOICES = Choices((), {}, {}, ("bezirke", "stadtteile", "kitas"))
OFFERED = WarningChoices(CHOICES, {"bezirke": ("all",), "stadtteile": ("burden", "all")})


def read(text):
    return validate_warning(parse_warning(text), OFFERED)


def test_an_empty_address_opens_with_the_defaults():
    assert read("") == (WarningQuery("stadtteile"), ())


def test_a_level_without_judged_indicators_opens_with_all():
    query, hints = read("level=bezirke")
    assert (query.of, hints) == ("all", ())
    query, hints = read("level=bezirke&of=burden")
    assert query.of == "all"
    assert hints == (("hint.warning", {"wanted": "burden"}),)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("level=kitas", "kitas"), ("least=5", "5"), ("least=0", "0"), ("years=4", "4"),
        ("q=0", "0"), ("q=0.3", "0.3"), ("q=nan", "nan"), ("q=x", "x"),
    ],
)  # fmt: skip
def test_strange_values_fall_back_with_a_hint(text, wanted):
    query, hints = read(text)
    assert query == WarningQuery("stadtteile")
    assert hints == (("hint.warning", {"wanted": wanted}),)


@pytest.mark.parametrize(
    "query",
    [
        WarningQuery("stadtteile"),
        WarningQuery("bezirke", of="all"),
        WarningQuery("stadtteile", of="all", years=5, least=4, q=0.2, lang="en"),
    ],
)
def test_an_address_says_the_same_again(query):
    assert read(serialise_warning(query)) == (query, ())


def test_without_anything_to_test_there_is_no_level():
    query, _ = validate_warning(parse_warning("level=bezirke"), WarningChoices(CHOICES, {}))
    assert query.level == ""
