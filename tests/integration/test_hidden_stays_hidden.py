"""Over releases: what was hidden stays hidden, and what was shown counts as known."""

import datetime as dt
from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from data.appdb import open_database
from data.bundle import Stamp
from data.reader import ReleaseReader
from data.releases import ReleaseStore
from domain.disclosure import audit
from domain.model import Audience, Disclosure
from services.container import build_services
from services.importing import ImportOrder, ImportService
from services.publication import Delivery, build_release
from tests import town_fixture as fixture
from tests.small_delivery import write_delivery

FIRST = [30, 2, 61, 9, 120, 12, 44, 5, 50, 33, 27, 14]


def town_of(cases, *, period="2021", areas=fixture.QUARTERS):
    town = fixture.small_town()
    rows = [
        fixture._row("kinderarmut", period, q, 100 * a / n, float(a), float(n))
        for q, a, n in zip(fixture.QUARTERS, cases, fixture.CHILDREN, strict=True)
        if q in areas
    ]
    return replace(town, values=pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS)))


def with_class(town, disclosure):
    indicators = tuple(
        replace(i, disclosure=disclosure) if i.id == "kinderarmut" else i
        for i in town.catalogue.indicators
    )
    return replace(town, catalogue=replace(town.catalogue, indicators=indicators))


@pytest.fixture
def releases(tmp_path):
    """Build one release after the other, each knowing those before."""
    folders, found = [], []

    def build(town):
        stamp = Stamp("kleinstadt", f"2026-11-24-{len(folders) + 1}", fixture.CLOCK)
        folder = tmp_path / stamp.release
        delivery = Delivery(max_hidden_share=1.0, earlier=tuple(reversed(folders)))
        _, findings = build_release(town, folder, stamp, delivery)
        folders.append(folder)
        found.append(findings)
        with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
            parts = [
                reader.values("kinderarmut", level, "2020").assign(level=level)
                for level in ("stadt", "bezirke", "schulbezirke", "quartiere")
            ]
        rows = pd.concat(parts).set_index(["level", "area"])
        return rows, {f.code: f.params for f in findings}

    return build


def hidden(rows):
    return {area for (level, area), state in rows["state"].items() if state == "suppressed"}


def test_the_same_delivery_hides_the_same_cells(releases):
    first, _ = releases(town_of(FIRST))
    second, _ = releases(town_of(FIRST))
    assert hidden(first) == hidden(second) == {"01", "02"}


def test_a_cell_that_is_large_by_now_stays_hidden(releases):
    releases(town_of(FIRST))
    rows, _ = releases(town_of([30, 40, *FIRST[2:]]))
    assert hidden(rows) == {"01", "02"}


@pytest.mark.parametrize("before", [Disclosure.NONE, Disclosure.IMPORTED_PROTECTED])
def test_a_class_that_becomes_stricter_finds_what_was_shown_before_it(releases, before):
    releases(with_class(town_of(FIRST), before))
    rows, told = releases(town_of(FIRST))
    assert rows.loc[("quartiere", "02"), "state"] == "suppressed"
    assert told["disclosure_was_public"]["count"] == 1


@pytest.mark.parametrize("after", [Disclosure.NONE, Disclosure.IMPORTED_PROTECTED])
def test_a_class_that_becomes_looser_shows_nothing_that_was_hidden(releases, after):
    first, _ = releases(town_of(FIRST))
    rows, told = releases(with_class(town_of(FIRST), after))
    assert hidden(first) == hidden(rows) == {"01", "02"}
    assert rows.loc[("quartiere", "02"), ["value", "numerator", "lower"]].isna().all()
    assert told["disclosure_loosened"] == {"indicator": "kinderarmut", "count": 2}
    rows, _ = releases(with_class(town_of(FIRST), after))
    assert hidden(rows) == {"01", "02"}


def test_what_was_never_protected_here_may_become_open(releases):
    town = with_class(town_of(FIRST), Disclosure.IMPORTED_PROTECTED)
    releases(town)
    rows, told = releases(with_class(town_of(FIRST), Disclosure.NONE))
    assert hidden(rows) == set()
    assert "disclosure_loosened" not in told


