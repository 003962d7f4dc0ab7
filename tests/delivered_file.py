"""A small delivery whose table is any file, so that formats are tested through the importer."""

from __future__ import annotations

from pathlib import Path

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from domain.findings import Finding, RefusedFileError
from tests.small_delivery import write_delivery


def table_of(file: str, more: str = "", *, key: str = "id", period: str = 'column = "jahr"') -> str:
    """Return the part of a recipe that reads children by area from a file."""
    return (
        f'[[table]]\nfile = "{file}"\nlevel = "viertel"\nvintage = "1"\n{more}\n'
        f'[table.area]\ncolumn = "{key}"\n[table.period]\n{period}\n'
        '[[table.measure]]\nindicator = "kinder"\ncolumn = "kinder"\n'
    )


def import_file(folder: Path, file: str, data: bytes, table: str) -> ImportedTown:
    """Import a delivery whose table is a file of these bytes."""
    (folder / file).write_bytes(data)
    return assemble(load_recipe(write_delivery(folder, [], table=table)), folder, lambda *_: None)


def refused_file(folder: Path, file: str, data: bytes, table: str) -> list[Finding]:
    """Return the findings for which such a delivery is refused."""
    try:
        import_file(folder, file, data, table)
    except RefusedFileError as refusal:
        return refusal.findings
    raise AssertionError("the delivery was not refused")
