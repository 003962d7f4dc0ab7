"""Files a recipe names: they lie inside the data folder, whatever links say."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from domain.findings import Finding, Place, RefusedFileError, Severity


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
        raise _refused("file_missing", relative)
    return path


def _refused(code: str, relative: str) -> RefusedFileError:
    name = relative.replace("\0", "")
    return RefusedFileError([Finding(Severity.ERROR, code, Place(file=name), {"file": name})])
