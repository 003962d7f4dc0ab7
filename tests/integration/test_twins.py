from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from domain.model import SHOWN_STATES, Audience, Kind, Polarity
from domain.twins import FEWEST
from services.container import build_services
from tests import town_fixture as fixture

SHARES = tuple(f"anteil-{n}" for n in range(5))
SAID_AGAIN = "anteil-wiederholt"
"""The last share once more: it is no circumstance, for it says the same as one."""
HIDDEN = fixture.QUARTERS[1]


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """The small town with five more shares; quarter 02 has two cases in the first."""
    town = fixture.small_town()
    rng = np.random.default_rng(3)
    rows = []
    for place, name in enumerate(SHARES):
        for quarter, base in zip(fixture.QUARTERS, fixture.CHILDREN, strict=True):
            cases = 2.0 if (quarter, place) == (HIDDEN, 0) else float(rng.integers(5, base - 5))
            names = (name, SAID_AGAIN) if name == SHARES[-1] else (name,)
            rows += [
                fixture._row(n, "2023", quarter, 100 * cases / base, cases, float(base))
                for n in names
            ]
    added = [
        replace(fixture._indicator(name, "soziale-lage", Kind.SHARE), polarity=Polarity.NONE)
        for name in (*SHARES, SAID_AGAIN)
    ]
    values = pd.concat(
        [town.values, pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS))], ignore_index=True
    )
    indicators = (*town.catalogue.indicators, *added)
    town = replace(town, values=values, catalogue=replace(town.catalogue, indicators=indicators))
    settings = fixture.settings_for(tmp_path_factory.mktemp("twins"))
    fixture.publish(town, settings)
    return build_services(settings)


def level_of(services, name):
    catalogue = services.monitoring.catalogue(Audience.PUBLIC, services.monitoring.current())
    return next(x for x in catalogue.levels if x.id == name)


def asked(services, area, **more):
    release = services.monitoring.current()
    return services.twins.twins(
        Audience.PUBLIC, release, level_of(services, "quartiere"), area, **more
    )


def test_a_quarter_has_twins_with_distance_and_reasons(services):
    found = asked(services, "03", k=3)
    assert len(found.twins) == 3
    assert not found.reason
    assert [t.distance for t in found.twins] == sorted(t.distance for t in found.twins)
    assert "03" not in {t.area for t in found.twins}
    assert len(found.circumstances) >= FEWEST
    assert all(t.alike and t.differing and 0 <= t.rebased <= 1 for t in found.twins)


def test_a_hidden_value_is_neither_told_nor_used(services):
    release = services.monitoring.current()
    reader = services.releases.reader(release, Audience.PUBLIC)
    level = level_of(services, "quartiere")
    for area in fixture.QUARTERS:
        for twin in asked(services, area).twins:
            for trait in (*twin.alike, *twin.differing):
                rows = reader.values(trait.indicator, level.id, level.vintage)
                rows = rows[rows["period"] == trait.period].set_index("area")
                assert rows.loc[area, "state"] in SHOWN_STATES
                assert rows.loc[area, "value"] == pytest.approx(trait.own)
                assert rows.loc[twin.area, "value"] == pytest.approx(trait.other)
    assert any(t.known < len(asked(services, HIDDEN).circumstances)
               for t in asked(services, HIDDEN).twins)  # fmt: skip


def test_what_is_to_be_compared_is_no_circumstance(services):
    taken = asked(services, "03").circumstances[0].indicator
    without = asked(services, "03", outcomes=(taken,))
    assert taken not in {c.indicator for c in without.circumstances}
    assert (taken, "outcome") in {(x.indicator, x.reason) for x in without.left_out}


def test_without_enough_to_go_by_there_are_no_twins_and_a_reason(services, town_services):
    release = town_services.monitoring.current()
    few = town_services.twins.twins(
        Audience.PUBLIC, release, level_of(town_services, "quartiere"), "03"
    )
    assert (few.twins, few.reason) == ((), "too_few_variables")
    release = services.monitoring.current()
    small = services.twins.twins(Audience.PUBLIC, release, level_of(services, "bezirke"), "A")
    assert (small.twins, small.reason) == ((), "too_few_areas")


def test_an_area_of_another_level_is_refused(services):
    with pytest.raises(KeyError):
        asked(services, "A")


def test_similar_areas_are_no_yardstick_for_what_made_them_similar(services):
    release = services.monitoring.current()
    view = services.profiles.profile(Audience.PUBLIC, release, "quartiere", "03")
    by = {c.indicator for c in view.twins.circumstances}
    groups = {f.indicator.group for f in view.figures if f.indicator.id in by} - {""}
    same = [f for f in view.figures if f.indicator.id in by or f.indicator.group in groups]
    other = [f for f in view.figures if f not in same]
    assert same
    assert all(f.twins is None and f.n_twins == 0 for f in same)
    assert any(f.twins is not None for f in other)


def test_similar_areas_are_held_beside_an_area_as_one(services):
    release = services.monitoring.current()
    reader = services.releases.reader(release, Audience.PUBLIC)
    view = services.profiles.profile(Audience.PUBLIC, release, "quartiere", "03")
    level = view.area.level
    told = [f for f in view.figures if f.twins is not None]
    assert told
    for figure in told:
        rows = reader.values(figure.indicator.id, level.id, level.vintage)
        rows = rows[(rows["period"] == figure.period) & rows["value"].notna()]
        mine = rows.set_index("area").reindex([t.area for t in view.twins.twins])
        mine = mine.dropna(subset=["numerator", "denominator"])
        cases, persons = mine["numerator"].sum(), mine["denominator"].sum()
        assert figure.n_twins == len(mine)
        assert figure.twins.value == pytest.approx(figure.indicator.multiplier * cases / persons)
        assert figure.twins.lower < figure.twins.value < figure.twins.upper
