"""Backup of a data folder into another folder, and the way back.

``app.db`` is copied by SQLite's online backup, so that nobody has to stop the program; releases
never change and are copied as they are, and so are articles, learnt names, and the files that wait
to become part of a release: delivered ones and drafts of maps. ``backup.json`` names every file
with its SHA-256.

Links lead nowhere out of the folder: what a link shows from outside is no data of this program, and
somebody may have laid it to carry other files along. Such a link, one to a folder (it may go in a
circle) and whatever is neither file nor folder is left out and named.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from data.durable import sha256_of, sync_tree
from data.learned_names import FILE as LEARNT
from data.map_drafts import FOLDER as MAPS
from data.uploads import FOLDER as UPLOADS

LIST = "backup.json"
_KEPT = ("releases", "articles", LEARNT)
_WAITING = (UPLOADS, MAPS)
"""Folders of deliveries, in which people and processes work while they are copied."""
_TRIES = 10
_Placed = dict[tuple[int, ...], tuple[Path, Path]]
"""Names and copies of files, by device, number, length and time of the file."""


class BackupError(Exception):
    """A backup or restore that cannot be done; ``key`` and ``params`` name the text."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


@dataclass(frozen=True)
class Written:
    """How many files a backup holds, and what of the data folder is not among them."""

    count: int
    left_out: tuple[str, ...] = ()


def write_backup(data_dir: Path, database: sa.Engine, target: Path) -> Written:
    """Copy database, releases, articles, learnt names and what waits into a new folder.

    Raises
    ------
    BackupError
        The folder is not empty, the database is not SQLite (PostgreSQL has ``pg_dump``), or it
        could not be written to its end and is none.
    """
    source = database.url.database
    if database.dialect.name != "sqlite" or source is None:
        raise BackupError("cli.backup_not_sqlite")
    if target.exists() and any(target.iterdir()):
        raise BackupError("cli.backup_exists", folder=str(target))
    try:
        return _write(data_dir, source, target)
    except (OSError, sqlite3.Error) as fault:
        # without its list no backup is one, and the list comes last
        with suppress(OSError):
            (target / LIST).unlink(missing_ok=True)
        raise BackupError("cli.backup_broken", folder=str(target), reason=str(fault)) from fault


