"""Reports of real towns: long names, many areas and odd figures keep to their pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from app import create_app
from domain.model import Audience
from services.container import Services, build_services
from tests import paper
from tests.towns.served import released_once

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
NAMES = ("flensburg", "berlin")
MOST = 5
"""Pages of the longest names a level, indicators and areas."""

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module", params=NAMES)
def town(request, tmp_path_factory) -> Iterator[tuple[Any, Services]]:
    settings = released_once(request.param, Path(TOWNS) / request.param, tmp_path_factory)
    services = build_services(settings)
    with create_app(settings, services=services).test_client() as client:
        yield client, services


def ask(town: tuple[Any, Services], **query: str) -> bytes:
    client, services = town
    release = services.monitoring.current()
    name = services.monitoring.catalogue(Audience.PUBLIC, release).town.id
    answer = client.get(f"/export/{name}/{release}/bericht.pdf?{urlencode(query, safe=',')}")
    assert answer.status_code == 200, query
    return answer.data


def check(pdf: bytes) -> None:
    structure = paper.Structure(pdf)
    assert structure.is_pdf_ua()
    assert all(structure.figures())
    assert paper.outside_margins(pdf) == []
    assert paper.overlapping(pdf) == []


def longest(names: dict[str, str]) -> list[str]:
    """Return the keys of the longest names, the longest first."""
    return sorted(names, key=lambda k: -len(names[k]))[:MOST]


def levels(services: Services) -> list[tuple[str, dict[str, str]]]:
    release = services.monitoring.current() or ""
    found = services.profiles.levels(Audience.PUBLIC, release)
    offer = services.monitoring.offer(Audience.PUBLIC, release)
    filled = {
        level for held in offer.periods.values() for level, periods in held.items() if periods
    }
    return [
        (level.id, dict(services.profiles.areas(Audience.PUBLIC, release, level)))
        for level in found
        if level.kind != "city" and level.id in filled
    ]


def test_views_of_the_longest_indicators_on_every_level(town):
    _, services = town
    release = services.monitoring.current() or ""
    offer = services.monitoring.offer(Audience.PUBLIC, release)
    seen = 0
    for level, areas in levels(services):
        names = {
            i.id: i.name.de
            for i in offer.catalogue.indicators
            if offer.periods.get(i.id, {}).get(level)
        }
        chosen = ",".join(longest(areas))
        for indicator in longest(names):
            pdf = ask(town, page="atlas", indicator=indicator, level=level, areas=chosen)
            check(pdf)
            said = "".join(paper.text_of(pdf).split())
            missing = [n for n in areas.values() if "".join(n.split()) not in said]
            # names are broken over lines of a narrow column, never left out
            assert len(missing) <= len(areas) * 0.1, missing
            seen += 1
    assert seen >= MOST


def test_profiles_of_the_longest_names(town):
    for level, areas in levels(town[1]):
        for area in longest(areas):
            check(ask(town, page="profil", level=level, area=area))


def test_comparisons_of_eight_long_names(town):
    for level, areas in levels(town[1]):
        chosen = sorted(areas, key=lambda k: -len(areas[k]))[:8]
        for language in ("de", "en"):
            check(ask(town, page="vergleich", level=level, areas=",".join(chosen), lang=language))
