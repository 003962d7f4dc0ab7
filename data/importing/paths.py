"""Files a recipe names: they lie inside the data folder, whatever links say."""

from __future__ import annotations

from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

from domain.findings import Finding, Place, RefusedFileError, Severity

_MOST_LOOKED_AT = 5000
"""Entries of a data folder that are looked at for a file that is not where it should be."""


def file_inside(data_dir: Path, relative: str) -> Path:
    """Return the path of a file of the delivery.

    Parameters
    ----------
    data_dir
        The data folder.
    relative
        The path as the recipe gives it, with ``/``.

    Raises
    ------
    RefusedFileError
        The path leaves the folder (``..``, absolute, or by a symbolic link), or there is no
        such file.
    """
    is_absolute = PurePosixPath(relative).is_absolute() or bool(PureWindowsPath(relative).drive)
    root = data_dir.resolve()
    if is_absolute or "\0" in relative or "\\" in relative:
        raise _refused("path_outside", relative)
    path = (root / relative).resolve()
    if not path.is_relative_to(root):
        raise _refused("path_outside", relative)
    if not path.is_file():
        raise _missing(root, relative)
    return path


def _missing(root: Path, relative: str) -> RefusedFileError:
    """Say that a file is missing, and what lies in the folder in its place."""
    wanted = PurePosixPath(relative)
    held = [p for p in islice(root.rglob("*"), _MOST_LOOKED_AT) if p.is_file()]
    by_name = {p.name.casefold(): p.relative_to(root).as_posix() for p in sorted(held)}
    parquet = by_name.get(f"{wanted.stem}.parquet".casefold())
    if parquet and wanted.suffix.casefold() == ".csv":
        return _refused("file_missing_parquet", relative, found=parquet)
    elsewhere = by_name.get(wanted.name.casefold())
    if elsewhere:
        return _refused("file_missing_elsewhere", relative, found=elsewhere)
    return _refused("file_missing", relative)


def _refused(code: str, relative: str, **params: str) -> RefusedFileError:
    name = relative.replace("\0", "")
    found = Finding(Severity.ERROR, code, Place(file=name), {"file": name, **params})
    return RefusedFileError([found])
