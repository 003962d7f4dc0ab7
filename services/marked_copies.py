"""Has the delivered workbooks marked in the limited process and puts them where somebody wants."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config import Settings
from domain.findings import Finding
from services.findings_json import findings_to_json
from services.import_report import ReportFolderError, check_folder
from services.import_watch import StoppedError, watch
from services.importing import ImportOrder


@dataclass(frozen=True)
class MarkedFile:
    """A delivered file and where its marked copy lies."""

    file: str
    copy: Path


def mark_files(  # noqa: PLR0913 - a copy names all it is made of
    target: Path,
    order: ImportOrder,
    findings: Sequence[Finding],
    settings: Settings,
    *,
    language: str,
    stop: threading.Event | None = None,
    loose: Mapping[str, str] | None = None,
) -> tuple[MarkedFile, ...]:
    """Write the copies; the first is called as wanted, further ones get the name of their file.

    Parameters
    ----------
    target
        The name of the copy, ending in ``.xlsx``. The copies are readable by their owner only.
    loose
        ``file``, ``format`` and ``sheet`` of a table that no recipe reads yet; the recipe of the
        order is not opened then.

    Returns
    -------
    tuple of MarkedFile
        Nothing where no finding names a cell of a table that could be read.

    Raises
    ------
    ReportFolderError
        The copy would lie in the data folder, over a delivered file, or cannot be written.
    """
    check_folder(target.parent, settings)
    if target.suffix.lower() != ".xlsx":
        raise ReportFolderError("cli.marked.not_xlsx", file=str(target))
    try:
        with tempfile.TemporaryDirectory(prefix=".marked-", dir=target.parent) as draft:
            wish = {
                "marked": True,
                "recipe": str(order.recipe.resolve()),
                "data_dir": str(order.data_dir.resolve()),
                "folder": str(Path(draft).resolve()),
                "language": language,
                "findings": findings_to_json(findings),
                "loose": dict(loose) if loose else {},
            }
            told = watch(wish, settings, lambda _share, _step: True, stop or threading.Event())
            return tuple(
                _placed(Path(draft) / name, file, _name(target, file, at), order.data_dir)
                for at, (file, name) in enumerate(told["marked"])
            )
    except StoppedError:
        return ()
    except OSError as error:
        raise ReportFolderError("cli.report_unwritable", reason=str(error)) from error


def _name(target: Path, file: str, position: int) -> Path:
    if position == 0:
        return target
    return target.with_name(f"{target.stem}-{Path(file).stem}{target.suffix}")


def _placed(draft: Path, file: str, copy: Path, data_dir: Path) -> MarkedFile:
    if copy.resolve() == (data_dir / file).resolve():
        raise ReportFolderError("cli.marked.over_delivery", file=str(copy))
    draft.chmod(0o600)
    shutil.move(draft, copy)
    return MarkedFile(file, copy)