def _write(data_dir: Path, source: str, target: Path) -> Written:
    target.mkdir(parents=True, exist_ok=True)
    # The database first: a release published meanwhile is then merely not named by it.
    with (
        closing(sqlite3.connect(source)) as live,
        closing(sqlite3.connect(target / "app.db")) as copy,
    ):
        live.backup(copy)
    left_out: list[str] = []
    placed: _Placed = {}
    for name in _KEPT:
        if (data_dir / name).exists():
            left_out += _copy(data_dir, name, target, placed)
    for name in _WAITING:
        left_out += _copy_waiting(data_dir, name, target, placed)
    files = {
        path.relative_to(target).as_posix(): sha256_of(path)
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    (target / LIST).write_text(json.dumps(files, indent=1, sort_keys=True), encoding="utf-8")
    sync_tree(target)
    return Written(len(files), tuple(left_out))


def _copy(root: Path, name: str, target: Path, placed: _Placed) -> list[str]:
    """Copy a file or a folder of ``root`` to the same name below ``target``; return what was not.

    Names are relative to ``root``, parted by ``/``. A second name of a file that was copied already
    becomes a second name of the copy: deliveries share their files with releases.
    """
    source = root / name
    if source.is_dir() and not source.is_symlink():
        (target / name).mkdir(parents=True, exist_ok=True)
        inside = sorted(path.name for path in source.iterdir())
        return [out for entry in inside for out in _copy(root, f"{name}/{entry}", target, placed)]
    if not os.path.lexists(source):
        raise FileNotFoundError(name)
    if not source.is_file() or not source.resolve().is_relative_to(root.resolve()):
        return [name]
    found = source.stat()
    key = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    earlier, copied = placed.setdefault(key, (source, target / name))
    _lay(source, earlier, copied, target / name)
    return []


def _lay(source: Path, earlier: Path, copied: Path, target: Path) -> None:
    """Copy a file, or link the copy of another name of it.

    The number of a file that went away is given to a new one: only two names that stand side by
    side are two of one file.
    """
    if copied != target:
        with suppress(OSError):
            if earlier.samefile(source):
                os.link(copied, target)
                return
    shutil.copy2(source, target)


def _copy_waiting(root: Path, name: str, target: Path, placed: _Placed) -> list[str]:
    """Copy the deliveries of a folder that are not there yet, each as a whole; return what was not.

    What is still coming in, or going away, has a name with a dot.
    """
    if (root / name).is_symlink():
        return [name]
    left_out: list[str] = []
    for folder in sorted((root / name).glob("[!.]*/")):
        if not (target / name / folder.name).exists():
            left_out += _copy_whole(root, f"{name}/{folder.name}", target, placed)
    return left_out


def _copy_whole(root: Path, name: str, target: Path, placed: _Placed) -> list[str]:
    """Copy a delivery in which files come and go; one that goes away as a whole is not missed."""
    for _ in range(_TRIES):
        known = dict(placed)
        try:
            left_out = _copy(root, name, target, known)
        except FileNotFoundError:
            shutil.rmtree(target / name, ignore_errors=True)
            if not (root / name).exists():
                return []
        else:
            placed.update(known)
            return left_out
    raise FileNotFoundError(name)


def verify_backup(backup: Path) -> int:
    """Check every file of a backup; return their number.

    Raises
    ------
    BackupError
        Files are missing or changed, or the folder is no backup.
    """
    try:
        files: dict[str, str] = json.loads((backup / LIST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError("cli.backup_bad", folder=str(backup), files=LIST) from error
    bad = [name for name, digest in files.items() if not _is_sound(backup, name, digest)]
    if bad:
        raise BackupError("cli.backup_bad", folder=str(backup), files=", ".join(bad[:10]))
    return len(files)


def _is_sound(backup: Path, name: str, digest: str) -> bool:
    """Return whether a file lies in the backup itself and is the one that was written."""
    path = backup / name
    if not path.is_file() or not path.resolve().is_relative_to(backup.resolve()):
        return False
    return sha256_of(path) == digest


def restore_backup(backup: Path, data_dir: Path) -> int:
    """Copy a verified backup into an empty data folder; return the number of files.

    Releases may lie there already when only ``app.db`` was lost: those of the backup replace
    nothing, they are laid beside what is missing.

    Raises
    ------
    BackupError
        The backup is damaged, or the data folder holds a database already.
    """
    count = verify_backup(backup)
    if (data_dir / "app.db").exists():
        raise BackupError("cli.restore_over", folder=str(data_dir))
    data_dir.mkdir(parents=True, exist_ok=True)
    placed: _Placed = {}
    for source in sorted((backup / "releases").iterdir()) if (backup / "releases").is_dir() else ():
        target = data_dir / "releases" / source.name
        if target.exists():
            shutil.rmtree(target)
        _copy(backup, f"releases/{source.name}", data_dir, placed)
    _lay_beside(backup / "articles", data_dir / "articles")
    for name in _WAITING:
        _copy_waiting(backup, name, data_dir, placed)
    if not (data_dir / LEARNT).exists() and (backup / LEARNT).exists():
        _copy(backup, LEARNT, data_dir, placed)
    shutil.copy2(backup / "app.db", data_dir / "app.db")
    sync_tree(data_dir)
    return count


def _lay_beside(source: Path, target: Path) -> None:
    """Copy the files that are missing: an article that was written since is the newer one."""
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        goal = target / path.relative_to(source)
        if path.is_file() and not path.is_symlink() and not goal.exists():
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, goal)
