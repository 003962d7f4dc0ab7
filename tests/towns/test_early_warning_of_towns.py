"""The early-warning list of real towns: what it found, what it could not test, and why."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from domain.model import Audience
from domain.warning_view import COUNTS, NO_PARTS, UNJUDGED
from services.container import build_services
from tests.towns.served import released_once

pytestmark = pytest.mark.towns


def view_of(settings, search):
    services = build_services(settings)
    query, hints = services.warnings.query(Audience.PUBLIC, search)
    assert hints == ()
    return services.warnings.view(Audience.PUBLIC, query)


def test_flensburg_names_its_movements_and_what_it_could_not_test(towns_dir, tmp_path_factory):
    settings = released_once("flensburg", towns_dir / "flensburg", tmp_path_factory)
    view = view_of(settings, "level=stadtteile")
    assert len(view.area_ids) == len(view.standings) == 13
    assert {t.periods for t in view.tested} == {("2021", "2022")}
    assert view.warned.tests + sum(view.untested().values()) == 13 * len(view.tested)
    assert view.untested()["hidden"] > 0
    assert set(view.left_out) == {COUNTS, NO_PARTS, UNJUDGED}
    names = [t.indicator.id for t in view.tested]
    twins = [view.warned.bundles[names.index(f"grundsicherung-{x}-quote")]
             for x in ("alter", "erwerb")]  # fmt: skip
    assert twins[0] == twins[1]
    # 1,048 of 6,925 against 897 of 7,068 persons below 65 in Jürgensby, in whole numbers
    ways = sum(math.comb(7068, k) * math.comb(6925, 1945 - k) for k in range(898))
    k, i = names.index("sgb2-quote"), view.area_names.index("Jürgensby")
    assert view.warned.directions[k, i] == view.burden[k, i] == -1
    assert view.warned.p[k, i] == pytest.approx(float(Fraction(2 * ways, math.comb(13993, 1945))))
    assert view.warned.p[k, i] <= view.warned.adjusted[k, i] <= view.query.q


@pytest.mark.parametrize("level", ["bezirke", "bezirksregionen", "planungsraeume"])
def test_berlin_says_that_its_counted_shares_tell_no_burden(towns_dir, tmp_path_factory, level):
    settings = released_once("berlin", towns_dir / "berlin", tmp_path_factory)
    view = view_of(settings, f"level={level}")
    assert view.query.of == "all"
    assert not view.burden.any()
    assert {*view.standings} <= {"mixed", "few", "none", "untested"}
    assert view.warned.tests + sum(view.untested().values()) == len(view.area_ids) * len(
        view.tested
    )
    assert len(view.left_out[NO_PARTS]) >= 8
    names = [t.indicator.id for t in view.tested]
    numbers = {
        view.warned.bundles[names.index(f"anteil-{x}")]
        for x in ("migrationshintergrund", "auslaendisch", "deutsch-migration")
    }
    assert len(numbers) == 1
    assert view.around is not None
    assert all(i in view.around[j] for i, around in enumerate(view.around) for j in around)
    assert all(math.isfinite(v) for t in view.tested for v in t.town if v is not None)
