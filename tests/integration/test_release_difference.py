"""What a release changes against another, seen by a service and by the command line."""

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest
from click.testing import CliRunner

import cli
from domain.model import Disclosure, SeriesBreak, Text
from services.container import build_services
from services.release_difference import base_of, compare_releases
from services.releases import UnknownReleaseError
from tests import town_fixture as fixture

FIRST, SECOND = "2026-11-24-1", "2026-11-25-1"


def _year(values, period):
    return values[values["period"] == period].reset_index(drop=True)


def _set(values, indicator, period, area, **numbers):
    cell = (
        (values["indicator"] == indicator) & (values["period"] == period) & (values["area"] == area)
    )
    assert cell.sum() == 1
    return values.assign(**{k: values[k].mask(cell, v) for k, v in numbers.items()})


def later_town():
    """Return the small town a year on, with one of everything somebody must look at."""
    town = fixture.small_town()
    grown = _year(town.values, "2023").assign(period="2024")
    values = pd.concat([town.values, grown], ignore_index=True)
    values = _set(values, "kinder", "2024", "05", value=3120.0)  # one digit too many
    values = _set(values, "kinder", "2022", "03", value=400.0)  # 241 before
    values = _set(values, "kinder", "2022", "01", value=123.0)  # 121 before
    values = _set(values, "kinder", "2021", "07", value=float("nan"), state="not_collected")
    # two poor children instead of 120: hidden now, and known from before
    values = _set(values, "kinderarmut", "2023", "05", value=100 * 2 / 312, numerator=2.0)
    values = values[~((values["indicator"] == "geheim") & (values["period"] == "2021"))]
    town.areas["quartiere@2020"].loc[3, "name"] = "Neuer Name"
    indicators = {i.id: i for i in town.catalogue.indicators}
    indicators["gymnasium"] = replace(
        indicators["gymnasium"], disclosure=Disclosure.NONE, unit=Text("Prozent", "percent")
    )
    del indicators["miete"]
    values = values[values["indicator"] != "miete"]
    catalogue = replace(town.catalogue, indicators=tuple(indicators.values()))
    return replace(town, values=values.reset_index(drop=True), catalogue=catalogue)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    settings = fixture.publish_small_town(tmp_path_factory.mktemp("town"))
    fixture.publish(later_town(), settings, clock=fixture.CLOCK + dt.timedelta(days=1))
    return settings


@pytest.fixture(scope="module")
def found(settings):
    return compare_releases(build_services(settings).store, FIRST, SECOND)


def of(found, indicator):
    return next(i for i in found.indicators if i.id == indicator)


def areas(cells):
    return {(c.period, c.area) for c in cells if c.level == "quartiere@2020"}


def test_new_and_lost_periods_are_told(found):
    assert of(found, "kinder").periods == ("2024",)
    assert of(found, "kinder").periods_gone == ()
    assert of(found, "geheim").periods_gone == ("2021",)
    assert of(found, "geheim").lost == ()


def test_revised_values_are_parted_at_ten_percent(found):
    children = of(found, "kinder")
    (changed,) = [c for c in children.revised if c.cell.level == "quartiere@2020"]
    assert (changed.cell.period, changed.cell.area, changed.cell.name) == (
        "2022",
        "03",
        "Gebiet 03",
    )
    assert (changed.before, changed.after) == (241.0, 400.0)
    assert children.slightly >= 1


def test_a_value_that_is_gone_is_lost_and_not_zero(found):
    lost = of(found, "kinder").lost
    assert areas(c.cell for c in lost) == {("2021", "07")}
    assert {c.after for c in lost} == {None}


def test_a_digit_too_many_is_a_suspicious_jump(found):
    (jump,) = [j for j in of(found, "kinder").jumps if j.cell.level == "quartiere@2020"]
    assert (jump.cell.area, jump.period_before, jump.cell.period) == ("05", "2023", "2024")
    assert (jump.before, jump.after) == (312.0, 3120.0)
    assert of(found, "kinder").shifts == ()


def test_what_was_public_and_is_hidden_now_warns(found):
    poor = of(found, "kinderarmut")
    assert ("2023", "05") in areas(poor.hidden)
    assert found.allows_recalculation


