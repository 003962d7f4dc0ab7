"""The offers and the outlook of the demo town: what staff see, and what the public does."""

from __future__ import annotations

import pytest

from domain.model import Audience
from domain.offer_use import verdict
from domain.outlook_view import KNOWN
from figures.need_both import scatter_title
from figures.need_offers import areas_title, hours_title
from i18n import translator
from services.container import build_services


@pytest.fixture(scope="module")
def services(demo):
    return build_services(demo)


def asked(services, audience, search):
    query, hints = services.needs.query(audience, search)
    assert hints == ()
    return query


def test_staff_see_who_takes_and_waits_and_the_public_does_not(services):
    query = asked(services, Audience.INTERNAL, "part=offers&offer=Offener+Treff")
    inside = services.offer_use.view(Audience.INTERNAL, query)
    assert inside.town.take_up == inside.town.taken / inside.town.places
    assert inside.town.waiting is not None
    assert inside.unread == 0
    assert sum(a.offers for a in inside.areas) == inside.town.offers == 12
    assert {a.verdict for a in inside.areas if a.offers} <= {"widen", "fits", "cut_back"}
    assert [p for p, _ in inside.earlier] == ["2023", "2024"]
    outside = services.offer_use.view(
        Audience.PUBLIC, asked(services, Audience.PUBLIC, "offer=Offener+Treff")
    )
    assert outside.town.places == inside.town.places
    told = [*outside.offers, *outside.areas, outside.town, *(use for _, use in outside.earlier)]
    assert all(one.taken is None and one.waiting is None for one in told)
    assert outside.free_grid is None


def test_titles_of_charts_say_what_is_found(services):
    query = asked(services, Audience.INTERNAL, "part=offers&offer=Hausaufgabenhilfe")
    view, tr = services.offer_use.view(Audience.INTERNAL, query), translator("de")
    assert hours_title(view, tr) == "Plätze sind zwischen 14 und 16 Uhr offen, an 4 Tagen der Woche"
    ends = sorted((a.take_up, a.name) for a in view.areas if a.offers)
    title = areas_title(view, tr, "de")
    assert title.startswith(f"Am meisten belegt ist {ends[-1][1]} (")
    assert f"am wenigsten {ends[0][1]} (" in title
    need = asked(services, Audience.PUBLIC, "burden=kinderarmut")
    found = services.needs.view(Audience.PUBLIC, need)
    burden = services.needs.burden(Audience.PUBLIC, need)
    assert scatter_title(found, burden, tr, "de").startswith(
        "Wo der Bedarf höher ist, gibt es weniger Plätze je Kind (r = −0,"
    )


def test_free_places_stand_in_the_hours_of_their_offers(services):
    query = asked(services, Audience.INTERNAL, "part=offers&offer=Hausaufgabenhilfe")
    view = services.offer_use.view(Audience.INTERNAL, query)
    free = sum(max(o.places - o.taken, 0) for o in view.offers)
    # Mo–Do 14:00–16:00
    assert [view.free_grid[d][14] for d in range(7)] == [free] * 4 + [0] * 3
    assert [view.free_grid[0][h] for h in (13, 15, 16)] == [0, free, 0]
    assert all(o.verdict == verdict(o.places, o.taken, o.waiting) for o in view.offers)


def test_one_area_has_its_own_hours(services):
    whole = services.offer_use.view(
        Audience.PUBLIC, asked(services, Audience.PUBLIC, "offer=Offener+Treff")
    )
    area = next(a for a in whole.areas if a.offers)
    view = services.offer_use.view(
        Audience.PUBLIC, asked(services, Audience.PUBLIC, f"offer=Offener+Treff&area={area.area}")
    )
    assert {o.area for o in view.offers} == {area.area}
    assert view.grid[2][16] == area.places
    assert view.town == whole.town


def test_the_outlook_adds_up_and_looks_back(services):
    query = asked(services, Audience.PUBLIC, "part=outlook&group=u3")
    view = services.outlooks.view(Audience.PUBLIC, query)
    assert view.years == tuple(range(2012, 2026))
    assert view.next_years == tuple(range(2026, 2031))
    known = [a for a in view.areas if a.state == KNOWN]
    assert len(known) == 32
    assert view.town.now == sum(a.now for a in known)
    assert 0 < view.mean_error < 0.5
    assert all(
        low <= mid <= high
        for a in known
        for low, mid, high in zip(a.low, a.central, a.high, strict=True)
    )
    assert view.town.gap == pytest.approx(view.town.places - 0.45 * view.town.now)
    kindergarten = services.outlooks.view(
        Audience.PUBLIC, asked(services, Audience.PUBLIC, "part=outlook&group=ue3")
    )
    assert kindergarten.town.now != view.town.now
