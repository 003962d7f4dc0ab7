"""Guesses about columns: each from what the column is, with a reason; people have the last word."""

import math

import pytest

from domain.column_facts import (
    AreaFit,
    Certainty,
    ColumnFacts,
    KnownIndicator,
    KnownLevel,
    KnownTown,
)
from domain.column_guesses import guess_columns
from domain.column_roles import Role, UnknownRoleError, Use, parse_use, parse_uses
from domain.header_patterns import covering_pattern, header_groups
from domain.header_words import is_generic, meanings, says, slug
from domain.number_marks import guess_marks
from domain.quotients import never_above, quotients
from domain.table_shape import shape_of

LEVEL = KnownLevel("viertel", "2021", "areas", {"01": "Altstadt", "02": "Hafen", "03": "Nord"})
TOWN = KnownTown(
    "stadt",
    (LEVEL,),
    (
        KnownIndicator("kinder", "count", ("Kinder", "Children")),
        KnownIndicator(
            "kinderarmut", "share", ("Kinder in Armut",), "Kinder im Leistungsbezug",
            "Kinder unter 15 Jahren",
        ),
        KnownIndicator(
            "einwohner", "count", ("Einwohner",), categories={"w": "weiblich", "m": "männlich"}
        ),
    ),
)  # fmt: skip


def fact(name, texts, *, periods=(), fits=()):
    numbers = [float(t) if t.replace(".", "").isdigit() else math.nan for t in texts]
    known = [x for x in numbers if not math.isnan(x)]
    different = tuple(dict.fromkeys(t for t in texts if t))
    return ColumnFacts(
        name, len(texts), sum(map(bool, texts)), len(different), different,
        len(known) / len(texts), bool(known) and all(x.is_integer() for x in known),
        tuple(numbers), periods, fits,
    )  # fmt: skip


def fit(texts, *, by="id", level="viertel@2021"):
    return AreaFit(level, by, frozenset(texts), len(set(texts)), 3)


AREA = fact("nr", ["01", "02", "03"] * 2, fits=(fit(["01", "02", "03"]),))
NAME = fact("name", ["Altstadt", "Hafen", "Nord"] * 2,
            fits=(fit(["Altstadt", "Hafen", "Nord"], by="name"),))  # fmt: skip
YEAR = fact("jahr", ["2021"] * 3 + ["2022"] * 3, periods=("2021", "2022"))


def guessed(*columns, town=TOWN, context=()):
    groups = header_groups([c.name for c in columns])
    found = guess_columns(columns, groups, town, context)
    return {g.column: (",".join(map(str, g.uses)), g.certainty) for g in found}


def reasons(column, *columns, context=()):
    groups = header_groups([c.name for c in columns])
    found = guess_columns(columns, groups, TOWN, context)
    return [r.key for g in found if g.column == column for r in g.reasons]


def test_key_year_and_a_known_count_are_found():
    count = fact("Kinder", ["120", "80", "95", "118", "83", "99"])
    found = guessed(YEAR, AREA, NAME, count)
    assert found["jahr"] == ("period", Certainty.SURE)
    assert found["nr"] == ("area", Certainty.SURE)
    assert found["name"] == ("ignore", Certainty.LIKELY)
    assert found["Kinder"] == ("value:kinder", Certainty.LIKELY)


def test_names_are_the_key_where_there_is_no_other():
    count = fact("Kinder", ["120", "80", "95", "118", "83", "99"])
    assert guessed(YEAR, NAME, count)["name"][0] == "area-name"


def test_years_in_headers_make_one_group_with_the_same_use():
    columns = [fact(f"Kinder_{y}", ["120", "80", "95", "118", "83", "99"]) for y in (2021, 2022)]
    found = guessed(AREA, *columns)
    assert found["Kinder_{period}"] == ("value:kinder", Certainty.LIKELY)
    assert "Kinder_2021" not in found


def test_a_share_with_its_parts_is_calculated_anew():
    over, under = ["12", "8", "30", "4", "10", "3"], ["100", "80", "120", "40", "50", "60"]
    share = [str(round(100 * int(a) / int(b), 1)) for a, b in zip(over, under, strict=True)]
    columns = [fact("Arme", over), fact("alle", under), fact("Kinder in Armut", share)]
    found = guessed(YEAR, AREA, *columns)
    assert found["Arme"][0] == "numerator:kinderarmut"
    assert found["alle"][0] == "denominator:kinderarmut"
    assert found["Kinder in Armut"][0] == "ignore"
    assert reasons("Arme", YEAR, AREA, *columns) == ["quotient"]


def test_the_base_of_a_share_is_a_column_never_below_it():
    columns = [fact("kinderarmut", ["12", "8", "30", "4", "10", "3"]),
               fact("kinder insgesamt", ["100", "80", "120", "40", "50", "60"])]  # fmt: skip
    found = guessed(YEAR, AREA, *columns)
    assert found["kinderarmut"][0] == "numerator:kinderarmut"
    assert found["kinder insgesamt"] == ("denominator:kinderarmut", Certainty.UNSURE)


def test_what_a_bare_number_is_stands_around_the_table():
    count = fact("Anzahl", ["120", "80", "95", "118", "83", "99"])
    found = guessed(YEAR, AREA, count, context=("Kinder",))
    assert found["Anzahl"] == ("value:kinder", Certainty.UNSURE)
    assert reasons("Anzahl", YEAR, AREA, count, context=("Kinder",)) == ["around"]


