"""A jump across a break of the series is no change: the view tests nothing and says why."""

from dataclasses import replace

from domain.model import Audience, SeriesBreak, Text
from services.container import build_services
from tests import town_fixture as fixture


def test_nothing_is_compared_across_a_break(tmp_path):
    town = fixture.small_town()
    law = SeriesBreak("2022", "law", Text("Gesetz geändert", "law changed"))
    parted = tuple(
        replace(i, series_breaks=(law,)) if i.id == "kinderarmut" else i
        for i in town.catalogue.indicators
    )
    values = town.values.copy()
    later = (values["indicator"] == "kinderarmut") & (values["period"] == "2022")
    values.loc[later, "numerator"] = (0.8 * values.loc[later, "denominator"]).round()
    values.loc[later, "value"] = 100 * values["numerator"] / values["denominator"]
    settings = fixture.settings_for(tmp_path / "instance")
    catalogue = replace(town.catalogue, indicators=parted)
    fixture.publish(replace(town, values=values, catalogue=catalogue), settings)
    services = build_services(settings)
    release = services.monitoring.current()
    level = services.monitoring.catalogue(Audience.PUBLIC, release).level("quartiere", "2020")
    view = services.monitoring.view(
        Audience.PUBLIC, release, level, "kinderarmut", compare="previous"
    )
    shown = view.by_period["2022"]
    assert shown.city.value > 79
    assert set(shown.badges) == {"not_compared"}
    assert set(shown.benchmarks) == {None}
    assert [m.key for m in shown.signs.chance] == ["chance.no_previous_comparable"]
    first = view.by_period[view.periods[0]]
    assert [m.key for m in first.signs.chance] == ["chance.no_previous"]
