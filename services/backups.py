"""Backup and restore as a use case of the command line."""

from __future__ import annotations

from pathlib import Path

from config import Settings
from data.appdb import AppDatabaseError, open_database
from data.backup import BackupError, Written, restore_backup, verify_backup, write_backup

__all__ = ["AppDatabaseError", "BackupError", "Written", "back_up", "migrate", "restore", "verify"]


def back_up(settings: Settings, target: Path) -> Written:
    """Write a backup of the data folder; return what it holds and what not."""
    engine = open_database(settings.database, settings.data_dir)
    try:
        return write_backup(settings.data_dir, engine, target)
    finally:
        engine.dispose()


def restore(settings: Settings, backup: Path) -> int:
    """Restore a backup into the data folder; return the number of files."""
    if not settings.database.startswith("sqlite"):
        raise BackupError("cli.backup_not_sqlite")
    return restore_backup(backup, settings.data_dir)


def verify(backup: Path) -> int:
    """Check a backup; return the number of files."""
    return verify_backup(backup)


def migrate(settings: Settings) -> str:
    """Bring the application database to this program's schema; return its version."""
    from data.appdb import schema_version

    engine = open_database(settings.database, settings.data_dir)
    try:
        return schema_version(engine)
    finally:
        engine.dispose()
