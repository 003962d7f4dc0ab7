"""Releases on disk: immutable, checksummed, published by rename and compare-and-swap."""

import datetime as dt
import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
import shapely

from data.appdb import AUDIT_LOG, open_database
from data.audit import broken_rows
from data.bundle_schema import DamagedBundleError
from data.releases import PublishConflictError, ReleaseStore, UnknownReleaseError
from domain.findings import RefusedFileError
from domain.model import Audience
from domain.suppression import Suppression
from services import table_protection
from services.publication import Delivery, build_release
from services.releases import ReleaseService
from tests import town_fixture as fixture

LATER = fixture.CLOCK + dt.timedelta(days=1)


@contextmanager
def opened(settings):
    engine = open_database(settings.database, settings.data_dir)
    try:
        yield ReleaseStore(settings.data_dir, engine)
    finally:
        engine.dispose()


@pytest.fixture
def settings(tmp_path):
    return fixture.publish_small_town(tmp_path)


def staged(store, town=None, *, job="second", clock=LATER):
    stamp = store.reserve("kleinstadt", clock, job_id=job)
    staging = store.staging / job
    build_release(town or fixture.small_town(), staging, stamp, Delivery())
    return staging


def break_file(path):
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(bytes(body))


def test_a_published_release_is_current_and_whole(settings):
    with opened(settings) as store:
        assert store.current() == "2026-11-24-1"
        assert store.damages("2026-11-24-1") == []
        assert not any(store.staging.iterdir())


def test_the_second_of_two_publishers_gets_a_conflict_and_keeps_the_work(settings):
    with opened(settings) as store:
        base = store.current()
        first, second = staged(store, job="first"), staged(store, job="second")
        winner = store.publish(first, base=base)
        with pytest.raises(PublishConflictError) as caught:
            store.publish(second, base=base)
        assert caught.value.current == winner == store.current() == "2026-11-25-1"
        assert store.point_to("2026-11-25-2", base=winner) == store.current()


def test_the_first_publication_of_two_wins_an_empty_folder(tmp_path):
    with opened(fixture.settings_for(tmp_path / "empty")) as store:
        first, second = staged(store, job="first"), staged(store, job="second")
        store.publish(first, base=None)
        with pytest.raises(PublishConflictError):
            store.publish(second, base=None)


def test_one_command_rolls_back(settings):
    with opened(settings) as store:
        store.publish(staged(store), base=store.current())
        assert store.rollback() == "2026-11-24-1" == store.current()
        with pytest.raises(UnknownReleaseError):
            store.rollback()
        assert store.rollback("2026-11-25-1") == store.current()


def test_every_publication_leaves_a_chained_audit_row(settings):
    with opened(settings) as store:
        store.publish(staged(store), base=store.current(), actor="anna")
        store.rollback()
    engine = open_database(settings.database, settings.data_dir)
    with engine.begin() as connection:
        rows = connection.execute(AUDIT_LOG.select().order_by(AUDIT_LOG.c.number)).all()
        assert [r.action for r in rows] == ["publish", "publish", "rollback"]
        assert broken_rows(connection, "kleinstadt") == []
        connection.execute(AUDIT_LOG.update().where(AUDIT_LOG.c.number == 2).values(actor="eve"))
        assert broken_rows(connection, "kleinstadt") == [2]
    engine.dispose()


def test_the_same_input_and_clock_give_the_same_bytes(tmp_path):
    folders = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        settings = fixture.publish_small_town(tmp_path / name)
        folders.append(settings.data_dir / "releases" / "2026-11-24-1")
    names = sorted(p.relative_to(folders[0]) for p in folders[0].rglob("*") if p.is_file())
    assert len(names) > 15
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


def test_no_public_byte_holds_a_locked_number_or_its_rate(settings):
    folder = settings.data_dir / "releases" / "2026-11-24-1"
    secrets = {fixture.CANARY, fixture.CANARY_RATE}

    def numbers(name):
        with closing(sqlite3.connect(folder / name)) as connection:
            return {
                cell
                for row in connection.execute("SELECT * FROM observation")
                for cell in row
                if isinstance(cell, float)
            }

    assert fixture.CANARY in numbers("internal.sqlite")
    assert fixture.CANARY_RATE in numbers("internal.sqlite")
    assert not secrets & numbers("public.sqlite")
    public = [folder / "public.sqlite", *(folder / "geometry").iterdir()]
    for path in public:
        body = path.read_bytes()
        assert b"987654321" not in body
        assert b"197530864" not in body


def test_the_public_manifest_does_not_speak_of_internal_files(settings):
    with opened(settings) as store:
        reader = store.open("2026-11-24-1", Audience.PUBLIC)
        files = reader.manifest()["files"]
        reader.close()
    assert "public.sqlite" in files
    assert not any("internal" in name or "originals" in name for name in files)


def test_public_code_never_touches_the_internal_file(settings):
    with opened(settings) as store:
        (store.folder / "2026-11-24-1" / "internal.sqlite").unlink()
        reader = store.open("2026-11-24-1", Audience.PUBLIC)
        assert len(reader.values("kinder", "quartiere", "2020")) == 36
        assert len(reader.areas("quartiere", "2020")) == 12
        reader.close()
        with pytest.raises(DamagedBundleError):
            store.open("2026-11-24-1", Audience.INTERNAL)


