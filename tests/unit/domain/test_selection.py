from dataclasses import replace

import pytest

from domain.selection import (
    MOST_AREAS,
    Choices,
    Selection,
    class_limits,
    parse_query,
    serialise,
    toggle_area,
    validate,
)
from i18n import translator

CHOICES = Choices(
    indicators=("armut", "kita"),
    periods={
        "armut": {"bezirke": ("2020", "2021"), "stadtteile": ("2020", "2021")},
        "kita": {"stadtteile": ("2021",)},
    },
    areas={"stadtteile": frozenset(f"{i:03d}" for i in range(500)), "bezirke": frozenset({"1"})},
    level_order=("bezirke", "stadtteile"),
    partners={"armut": ("kita",)},
)


def test_an_empty_address_opens_the_first_indicator_in_its_newest_year():
    selection, hints = validate({}, CHOICES)
    assert (selection.indicator, selection.level, selection.period) == (
        "armut",
        "stadtteile",
        "2021",
    )
    assert selection.second == "kita"
    assert hints == ()


@pytest.mark.parametrize(
    "query",
    [
        "indicator=gibt-es-nicht",
        "period=0000",
        "level=mars",
        "areas=zz,yy",
        "second=armut",
        "compare=mond",
        "classes=pretty:99",
        "extent=NaN,1,2,3",
        "layer=evil",
        "lang=fr",
    ],
)
def test_an_unknown_value_falls_back_with_a_hint(query):
    selection, hints = validate(parse_query(query), CHOICES)
    assert selection.indicator == "armut"
    assert len(hints) == 1


@pytest.mark.parametrize(
    "query",
    [
        "indicator=armut&indicator=kita",
        "x" * 9000,
        "areas=<script>",
        "areas=javascript;alert(1)",
        "period=%00",
        "&".join(f"areas={i}" for i in range(60)),
    ],
)
def test_what_cannot_be_read_is_left_out_with_one_hint(query):
    selection, hints = validate(parse_query(query), CHOICES)
    assert selection == validate({}, CHOICES)[0]
    assert [key for key, _ in hints] == ["hint.unreadable"]


@pytest.mark.parametrize("query", ["", "&&&===", "utm_source=post&fbclid=1"])
def test_what_other_sites_add_to_a_link_is_passed_over(query):
    assert parse_query(query) == {}


def test_an_indicator_without_a_level_is_no_choice():
    choices = Choices(
        indicators=("nirgends", "armut"),
        periods={"nirgends": {}, "armut": {"bezirke": ("2020",)}},
        areas={},
        level_order=("bezirke",),
    )
    selection, hints = validate({"indicator": "nirgends"}, choices)
    assert (selection.indicator, selection.second) == ("armut", None)
    assert [key for key, _ in hints] == ["hint.indicator"]


def test_an_empty_release_gives_an_empty_selection():
    selection, _ = validate({"lang": "en"}, Choices((), {}, {}, ()))
    assert (selection.indicator, selection.lang) == ("", "en")


def test_every_hint_has_a_text_in_both_languages():
    raw = parse_query(
        "indicator=x&level=x&period=x&category=x&second=x&compare=x&layer=x&classes=x"
        "&facilities=x&extent=x&lang=fr&areas=x," + ",".join(f"{i:03d}" for i in range(500))
        + "&release=<"
    )  # fmt: skip
    _, hints = validate(raw, CHOICES)
    assert len(hints) == 14
    for language in ("de", "en"):
        tr = translator(language)
        assert all(tr(key, **params) for key, params in hints)


