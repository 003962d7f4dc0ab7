"""Backup of a data folder into another folder, and the way back.

``app.db`` is copied by SQLite's online backup, so that nobody has to stop the program; releases
never change and are copied as they are. ``backup.json`` names every file with its SHA-256.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from data.durable import sha256_of, sync_tree

LIST = "backup.json"


class BackupError(Exception):
    """A backup or restore that cannot be done; ``key`` and ``params`` name the text."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


def write_backup(data_dir: Path, database: sa.Engine, target: Path) -> int:
    """Copy database and releases into a new folder; return the number of files.

    Raises
    ------
    BackupError
        The folder is not empty, or the database is not SQLite (PostgreSQL has ``pg_dump``).
    """
    source = database.url.database
    if database.dialect.name != "sqlite" or source is None:
        raise BackupError("cli.backup_not_sqlite")
    if target.exists() and any(target.iterdir()):
        raise BackupError("cli.backup_exists", folder=str(target))
    target.mkdir(parents=True, exist_ok=True)
    # The database first: a release published meanwhile is then merely not named by it.
    with (
        closing(sqlite3.connect(source)) as live,
        closing(sqlite3.connect(target / "app.db")) as copy,
    ):
        live.backup(copy)
    if (data_dir / "releases").is_dir():
        shutil.copytree(data_dir / "releases", target / "releases")
    files = {
        path.relative_to(target).as_posix(): sha256_of(path)
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    (target / LIST).write_text(json.dumps(files, indent=1, sort_keys=True), encoding="utf-8")
    sync_tree(target)
    return len(files)


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
    bad = [
        name
        for name, digest in files.items()
        if not (backup / name).is_file() or sha256_of(backup / name) != digest
    ]
    if bad:
        raise BackupError("cli.backup_bad", folder=str(backup), files=", ".join(bad[:10]))
    return len(files)


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
    for source in sorted((backup / "releases").iterdir()) if (backup / "releases").is_dir() else ():
        target = data_dir / "releases" / source.name
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(source, target)
    shutil.copy2(backup / "app.db", data_dir / "app.db")
    sync_tree(data_dir)
    return count
