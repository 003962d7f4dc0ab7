"""Rounding instead of hiding: nothing is suppressed, nothing small can be pinned down."""

from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from data.bundle import Stamp
from data.reader import ReleaseReader
from domain.model import Audience, Kind
from services.area_steps import AreaSteps
from services.protected_table import protected_tables
from services.publication import Delivery, build_release
from services.release_audit import audit_tables
from services.rounded_tables import narrow_rounded, rounded_rows
from tests import town_fixture as fixture
from tests.unit.services.test_linked_protection import cells_of, protected, town_of
from tests.unit.services.test_protection import rows_of

GIRLS = [2, 9, 1, *range(5, 14)]
BOYS = [7, 1, 30, *range(11, 20)]
BOTH = [a + b for a, b in zip(GIRLS, BOYS, strict=True)]
STAMP = Stamp("kleinstadt", "2026-11-24-1", fixture.CLOCK)


def rounding(town, base=5, **by_id):
    indicators = tuple(
        replace(i, rounding=by_id.get(i.id, base)) for i in town.catalogue.indicators
    )
    return replace(town, catalogue=replace(town.catalogue, indicators=indicators))


def split_town():
    return town_of(
        ("arm", "total", "2021", BOTH), ("arm", "w", "2021", GIRLS), ("arm", "m", "2021", BOYS)
    )


def test_every_count_is_rounded_for_itself_and_none_is_hidden():
    cells = cells_of(protected(rounding(split_town())))
    place = ("2021", "quartiere")
    assert [cells["arm", "w", *place, a] for a in ("01", "02", "03")] == [0, 10, 0]
    assert [cells["arm", "m", *place, a] for a in ("01", "02", "03")] == [5, 0, 30]
    assert all(v is not None and v % 5 == 0 for v in cells.values())
    assert {c[1] for c in cells} == {"total", "w", "m"}


def test_shares_are_made_of_rounded_counts_and_have_no_interval():
    town = rounding(fixture.small_town(), base=0, kinderarmut=5)
    rows = rows_of(protected(town), "kinderarmut", "quartiere")
    assert rows.loc["02", ["value", "numerator", "denominator"]].tolist() == [0.0, 0.0, 80.0]
    assert rows.loc["03", "value"] == 100 * 60 / 240
    assert rows[["lower", "upper", "lower998", "upper998"]].isna().all().all()
    assert set(rows["state"]) == {"ok", "limited"}
    assert rows.loc["02", "state"] == "limited"


def test_a_share_without_a_rounded_base_has_no_number():
    indicator = next(i for i in fixture.catalogue().indicators if i.kind is Kind.SHARE)
    one = pd.DataFrame([fixture._row("kinderarmut", "2021", "01", 50.0, 1.0, 2.0)])
    one.columns = list(fixture.VALUE_COLUMNS)
    (row,) = rounded_rows(one, indicator, 5).itertuples()
    assert row.state == "below_unit"
    assert pd.isna([row.value, row.numerator, row.denominator]).all()


@pytest.fixture
def attacked(tmp_path):
    """Build a release and attack what was written."""

    def run(town):
        folder = tmp_path / "bundle"
        _, findings = build_release(town, folder, STAMP, Delivery(max_hidden_share=1.0))
        with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
            return audit_tables(reader, protected_tables(folder)), findings, reader.catalogue()

    return run


def test_the_written_release_is_attacked_with_windows(attacked):
    (report,), _, catalogue = attacked(rounding(split_town()))
    assert report.cells == 57
    assert report.leaks == ()
    assert report.least_width >= 1
    assert [i.interval for i in catalogue.indicators] == ["none"]


def test_small_counts_that_their_sum_pins_down_are_given_up(attacked):
    """Four kinds of two persons read 0, but all eight read 10: at least eight, so two each."""
    rows = [("arm", kind, "2021", [2, *[20] * 11]) for kind in "abcd"]
    town = town_of(("arm", "total", "2021", [8, *[80] * 11]), *rows)
    (report,), findings, _ = attacked(rounding(town))
    assert report.leaks == ()
    told = {f.code: f.params for f in findings}
    assert told["disclosure_infeasible"]["level"] == "quartiere@2020, a"


def test_an_attack_without_giving_up_would_pin_them_down():
    rows = [("arm", kind, "2021", [2, *[20] * 11]) for kind in "abcd"]
    town = town_of(("arm", "total", "2021", [8, *[80] * 11]), *rows)
    (table,) = protected(rounding(town)).tables
    cells = [f"arm|{kind}|2021|quartiere@2020|01" for kind in ("total", "a", "b", "c", "d")]
    numbers = [10.0, 0.0, 0.0, 0.0, 0.0]
    facts = pd.DataFrame(
        {
            "series": [c.rsplit("|", 3)[0] for c in cells], "period": "2021",
            "place": "quartiere@2020|01", "level_key": "quartiere@2020",
            "number": float("nan"), "displayed": numbers, "was_open": False,
        },
        index=cells,
    )  # fmt: skip
    narrow, _, _ = narrow_rounded(facts, table.structure, AreaSteps([]), table.known, 5)
    assert narrow == cells[1:]


def test_the_attack_finds_a_count_that_was_not_rounded(tmp_path):
    folder = tmp_path / "bundle"
    build_release(split_town(), folder, STAMP, Delivery(max_hidden_share=1.0))
    (table,) = protected(rounding(split_town())).tables
    with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
        (report,) = audit_tables(reader, [table])
    assert len(report.shown) > 10


def test_an_indicator_with_the_same_numbers_is_rounded_too():
    town = town_of(("arm", "total", "2021", BOTH), ("zweite", "total", "2021", BOTH))
    result = protected(rounding(town, base=0, arm=5))
    cells = cells_of(result)
    assert {c[0] for c in cells} == {"arm", "zweite"}
    assert all(v % 5 == 0 for v in cells.values())
    assert "disclosure_rounded_together" in {f.code for f in result.findings}