def test_the_public_catalogue_hides_what_has_no_public_value(tmp_path):
    town = fixture.small_town()
    opaque = town.values.copy()
    opaque.loc[opaque["indicator"] == "kinderarmut", "numerator"] = float("nan")
    settings = fixture.settings_for(tmp_path / "instance")
    fixture.publish(replace(town, values=opaque), settings)
    with opened(settings) as store:
        names = {}
        for audience in Audience:
            reader = store.open("2026-11-24-1", audience)
            names[audience] = {i.id for i in reader.catalogue().indicators}
            reader.close()
    assert names[Audience.INTERNAL] - names[Audience.PUBLIC] == {"kinderarmut"}


@pytest.mark.parametrize("name", ["public.sqlite", "internal.sqlite", "manifest.json"])
def test_a_flipped_bit_lets_the_predecessor_be_served_and_tells(settings, name):
    with opened(settings) as store:
        newest = store.publish(staged(store), base=store.current())
        service = ReleaseService(store)
        assert (service.current(), service.damaged) == (newest, None)
        break_file(store.folder / newest / name)
        assert (service.current(), service.damaged) == ("2026-11-24-1", newest)


def test_a_damaged_release_without_predecessor_is_not_served(settings):
    with opened(settings) as store:
        break_file(store.folder / "2026-11-24-1" / "public.sqlite")
        with pytest.raises(DamagedBundleError):
            ReleaseService(store).current()


def test_a_damaged_release_cannot_be_published_again(settings):
    with opened(settings) as store:
        store.publish(staged(store), base=store.current())
        break_file(store.folder / "2026-11-24-1" / "public.sqlite")
        with pytest.raises(DamagedBundleError):
            store.rollback("2026-11-24-1")


def test_leftovers_of_dead_imports_are_swept_and_live_ones_stay(settings):
    with opened(settings) as store:
        staged(store, job="dead")
        staged(store, job="alive")
        half = staged(store, job="renamed")
        half.rename(store.folder / "2026-11-25-3")
        swept = store.sweep(lambda job: job == "alive")
        assert sorted(swept) == ["2026-11-25-3", "dead"]
        assert [p.name for p in store.staging.iterdir()] == ["alive"]
        assert [r.id for r in store.list()] == ["2026-11-24-1"]


def test_only_the_newest_releases_and_the_current_one_are_kept(settings):
    with opened(settings) as store:
        for n in range(3):
            store.publish(staged(store, job=f"j{n}"), base=store.current())
        store.rollback("2026-11-24-1")
        assert store.prune(2) == ["2026-11-25-1"]
        assert {r.id for r in store.list()} == {"2026-11-24-1", "2026-11-25-2", "2026-11-25-3"}
        assert store.was_removed("2026-11-25-1")
        assert not store.was_removed("2026-11-24-9")
        with pytest.raises(UnknownReleaseError):
            store.open("2026-11-25-1", Audience.PUBLIC)


def test_releases_that_wait_push_no_public_one_out(settings):
    with opened(settings) as store:
        store.publish(staged(store, job="public"), base=store.current())
        waiting = [store.add(staged(store, job=f"j{n}")) for n in range(3)]
        assert store.prune(2) == []
        assert {"2026-11-24-1", *waiting} <= {r.id for r in store.list()}
        store.discard(waiting[0])
        assert waiting[0] not in {r.id for r in store.list()}
        assert not store.was_removed(waiting[0])  # nobody outside ever knew it
        for gone in (waiting[0], "2026-11-24-1"):
            with pytest.raises(UnknownReleaseError):
                store.discard(gone)


def test_the_tenth_release_of_a_day_comes_after_the_ninth(settings):
    with opened(settings) as store:
        for n in range(10):
            store.reserve("kleinstadt", LATER, job_id=f"j{n}")
        assert store.reserve("kleinstadt", LATER, job_id="last").release == "2026-11-25-11"


def test_an_attack_that_succeeds_refuses_the_release(tmp_path, monkeypatch):
    def careless(table, unsafe, **_):
        return Suppression(frozenset(unsafe), frozenset(), (), 0)

    monkeypatch.setattr(table_protection, "protect_table", careless)
    with pytest.raises(RefusedFileError) as caught:
        fixture.publish(fixture.small_town(), fixture.settings_for(tmp_path))
    leak = next(f for f in caught.value.findings if f.code == "disclosure_audit_failed")
    assert "quartiere@2020|02" in str(leak.params["cells"])


def test_outlines_share_borders_run_clockwise_and_follow_the_frame(settings):
    with opened(settings) as store:
        reader = store.open("2026-11-24-1", Audience.PUBLIC)
        file = reader.geometry_file("quartiere", "2020")
        frame = reader.areas("quartiere", "2020")
        reader.close()
    content = json.loads(file.path.read_text("utf-8"))
    assert [f["id"] for f in content["features"]] == list(frame.index)
    assert all(f["properties"] == {} for f in content["features"])
    shapes = [shapely.geometry.shape(f["geometry"]) for f in content["features"]]
    assert not any(shape.exterior.is_ccw for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert file.path_br.exists()
    assert file.path_gz.exists()
