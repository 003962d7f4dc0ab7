"""A backup holds the data folder and nothing else, and names what it leaves out."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest

from data import backup
from data.appdb import open_database
from data.backup import LIST, BackupError, restore_backup, verify_backup, write_backup

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "data"
    (data / "releases" / "2026-1").mkdir(parents=True)
    (data / "releases" / "2026-1" / "manifest.json").write_text("{}")
    (data / "articles" / "stadt" / "eins").mkdir(parents=True)
    (data / "articles" / "stadt" / "eins" / "article.de.md").write_text("Text")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("carried off")
    return data


@pytest.fixture
def database(folder):
    engine = open_database_of(folder)
    yield engine
    engine.dispose()


def open_database_of(folder):
    releases = folder / "releases"
    aside = releases.rename(folder / "aside")
    engine = open_database(f"sqlite:///{folder / 'app.db'}", folder)
    aside.rename(releases)
    return engine


def test_links_out_of_the_folder_and_odd_files_are_left_out_and_named(folder, database, tmp_path):
    articles = folder / "articles" / "stadt" / "eins"
    (articles / "leak.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (folder / "releases" / "far").symlink_to(tmp_path / "outside")
    (articles / "circle").symlink_to(folder / "articles")
    (articles / "gone.txt").symlink_to(tmp_path / "nothing")
    (articles / "same.md").symlink_to(articles / "article.de.md")
    os.mkfifo(articles / "pipe")
    written = write_backup(folder, database, tmp_path / "copy")
    place = "articles/stadt/eins"
    assert written.left_out == (
        "releases/far",
        *(f"{place}/{name}" for name in ("circle", "gone.txt", "leak.txt", "pipe")),
    )
    held = json.loads((tmp_path / "copy" / LIST).read_text())
    assert sorted(held) == [
        "app.db", f"{place}/article.de.md", f"{place}/same.md", "releases/2026-1/manifest.json"
    ]  # fmt: skip
    assert written.count == verify_backup(tmp_path / "copy") == 4
    copied = [p for p in (tmp_path / "copy").rglob("*") if p.is_file()]
    assert not any(p.is_symlink() for p in copied)
    assert "carried off" not in "".join(p.read_text("latin-1") for p in copied)


def test_a_folder_of_releases_that_is_a_link_is_named(folder, database, tmp_path):
    (folder / "releases").rename(tmp_path / "elsewhere")
    (folder / "releases").symlink_to(tmp_path / "elsewhere")
    assert write_backup(folder, database, tmp_path / "copy").left_out == ("releases",)


def test_a_restore_follows_no_link_of_a_backup(folder, database, tmp_path):
    write_backup(folder, database, tmp_path / "copy")
    (tmp_path / "copy" / "releases" / "2026-1" / "leak.txt").symlink_to(
        tmp_path / "outside" / "secret.txt"
    )
    (tmp_path / "copy" / "articles" / "stadt" / "leak.txt").symlink_to(
        tmp_path / "outside" / "secret.txt"
    )
    restore_backup(tmp_path / "copy", tmp_path / "new")
    assert (tmp_path / "new" / "releases" / "2026-1" / "manifest.json").is_file()
    assert list((tmp_path / "new").rglob("leak.txt")) == []


def test_a_list_that_names_files_outside_is_a_damaged_backup(folder, database, tmp_path):
    write_backup(folder, database, tmp_path / "copy")
    listed = tmp_path / "copy" / LIST
    held = json.loads(listed.read_text())
    listed.write_text(json.dumps({**held, "../outside/secret.txt": held["app.db"]}))
    with pytest.raises(BackupError, match="secret"):
        verify_backup(tmp_path / "copy")


def delivery(folder, name, one, **files):
    place = folder / name / one
    place.mkdir(parents=True)
    for file, text in files.items():
        (place / file).write_text(text)
    return place


def test_deliveries_are_copied_but_not_what_comes_in_or_goes_away(folder, database, tmp_path):
    delivery(folder, "uploads", "1" * 32, state="a", told="b")
    delivery(folder, "maps", "2" * 32, state="c")
    delivery(folder, "uploads", "." + "3" * 32, half="d")
    (folder / "uploads.lock").touch()
    assert write_backup(folder, database, tmp_path / "copy").left_out == ()
    held = json.loads((tmp_path / "copy" / LIST).read_text())
    assert sorted(held)[2:] == [
        f"maps/{'2' * 32}/state", "releases/2026-1/manifest.json",
        f"uploads/{'1' * 32}/state", f"uploads/{'1' * 32}/told",
    ]  # fmt: skip
    restore_backup(tmp_path / "copy", tmp_path / "new")
    assert (tmp_path / "new" / "uploads" / ("1" * 32) / "told").read_text() == "b"
    assert (tmp_path / "new" / "maps" / ("2" * 32) / "state").read_text() == "c"


def test_a_delivery_that_lies_there_already_is_the_newer_one(folder, database, tmp_path):
    delivery(folder, "maps", "2" * 32, state="before", told="before")
    write_backup(folder, database, tmp_path / "copy")
    delivery(tmp_path / "new", "maps", "2" * 32, state="since")
    restore_backup(tmp_path / "copy", tmp_path / "new")
    place = tmp_path / "new" / "maps" / ("2" * 32)
    assert {p.name: p.read_text() for p in place.iterdir()} == {"state": "since"}


def test_files_that_vanish_while_they_are_copied_cost_neither_backup_nor_delivery(
    folder, database, tmp_path, monkeypatch
):
    kept = delivery(folder, "uploads", "1" * 32, state="a", draft="made anew")
    gone = delivery(folder, "uploads", "2" * 32, state="b")
    copy, seen = shutil.copy2, []

    def vanishing(source, target):
        seen.append(source.name)
        if source == kept / "draft":
            source.unlink()
        if source.parent == gone:
            shutil.rmtree(gone)
        return copy(source, target)

    monkeypatch.setattr("data.backup.shutil.copy2", vanishing)
    assert write_backup(folder, database, tmp_path / "copy").left_out == ()
    assert {"draft", "state"} <= set(seen)
    held = {p.relative_to(tmp_path / "copy").as_posix() for p in tmp_path.glob("copy/uploads/*/*")}
    assert held == {f"uploads/{'1' * 32}/state"}
    assert not (tmp_path / "copy" / "uploads" / ("2" * 32)).exists()


def test_a_second_name_of_a_file_is_one_of_its_copy(folder, database, tmp_path):
    place = delivery(folder, "uploads", "1" * 32, state="a")
    os.link(folder / "releases" / "2026-1" / "manifest.json", place / "laid-out")
    write_backup(folder, database, tmp_path / "copy")
    restore_backup(tmp_path / "copy", tmp_path / "new")
    for root in (tmp_path / "copy", tmp_path / "new"):
        first, second = (
            root / "releases/2026-1/manifest.json",
            root / f"uploads/{'1' * 32}/laid-out",
        )
        assert first.samefile(second)
        assert second.read_text() == "{}"


def test_a_folder_of_deliveries_that_is_a_link_is_named(folder, database, tmp_path):
    (folder / "maps").symlink_to(tmp_path / "outside")
    assert write_backup(folder, database, tmp_path / "copy").left_out == ("maps",)


def test_a_file_with_the_number_of_one_that_went_away_is_copied_itself(folder, tmp_path):
    target, placed = tmp_path / "copy", {}
    target.mkdir()
    first, second = folder / "eins.json", folder / "zwei.json"
    first.write_text("eins")
    backup._copy(folder, "eins.json", target, placed)
    os.link(first, second)  # the same number under another name, as a new file may have it
    first.unlink()
    backup._copy(folder, "zwei.json", target, placed)
    assert not (target / "zwei.json").samefile(target / "eins.json")
    third = folder / "drei.json"
    os.link(second, third)
    backup._copy(folder, "drei.json", target, placed)
    assert (target / "drei.json").read_text() == "eins"


def test_two_names_of_a_file_stay_two_names_of_one(folder, tmp_path):
    target, placed = tmp_path / "copy", {}
    target.mkdir()
    (folder / "eins.json").write_text("eins")
    os.link(folder / "eins.json", folder / "zwei.json")
    for name in ("eins.json", "zwei.json"):
        backup._copy(folder, name, target, placed)
    assert (target / "zwei.json").samefile(target / "eins.json")
