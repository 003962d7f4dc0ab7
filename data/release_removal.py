"""Releases whose files go: thrown away, too old, or left by an import that died."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from data.appdb import RELEASES
from data.release_folders import folders, remove
from data.release_model import STAGED


def remove_release(database: sa.Engine, folder: Path, before: str, after: str) -> bool:
    """Give the release of a folder another state and remove its files; say whether it was so.

    Parameters
    ----------
    folder
        Where its files lie; its name is the id.
    before, after
        States; a release that is not ``before`` any more stays as it is.
    """
    here = sa.and_(RELEASES.c.id == folder.name, RELEASES.c.state == before)
    with database.begin() as connection:
        marked = connection.execute(sa.update(RELEASES).where(here).values(state=after))
    if marked.rowcount:
        remove(folder)
    return bool(marked.rowcount)


def sweep(
    database: sa.Engine, folder: Path, staging: Path, is_live: Callable[[str], bool]
) -> list[str]:
    """Remove staging folders and rows of releases whose job is dead; return the names removed."""
    swept = [p for p in folders(staging) if not is_live(p.name)]
    with database.begin() as connection:
        rows = connection.execute(sa.select(RELEASES).where(RELEASES.c.state == STAGED)).all()
        dead = [r for r in rows if not is_live(r.job_id)]
        for row in dead:
            connection.execute(
                sa.delete(RELEASES).where(
                    RELEASES.c.town == row.town,
                    RELEASES.c.id == row.id,
                    RELEASES.c.state == STAGED,
                )
            )
    swept += [folder / r.id for r in dead if (folder / r.id).exists()]
    for path in swept:
        remove(path)
    return [path.name for path in swept]
