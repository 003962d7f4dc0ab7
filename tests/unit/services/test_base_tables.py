"""One or two persons in a quarter are not known by subtraction, whatever is counted of them."""

import math
from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from data.reader import ReleaseReader
from domain.model import Audience
from services.protected_table import protected_tables
from services.publication import Delivery, build_release
from services.release_audit import attack, audit_tables
from tests import town_fixture as fixture
from tests.unit.services.test_protection import protected, rows_of

BASES = [120, 2, 240, 60, 310, 95, 150, 42, 210, 180, 130, 77]
CASES = [30, 0, 61, 19, 120, 22, 44, 15, 50, 33, 27, 14]


def town_of(bases, cases=CASES):
    town = fixture.small_town()
    rows = [
        fixture._row("kinderarmut", "2021", q, 100 * a / n, float(a), float(n))
        for q, a, n in zip(fixture.QUARTERS, cases, bases, strict=True)
    ]
    return replace(town, values=pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS)))


def test_a_base_of_two_is_not_the_rest_of_its_district():
    rows = rows_of(protected(town_of(BASES), max_hidden_share=1.0), "kinderarmut")
    hidden = set(rows.index[rows["state"] == "suppressed"])
    assert "02" in hidden
    assert hidden & {"01", "03"}, "a second base of the district is unknown, too"
    assert rows.loc[sorted(hidden), "denominator"].isna().all()


def test_a_base_above_the_least_is_no_secret():
    rows = rows_of(protected(town_of([120, 12, *BASES[2:]], [30, 5, *CASES[2:]])), "kinderarmut")
    assert (rows["state"] != "suppressed").all()


def test_the_audit_attacks_the_bases_of_what_was_written(tmp_path):
    folder = tmp_path / "bundle"
    from data.bundle import Stamp

    build_release(
        town_of(BASES), folder, Stamp("kleinstadt", "2026-11-24-1", fixture.CLOCK),
        Delivery(max_hidden_share=1.0),
    )  # fmt: skip
    tables = protected_tables(folder)
    (bases,) = [t for t in tables if t.is_of_bases]
    assert "kinderarmut|#base|2021|quartiere@2020|02" in bases.bases
    with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
        assert attack(reader, tables) == []
        (report,) = audit_tables(reader, [bases], is_exact=True)
    assert report.hidden == len(bases.bases)
    assert report.least_width >= 3 or math.isinf(report.least_width)


def test_the_audit_finds_a_base_whose_neighbours_are_shown(tmp_path):
    folder = tmp_path / "bundle"
    from data.bundle import Stamp

    stamp = Stamp("kleinstadt", "2026-11-24-1", fixture.CLOCK)
    build_release(town_of([120, 200, *BASES[2:]]), folder, stamp, Delivery())
    town = town_of(BASES)
    tables = protected(town, max_hidden_share=1.0).tables
    (bases,) = [t for t in tables if t.is_of_bases]
    alone = replace(bases, bases=frozenset({"kinderarmut|#base|2021|quartiere@2020|02"}))
    with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
        (report,) = audit_tables(reader, [alone])
    assert report.narrow == tuple(alone.bases)


@pytest.mark.parametrize("base", [1, 2])
def test_the_audit_passes_with_any_small_base(tmp_path, base):
    cases = [30, min(base, 1), *CASES[2:]]
    fixture.publish(
        town_of([120, base, *BASES[2:]], cases), fixture.settings_for(tmp_path / "instance")
    )
