"""The delivered file of an upload with notes at its faulty cells."""

from __future__ import annotations

import tempfile
from pathlib import Path

from config import Settings
from data.deliveries import DELIVERY
from services.importing import ImportOrder
from services.marked_copies import mark_files
from services.uploads import LOOKED_AT, Stage, UploadView


def marked_copy(settings: Settings, folder: Path, view: UploadView, language: str) -> bytes | None:
    """Return the delivered table as a workbook with notes, None where no finding names a cell.

    Parameters
    ----------
    folder
        That of the upload (:meth:`data.uploads.UploadStore.folder`).
    """
    if not view.findings or view.stage is Stage.WORKING:
        return None
    loose = view.stage is Stage.UNREADABLE
    data_dir = folder / (LOOKED_AT if loose else DELIVERY)
    order = ImportOrder(data_dir / "recipe.toml", data_dir)
    told = {
        "file": view.upload.given,
        "format": view.told.get("format", ""),
        "sheet": view.told.get("sheet", ""),
    }
    with tempfile.TemporaryDirectory(prefix="keck-marked-") as out:
        copies = mark_files(
            Path(out) / "marked.xlsx",
            order,
            view.findings,
            settings,
            language=language,
            loose=told if loose else None,
        )
        wanted = view.upload.given if loose else view.upload.name
        found = next((one.copy for one in copies if one.file == wanted), None)
        return found.read_bytes() if found else None
