"""Twins, maps, rules and groups: what the page says of them, and that nothing hidden is told."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from domain.model import SHOWN_STATES, Audience, State
from domain.side_by_side import group_id
from layouts.ids import Comparison, Sections
from tests.integration.test_atlas_callbacks import _callbacks, component, ids_in
from tests.integration.test_comparison_page import PLAIN, call, laid_out, rows_of, words_in
from tests.town_fixture import QUARTERS

HIDDEN = "02"
OPEN = "03,05,07"


def text_of(tree):
    return " ".join(words_in(tree))


def headed(tree):
    """Return the texts of all headings of the third level."""
    if isinstance(tree, list):
        return [text for part in tree for text in headed(part)]
    if not isinstance(tree, dict):
        return []
    inside = tree.get("props", {}).get("children")
    return [text_of(inside)] if tree.get("type") == "H3" else headed(inside)


def maps_of(tree):
    told = json.loads(component(tree, Sections.MAP_DATA)["data"])
    return {m["place"]: m | told["levels"][m["level"]] for m in told["maps"]}


def asked(services, search):
    query, hints = services.comparisons.query(Audience.PUBLIC, search)
    return services.comparisons.comparison(Audience.PUBLIC, query), hints


def public_values(services, period):
    release = services.monitoring.current()
    reader = services.releases.reader(release, Audience.PUBLIC)
    level = next(x for x in reader.catalogue().levels if x.id == "quartiere")
    rows = reader.values("kinderarmut", level.id, level.vintage)
    return rows[rows["period"] == period].set_index("area")


def test_each_id_of_the_sections_is_laid_out_exactly_once(client, town_server):
    found = ids_in(laid_out(client, town_server))
    for declared in Sections:
        assert found.count(declared.value) == 1, declared


@pytest.mark.parametrize(
    "search",
    [
        "&group=x", "&group=:::&group=a:b", "&group=Hafen:01,03&group=Hafen:05,06",
        "&rule=%22", "&rule=>>>&map=mond", "&left=@&right=@@", "&left=zzz@2021", "&right=kinder@1",
        "&rule=" + "a" * 700, "&group=" + "g" * 200 + ":01,03", "&map=city&right=miete",
        "&left=kinderarmut@2021&right=kinderarmut@2021", "&left=kinder&right=kinder",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_page_opens_whatever_the_sections_of_an_address_say(client, town_server, search, lang):
    tree = laid_out(client, town_server, f"?{PLAIN}{search}&lang={lang}")
    assert component(tree, Comparison.TABLE) is not None
    assert component(tree, Sections.RULE_TEXT) is not None


def test_maps_and_rules_help_before_anything_is_chosen(client, town_server):
    tree = laid_out(client, town_server, "?level=quartiere&rule=kinderarmut>20")
    assert set(maps_of(tree)) == {"left", "right", "third", "rule"}


def test_a_group_has_the_sum_of_its_released_cells(town_services):
    view, hints = asked(town_services, f"?{PLAIN}&group=Hafen:{OPEN}")
    assert hints == ()
    column = view.indicator("kinderarmut")
    place = next(k for k, a in enumerate(view.areas) if a.id == group_id("Hafen"))
    cell = column.cells[place]
    rows = public_values(town_services, column.period).loc[OPEN.split(",")]
    assert set(rows["state"]) <= set(SHOWN_STATES)
    assert cell.numerator == rows["numerator"].sum()
    assert cell.denominator == rows["denominator"].sum()
    assert cell.value == pytest.approx(100 * cell.numerator / cell.denominator)
    assert view.indicator("miete").cells[place].reason == "no_sum"
    assert view.areas[place].slot == 3


def test_neither_all_but_one_nor_the_rest_tells_a_hidden_value(town_services):
    """A group without the hidden quarter is a sum of open cells; one with it has no number."""
    open_ones = [
        q for q in QUARTERS if public_values(town_services, "2023").loc[q, "state"] in SHOWN_STATES
    ]
    search = f"?level=quartiere&indicators=kinderarmut&period=2023&group=Rest:{','.join(open_ones)}"
    view, _ = asked(town_services, f"{search}&group=Alle:{','.join(QUARTERS)}")
    rest, every = view.indicator("kinderarmut").cells
    rows = public_values(town_services, "2023").loc[open_ones]
    assert rest.numerator == rows["numerator"].sum()
    assert every.state is State.SUPPRESSED
    assert (every.value, every.numerator, every.denominator, every.lower) == (None,) * 4
    course = view.indicator("kinderarmut").courses[1]
    assert {p.value for p in course if p.state not in SHOWN_STATES} == {None}


def test_a_group_stands_in_table_and_strips_like_an_area(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&group=Rund um den Hafen:{OPEN}")
    assert len(rows_of(tree)["Kinderarmut"]) == 5
    said = text_of(tree)
    assert "Rund um den Hafen" in said
    assert "Nicht zusammenfassbar" in said


def test_the_form_makes_a_group_or_says_what_is_missing(client, town_server):
    given = {
        "url.search": f"?{PLAIN}", "group-make.n_clicks": 1, "group-name.value": "Am: Fluss",
        "group-members.value": ["01", "03"],
    }  # fmt: skip
    told = call(client, town_server, "group-said", given).json["response"]
    assert parse_qs(told["url"]["search"].lstrip("?"))["group"] == ["Am Fluss:01,03"]
    told = call(client, town_server, "group-said", {**given, "group-members.value": ["01"]})
    assert "mindestens 2 Gebiete" in told.json["response"]["group-said"]["children"]
    assert "url" not in told.json["response"]
    for strange in (5, True, "01"):
        told = call(client, town_server, "group-said", {**given, "group-members.value": strange})
        assert "mindestens 2 Gebiete" in told.json["response"]["group-said"]["children"]


def test_a_rule_lists_found_ones_and_counts_what_cannot_be_checked(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&period=2023&rule=kinderarmut>20")
    rule = maps_of(tree)["rule"]
    letters = dict(zip(rule["areas"], rule["letters"], strict=True))
    assert letters[HIDDEN] == "u"
    assert "nicht prüfbar" in text_of(tree)
    assert component(tree, Sections.RULE_VALUE_1)["value"] == "20"


def test_what_a_rule_finds_is_headed_once(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&period=2023&rule=kinderarmut>20")
    headings = [part for part in headed(tree) if part.endswith("die Regel")]
    assert len(headings) == 1


def test_hidden_areas_are_neither_found_nor_ruled_out_whatever_the_limit(town_services):
    query, _ = town_services.comparisons.query(Audience.PUBLIC, "?level=quartiere&period=2023")
    values = public_values(town_services, "2023")
    hidden = set(values.index[~values["state"].isin([s.value for s in SHOWN_STATES])])
    assert HIDDEN in hidden
    for text in ("kinderarmut > 0", "kinderarmut > 99", "kinderarmut <= 50", "kinderarmut != 1"):
        rule = town_services.rules.read(Audience.PUBLIC, query, text)
        result = town_services.rules.search(Audience.PUBLIC, query, rule)
        assert {a.id for a in result.untold} == hidden
        assert all(a.values == (None,) for a in result.untold)


def test_the_form_writes_the_rule_into_the_address(client, town_server):
    given = {
        "url.search": f"?{PLAIN}", "rule-go.n_clicks": 1, "rule-join.value": "or",
        "rule-indicator-1.value": "kinderarmut", "rule-sign-1.value": ">",
        "rule-value-1.value": "20,5", "rule-indicator-2.value": "kinder",
        "rule-sign-2.value": "<=", "rule-value-2.value": "90", "rule-indicator-3.value": "none",
    }  # fmt: skip
    answers = [
        call(client, town_server, part, given) for part in _outputs(client, town_server, "rule-go")
    ]
    found = [parse_qs(a.json["response"]["url"]["search"].lstrip("?")) for a in answers]
    assert [f["rule"] for f in found] == [["kinderarmut > 20,5 or kinder <= 90"]]


def _outputs(client, server, first_input):
    return [k for k, c in _callbacks(client, server).items() if c["inputs"][0]["id"] == first_input]


def test_help_tells_where_values_lie_and_nothing_for_an_unknown_indicator(client, town_server):
    given = {
        "url.search": f"?{PLAIN}", "rule-indicator-1.value": "kinderarmut",
        "rule-indicator-2.value": "zzz",
    }  # fmt: skip
    told = call(client, town_server, "rule-help-1", given).json["response"]
    assert "Mittel der Gebiete" in told["rule-help-1"]["children"]
    assert told["rule-help-2"]["children"] == ""


def test_maps_paint_hidden_areas_by_their_state_and_without_a_number(client, town_server):
    tree = laid_out(
        client, town_server, f"?{PLAIN}&left=kinderarmut@2021&right=kinderarmut@2023&map=change"
    )
    maps = maps_of(tree)
    for place in ("left", "right", "third"):
        told = maps[place]
        at = told["areas"].index(HIDDEN)
        assert told["codes"][told["states"][at]] == "suppressed"
        assert told["letters"][at] == "-"
        assert not any(c.isdigit() for c in told["texts"][at])
    assert any(c.isdigit() for text in maps["left"]["texts"] for c in text)


def test_two_indicators_have_no_change_between_them(town_services):
    search = "?level=quartiere&left=kinderarmut&right=gymnasium&map=change"
    query, _ = town_services.comparisons.query(Audience.PUBLIC, search)
    wanted, hints = town_services.side_maps.read(Audience.PUBLIC, query)
    assert hints == ()
    maps = town_services.side_maps.maps(Audience.PUBLIC, query, wanted)
    assert (maps.third, maps.reason) == (None, "two_indicators")
    city = town_services.side_maps.maps(Audience.PUBLIC, query, replace(wanted, third="city"))
    assert city.third is not None


def test_the_order_of_the_years_does_not_turn_the_change_round(town_services):
    def third(left, right):
        search = f"?level=quartiere&left=kinderarmut@{left}&right=kinderarmut@{right}"
        query, _ = town_services.comparisons.query(Audience.PUBLIC, search)
        wanted, _ = town_services.side_maps.read(Audience.PUBLIC, query)
        content = town_services.side_maps.maps(Audience.PUBLIC, query, wanted).third
        return content.period, content.layer.since

    assert third("2021", "2023") == third("2023", "2021") == ("2023", "2021")
