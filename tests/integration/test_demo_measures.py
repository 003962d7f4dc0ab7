"""The measures of the demo town: each fits its release, and each kind of sentence occurs."""

from __future__ import annotations

import pytest

from domain.model import Audience
from services.container import build_services
from services.demo_measures import seed_measures


@pytest.fixture(scope="module")
def views(demo):
    services = build_services(demo)
    release = services.releases.current()
    found = services.measures.all(Audience.PUBLIC)
    return {m.facts.name: services.effects.view(Audience.PUBLIC, release, m.id) for m in found}


def test_three_measures_are_published_and_drawn(views):
    assert len(views) == 3
    assert not [v.problem for v in views.values() if v.problem]
    assert all(v.course("own") and v.course("similar") and v.course("town") for v in views.values())


def test_each_says_what_its_figures_allow(views):
    said = {name: (v.design.kind, v.statement) for name, v in views.items()}
    assert said == {
        "Sport im Quartier": ("did", "strong"),
        "Sprachbildung in Kitas": ("compared", "none"),
        "Lotsinnen für Vorsorge": ("described", "described"),
    }


def test_only_what_was_entered_before_the_figures_counts_as_such(views):
    assert {name: v.is_before_data for name, v in views.items()} == {
        "Sport im Quartier": True,
        "Sprachbildung in Kitas": True,
        "Lotsinnen für Vorsorge": False,
    }
    strong = views["Sport im Quartier"]
    assert strong.found is not None
    assert strong.found.p <= 0.05
    assert not set(strong.others) & set(strong.entry.area_names)


def test_a_folder_without_a_file_of_measures_gets_none(tmp_path, demo):
    assert seed_measures(tmp_path / "measures.toml", build_services(demo).measures) == 0
