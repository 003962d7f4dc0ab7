"""Ways that a town prepared: they decide what is in reach, and those from homes stay inside."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.importing.town import WAY_COLUMNS
from domain.model import Audience
from figures.need import reach_map
from i18n import translator
from services.container import build_services
from tests import town_fixture as fixture

PLAIN = "level=quartiere&kind=kita&group=total&children=kinder"
ROWS = [("quartiere", "03", "K1", 400.0), ("quartiere", "04", "K1", 900.0),
        ("quartiere", "05", "K2", 1500.0), ("", "P1", "K1", 10.0)]  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    settings = fixture.settings_for(tmp_path_factory.mktemp("ways") / "instance")
    town = replace(fixture.small_town(), ways=pd.DataFrame(ROWS, columns=list(WAY_COLUMNS)))
    fixture.publish(town, settings)
    found = build_services(settings)
    yield found
    found.releases.close()


def view_of(services, search=""):
    query, hints = services.needs.query(Audience.PUBLIC, f"{PLAIN}&{search}")
    assert hints == ()
    return services.needs.view(Audience.PUBLIC, query)


def test_prepared_ways_go_first_and_what_is_not_listed_is_out_of_reach(services):
    view = view_of(services)
    assert view.query.way == "matrix"
    at = {a.id: a for a in view.areas}
    shared = at["03"].children + at["04"].children
    assert at["03"].reach == at["04"].reach == pytest.approx(100 * 50 / shared)
    assert at["05"].reach == 0
    assert at["05"].nearest_m == 1500
    assert at["06"].reach == 0
    assert at["06"].nearest_m is None
    longer = {a.id: a for a in view_of(services, "metres=2000").areas}
    assert longer["05"].reach == pytest.approx(100 * 50 / longer["05"].children)


def test_straight_lines_can_be_chosen_and_stay_chosen(services):
    view = view_of(services, "way=foot")
    assert view.query.way == "foot"
    assert {a.id: a for a in view.areas}["05"].nearest_m != 1500


def test_what_is_new_is_measured_on_foot_and_what_stays_keeps_its_ways(services):
    view = view_of(services, "plan=open~06~30;close~K1;homes~07~100~0.5")
    after = {a.id: a for a in view.after}
    assert after["03"].nearest_m != 400
    assert after["06"].nearest_m == 0
    assert after["06"].reach > 0
    # K2 has a way from 05 only; the new facility stands nearer
    assert after["05"].nearest_m <= 1500


def test_ways_from_homes_stay_inside(services):
    release = services.monitoring.current()
    outside = services.releases.reader(release, Audience.PUBLIC).ways()
    inside = services.releases.reader(release, Audience.INTERNAL).ways()
    assert set(outside["level"]) == {"quartiere"}
    assert len(inside) == len(outside) + 1


def test_areas_that_reach_no_place_have_a_class_of_their_own(services):
    view = view_of(services)
    frame = services.monitoring.map_frame(Audience.PUBLIC, view.query.release, view.level)
    picture = reach_map(view, frame, translator("de"), "de")
    first = picture.legend[0]
    assert first.label == "kein Platz in Reichweite"
    zero = [n for n, a in enumerate(view.areas) if a.reach == 0]
    assert first.count == str(len(zero))
    letters = picture.paint["letters"]
    assert {letters[n] for n in zero} == {"a"}
    assert "a" not in {letters[n] for n, a in enumerate(view.areas) if a.reach}
