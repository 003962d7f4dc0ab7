"""Figures of several areas together: rows of their own, sentences at the members."""

from dataclasses import replace

import pytest

from domain.model import AreaGroup, State, Text
from domain.view import CityValue, GroupValue
from figures.payload import atlas_payload
from figures.ranking import ranking_figure, value_range
from figures.together import group_texts, member_texts
from i18n import translator
from tests.unit.figures.sample import CONTENT, VIEW

GROUP = AreaGroup("04-05", Text("Süd und West", "South and West"), ("04", "05"))
SHARE = CityValue(25.5, State.OK, 20.0, 31.0, 51.0, 200.0)
TR = translator("de")


def grouped(found=SHARE):
    told = GroupValue(
        GROUP, (3, 4), replace(found, flags="p"), 1 if found.value is not None else None
    )
    periods = {**VIEW.by_period, "2024": replace(VIEW.by_period["2024"], groups=(told,))}
    return replace(VIEW, level=replace(VIEW.level, groups=(GROUP,)), by_period=periods)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "gemeinsam mit West erhoben: 25,5\N{NO-BREAK SPACE}%"),
        ("en", "collected together with West: 25.5%"),
    ],
)
def test_a_member_says_with_whom_it_has_a_figure_and_which(language, text):
    view = grouped()
    texts = member_texts(view, view.by_period["2024"], translator(language), language)
    assert texts[3] == text
    assert set(texts) == {3, 4}


def test_a_hidden_figure_of_a_group_is_told_by_its_state_only():
    view = grouped(CityValue(None, State.SUPPRESSED))
    texts = member_texts(view, view.by_period["2024"], TR, "de")
    assert texts[3] == f"gemeinsam mit West erhoben: {TR('state.suppressed')}"
    ((name, written),) = group_texts(view, "2024", TR, "de")
    assert (name, written) == ("Süd und West (gemeinsam)", ".")


def test_several_others_are_listed():
    many = replace(GROUP, members=("03", "04", "05"))
    told = GroupValue(many, (2, 3, 4), SHARE)
    shown = replace(VIEW.by_period["2024"], groups=(told,))
    texts = member_texts(VIEW, shown, TR, "de")
    assert texts[2].startswith("gemeinsam mit Süd und West erhoben")


def test_the_ranking_has_a_row_of_the_group_that_no_click_can_choose():
    view = grouped()
    texts = tuple("x" for _ in view.area_ids)
    figure = ranking_figure(
        view, "2024", value_text=texts.__getitem__, group_texts=group_texts(view, "2024", TR, "de")
    )
    names = list(figure.layout.yaxis.ticktext)
    assert names[:4] == ["Nordstadt", "Süd und West (gemeinsam)", "Hafen <b>", "Altstadt"]
    assert figure.data[0].x[1] == 25.5
    assert figure.data[0].customdata[1] == ""
    assert sorted(figure.data[0].customdata) == ["", *view.area_ids]


def test_a_year_without_the_group_keeps_a_bar_ready():
    view = grouped()
    texts = tuple("x" for _ in view.area_ids)
    figure = ranking_figure(view, "2023", value_text=texts.__getitem__)
    assert len(figure.data[0].x) == len(view.area_ids) + 1
    assert len(figure.layout.yaxis.ticktext) == len(view.area_ids)


def test_bars_of_groups_fit_on_the_axis():
    high = replace(SHARE, value=70.0, upper=90.0)
    assert value_range(grouped(high))[1] >= 90.0


def test_the_payload_holds_the_group_where_it_has_a_figure():
    payload = atlas_payload(replace(CONTENT, view=grouped()), TR, "de")
    assert payload["groups"] == [{"id": "04-05", "name": "Süd und West (gemeinsam)"}]
    assert payload["by"]["2024"]["g"] == [
        {"v": 2550, "lo": 2000, "hi": 3100, "s": "o", "n": 51.0, "d": 200.0, "c": 1, "f": "p"}
    ]
    assert payload["by"]["2024"]["t"]["4"] == "gemeinsam mit Süd erhoben: 25,5\N{NO-BREAK SPACE}%"
    assert "g" not in payload["by"]["2023"]
    plain = atlas_payload(CONTENT, TR, "de")
    assert plain["groups"] == []
    assert "g" not in plain["by"]["2024"]
