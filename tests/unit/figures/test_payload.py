import json
from dataclasses import replace

import pytest

from domain.model import Polarity, SeriesBreak, State, Text
from domain.wording import Message
from figures.captions import class_labels
from figures.choropleth import MOST_PATHS
from figures.payload import areas_payload, atlas_payload, value_text
from figures.sentences import Context, sentence, unit_suffix
from figures.signs import badge_texts
from i18n import translator
from tests.unit.figures.sample import CONTENT, COUNT_VIEW, FRAME, INDICATOR, LEVEL, VIEW

DE, EN = translator("de"), translator("en")
PARAMS = {"low": 4.1, "high": 41.0, "areas": 3, "city": 18.4, "above": 1, "below": 0}


def test_the_payload_is_plain_json_and_names_each_state():
    payload = atlas_payload(CONTENT, DE, "de")
    json.dumps(payload, allow_nan=False)
    assert payload["by"]["2024"]["s"] == "olosx"
    assert payload["scale"] == {"value": 100, "second": 100}
    assert payload["by"]["2024"]["v"] == [410, 4100, 1800, None, None]
    assert payload["by"]["2024"]["c"] == "010--"
    assert payload["by"]["2024"]["b"] == "swsnn"
    assert payload["by"]["2024"]["bm"] == 1840
    assert payload["by"]["2024"]["f"] == {"1": "p"}
    assert set(payload["state_names"]) == {s.value for s in State}
    assert len(payload["colours"]) == len(payload["class_labels"]) == 2


@pytest.mark.parametrize(("language", "label"), [("de", "1. Halbjahr 2024"), ("en", "H1 2024")])
def test_periods_are_written_in_the_language_of_the_page(language, label):
    halves = {"2023-H1": VIEW.by_period["2023"], "2024-H1": VIEW.by_period["2024"]}
    view = replace(VIEW, periods=tuple(halves), by_period=halves)
    content = replace(CONTENT, view=view, associations={}, positions=(2022.75, 2023.75))
    tr = translator(language)
    payload = atlas_payload(content, tr, language)
    assert payload["periods"] == ["2023-H1", "2024-H1"]
    assert payload["period_labels"]["2024-H1"] == label
    assert label in payload["by"]["2024-H1"]["title"]
    assert label in payload["trend_title"]
    assert label in dict(payload["sheet"])[tr("sheet.periods")]


@pytest.mark.parametrize(
    ("key", "begin", "drawn"),
    [
        ("2019", "2020/21", [2020.5]),
        ("2020", "2020/21", [2020.5]),
        ("2020/21", "2020/21", [2020.5]),
        ("2021-03", "2021/22", [2021.5]),
        ("2018", "2018/19", []),
        ("2023", "2018/19", []),
    ],
)
def test_a_break_named_by_another_kind_of_period_stands_before_the_first_one_behind_it(
    key, begin, drawn
):
    years = dict.fromkeys(("2018/19", "2020/21", "2021/22"), VIEW.by_period["2024"])
    broken = replace(INDICATOR, series_breaks=(SeriesBreak(key, "law", Text("neu")),))
    view = replace(VIEW, indicator=broken, periods=tuple(years), by_period=years)
    places = (2018.5, 2020.5, 2021.5)
    content = replace(CONTENT, view=view, associations={}, positions=places)
    payload = atlas_payload(content, DE, "de")
    assert begin in payload["trend_title"]
    assert [b["position"] for b in payload["series_breaks"]] == drawn


def test_areas_travel_once_a_level_and_not_with_each_view():
    areas = areas_payload(VIEW, FRAME)
    assert areas["key"] == "stadtteile@2021"
    assert areas["areas"] == list(VIEW.area_ids)
    assert len(areas["points"]) == len(areas["names"])
    assert "areas" not in atlas_payload(CONTENT, DE, "de")
    assert "geometry" not in areas


def test_scripts_that_draw_thousands_are_told_where_the_outlines_are():
    frame = replace(FRAME, outline_ids=tuple(str(i) for i in range(MOST_PATHS + 1)))
    assert areas_payload(VIEW, frame)["geometry"] == FRAME.geometry_url


@pytest.mark.parametrize(("metres", "text"), [(218.97, "219 m"), (4.56, "4,6 m")])
def test_the_sheet_says_how_far_outlines_are_simplified(metres, text):
    content = replace(CONTENT, frame=replace(FRAME, tolerance_m=metres))
    rows = dict(atlas_payload(content, DE, "de")["sheet"])
    assert rows["Umrisse der Karte"].endswith(f" {text}")
    assert "Umrisse der Karte" not in dict(atlas_payload(CONTENT, DE, "de")["sheet"])


def test_counts_in_sentences_are_written_as_the_language_writes_them():
    message = Message("finding_map.city_above_one", {**PARAMS, "compared": 10_753})
    about = Context(INDICATOR, "2024", "Musterstadt", LEVEL.area_word)
    assert "10.753" in sentence(message, DE, "de", about)
    assert "10,753" in sentence(message, EN, "en", about)


def test_the_sheet_of_an_indicator_leaves_out_what_is_not_known():
    labels = dict(atlas_payload(CONTENT, DE, "de")["sheet"])
    assert labels["Indikator"] == "Kinderarmut"
    assert labels["Quelle"] == "Amt für Statistik"
    assert "Zielwert" not in labels


