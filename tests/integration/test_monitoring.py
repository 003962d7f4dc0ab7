"""Views of a published release."""

from __future__ import annotations

import pytest

from domain.model import Audience, State
from services.offers import build_offer


def test_the_offer_leaves_out_the_town_itself_and_proposes_a_partner(town_services):
    release = town_services.monitoring.current()
    offer = town_services.monitoring.offer(Audience.PUBLIC, release)
    assert all(level.kind != "city" for level in offer.levels)
    assert set(offer.partners) == set(offer.periods)
    assert all(i not in offer.partners[i] for i in offer.partners)


def test_the_offer_of_nothing_is_empty(town_services):
    release = town_services.monitoring.current()
    catalogue = town_services.monitoring.catalogue(Audience.PUBLIC, release)
    table = town_services.monitoring.availability(Audience.PUBLIC, release)
    assert build_offer(catalogue, table.iloc[:0]).periods == {}


@pytest.mark.parametrize("compare", ["city", "parent", "target"])
def test_every_comparison_has_a_benchmark_or_says_it_has_none(town_services, compare):
    monitoring = town_services.monitoring
    release = monitoring.current()
    selection, _ = monitoring.selection(
        Audience.PUBLIC, {"indicator": "kinderarmut", "level": "quartiere"}
    )
    level = monitoring.level_of(
        Audience.PUBLIC, release, "kinderarmut", "quartiere", selection.period
    )
    view = monitoring.view(Audience.PUBLIC, release, level, "kinderarmut", compare=compare)
    shown = view.by_period[selection.period]
    for value, benchmark, word in zip(shown.values, shown.benchmarks, shown.badges, strict=True):
        if value is None or benchmark is None:
            assert word == "not_compared"
    assert State.SUPPRESSED in shown.states


def test_an_unknown_indicator_or_level_is_an_error_of_the_key(town_services):
    monitoring = town_services.monitoring
    release = monitoring.current()
    with pytest.raises(KeyError):
        monitoring.view_bytes(Audience.PUBLIC, release, "quartiere", "2021", "gibt-es-nicht")
    with pytest.raises(KeyError):
        monitoring.view_bytes(Audience.PUBLIC, release, "mars", "0000", "kinderarmut")
