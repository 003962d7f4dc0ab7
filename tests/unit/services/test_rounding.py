"""Rounding instead of hiding: nothing is suppressed, nothing small can be pinned down."""

from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from data.bundle import Stamp
from data.reader import ReleaseReader
from domain.model import Audience, Kind
from services.area_steps import AreaSteps
from services.earlier_releases import Earlier
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
    assert row.state == "suppressed"
    assert pd.isna([row.value, row.numerator, row.denominator]).all()


def test_a_base_of_none_is_not_told_from_a_base_of_few():
    indicator = next(i for i in fixture.catalogue().indicators if i.kind is Kind.SHARE)
    rows = [
        fixture._row("kinderarmut", "2021", "01", 50.0, 1.0, 2.0),
        fixture._row("kinderarmut", "2021", "02", float("nan"), 0.0, 0.0, "not_applicable"),
        fixture._row("kinderarmut", "2021", "03", float("nan"), state="not_applicable"),
    ]
    shown = rounded_rows(pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS)), indicator, 5)
    assert shown["state"].tolist() == ["suppressed", "suppressed", "not_applicable"]
    assert shown[["value", "numerator", "denominator"]].isna().all().all()


@pytest.fixture
def attacked(tmp_path):
    """Build one release after the other and attack what was written, with what was before."""
    folders = []

    def run(town):
        folder = tmp_path / f"bundle{len(folders)}"
        delivery = Delivery(max_hidden_share=1.0, earlier=tuple(reversed(folders)))
        _, findings = build_release(town, folder, STAMP, delivery)
        with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
            known = Earlier.of_folders(delivery.earlier, reader.catalogue())
            reports = audit_tables(reader, protected_tables(folder), earlier=known)
            folders.append(folder)
            return reports, findings, reader.catalogue()

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


def pinned_down():
    rows = [("arm", kind, "2021", [2, *[20] * 11]) for kind in "abcd"]
    return rounding(town_of(("arm", "total", "2021", [8, *[80] * 11]), *rows))


def test_rounded_numbers_of_an_earlier_release_are_not_taken_for_exact_ones(attacked, tmp_path):
    town = rounding(split_town())
    _, _, catalogue = attacked(town)
    assert Earlier.of_folders([tmp_path / "bundle0"], catalogue).cells.empty
    (report,), findings, _ = attacked(town)
    assert report.leaks == ()
    assert {f.code for f in findings}.isdisjoint({"disclosure_infeasible", "disclosure_was_public"})


def test_exact_numbers_of_an_earlier_release_are_attacked_with(tmp_path):
    """Three kinds of two read 0 and make 5, which is 3 to 7; whoever knows the 6 knows all."""
    kinds = [("arm", kind, "2021", [2, *[20] * 11]) for kind in "abc"]
    town = rounding(town_of(("arm", "total", "2021", [6, *[60] * 11]), *kinds))
    before, now = tmp_path / "before", tmp_path / "now"
    whole = replace(town, values=town.values[town.values["category"] == "total"])
    build_release(rounding(whole, base=0), before, STAMP, Delivery())
    build_release(town, now, STAMP, Delivery(max_hidden_share=1.0))
    with closing(ReleaseReader(now, Audience.PUBLIC)) as reader:
        tables = protected_tables(now)
        known = Earlier.of_folders([before], reader.catalogue())
        (alone,) = audit_tables(reader, tables, is_exact=True)
        (told,) = audit_tables(reader, tables, earlier=known, is_exact=True)
    assert alone.leaks == ()
    assert told.narrow == tuple(f"arm|{kind}|2021|quartiere@2020|01" for kind in "abc")


def test_a_corrected_number_is_no_contradiction(attacked):
    """Once shown as 40, 01 has 4 by now: no part of the 7 of its district, and not known."""
    first = rounding(town_of(("arm", "total", "2021", [40] * 12)), base=0)
    attacked(replace(first, values=first.values[first.values["area"] == "01"]))
    (report,), _, _ = attacked(rounding(town_of(("arm", "total", "2021", [4, 2, 1, *[60] * 9]))))
    assert report.leaks == ()


def test_an_area_the_figure_does_not_apply_to_helps_to_pin_down_the_others(attacked):
    """Four schools of two each read 0 and make 10; the fifth place has no school."""
    town = fixture.small_town()
    values = town.values
    values = values[(values["indicator"] == "kinderarmut") & (values["period"] == "2021")].copy()
    few, none = values["area"].isin(["01", "02", "03", "04"]), values["area"] == "05"
    values.loc[few, "numerator"] = 2.0
    values.loc[few, "value"] = 200 / values.loc[few, "denominator"]
    values.loc[none, ["value", "numerator", "denominator"]] = float("nan")
    values.loc[none, "state"] = "not_applicable"
    town = rounding(replace(town, values=values), base=0, kinderarmut=5)
    reports, findings, _ = attacked(town)
    assert "disclosure_infeasible" in {f.code for f in findings}
    assert [r.leaks for r in reports] == [()]


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
            "number": float("nan"), "displayed": numbers, "was_open": False, "is_zero": False,
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