def test_a_helper_that_earlier_releases_showed_helps_nobody(releases):
    """Hiding 01 is no use once everybody has its number: another cell must go."""
    releases(town_of([30, 20, *FIRST[2:]]))
    rows, told = releases(town_of([30, 20, *FIRST[2:]], areas=fixture.QUARTERS))
    assert hidden(rows) == set()
    rows, told = releases(town_of([30, 2, *FIRST[2:]]))
    assert rows.loc[("quartiere", "02"), "state"] == "suppressed"
    assert told["disclosure_was_public"]["count"] == 1
    assert "quartiere@2020|02" in str(told["disclosure_was_public"]["cells"])
    assert "disclosure_neighbours_hidden" not in told


def test_a_new_cell_is_protected_with_cells_that_nobody_knows(releases):
    """Two quarters are new; the rest of their district is known from the release before."""
    known = tuple(q for q in fixture.QUARTERS if q not in {"01", "02"})
    releases(town_of(FIRST, areas=known))
    rows, _ = releases(town_of(FIRST))
    assert hidden(rows) == {"01", "02"}


def test_a_corrected_total_gives_nothing_away(releases):
    """The hidden pair of the first release is still a pair when a neighbour is corrected."""
    before, _ = releases(town_of(FIRST))
    after, _ = releases(town_of([30, 2, 63, *FIRST[3:]]))
    assert hidden(before) == hidden(after) == {"01", "02"}
    facts, known = [], {}
    for name, rows in (("before", before), ("after", after)):
        quarters = rows.loc["quartiere"]["numerator"]
        total = rows.loc[("bezirke", "A"), "numerator"]
        facts.append({f"{name} A": -1.0, "01": 1.0, "02": 1.0, f"{name} 03": 1.0})
        known |= {f"{name} A": total, f"{name} 03": quarters["03"]}
    found = audit(facts, known, lower=1.0)["feasible"]
    assert all(high - low >= 3 for low, high in found.values())


def test_a_release_that_withholds_a_level_still_reckons_with_its_old_numbers(releases):
    """Quarters of another year are shown once; later their district is not protected by them."""
    releases(town_of([30, 20, *FIRST[2:]]))
    rows, _ = releases(town_of([30, 20, *FIRST[2:]], areas=("01", "02", "03", "04", "05", "06")))
    assert "07" not in {area for _, area in rows.index}
    assert hidden(rows) == set()


def test_an_import_reckons_with_the_releases_published_before(tmp_path):
    """From the recipe to the release, through the limited process."""
    folder = tmp_path / "delivery"
    folder.mkdir()
    settings = fixture.settings_for(tmp_path / "instance")
    services = build_services(settings)
    states = []
    for cases in ((12, 25, 44), (12, 2, 44)):
        lines = ["id;jahr;kinder", *(f"0{i + 1};2021;{n}" for i, n in enumerate(cases))]
        order = ImportOrder(write_delivery(folder, lines), folder, publish=True)
        outcome = ImportService(settings, services).run(order)
        assert outcome.is_published, outcome.findings
        states.append({f.code for f in outcome.findings})
    assert "disclosure_was_public" not in states[0]
    assert "disclosure_was_public" in states[1]


def test_only_published_releases_count_as_known(tmp_path):
    settings = fixture.settings_for(tmp_path / "instance")
    fixture.publish(fixture.small_town(), settings)
    engine = open_database(settings.database, settings.data_dir)
    try:
        store = ReleaseStore(settings.data_dir, engine)
        stamp = store.reserve("kleinstadt", fixture.CLOCK + dt.timedelta(1), job_id="next")
        staging = store.staging / "next"
        build_release(fixture.small_town(), staging, stamp, Delivery())
        ready = store.add(staging)
    finally:
        engine.dispose()
    service = ImportService(settings, build_services(settings))
    known = [path.name for path in service.shown_before("kleinstadt")]
    assert known == ["2026-11-24-1"]
    assert ready not in known
