"""The figures of the demo are possible, plausible, and have something to hide."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from data.demo.generate.deliveries import every_delivery
from data.demo.generate.facilities import build_facilities, observed_kitas
from data.demo.generate.figures import build_figures
from data.demo.generate.models import SHARES
from data.demo.generate.people import YEARS, build_people
from data.demo.generate.series import blocks, pooled
from data.demo.generate.special import kitas, schools, survey


def share(figure: str, level: str, year: int) -> np.ndarray:
    block = blocks(figure, level)[0].at([str(year)])
    assert block.denominator is not None
    return (block.numerator / block.denominator)[:, 0]


def test_no_share_has_more_cases_than_its_base() -> None:
    parts = [build_figures()[model.id] for model in SHARES]
    assert len(parts) > 30
    for part in parts:
        assert part.denominator is not None
        assert (part.numerator >= 0).all()
        assert (part.numerator <= part.denominator).all()


def test_schools_kitas_and_survey_have_no_more_cases_than_their_base() -> None:
    found = [kitas()["sprache"], kitas()["motorik"], survey()]
    found += [schools()[name] for name in ("ogs", "gymnasium", "foerderbedarf", "lesen")]
    for block in found:
        assert block.denominator is not None
        assert (block.numerator <= block.denominator).all()


def test_sexes_add_up_to_all_children_with_findings() -> None:
    figures = build_figures()
    both = figures["sprachauffaellig"]
    parts = [figures[f"sprachauffaellig-{sex}"] for sex in ("weiblich", "maennlich")]
    assert (sum(part.numerator for part in parts) == both.numerator).all()
    assert (sum(part.denominator for part in parts) == both.denominator).all()
    assert all((part.numerator <= part.denominator).all() for part in parts)


def test_single_ages_add_up_to_the_age_groups() -> None:
    people = build_people()
    assert (people.ages[:, :, :3].sum(axis=2) == people.counts["0-2"]).all()
    assert (people.ages.sum(axis=2) == people.counts["u21"]).all()
    assert (people.counts["u21"] < people.counts["einwohner"]).all()


def test_the_town_is_the_sum_of_its_districts_on_every_level() -> None:
    town = build_people().counts["einwohner"].sum(axis=0)
    for level in ("stadtbezirke", "stadtteile", "grundschulbezirke"):
        assert (blocks("einwohner", level)[0].numerator.sum(axis=0) == town).all()
    old, new = blocks("einwohner", "sozialraeume")
    assert (np.hstack([old.numerator.sum(axis=0), new.numerator.sum(axis=0)]) == town).all()
    assert 200_000 < town.min() < town.max() < 260_000


def test_child_poverty_differs_as_it_does_in_a_large_town() -> None:
    part = build_figures()["kinderarmut"]
    assert part.denominator is not None
    city = part.numerator[:, -1].sum() / part.denominator[:, -1].sum()
    districts = share("kinderarmut", "stadtteile", 2025)
    assert city == pytest.approx(0.18, abs=0.015)
    assert 0.02 < districts.min() < 0.06
    assert 0.36 < districts.max() < 0.45


def test_burdens_go_together() -> None:
    poverty = share("kinderarmut", "stadtteile", 2024)
    language = share("sprachauffaellig", "stadtteile", 2024)
    voting = share("wahlbeteiligung", "stadtteile", 2024)
    assert np.corrcoef(poverty, language)[0, 1] > 0.6
    assert np.corrcoef(poverty, voting)[0, 1] < -0.8


def test_care_of_the_youngest_grows() -> None:
    part = build_figures()["betreute-u3"]
    assert part.denominator is not None
    course = part.numerator.sum(axis=0) / part.denominator.sum(axis=0)
    assert course[0] < 0.29
    assert course[-1] > 0.36


def test_some_small_numbers_must_be_hidden_and_common_ones_need_not() -> None:
    rare = blocks("teenager-geburten", "stadtteile")[0].numerator
    common = np.hstack([b.numerator.ravel() for b in blocks("kinderarmut", "sozialraeume")])
    assert ((rare > 0) & (rare < 3)).mean() > 0.25
    assert ((common > 0) & (common < 3)).sum() == 0


def test_pooled_years_are_sums_that_do_not_overlap() -> None:
    block = blocks("adipositas", "stadtteile")[0]
    three = pooled(block, 3)
    assert three.periods == ("2012-2014", "2015-2017", "2018-2020", "2021-2023")
    assert (three.numerator[:, 0] == block.numerator[:, :3].sum(axis=1)).all()


def test_there_are_about_140_facilities_and_24_observed_kitas() -> None:
    houses = build_facilities()
    assert 130 <= len(houses) <= 155
    assert houses["id"].is_unique
    assert set(houses["kind"]) == {
        "kita", "grundschule", "schule", "jugendzentrum", "familienzentrum", "spielplatz",
        "kinderarztpraxis",
    }  # fmt: skip
    assert len(observed_kitas()) == 24
    assert observed_kitas()["id"].is_unique


def test_offers_and_demand_points_have_whole_numbers(committed: Path) -> None:
    with (committed / "raw" / "angebote.csv").open(encoding="utf-8", newline="") as file:
        offers = list(csv.DictReader(file, delimiter=";"))
    with (committed / "raw" / "kinder_wohnorte.csv").open(encoding="utf-8", newline="") as file:
        points = list(csv.DictReader(file, delimiter=";"))
    assert len(offers) > 400
    assert all(int(offer["plaetze"]) > 0 and int(offer["belegt"]) >= 0 for offer in offers)
    assert any(int(offer["warteliste"]) > 0 for offer in offers)
    assert 1900 <= len(points) <= 2500
    children = build_people().counts["3-5"][:, -1].sum()
    assert sum(int(point["alter_3_5"]) for point in points) == children


def test_every_file_has_its_years_within_2012_to_2025() -> None:
    deliveries = every_delivery()
    assert len(deliveries) > 20
    allowed = {str(year) for year in YEARS}
    for delivery in deliveries:
        for item in delivery.items:
            years = {p[:4] for block in item.blocks for p in block.periods}
            assert years
            assert years <= allowed
