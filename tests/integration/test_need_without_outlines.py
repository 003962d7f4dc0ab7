"""Need and supply on a level that has a list of areas and no outlines."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pytest

from domain.model import Audience
from services.container import build_services
from tests import town_fixture as fixture

PLAIN = "level=quartiere&kind=kita&group=total&children=kinder"


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    settings = fixture.settings_for(tmp_path_factory.mktemp("bare") / "instance")
    town = fixture.small_town()
    drawn = town.areas["quartiere@2020"]
    bare = drawn.set_geometry(gpd.GeoSeries([None] * len(drawn), crs=drawn.crs))
    fixture.publish(replace(town, areas={**town.areas, "quartiere@2020": bare}), settings)
    found = build_services(settings)
    yield found
    found.releases.close()


@pytest.mark.parametrize("change", ["homes~03~10~1", "open~03~40", "move~K1~03", "close~K1"])
def test_changes_count_though_nobody_knows_where_they_are(services, change):
    query, hints = services.needs.query(Audience.PUBLIC, f"{PLAIN}&part=plan&plan={change}")
    assert hints == ()
    view = services.needs.view(Audience.PUBLIC, query)
    after = {a.id: a for a in view.after}["03"]
    now = {a.id: a for a in view.areas}["03"]
    assert after.reach is None
    assert after.children == now.children + 10 * change.startswith("homes")
    assert after.places == now.places + 40 * change.startswith("open") + _moved(services, change)


def _moved(services, change):
    frame = services.releases.reader(services.releases.current(), Audience.PUBLIC).facilities()
    if not change.startswith("move"):
        return 0
    return float(frame.set_index("facility_id")["places_total"]["K1"])
