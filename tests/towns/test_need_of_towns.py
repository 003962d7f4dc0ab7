"""Places against children in real towns: Flensburg by hand, Berlin whole."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from domain.model import Audience
from services.container import build_services
from tests.towns.served import released_once

pytestmark = pytest.mark.towns


def view_of(settings, search):
    services = build_services(settings)
    query, hints = services.needs.query(Audience.PUBLIC, search)
    assert hints == ()
    return services.needs.view(Audience.PUBLIC, query)


def test_flensburg_has_the_coverage_that_is_computed_by_hand(towns_dir, tmp_path_factory):
    folder = towns_dir / "flensburg"
    settings = released_once("flensburg", folder, tmp_path_factory)
    view = view_of(settings, "level=stadtteile&kind=kita&target=100")
    told = json.loads((folder / "derived/kitas_ohne_personendaten.geojson").read_text("utf-8"))
    by_hand: dict[str, int] = defaultdict(int)
    for feature in told["features"]:
        kita = feature["properties"]
        by_hand[kita["district"].replace("_", " ")] += int(kita["childcare_places"])
    differing = {}
    for area in view.areas:
        stated = by_hand[area.name.replace("_", " ")]
        if area.places != stated:
            differing[area.name] = area.places - stated
        assert area.children is not None
        assert area.coverage == pytest.approx(100 * area.places / area.children)
        assert view.target == 100
        assert area.gap == pytest.approx(area.places - view.target / 100 * area.children)
    # one of 70 lies in another district than its record says
    assert sum(differing.values()) == 0
    assert len(differing) in (0, 2)
    assert len(view.facilities) == len(told["features"]) == 70
    assert view.outside == 0


def test_no_places_are_missing_where_nobody_set_a_target_for_these_children(
    towns_dir, tmp_path_factory
):
    settings = released_once("flensburg", towns_dir / "flensburg", tmp_path_factory)
    view = view_of(settings, "level=stadtteile&kind=kita")
    assert not view.is_same_age
    assert view.target is None
    assert view.gaps == ()
    assert all(a.coverage is not None and not a.kind for a in view.areas)


@pytest.mark.long
def test_berlin_stands_with_all_its_kitas_on_all_its_areas(towns_dir, tmp_path_factory):
    settings = released_once("berlin", towns_dir / "berlin", tmp_path_factory)
    view = view_of(settings, "level=planungsraeume&kind=kita")
    assert len(view.areas) == 542
    assert len(view.facilities) == 2893
    inside = sum(a.facilities for a in view.areas)
    assert inside + view.outside == 2893
    reached = [a.reach for a in view.areas if a.reach is not None]
    assert len(reached) == sum(a.children is not None and a.children > 0 for a in view.areas)


@pytest.mark.long
def test_an_area_of_other_boundaries_leaves_a_hint(towns_dir, tmp_path_factory):
    settings = released_once("berlin", towns_dir / "berlin", tmp_path_factory)
    services = build_services(settings)
    older = "level=bezirksregionen&kind=kita&part=plan&area=010111&plan=open~010111~80"
    query, hints = services.needs.query(Audience.PUBLIC, older)
    assert {key for key, _ in hints} == {"hint.need", "hint.need_change"}
    assert (query.area, query.plan) == ("", "")
    view = services.needs.view(Audience.PUBLIC, query)
    assert view.target is None
    assert view.changes == ()


@pytest.mark.long
def test_berlin_shows_before_and_after_at_once(towns_dir, tmp_path_factory):
    settings = released_once("berlin", towns_dir / "berlin", tmp_path_factory)
    plain = view_of(settings, "level=planungsraeume&kind=kita")
    first = next(f for f in plain.facilities if f.area and f.places)
    view = view_of(
        settings,
        f"level=planungsraeume&kind=kita&part=plan&plan=close~{first.id};open~{first.area}~40",
    )
    before = next(a for a in view.areas if a.id == first.area)
    after = next(a for a in view.after if a.id == first.area)
    assert after.places == before.places - first.places + 40
    moved = sum(a.places for a in view.after) - sum(a.places for a in view.areas)
    assert moved == pytest.approx(40 - first.places)


@pytest.mark.long
def test_berlin_tries_nothing_out_in_an_area_that_was_cut_anew(towns_dir, tmp_path_factory):
    services = build_services(released_once("berlin", towns_dir / "berlin", tmp_path_factory))
    plain = "level=planungsraeume&kind=kita"
    now = {a.id for a in view_areas(services, plain)}
    offered = services.needs.choices(Audience.PUBLIC, services.releases.current())
    (old, *_) = sorted(set(offered.choices.areas["planungsraeume"]) - now)
    query, hints = services.needs.query(Audience.PUBLIC, f"{plain}&plan=open~{old}~50")
    assert (query.plan, [key for key, _ in hints]) == ("", ["hint.need_change"])


def view_areas(services, search):
    query, _ = services.needs.query(Audience.PUBLIC, search)
    return services.needs.view(Audience.PUBLIC, query).areas
