"""Words of need and resources: counts of none are words, tied firsts are named, ages decide."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest

from domain.need_view import UNDER
from domain.outlook_view import AreaOutlook
from domain.resource_query import ResourceChoices
from figures.need_outlook import _is_band_short
from figures.need_plan import GAINS, LOSES, _effect_text
from figures.need_texts import coverage_chart_title, gap_chart_title, reach_chart_title
from figures.resources import _rank_axis, rows_layout
from i18n import translator
from services.need_choices import assumed_target

DE = translator("de")


@pytest.mark.parametrize(
    ("effects", "text"),
    [
        ({GAINS: 2, LOSES: 1}, "in 2 Gebieten sind mehr, in 1 weniger Plätze in Reichweite"),
        ({GAINS: 1}, "in 1 Gebiet sind mehr Plätze in Reichweite, in keinem weniger"),
        ({LOSES: 1}, "in 1 Gebiet sind weniger Plätze in Reichweite, in keinem mehr"),
        ({}, "in keinem Gebiet ändern sich die Plätze in Reichweite"),
    ],
)
def test_a_plan_says_in_words_where_nothing_changes(effects, text):
    assert _effect_text(Counter(effects), DE) == text


def area(name, gap=None, coverage=None, reach=None):
    kind = UNDER if gap is not None and gap < 0 else ""
    return SimpleNamespace(name=name, gap=gap, kind=kind, coverage=coverage, reach=reach)


def seen(*areas):
    gaps = sorted((a for a in areas if a.gap is not None), key=lambda a: a.gap)
    return SimpleNamespace(areas=areas, gaps=tuple(gaps))


def test_titles_of_charts_name_where_places_are_few():
    view = seen(area("Au", -4.2, 20.0, 0.0), area("Bach", -9.0, 10.0, 7.0), area("Chor"))
    assert gap_chart_title(view, DE, "de") == "Am meisten Plätze fehlen in Bach (9); Au (4)"
    assert coverage_chart_title(view, DE, "de").endswith("in Bach (10); Au (20)")
    assert reach_chart_title(view, DE, "de") == (
        "Keinen Platz in Reichweite hat 1 Gebiet, die meisten Bach (7 je 100 Kinder)"
    )
    assert gap_chart_title(seen(area("Au", 3.0)), DE, "de") == "Fehlende und übrige Plätze"


def test_a_target_is_assumed_for_those_alone_of_whom_nearly_all_attend():
    assert [assumed_target(group) for group in ("u3", "ue3", "total")] == [None, 100.0, None]


@pytest.mark.parametrize(("error", "is_short"), [(0.17, True), (-0.17, True), (0.02, False)])
def test_a_band_narrower_than_the_error_of_the_past_is_told(error, is_short):
    town = AreaOutlook(
        "", "", (100.0,), (100.0,), (97.0,), (103.0,), "known", False, error, 0.0, None, None
    )
    assert _is_band_short(town) is is_short


def test_a_count_of_children_stands_in_where_the_base_holds_others():
    offered = ResourceChoices(
        None, {}, {}, children={"q": "u18"}, of_children=frozenset({"u18", "kinderarmut"})
    )
    assert offered.replaces_base("q", "sgb2")
    assert not offered.replaces_base("q", "kinderarmut")
    assert not offered.replaces_base("elsewhere", "sgb2")


def test_ranks_begin_at_one_and_names_get_the_room_they_need():
    assert _rank_axis(32)["tickvals"] == [1, 5, 10, 15, 20, 25, 30]
    assert _rank_axis(13)["tickvals"] == list(range(1, 14))
    short, long = (rows_layout([n], "de", title="Plätze") for n in ("Au", "x" * 40))
    assert short["margin"]["l"] < long["margin"]["l"] <= 205
    assert short["annotations"][0]["text"] == "Plätze"
    assert long["yaxis"]["ticktext"][0].endswith("…")