def test_a_weaker_rule_shows_hidden_cells_and_warns(found):
    school = of(found, "gymnasium")
    assert school.is_weaker
    assert {c.name for c in school.metadata} == {"disclosure", "unit"}


def test_an_indicator_that_is_gone_and_areas_that_changed_their_name(found):
    assert of(found, "miete").is_gone
    (level,) = found.levels
    (renamed,) = level.renamed
    assert (renamed.id, renamed.before, renamed.after) == ("04", "Gebiet 04", "Neuer Name")
    assert not level.orphaned
    assert found.unchanged == 0


def test_a_release_and_itself_do_not_differ(settings):
    same = compare_releases(build_services(settings).store, SECOND, SECOND)
    assert (same.indicators, same.levels) == ((), ())
    assert same.unchanged == 5


def test_seen_the_other_way_round_what_was_hidden_is_shown(settings):
    back = compare_releases(build_services(settings).store, SECOND, FIRST)
    assert ("2023", "05") in areas(of(back, "kinderarmut").shown)
    assert of(back, "miete").is_new


def test_the_base_is_what_is_public_or_what_was_before(settings):
    store = build_services(settings).store
    assert base_of(store, SECOND) == FIRST
    assert base_of(store, FIRST) == SECOND
    with pytest.raises(UnknownReleaseError):
        compare_releases(store, "2020-01-01-1", SECOND)


def test_areas_without_successor_are_told_with_their_values(tmp_path):
    settings = fixture.publish_small_town(tmp_path)
    town = fixture.small_town()
    gone = town.areas["schulbezirke@2020"]
    kept = gone.assign(area_id=gone["area_id"].replace("S2", "S3"))
    parents = town.parents.replace("S2", "S3")
    moved = replace(town, areas={**town.areas, "schulbezirke@2020": kept}, parents=parents)
    new = fixture.publish(moved, settings, clock=fixture.CLOCK + dt.timedelta(days=1))
    (level,) = compare_releases(build_services(settings).store, FIRST, new).levels
    assert [a.id for a in level.orphaned] == ["S2"]
    assert [a.id for a in level.added] == ["S3"]
    assert level.orphaned[0].values > 0


def test_no_jump_is_told_across_a_break(tmp_path):
    settings = fixture.publish_small_town(tmp_path)
    town = later_town()
    broken = tuple(
        replace(i, series_breaks=(SeriesBreak("2024", "definition", Text("Neu")),))
        for i in town.catalogue.indicators
    )
    town = replace(town, catalogue=replace(town.catalogue, indicators=broken))
    new = fixture.publish(town, settings, clock=fixture.CLOCK + dt.timedelta(days=1))
    found = compare_releases(build_services(settings).store, FIRST, new)
    assert of(found, "kinder").periods == ("2024",)
    assert of(found, "kinder").jumps == ()


def keck(settings, *arguments):
    environ = {"KECK_DATA_DIR": str(settings.data_dir)}
    return CliRunner().invoke(cli.main, ["release", "diff", *arguments], env=environ)


def test_the_command_names_counts_cells_and_the_warning(settings):
    told = keck(settings, SECOND)
    assert told.exit_code == 0, told.output
    assert "frühere Stände erlauben Rückrechnung" in told.output
    assert "Nur für Beschäftigte" in told.output
    assert "05 Gebiet 05, 2024, quartiere@2020: 2023: 312,00 → 3.120,00" in told.output
    english = keck(settings, FIRST, SECOND, "--lang", "en")
    assert "earlier releases allow recalculation" in english.output
    assert "312.00 → 3,120.00" in english.output


def test_the_command_gives_every_cell_as_json(settings):
    told = json.loads(keck(settings, SECOND, "--json").output)
    assert told["audience"] == "internal"
    assert told["allows_recalculation"] is True
    children = next(i for i in told["indicators"] if i["id"] == "kinder")
    assert children["counts"]["periods"] == 1
    assert children["counts"]["jumps"] == len(children["jumps"])


def test_the_command_refuses_what_it_cannot_compare(settings, tmp_path):
    unknown = keck(settings, "2020-01-01-1")
    assert unknown.exit_code == 1
    assert "2020-01-01-1" in unknown.output
    assert keck(settings).exit_code == 2
    alone = fixture.publish_small_town(tmp_path)
    first = keck(alone, FIRST)
    assert first.exit_code == 1
    assert "Es ist die erste" in first.output
