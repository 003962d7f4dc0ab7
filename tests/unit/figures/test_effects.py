"""Charts and sentences of measures: what is drawn is what is said, and no word claims a cause."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import numpy as np
import pytest

from domain.effect_design import Design, Parallel, Windows
from domain.effects_view import Course, EffectView, Entry, Found
from domain.measure import read_measure
from domain.model import Indicator, Kind, Level, Polarity, Text
from figures import effects as charts
from figures import effects_tables as tables
from figures import effects_texts as texts
from figures.measure_timeline import BARS, REVIEW, timeline_figure
from figures.theme import contrast
from i18n import translator
from tests.architecture.test_translations import texts as all_texts
from tests.measures import TYPED

TODAY = dt.date(2026, 11, 1)
SHARE = Indicator("kinderarmut", "t", *[Text("Kinderarmut", "Child poverty")] * 3, Kind.SHARE,
                  Text("%"), 1, Polarity.HIGH_BURDEN, "s")  # fmt: skip
PERIODS = tuple(str(y) for y in range(2018, 2026))
FORBIDDEN = {
    "de": ("bewiesen", "beweist", "durch die Maßnahme", "wirkungslos", "dank der Maßnahme"),
    "en": ("proven", "proved", "proves", "because of the measure", "by the measure", "ineffective"),
}


def entry(**more):
    facts = read_measure({**TYPED, **more})
    return Entry("abc", facts, dt.datetime(2022, 5, 1, tzinfo=dt.UTC), is_draft=False,
                 standing="running", review="due", area_names=("Nord", "Süd"),
                 level=Level("quartiere", "2020", Text("Quartiere", "Quarters")),
                 indicator=SHARE)  # fmt: skip


def view(**more):
    found = Found(-4.0, -3.0, 1.0, 0.01, 0.01, 100, np.linspace(-5, 5, 100))
    told = EffectView(
        entry(),
        periods=PERIODS,
        courses=(
            Course("own", (20.0, 21.0, 22.0, 21.0, None, 18.0, 17.0, 17.5), 3, is_pooled=True),
            Course("similar", (19.0,) * 8, 9, is_pooled=True),
            Course("town", (18.0,) * 8, 12, is_pooled=True),
        ),
        windows=Windows(PERIODS[:4], PERIODS[5:], PERIODS[4:5]),
        design=Design("did"),
        statement="strong",
        is_before_data=True,
        parallel=Parallel(0.1, 0.5, 0.4),
        found=found,
        n_treated=3,
        others=("Ost", "West"),
    )
    return replace(told, **more)


def test_the_strong_sentence_is_the_fixed_one():
    told = texts.said(view(), translator("de"))
    assert told == (
        "Der Wert ist im Gebiet stärker gesunken als in vergleichbaren Gebieten; Zufall ist eine "
        "unwahrscheinliche Erklärung. Andere Ursachen sind möglich."
    )
    assert texts.said(view(statement="weak"), translator("de")) == (
        "Ein Unterschied ist sichtbar, kann aber Zufall sein."
    )
    assert texts.said(view(statement="none"), translator("de")) == (
        "Bisher keine vom Zufall unterscheidbare Veränderung. Das heißt nicht, dass die Maßnahme "
        "nichts bewirkt."
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_of_the_page_claims_a_cause(language):
    told = {k: v for k, v in all_texts(language).items() if k.startswith(("effects.", "measures."))}
    assert len(told) > 100
    words = re.compile("|".join(FORBIDDEN[language]), re.IGNORECASE)
    assert [k for k, v in told.items() if words.search(v)] == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"statement": "described", "found": None, "parallel": None, "is_before_data": False,
         "design": Design("described", ("no_treated", "no_controls", "few_pre", "few_post",
                                        "break", "late_entry"))},
        {"design": Design("compared", ("few_treated", "few_controls", "not_parallel", "drift",
                                       "spill_over")), "statement": "weak", "by": "level"},
        {"left_out": 1, "others_left_out": 2, "neighbours_left_out": 1, "other_measures": 2,
         "has_older_boundaries": True, "is_extreme": True},
        {"problem": "no_indicator", "courses": (), "found": None},
        {"problem": "no_areas", "courses": (), "found": None},
        {"problem": "no_values", "courses": (), "found": None},
        {"windows": Windows((), ()), "found": None, "statement": "described"},
    ],
)  # fmt: skip
def test_every_case_has_its_words(language, more):
    tr, told = translator(language), view(**more)
    said = [
        texts.said(told, tr), *texts.beside(told, tr, language), texts.design_text(told, tr),
        *texts.missing(told, tr), *texts.warnings(told, tr), texts.others_text(told, tr),
        tables.development_title(told, tr, language), tables.parallel_title(told, tr, language),
        tables.placebo_title(told, tr, language), tables.seen(told, tr, language),
        *(text for pair in texts.facts_of(told, tr, language) for text in pair),
    ]  # fmt: skip
    assert all(said)
    assert not [text for text in said if "{" in text or "effects." in text]


def test_the_difference_against_what_was_expected_is_said():
    told = view(entry=entry(direction="up"))
    assert any(
        "gegen die erwartete Richtung" in t for t in texts.beside(told, translator("de"), "de")
    )


@pytest.mark.parametrize(("direction", "difference"), [("down", 0.0), ("up", 0.01)])
def test_no_difference_goes_neither_way(direction, difference):
    found = Found(difference, -1.0, -1.0, 1.0, 0.01, 100, np.zeros(100))
    told = texts.beside(view(entry=entry(direction=direction), found=found), translator("de"), "de")
    assert "Unterschied 0,0 Prozentpunkte" in told[0]
    assert "keinen Unterschied" in told[1]


def test_the_rarest_set_of_ten_thousand_is_not_none():
    found = Found(-4.0, -3.0, 1.0, 0.0001, 0.0001, 10_000, np.zeros(10_000))
    told = texts.beside(view(found=found), translator("de"), "de")[-1]
    assert told.startswith("Von 10.000 möglichen Auswahlen")
    assert "zeigen 0,01 %" in told
    assert "Kleiner als 0,01 %" in told
    assert tables.placebo_title(view(found=found), translator("en"), "en").startswith("0.01")


def test_a_course_that_ends_where_it_began_neither_rose_nor_fell():
    level = Course("own", (20.0,) * 8, 3, is_pooled=True)
    assert tables.seen(view(courses=(level,)), translator("de"), "de") == "unverändert"


def test_lines_have_gaps_where_no_value_is_shown_and_part_at_breaks():
    figure = charts.development_figure(view(breaks=("2024",)), translator("de"), "de")
    own = figure["data"][0]
    assert own["connectgaps"] is False
    assert own["y"] == [20.0, 21.0, 22.0, 21.0, None, 18.0, None, 17.0, 17.5]
    start = next(s for s in figure["layout"]["shapes"] if s["type"] == "line")
    assert start["x0"] == pytest.approx(2022.08, abs=0.01)
    assert [a["text"] for a in figure["layout"]["annotations"]] == ["Beginn"]


def test_lines_meet_at_zero_in_the_last_year_before_the_start():
    figure = charts.parallel_figure(view(), translator("en"), "en")
    for line in figure["data"]:
        assert line["y"][line["x"].index(2021.0)] == 0
    head, rows = tables.parallel_table(view(), translator("en"), "en")
    assert rows[3][1:] == ("0.0", "0.0", "0.0")
    assert rows[4][1] == "–"
    assert len(head) == 4


def test_the_bars_of_chance_sum_to_all_sets_and_mark_the_large_ones():
    told = view()
    figure = charts.placebo_figure(told, translator("de"), "de")
    bars = figure["data"][0]
    assert sum(bars["y"]) == 100
    assert bars["marker"]["color"][0] == bars["marker"]["color"][-1] == charts.BEYOND
    assert charts.WITHIN in bars["marker"]["color"]
    assert charts.placebo_bins(view(found=None)) == []
    assert len(tables.placebo_table(told, translator("de"), "de")[1]) == len(bars["y"])


def test_a_name_with_tags_is_drawn_as_it_was_typed():
    told = entry(name='<a href="https://x.example">Lesen & Vorlesen</a>')
    figure = timeline_figure([told], TODAY, translator("de"), "de")
    (label,) = figure["layout"]["yaxis"]["ticktext"]
    assert label.startswith('&lt;a href="https://x.example')
    assert not set(label) & set("<>")
    told = timeline_figure([entry(name="Lesen & <b>")], TODAY, translator("de"), "de")
    assert told["layout"]["yaxis"]["ticktext"] == ["Lesen &amp; &lt;b&gt;"]


def test_bars_of_measures_run_from_start_to_end_and_reviews_have_a_mark():
    open_end, ended = entry(), entry(until="2023-07-31")
    figure = timeline_figure([open_end, ended], TODAY, translator("de"), "de")
    bars, marks = figure["data"]
    assert bars["base"] == pytest.approx([2022.58] * 2, abs=0.01)
    assert bars["x"] == pytest.approx([4.25, 1.0], abs=0.01)
    assert marks["x"] == pytest.approx([2024.58] * 2, abs=0.01)
    assert bars["marker"]["pattern"]["shape"] == ["", ""]


def test_lines_and_bars_can_be_seen_on_a_light_and_on_a_dark_ground():
    for colour in (*charts.COLOURS.values(), *BARS.values(), REVIEW, charts.BEYOND):
        assert max(contrast(colour, "#ffffff"), contrast(colour, "#181c26")) >= 3
    for colour in charts.COLOURS.values():
        assert min(contrast(colour, "#ffffff"), contrast(colour, "#181c26")) >= 3