def test_texts_may_name_categories_or_indicators():
    sex = fact("geschlecht", ["weiblich", "männlich"] * 3)
    value = fact("wert", ["120", "80", "95", "118", "83", "99"])
    assert guessed(YEAR, AREA, sex, value)["geschlecht"][0] == "category"
    what = fact("merkmal", ["Kinder", "Einwohner"] * 3)
    found = guessed(YEAR, AREA, what, value)
    assert found["merkmal"][0] == "indicator"
    assert found["merkmal[Einwohner]"][0] == "value:einwohner"


def test_what_the_recipe_read_before_comes_first():
    learnt = KnownTown(
        TOWN.id, TOWN.levels, TOWN.indicators, {"Zahl": (Use(Role.VALUE, "kinder"),)}
    )
    count = fact("zahl", ["120", "80", "95", "118", "83", "99"])
    assert guessed(YEAR, AREA, count, town=learnt)["zahl"] == ("value:kinder", Certainty.SURE)


def test_small_counts_are_no_keys_of_districts():
    few = fact("Unfälle", ["01", "02", "03", "01", "02", "03"], fits=(fit(["01", "02", "03"]),))
    found = guessed(YEAR, NAME, few)
    assert found["Unfälle"][0] == "value:unfaelle"
    assert found["name"][0] == "area-name"


def test_boundary_vintages_are_no_periods():
    vintage = fact("gebietsstand", ["2021"] * 6, periods=("2021",))
    assert guessed(vintage, YEAR, AREA)["gebietsstand"] == ("vintage", Certainty.SURE)


@pytest.mark.parametrize(
    "text",
    ["area", "area:stadt@2021", "period", "period:2024", "filter:005", "value:einwohner:alter-0-2",
     "value:einwohner@2023/24", "denominator:armut"],
)  # fmt: skip
def test_uses_are_written_as_they_are_read(text):
    assert str(parse_use(text)) == text


def test_several_uses_are_joined_and_odd_ones_refused():
    assert [u.indicator for u in parse_uses("denominator:a,denominator:b")] == ["a", "b"]
    for odd in ("wert", "value", "value:Groß", ""):
        with pytest.raises(UnknownRoleError):
            parse_uses(odd)


def test_slips_in_headers_are_forgiven_but_ages_are_not():
    assert says("Stadteil-Nr.", Role.AREA)
    (best, *_) = meanings("Einwonner", TOWN.indicators)
    assert (best.indicator.id, best.score) == ("einwohner", 1.0)
    assert meanings("Kinder unter 18 Jahren", TOWN.indicators) == []
    assert meanings("Einwohner weiblich", TOWN.indicators)[0].category == "w"
    assert (is_generic("von 2021"), slug("80 und älter")) == (True, "80-und-aelter")


@pytest.mark.parametrize(
    ("wanted", "others", "pattern"),
    [
        (["001", "009"], ["000", "101"], "^00[1-9]$"),
        (["101", "905", "212", "333", "444", "515", "606", "717", "828", "900"],
         ["000", "001"], r"^[1-9]\d\d$"),
        (["A.1", "B"], ["AX1"], r"^(?:A\.1|B)$"),
    ],
)  # fmt: skip
def test_a_pattern_covers_the_keys_of_a_level_and_no_others(wanted, others, pattern):
    import re

    found = covering_pattern(wanted, others)
    assert found == pattern
    assert all(re.search(found, key) for key in wanted)
    assert not any(re.search(found, key) for key in others)


@pytest.mark.parametrize(
    ("texts", "decimal", "thousands"),
    [
        (["12,5", "3"], ",", "none"),
        (["1.374", "35,5"], ",", "."),
        (["1,374", "35.5"], ".", ","),
        (["1.374.200"], ",", "."),
        (["1 374", "12,5"], ",", " "),
        (["12", "1374"], "", "none"),
    ],
)
def test_how_numbers_are_written_is_told_from_the_cells(texts, decimal, thousands):
    found = guess_marks(texts)
    assert (found.decimal, found.thousands, found.unclear) == (decimal, thousands, ())


def test_two_readings_are_asked_about_and_signs_are_named():
    assert guess_marks(["1.374", "12"]).unclear == ("1.374",)
    found = guess_marks(["12", "*", "geheim", ""])
    assert (found.symbols["*"].value, found.symbols[""].value) == ("suppressed", "not_collected")
    assert (found.unknown, found.certainty) == (("geheim",), Certainty.LIKELY)


def test_titles_header_rows_and_notes_are_told_apart():
    sheet = [
        (1, ["Klassen", "", ""]), (2, ["", "", ""]), (3, ["Nr", "Anzahl", "Anzahl"]),
        (4, ["", "2022", "2023"]), (5, ["G1", "361", "349"]), (6, ["G2", "-", "398"]),
        (7, ["Quelle: Schulamt", "", ""]),
    ]  # fmt: skip
    shape = shape_of(sheet)
    assert (shape.skip_rows, shape.header_rows, shape.footer_marker) == (2, 2, "Quelle")
    assert shape.titles == ("Klassen",)


def test_a_table_without_headers_has_none():
    assert shape_of([(1, ["01 Altstadt", "297"]), (2, ["02 Hafen", "574"])]).header_rows == 0
    assert shape_of([(1, ["", ""])]).header_rows == 1


def test_quotients_need_three_rows_that_differ():
    columns = {"a": (1.0, 2, 3), "b": (10.0, 40, 30), "c": (10.0, 5, 10)}
    (found,) = quotients(columns)
    assert (found.value, found.numerator, found.denominator, found.multiplier) == (
        "c", "a", "b", 100.0,
    )  # fmt: skip
    assert quotients({name: v[:2] for name, v in columns.items()}) == ()
    assert never_above(columns["a"], columns["b"])
    assert not never_above(columns["b"], columns["a"])