def test_the_finding_is_a_german_sentence_with_german_numbers():
    title = atlas_payload(CONTENT, DE, "de")["by"]["2024"]["title"]
    assert (
        title
        == "Kinderarmut 2024: 18,4\N{NO-BREAK SPACE}% – 1 von 3 Stadtteilen liegt gesichert darüber"
    )


def test_the_same_view_in_english():
    payload = atlas_payload(CONTENT, EN, "en")
    assert payload["by"]["2024"]["title"].startswith("Child poverty 2024: 18.4% – 1 of 3 districts")
    assert "areas" in payload["by"]["2024"]["scatter_sub"]


def test_another_year_of_the_second_indicator_is_said():
    text = atlas_payload(CONTENT, DE, "de")["by"]["2024"]["scatter_sub"]
    assert "2023" in text
    assert "nicht für einzelne Kinder" in text


def test_without_a_second_indicator_the_scatter_says_so():
    payload = atlas_payload(replace(CONTENT, second=None, associations={}), DE, "de")
    assert payload["second"] is None
    assert payload["by"]["2024"]["w"] is None
    assert payload["by"]["2024"]["scatter"] == DE("atlas.no_second")


def test_counts_have_a_size_legend_and_no_classes():
    payload = atlas_payload(replace(CONTENT, view=COUNT_VIEW), DE, "de")
    assert payload["mark"] == "circle"
    assert payload["class_labels"] == []
    steps = [s["value"] for s in payload["circle_steps"]]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] <= payload["largest"]


def test_nothing_shown_gives_a_sentence_and_no_range():
    empty = replace(
        VIEW.by_period["2024"],
        values=(None,) * 5,
        states=(State.SUPPRESSED,) * 5,
        message=Message("finding_map.none"),
    )
    view = replace(VIEW, by_period={**VIEW.by_period, "2024": empty})
    texts = atlas_payload(replace(CONTENT, view=view), DE, "de")["by"]["2024"]
    assert "keine veröffentlichbaren Werte" in texts["title"]
    assert texts["sub"] == "Anteil armer Kinder."


@pytest.mark.parametrize(("row", "text"), [(0, "4,1"), (1, "(41,0)"), (3, "."), (4, "x")])
def test_each_kind_of_empty_has_its_own_sign(row, text):
    assert value_text(VIEW, VIEW.by_period["2024"], row, "de") == text


def test_class_labels_are_open_at_both_ends_and_right_closed():
    assert class_labels((10.0, 20.0, 42.0), 1, DE, "de") == [
        "bis 10",
        "über 10 bis 20",
        "über 20",
    ]
    assert class_labels((2.5, 5.0, 9.0), 1, EN, "en")[0] == "up to 2.5"
    assert class_labels((3.0,), 1, DE, "de") == ["alle Werte"]


def test_the_triangle_points_to_the_side_of_the_value():
    assert badge_texts(Polarity.HIGH_BURDEN, DE)["worse"].startswith("△ tendenziell")
    assert badge_texts(Polarity.HIGH_BURDEN, DE)["worse_clear"].startswith("▲ deutlich")
    assert badge_texts(Polarity.LOW_BURDEN, DE)["worse_clear"].startswith("▼")
    assert badge_texts(Polarity.LOW_BURDEN, DE)["better"].startswith("△")


def test_the_unit_follows_its_number_as_the_language_writes_it():
    assert unit_suffix(INDICATOR, "de") == "\N{NO-BREAK SPACE}%"
    assert unit_suffix(INDICATOR, "en") == "%"
    assert unit_suffix(replace(INDICATOR, unit=Text("Plätze")), "de") == " Plätze"
    assert unit_suffix(replace(INDICATOR, unit=Text("")), "de") == ""


def test_every_message_has_a_sentence_in_both_languages():
    keys = [
        *(
            f"finding_map.{k}"
            for k in (
                "none",
                "count",
                "count_range",
                "single",
                "range",
                "city",
                "alike",
                "city_above",
                "city_below",
                "city_above_one",
                "city_below_one",
                *(
                    f"{compare}_{side}"
                    for compare in ("parent", "target", "previous")
                    for side in ("above", "below", "alike")
                ),
            )
        ),
        *(
            f"finding_scatter.{s}_{d}"
            for s in ("strong", "medium", "weak")
            for d in ("positive", "negative")
        ),
        "finding_scatter.too_few",
        "finding_scatter.constant",
        "finding_scatter.unclear",
    ]
    params = {
        "low": 1.0,
        "high": 2.0,
        "areas": 3,
        "city": 1.5,
        "value": 1.0,
        "above": 1,
        "below": 2,
        "compared": 3,
        "r": 0.5,
        "lower": 0.1,
        "upper": 0.8,
        "n": 12,
    }
    about = Context(INDICATOR, "2024", "Musterstadt", Text("Stadtteile"), INDICATOR)
    for tr, language in ((DE, "de"), (EN, "en")):
        for key in keys:
            text = sentence(Message(key, params), tr, language, about)
            assert text
            assert "{" not in text
