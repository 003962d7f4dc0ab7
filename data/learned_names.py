"""Names that offices write otherwise than the map, learnt once: ``aliases.toml`` of a data folder.

The file has the ``[[alias]]`` entries of a recipe and may be edited by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tomli_w
from pydantic import TypeAdapter, ValidationError

from data.durable import write_durably
from data.importing.recipe_names import AliasRecipe
from data.slots import alone
from domain.findings import Finding, Place, RefusedFileError, Severity

FILE, LOCK = "aliases.toml", "aliases.lock"
_ENTRIES = TypeAdapter(tuple[AliasRecipe, ...])
_HEAD = """# Namen, die Ämter anders schreiben als die Karte. Neue Einträge schreibt
# „python cli.py inspect --learn“; die Datei darf von Hand geändert werden.

"""


@dataclass(frozen=True)
class LearnedName:
    """What is written for an area of a level, whatever its boundary vintage."""

    level: str
    written: str
    area: str


def read_names(data_dir: Path) -> tuple[LearnedName, ...]:
    """Return the names of a data folder; none where there is no such file.

    Raises
    ------
    RefusedFileError
        The file is damaged or has other keys than ``level``, ``written``, ``area``.
    """
    path = data_dir / FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = _ENTRIES.validate_python(given.get("alias", []))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as wrong:
        reason = str(wrong).splitlines()[0]
        finding = Finding(
            Severity.ERROR, "learned_names_damaged", Place(file=FILE), {"reason": reason}
        )
        raise RefusedFileError([finding]) from None
    return tuple(LearnedName(e.level, w, e.area) for e in entries for w in e.written)


def forget_name(data_dir: Path, level: str, written: str) -> bool:
    """Forget one name of a data folder; return whether it was known."""
    with alone(data_dir / LOCK):
        known = read_names(data_dir)
        kept = [n for n in known if (n.level, n.written) != (level, written)]
        if len(kept) < len(known):
            _write(data_dir, kept)
    return len(kept) < len(known)


def learn_names(data_dir: Path, names: Iterable[LearnedName]) -> tuple[LearnedName, ...]:
    """Add names to those of a data folder and return all; a later one replaces an earlier."""
    with alone(data_dir / LOCK):
        known = {(n.level, n.written): n for n in (*read_names(data_dir), *names)}
        ordered = tuple(sorted(known.values(), key=lambda n: (n.level, n.area, n.written)))
        _write(data_dir, ordered)
    return ordered


def _write(data_dir: Path, names: Iterable[LearnedName]) -> None:
    entries = [{"level": n.level, "written": n.written, "area": n.area} for n in names]
    data_dir.mkdir(parents=True, exist_ok=True)
    write_durably(data_dir / FILE, (_HEAD + tomli_w.dumps({"alias": entries})).encode())
