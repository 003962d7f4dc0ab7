"""The findings of a profile in words, at three lengths; plain language says no percent."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from domain.model import Kind, Polarity, SeriesBreak, State, Text
from domain.profile import ALIKE, BURDEN, DIFFERENT, STRENGTH, AgeBar, AgeTable, Statement
from domain.profile_findings import headline, statements
from domain.view import CityValue
from figures.profile_captions import course_sub, course_title, trust_text
from figures.profile_charts import ages_figure, course_figure, expected_ages
from figures.profile_rows import cell_text, short_text
from figures.profile_texts import LENGTHS, easy_amount, statement_text
from i18n import texts, translator
from tests.unit.figures.profile_sample import INDICATOR, NAMES, TRUST, figure

LANGUAGES = ("de", "en")
KEYS = sorted({k.split(".")[1] for k in texts("de") if k.startswith("profile_say.")})
SHAME = re.compile(r"schlechtest|schlusslicht|worst|letzte[rn]? platz|rang", re.IGNORECASE)


def every_statement() -> list[Statement]:
    """Return a statement of every key, with all that any of them may say."""
    params = {
        **NAMES, "burdens": 2, "strengths": 1, "tested": 9, "alike": 6, "shown": 40,
        "more": 2, "less": 3, "judged": 7,
        "count": 1234, "total": 50, "period": "2024",
    }  # fmt: skip
    named = (figure("Kinderarmut"), figure("Sprachstand", 12.0))
    return [Statement(key, params, named) for key in KEYS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", LENGTHS)
def test_every_statement_is_written_at_every_length_without_shaming_anyone(language, length):
    for statement in every_statement():
        text = statement_text(translator(language), statement, length, language)
        assert text.strip()
        assert "{" not in text
        assert not SHAME.search(text)


def test_plain_language_has_short_sentences_and_explains_shares():
    for statement in every_statement():
        text = statement_text(translator("de"), statement, "easy", "de")
        assert "%" not in text
        for line in text.split("\n"):
            for part in re.split(r"[.:] ", line.rstrip(".")):
                assert len(part.split()) <= 14, part
    burden = next(s for s in every_statement() if s.key == "burdens")
    easy = statement_text(translator("de"), burden, "easy", "de")
    assert "Hier sind es etwa 31 von 100." in easy
    assert "In ganz Neustadt sind es etwa 18 von 100." in easy
    assert "Das ist ungünstiger." in easy


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (18.4, "etwa 18 von 100"),
        (0.0, "0 von 100"),
        (0.4, "weniger als 1 von 100"),
        (99.6, "fast alle 100 von 100"),
        (100.0, "etwa 100 von 100"),
    ],
)
def test_shares_are_told_as_so_many_of_a_hundred(value, expected):
    share = replace(INDICATOR, multiplier=100.0)
    assert easy_amount(value, share, translator("de"), "de") == expected


def test_rates_and_other_values_are_told_by_their_own_base():
    rate = replace(INDICATOR, kind=Kind.RATE, multiplier=1000.0)
    assert easy_amount(27.7, rate, translator("de"), "de") == "etwa 28 von 1.000"
    income = replace(INDICATOR, kind=Kind.MEDIAN, unit=Text("Euro"), decimals=0)
    assert easy_amount(2870.0, income, translator("de"), "de") == "2.870 Euro"


def test_the_text_names_strengths_beside_burdens_and_what_may_be_chance():
    figures = [
        figure("Kinderarmut", 31.2, 18.4, standing=BURDEN),
        figure("Kita", 60.0, 50.0, standing=STRENGTH, polarity=Polarity.LOW_BURDEN),
        figure("Gleich", standing=ALIKE),
        figure("Haushalte", standing=DIFFERENT, polarity=Polarity.NONE),
    ]
    tr = translator("de")
    head = statement_text(tr, headline(figures, NAMES, is_town=False), "headline", "de")
    assert head == (
        "Nord: 1 von 3 geprüften Indikatoren ungünstiger, 1 günstiger als im übrigen Neustadt"
    )
    found = [
        statement_text(tr, s, "paragraph", "de") for s in statements(figures, None, TRUST, NAMES)
    ]
    text = " ".join(found).replace("\N{NO-BREAK SPACE}", " ")
    assert "Kinderarmut: 31,2 % (gesamt 18,4 %)" in text
    assert "Kita: 60,0 % (gesamt 50,0 %)" in text
    assert "dass er Zufall sein kann" in text
    assert "ohne Wertung: Haushalte" in text


def test_every_kind_of_empty_has_its_own_words_and_no_number():
    tr = translator("de")
    kept = {
        state: (cell_text(CityValue(7.0, state), INDICATOR, tr, "de"),
                short_text(CityValue(7.0, state), INDICATOR, "de"))
        for state in State
    }  # fmt: skip
    empty = [s for s in State if s not in (State.OK, State.NIL, State.LIMITED)]
    assert not any("7" in text for s in empty for text in kept[s])
    assert len({kept[s][0] for s in empty}) == len(empty)
    assert kept[State.LIMITED][0] == "(7,0\N{NO-BREAK SPACE}%)"


def test_a_course_has_a_gap_where_a_year_is_hidden():
    drawn = course_figure(figure(), area="Nord", town="Neustadt", language="de")
    town, area = drawn.data
    assert list(area.y) == [20.0, None, 31.0]
    assert area.connectgaps is False
    assert town.line.dash == "dot"
    assert (
        course_title(figure(), translator("de"), "de")
        == "armut: 20,0\N{NO-BREAK SPACE}% (2022) → 31,0\N{NO-BREAK SPACE}% (2024)"
    )
    assert "nicht bestimmbar" in course_sub(figure(), translator("de"), "de")


def test_no_movement_is_told_over_a_break_of_the_series():
    broken = figure()
    found = SeriesBreak("2023", "method", Text("Neue Zählung"))
    broken = replace(broken, indicator=replace(broken.indicator, series_breaks=(found,)))
    assert course_title(broken, translator("de"), "de") == "armut"


def test_plain_language_counts_finer_where_two_amounts_would_read_alike():
    burden = Statement("burdens", {"area": "Nord", "town": "Neustadt"}, (figure(value=18.4),))
    easy = statement_text(translator("de"), burden, "easy", "de")
    assert "Hier sind es etwa 184 von 1.000." in easy
    assert "In ganz Neustadt sind es etwa 180 von 1.000." in easy


def test_the_count_of_the_town_is_not_drawn_beside_an_area():
    drawn = course_figure(figure(kind=Kind.COUNT), area="Nord", town="Neustadt", language="de")
    assert [trace.name for trace in drawn.data] == ["Nord"]


def test_ages_are_compared_with_the_town_only_where_all_are_known():
    def bar(low, own, town):
        state = State.OK if own is not None else State.SUPPRESSED
        cells = (CityValue(own, state),), (CityValue(town, State.OK),)
        return AgeBar(low, low, Text(str(low)), *cells)

    known = AgeTable(INDICATOR, "2024", (), (bar(0, 10.0, 100.0), bar(1, 30.0, 100.0)))
    assert expected_ages(known) == (20.0, 20.0)
    bars, strokes, numbers = ages_figure(known, translator("de"), "de").data
    assert bars.textposition == "none"
    assert list(numbers.text) == ["10", "30"]
    assert set(numbers.x) == {36.0}
    assert list(strokes.x) == [20.0, 20.0]
    hidden = AgeTable(INDICATOR, "2024", (), (bar(0, None, 100.0), bar(1, 30.0, 100.0)))
    assert expected_ages(hidden) == ()
    (only_bars,) = ages_figure(hidden, translator("de"), "de").data
    assert list(only_bars.x) == [None, 30.0]
    assert only_bars.textposition == "outside"


def test_two_sexes_lie_on_two_sides():
    cells = (CityValue(4.0, State.OK), CityValue(5.0, State.OK))
    table = AgeTable(
        INDICATOR,
        "2024",
        (Text("weiblich"), Text("männlich")),
        (AgeBar(0, 2, Text("u3"), cells, ()),),
    )
    drawn = ages_figure(table, translator("de"), "de")
    assert [list(t.x) for t in drawn.data] == [[-4.0], [5.0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_of_trust_tells_every_limit(language):
    full = replace(
        TRUST, suppressed=1, unreliable=2, missing=3, not_applicable=4, weak=5, old=6, estimated=7,
        provisional=8, no_interval=9, widest=figure(),
    )  # fmt: skip
    assert len(trust_text(full, translator(language), language).lines) == 10
    assert trust_text(TRUST, translator(language), language).lines == ()


@pytest.mark.parametrize(
    ("standings", "told"),
    [
        ((STRENGTH,), "Nord: 1 von 1 geprüftem Indikator günstiger als im übrigen Neustadt"),
        ((BURDEN,) * 2, "Nord: 2 von 2 geprüften Indikatoren ungünstiger als im übrigen Neustadt"),
        (
            (BURDEN, ALIKE),
            "Nord: 1 von 2 geprüften Indikatoren ungünstiger als im übrigen Neustadt,"
            " der andere ohne gesicherten Unterschied",
        ),
    ],
)
def test_others_are_spoken_of_only_where_there_are_any(standings, told):
    figures = [figure(str(i), standing=s) for i, s in enumerate(standings)]
    found = headline(figures, NAMES, is_town=False)
    assert statement_text(translator("de"), found, "headline", "de") == told
    easy = statement_text(translator("de"), found, "easy", "de")
    assert ("andere" in easy) == (ALIKE in standings)
    assert "1 Zahlen" not in easy


def test_one_figure_in_a_third_is_told_as_one():
    alone = [figure("a", third="low")]
    text = statement_text(
        translator("de"), headline(alone, NAMES, is_town=False), "paragraph", "de"
    )
    assert text.startswith("Von 1 Indikator liegen 0 im Drittel")
    assert "1 im Drittel mit der geringeren" in text
