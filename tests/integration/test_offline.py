"""The offline folder of the small town: whole or not at all, alike each time, hiding nothing."""

import base64
import errno
import gzip
import json
import os
import re
import threading

import pytest
from click.testing import CliRunner

import cli
import cli_offline
from domain.model import Audience
from domain.progress import Step
from services.container import build_services
from services.releases import ReleaseService
from tests.canary_town import canary_town, markers
from tests.integration.canary_crawl import NUMBER
from tests.town_fixture import publish, publish_small_town, settings_for
from web.offline import export
from web.offline.folder import Draft

PUT = re.compile(r'keckOffline\.put\(\d+,"([A-Za-z0-9+/=]*)"\)')
PACKED = re.compile(r'id="offline-body"[^>]*>([A-Za-z0-9+/=]*)<')


@pytest.fixture
def keck(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(tmp_path / "instance"))
    return lambda *arguments: CliRunner().invoke(cli.main, [str(a) for a in arguments])


def contents(folder):
    """Return every file by name, and all that is told of the town, unpacked, as one text."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    texts = []
    for name, path in files.items():
        if name.startswith("program/"):
            continue
        text = path.read_text("utf-8")
        packed = (*PUT.findall(text), *PACKED.findall(text))
        texts += [text, *(gzip.decompress(base64.b64decode(x)).decode("utf-8") for x in packed)]
    return files, "\n".join(texts)


def index_of(folder):
    text = (folder / "data/index.js").read_text("utf-8")
    return json.loads(text.removeprefix("keckOffline.start(").removesuffix(");\n"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of everything the small town has, with its archive, and what the command said."""
    place = tmp_path_factory.mktemp("whole")
    settings = publish_small_town(place)
    environ = {"KECK_DATA_DIR": str(settings.data_dir)}
    told = CliRunner().invoke(
        cli.main, ["export-offline", str(place / "out"), "--zip"], env=environ
    )
    assert told.exit_code == 0, told.output
    return settings, place / "out", told.stdout


def test_the_folder_holds_every_view_and_names_no_address_outside(whole):
    settings, folder, told = whole
    assert "index.html" in told
    files, _ = contents(folder)
    assert {"index.html", "index.en.html", "atlas.html", "hinweise.html"} <= set(files)
    services = build_services(settings)
    offer = services.monitoring.offer(Audience.PUBLIC, services.monitoring.current())
    views = index_of(folder)["views"]
    assert {(v["indicator"], v["level"], p) for v in views for p in v["periods"]} == {
        (i, level, p) for i, at in offer.periods.items() for level, ps in at.items() for p in ps
    }
    for name, path in files.items():
        if name.endswith(".html"):
            page = path.read_text("utf-8")
            assert "Content-Security-Policy" in page
            assert not re.search(r'(?:src|href)="/', page), name
            assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page), name
    archive = folder.with_name("out.zip").stat().st_size
    assert 1_000_000 < archive < sum(p.stat().st_size for p in files.values())


def test_every_area_has_a_profile_in_both_languages(whole):
    settings, folder, _ = whole
    services = build_services(settings)
    release = services.monitoring.current()
    for level in services.profiles.levels(Audience.PUBLIC, release):
        areas = services.profiles.areas(Audience.PUBLIC, release, level)
        pages = list((folder / "profil" / level.id).glob("*.html"))
        assert len(pages) == 2 * len(areas)
        for page in pages:
            assert PACKED.search(page.read_text("utf-8")), page.name


def test_every_link_of_a_page_leads_to_a_file_of_the_folder(whole):
    checked = 0
    for page in whole[1].rglob("*.html"):
        text = page.read_text("utf-8")
        for packed in PACKED.findall(text):
            text += json.loads(gzip.decompress(base64.b64decode(packed)))["html"]
        for target in re.findall(r'(?:src|href)="([^"#?]+)', text):
            if not re.match(r"(?:https?|mailto|data):", target):
                assert (page.parent / target).is_file(), (page.name, target)
                checked += 1
    assert checked > 200