def test_a_group_of_areas_is_chosen_up_to_the_limit():
    many = ",".join(f"{i:03d}" for i in range(500))
    selection, hints = validate({"areas": many}, CHOICES)
    assert len(selection.areas) == MOST_AREAS
    assert [key for key, _ in hints] == ["hint.too_many_areas"]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("10,20.5,30", (10.0, 20.5, 30.0)),
        ("-5,0,5", (-5.0, 0.0, 5.0)),
        ("30,10", ()),
        ("10,10", ()),
        ("10", ()),
        ("quantiles:5", ()),
        ("1,2,3,4,5,6,7", ()),
    ],
)
def test_limits_of_classes_are_two_to_six_rising_numbers(text, limits):
    assert class_limits(text) == limits
    selection, hints = validate({"classes": text}, CHOICES)
    assert (selection.classes == text) is (not hints)


def test_the_second_indicator_is_one_of_the_same_year_where_there_is_one():
    periods = {
        i: {"stadtteile": p} for i, p in (("a", ("2012",)), ("b", ("2013",)), ("c", ("2012",)))
    }
    choices = Choices(
        indicators=("a", "b", "c"),
        periods=periods,
        areas={},
        level_order=("stadtteile",),
        partners={"a": ("b", "c")},
    )
    assert validate({"indicator": "a"}, choices)[0].second == "c"
    assert validate({"indicator": "a", "second": "b"}, choices)[0].second == "b"


def test_an_indicator_of_the_whole_town_says_so():
    selection, hints = validate(
        {"indicator": "haushalt"}, replace(CHOICES, city_only=frozenset({"haushalt"}))
    )
    assert selection.indicator == "armut"
    assert [key for key, _ in hints] == ["hint.city_only"]


def test_a_category_that_exists_is_taken_and_one_without_total_opens_with_its_first():
    choices = replace(CHOICES, categories={"armut": ("total", "w"), "kita": ("u3", "ue3")})
    assert validate({"category": "w"}, choices)[0].category == "w"
    assert validate({"indicator": "kita"}, choices)[0].category == "u3"


def test_a_category_withheld_on_one_level_or_under_old_boundaries_falls_back_with_a_hint():
    at = {
        ("armut", "bezirke"): dict.fromkeys(("2020", "2021"), ("total", "w")),
        ("armut", "stadtteile"): {"2020": ("total", "w"), "2021": ("total",)},
        ("kita", "stadtteile"): {"2021": ("ue3",)},
    }
    groups = {"armut": ("total", "w"), "kita": ("u3", "ue3")}
    choices = replace(CHOICES, categories=groups, categories_at=at)

    def found(query):
        selection, hints = validate(parse_query(query + "&second=kita"), choices)
        return selection.category, [key for key, _ in hints if key.startswith("hint.category")]

    assert found("level=stadtteile&category=w") == ("total", ["hint.category_level"])
    assert found("level=stadtteile&category=w&period=2020") == ("w", [])
    assert found("level=stadtteile&category=x") == ("total", ["hint.category"])
    assert found("level=bezirke&category=w") == ("w", [])
    assert found("indicator=kita&category=u3") == ("ue3", ["hint.category_level"])
    for language in ("de", "en"):
        assert "u3" in translator(language)("hint.category_level", wanted="u3")


def test_several_kinds_of_facilities_are_shown_and_unknown_ones_left_out():
    choices = replace(CHOICES, facility_kinds=frozenset({"kita", "schule"}))
    selection, hints = validate({"facilities": "kita,mond,schule"}, choices)
    assert selection.facilities == "kita,schule"
    assert [key for key, _ in hints] == ["hint.facilities"]


def test_a_target_is_compared_with_only_where_there_is_one():
    assert validate({"compare": "target"}, CHOICES)[0].compare == "city"


def test_toggling_follows_the_convention_of_planners():
    assert toggle_area((), "a", add=False) == ("a",)
    assert toggle_area(("a",), "a", add=True) == ()
    assert toggle_area(("a",), "b", add=False) == ("b",)
    full = tuple(str(i) for i in range(MOST_AREAS))
    assert toggle_area(full, "x", add=True) == full


def test_defaults_do_not_clutter_the_address():
    selection = Selection("armut", "2021", "stadtteile", areas=("01", "02"))
    assert serialise(selection) == "indicator=armut&period=2021&level=stadtteile&areas=01,02"
