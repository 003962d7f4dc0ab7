"""What lies in the folder of uploads, and what is swept out of it."""

import datetime as dt
import os
import time

import pytest

from data.deliveries import BROKEN_SECONDS, KEPT_DAYS, lay_in, lay_out
from data.uploads import UnknownUploadError, Upload, UploadStore

NOW = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)


def keep(store, content=b"a;b\n", created=NOW):
    with store.receiving() as incoming:
        incoming.stream.write(content)
        upload = Upload(incoming.id, "a.csv", "eingang/a.csv", "anna", created, "2026-01-01-1")
        store.keep(incoming, upload)
    return upload


def test_an_upload_appears_whole_and_is_read_back(tmp_path):
    store = UploadStore(tmp_path)
    upload = keep(store)
    assert store.get(upload.id) == upload
    assert store.all() == [upload]
    assert store.input_of(upload.id).read_bytes() == b"a;b\n"
    assert store.told(upload.id) is None
    store.put_told(upload.id, {"columns": ["ä"]})
    assert store.told(upload.id) == {"columns": ["ä"]}
    store.put_told(upload.id, None)
    assert store.told(upload.id) is None


def test_what_is_not_kept_was_never_there(tmp_path):
    store = UploadStore(tmp_path)

    def break_off():
        with store.receiving() as incoming:
            incoming.stream.write(b"half")
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        break_off()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_a_dead_process_left_is_swept_and_what_comes_in_is_not(tmp_path):
    store = UploadStore(tmp_path)
    with store.receiving() as incoming:
        dead = tmp_path / "uploads" / ".dead"
        dead.mkdir()
        (dead / "input.bin").write_bytes(b"half")
        old = time.time() - BROKEN_SECONDS - 1
        for path in (dead / "input.bin", dead):
            os.utime(path, (old, old))
        store.sweep(NOW)
        assert not dead.exists()
        assert incoming.path.exists()


def test_uploads_nobody_came_back_to_are_removed(tmp_path):
    store = UploadStore(tmp_path)
    old = keep(store, created=NOW - dt.timedelta(days=KEPT_DAYS, seconds=1))
    young = keep(store, created=NOW - dt.timedelta(days=KEPT_DAYS))
    store.sweep(NOW)
    assert store.all() == [young]
    with pytest.raises(UnknownUploadError):
        store.get(old.id)


@pytest.mark.parametrize("name", ["", "x", "..", "g" * 32, "A" * 32, "../" * 11])
def test_no_other_name_opens_a_folder(tmp_path, name):
    with pytest.raises(UnknownUploadError):
        UploadStore(tmp_path).get(name)


def test_a_delivery_laid_out_anew_leaves_the_originals_alone(tmp_path):
    originals = tmp_path / "originals"
    (originals / "files" / "raw").mkdir(parents=True)
    (originals / "files" / "raw" / "a.csv").write_text("old")
    (originals / "town.toml").write_text("schema = 1")
    new = tmp_path / "new.bin"
    new.write_text("new")
    recipe = lay_out(tmp_path / "job", originals, "town.toml")
    lay_in(recipe.parent, "raw/a.csv", new)
    recipe.write_text("schema = 2")
    assert (recipe.parent / "raw" / "a.csv").read_text() == "new"
    assert (originals / "files" / "raw" / "a.csv").read_text() == "old"
    assert (originals / "town.toml").read_text() == "schema = 1"
    assert new.read_text() == "new"