def test_the_same_release_gives_the_same_bytes(keck, tmp_path):
    publish_small_town(tmp_path)
    some = ("--indicator", "kinderarmut", "--profiles-of", "bezirke")
    for name in ("one", "two"):
        assert keck("export-offline", tmp_path / name, *some).exit_code == 0
    first, _ = contents(tmp_path / "one")
    second, _ = contents(tmp_path / "two")
    assert set(first) == set(second)
    for name in first:
        assert first[name].read_bytes() == second[name].read_bytes(), name


def test_some_indicators_alone_can_be_taken(keck, tmp_path):
    publish_small_town(tmp_path)
    answer = keck(
        "export-offline", tmp_path / "out", "--indicator", "kinderarmut", "--without-profiles"
    )
    assert answer.exit_code == 0, answer.output
    assert {v["indicator"] for v in index_of(tmp_path / "out")["views"]} == {"kinderarmut"}
    wrong = keck("export-offline", tmp_path / "more", "--indicator", "gibtsnicht", "--lang", "en")
    assert wrong.exit_code == 1
    assert "no indicator “gibtsnicht”" in wrong.stderr
    assert not (tmp_path / "more").exists()


def test_a_full_folder_a_missing_release_and_a_full_disk_are_refused(keck, tmp_path, monkeypatch):
    empty = keck("export-offline", tmp_path / "out")
    assert (empty.exit_code, (tmp_path / "out").exists()) == (1, False)
    publish_small_town(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mein")
    refused = keck("export-offline", tmp_path / "full")
    assert refused.exit_code == 1
    assert "überschrieben wird nichts" in refused.stderr
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]

    def no_room(_draft, _name, _content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Draft, "write", no_room)
    disk = keck("export-offline", tmp_path / "out")
    assert disk.exit_code == 1
    assert "kein Platz" in disk.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["full", "instance"]


def test_a_signal_leaves_nothing_half_written(keck, tmp_path, monkeypatch):
    publish_small_town(tmp_path)
    stop = threading.Event()
    monkeypatch.setattr("services.stop_signals.threading.Event", lambda: stop)
    seen = []

    def noted(done, of):
        seen.append(of)
        stop.set()
        return Step("offline.step_views", {"done": done, "of": of})

    monkeypatch.setattr(export, "views_step", noted)
    answer = keck("export-offline", tmp_path / "out")
    assert answer.exit_code == 1
    assert "Abgebrochen" in answer.stderr
    assert seen
    assert [p.name for p in tmp_path.iterdir()] == ["instance"]


def test_a_release_published_meanwhile_leaves_no_folder_of_two(keck, tmp_path, monkeypatch):
    publish_small_town(tmp_path)

    def overtaken(_server, _services, _order, draft, _report):
        draft.write("index.html", "<!DOCTYPE html>")
        monkeypatch.setattr(ReleaseService, "current", lambda _self: "2099-01-01-1")

    monkeypatch.setattr(cli_offline, "export", overtaken)
    answer = keck("export-offline", tmp_path / "out")
    assert answer.exit_code == 1
    assert "andere Ausgabe" in answer.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["instance"]


def test_too_large_a_folder_is_refused_with_its_size(keck, tmp_path, monkeypatch):
    publish_small_town(tmp_path)
    monkeypatch.setattr(export, "estimated_bytes", lambda *_: 1_234_000_000.0)
    answer = keck("export-offline", tmp_path / "out")
    assert answer.exit_code == 1
    assert "1.234 MB" in answer.stderr
    assert "--indicator" in answer.stderr
    assert not (tmp_path / "out").exists()


def test_no_file_holds_a_hidden_number_not_even_packed(keck, tmp_path):
    settings = settings_for(tmp_path / "instance")
    publish(canary_town(), settings)
    releases = build_services(settings).releases
    release = releases.current()
    hidden = markers(
        releases.reader(release, Audience.INTERNAL), releases.reader(release, Audience.PUBLIC)
    )
    assert keck("export-offline", tmp_path / "out").exit_code == 0
    files, text = contents(tmp_path / "out")
    packed = [n for n in files if re.fullmatch(r"data/\d+\.js", n)]
    assert len(packed) > 30
    numbers = {token.strip(".,") for token in NUMBER.findall(text)}
    assert len(numbers) > 500
    assert hidden & numbers == set()
