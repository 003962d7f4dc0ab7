"""Chains of levels that add up."""

import pandas as pd

from services.nesting import Hierarchy, hierarchies
from tests import town_fixture as fixture


def found(name):
    return next(h for h in hierarchies(fixture.parents()) if h.name == name)


def test_every_hierarchy_of_the_town_is_found_in_its_order():
    assert [h.name for h in hierarchies(fixture.parents())] == ["verwaltung", "schule", "traeger"]


def test_ancestors_are_found_over_several_levels():
    above = found("verwaltung").ancestors("quartiere@2020", "stadt@2020")
    assert set(above) == set(fixture.QUARTERS)
    assert set(above.values()) == {"kleinstadt"}


def test_a_level_that_does_not_nest_is_left_out_of_the_chain():
    levels = ["stadt@2020", "bezirke@2020", "schulbezirke@2020", "quartiere@2020"]
    assert found("verwaltung").chain(levels) == ["stadt@2020", "bezirke@2020", "quartiere@2020"]


def test_a_chain_may_skip_a_level_that_has_no_values():
    hierarchy = found("verwaltung")
    chain = hierarchy.chain(["stadt@2020", "quartiere@2020"])
    parents = hierarchy.parents(chain)
    assert parents["quartiere@2020|01"] == "stadt@2020|kleinstadt"


def test_a_level_without_parents_stands_alone():
    assert Hierarchy("kitas@2020", {}).chain(["kitas@2020"]) == ["kitas@2020"]
    assert Hierarchy("kitas@2020", {}).parents(["kitas@2020"]) == {}
    assert hierarchies(pd.DataFrame(columns=list(fixture.PARENT_COLUMNS))) == []
