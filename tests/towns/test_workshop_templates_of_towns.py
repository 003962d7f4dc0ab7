"""The templates of workshops on real towns: each is a whole script whose guesses have answers."""

from __future__ import annotations

import pytest

from services.container import build_services
from tests.towns.served import released_once
from tests.workshops import check_templates

pytestmark = pytest.mark.towns


@pytest.mark.parametrize(
    ("town", "level", "left_out"),
    [
        ("flensburg", "stadtteile", ()),
        ("berlin", "bezirksregionen", ()),
        ("berlin", "planungsraeume", ()),
        # Köln's Kitas tell no places
        ("koeln", "stadtteile", ("need",)),
    ],
)
def test_every_template_fits_the_town(towns_dir, tmp_path_factory, town, level, left_out):
    services = build_services(released_once(town, towns_dir / town, tmp_path_factory))
    assert check_templates(services, level, 12) == {
        "social": (), "kita": left_out, "prevention": (),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("town", "level"), [("flensburg", "stadtbezirke"), ("koeln", "stadtviertel")]
)
def test_a_level_without_shares_still_gets_a_script(towns_dir, tmp_path_factory, town, level):
    services = build_services(released_once(town, towns_dir / town, tmp_path_factory))
    left_out = check_templates(services, level, 6)
    assert all("guess_where" in names for names in left_out.values())
