"""What services hand out: one audience, one release, cached frames and honest hints."""

import datetime as dt

import pytest

from data.bundle_schema import DamagedBundleError
from data.release_folders import read_manifest, rename
from domain.model import Audience
from services.container import build_services
from services.releases import UnknownReleaseError
from tests import town_fixture as fixture

FIRST, SECOND = "2026-11-24-1", "2026-11-25-1"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    settings = fixture.publish_small_town(tmp_path_factory.mktemp("town"))
    later = fixture.CLOCK + dt.timedelta(days=1)
    fixture.publish(fixture.small_town(), settings, clock=later)
    return settings


@pytest.fixture
def releases(settings):
    services = build_services(settings)
    yield services.releases
    services.releases.close()


def test_an_address_without_release_gets_the_current_one(releases):
    assert releases.wanted(None) == (SECOND, ())
    assert releases.wanted(SECOND) == (SECOND, ())


def test_an_older_release_is_served_with_a_hint(releases):
    release, ((key, params),) = releases.wanted(FIRST)
    assert (release, key) == (FIRST, "hint.old_release")
    assert params["current"] == SECOND


@pytest.mark.parametrize("odd", ["2020-01-01-1", "../../etc", "x" * 9000])
def test_an_unknown_release_falls_back_to_the_current_one(releases, odd):
    release, ((key, params),) = releases.wanted(odd)
    assert (release, key) == (SECOND, "hint.unknown_release")
    assert len(params["release"]) <= 40


def test_an_empty_folder_has_no_release(tmp_path):
    releases = build_services(fixture.settings_for(tmp_path)).releases
    assert releases.current() is None
    assert releases.list() == []
    with pytest.raises(UnknownReleaseError):
        releases.wanted(None)
    with pytest.raises(UnknownReleaseError):
        releases.current_reader(Audience.PUBLIC)


def test_readers_are_opened_once_for_each_audience(releases):
    public = releases.current_reader(Audience.PUBLIC)
    assert public is releases.reader(SECOND, Audience.PUBLIC)
    assert public is not releases.reader(SECOND, Audience.INTERNAL)
    assert public.release_id == SECOND


def test_frames_are_cached_by_audience_release_and_level(releases):
    frame = releases.level_frame(Audience.PUBLIC, SECOND, "quartiere", "2020")
    assert frame is releases.level_frame(Audience.PUBLIC, SECOND, "quartiere", "2020")
    assert frame is not releases.level_frame(Audience.PUBLIC, FIRST, "quartiere", "2020")
    assert frame is not releases.level_frame(Audience.INTERNAL, SECOND, "quartiere", "2020")
    assert frame.index.name == "area_id"
    assert str(frame.crs) == "EPSG:4326"
    assert list(frame.columns) == ["name", "geometry"]


def test_an_unknown_level_is_empty_and_has_no_outline(releases):
    reader = releases.current_reader(Audience.PUBLIC)
    assert len(reader.areas("nichts", "2020")) == 0
    assert len(reader.values("nichts", "quartiere", "2020")) == 0
    assert reader.geometry_named("nichts.json") is None
    with pytest.raises(KeyError):
        reader.geometry_file("nichts", "2020")


def test_outlines_are_found_by_their_hashed_name(releases):
    reader = releases.current_reader(Audience.PUBLIC)
    file = reader.geometry_file("stadt", "2020")
    assert reader.geometry_named(file.name) == file
    assert reader.area_ids("stadt", "2020") == ("kleinstadt",)


def test_facilities_are_listed_by_kind(releases):
    reader = releases.current_reader(Audience.PUBLIC)
    assert len(reader.facilities()) == len(reader.facilities("kita")) == 2
    assert len(reader.facilities("hort")) == 0
    for frame in (reader.offers(), reader.demand_points(), reader.conversions()):
        assert len(frame) == 0


def test_parents_of_every_hierarchy_are_told(releases):
    parents = releases.current_reader(Audience.PUBLIC).parents("quartiere", "2020")
    assert set(parents["hierarchy"]) == {"verwaltung", "schule"}
    assert len(parents) == 24


def test_a_bundle_of_another_schema_is_not_read(tmp_path):
    (tmp_path / "manifest.json").write_text('{"schema_version": 99}', encoding="utf-8")
    with pytest.raises(DamagedBundleError, match="99"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DamagedBundleError):
        read_manifest(tmp_path)


def test_a_file_a_scanner_holds_for_a_moment_is_renamed_after_all(tmp_path, monkeypatch):
    source = tmp_path / "a"
    source.mkdir()
    tries = []
    original = type(source).rename

    def held(self, target):
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError
        return original(self, target)

    monkeypatch.setattr(type(source), "rename", held)
    monkeypatch.setattr("data.release_folders.time.sleep", lambda _s: None)
    rename(source, tmp_path / "b")
    assert (tmp_path / "b").is_dir()
    monkeypatch.setattr(type(source), "rename", lambda *_: (_ for _ in ()).throw(PermissionError))
    with pytest.raises(PermissionError):
        rename(tmp_path / "b", tmp_path / "c")
