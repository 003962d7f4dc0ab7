"""Deliveries and drafts of maps wait in a restored data folder as in the one that was backed up."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from services.backups import back_up, restore
from services.container import build_services
from services.uploads import LOOK, Stage
from tests.map_town import RECUT, MapTown, layer, load, work_in_thread
from tests.release_desk import NowClock
from tests.uploading import GOOD, work_at_once


@pytest.fixture
def town(tmp_path):
    return MapTown.at(tmp_path)


@pytest.fixture
def upload(town, monkeypatch):
    """A delivered file that was looked at, and about which somebody decided."""
    work_at_once(monkeypatch)
    uploads = town.services.uploads
    with uploads.receiving() as incoming:
        incoming.stream.write(GOOD)
        found = uploads.keep(incoming, "werte_2024.csv", "anna", town.first)
    uploads.start(found.id, LOOK, "anna")
    uploads.decide(found.id, reading={"encoding": "utf-8"})
    return uploads.view(found.id)


def restored(town, folder):
    """Back the town up, and return it as another data folder holds it."""
    back_up(town.settings, folder / "backup")
    settings = replace(town.settings, data_dir=folder / "restored")
    restore(settings, folder / "backup")
    return replace(town, settings=settings, services=build_services(settings, clock=NowClock()))


def test_what_waits_comes_back_and_can_be_built(town, upload, tmp_path, monkeypatch):
    assert upload.stage is Stage.LOOKED
    with monkeypatch.context() as patch:
        work_in_thread(town, patch)
        draft = town.waited(load(town.browser("anna"), layer(RECUT)))
    files = town.services.uploads.store.folder(upload.upload.id)
    shutil.rmtree(town.settings.data_dir / "cache", ignore_errors=True)
    again = restored(town, tmp_path)
    shutil.rmtree(town.settings.data_dir)
    assert not files.exists()
    assert again.services.uploads.view(upload.upload.id) == upload
    assert again.services.uploads.store.input_of(upload.upload.id).read_bytes() == GOOD
    drafts = again.drafts()
    assert drafts.store.all() == [draft]
    assert drafts.blocks(draft) == []
    work_in_thread(again, monkeypatch)
    drafts.take(draft, "anna")
    release = again.ended(draft.id).release
    assert again.services.releases.waits(release)


def test_work_that_went_on_while_the_backup_was_written_is_told_as_broken_off(
    town, upload, tmp_path
):
    job = town.services.jobs.start("kleinstadt", LOOK)
    town.services.uploads.decide(upload.upload.id, job=job)
    again = restored(town, tmp_path)
    clock = NowClock()
    clock.on(hours=1)
    again = replace(again, services=build_services(again.settings, clock=clock))
    assert again.services.uploads.view(upload.upload.id).stage is Stage.BROKEN
    again.services.uploads.start(upload.upload.id, LOOK, "anna")
    assert again.services.uploads.view(upload.upload.id).stage is Stage.LOOKED
