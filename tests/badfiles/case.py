"""One prepared file, what a reader must make of it, and what an import must make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TAKEN = "taken"
WARNED = "warned"
REFUSED = "refused"


@dataclass(frozen=True)
class Town:
    """The town a file is delivered to, and what an import must make of it there.

    ``areas`` are the keys on the map (of a case that is a table); ``area``, ``value`` and
    ``period`` are columns of the table, ``id`` and ``name`` attributes of the layer, each with
    a usual default; ``keys`` are further answers of ``[table.area]``. ``indicator``, ``table``,
    ``dialect`` and ``measure`` are TOML lines that are added there, ``town`` stands at the end
    of the recipe. ``outcome``, ``code``, ``row`` and ``column`` are those of the case where they
    are not given. ``says`` are texts that cause or remedy must hold, by language. ``file`` is
    the name of the file where the usual does not do.
    """

    areas: tuple[str, ...] = ("01", "02")
    area: str = ""
    value: str = ""
    period: str = ""
    keys: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    name: str = ""
    indicator: str = ""
    table: str = ""
    dialect: str = ""
    measure: str = ""
    town: str = ""
    outcome: str = ""
    code: str = ""
    row: int | None = None
    column: str = ""
    says: dict[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""


USUAL = Town()


@dataclass(frozen=True)
class Case:
    """``code`` is the finding that must be there; ``row`` and ``column`` its place, if any.

    ``seconds`` (of processor time) and ``megabytes`` are the most an import may take in its own
    process.
    """

    name: str
    build: Callable[[Path], None]
    outcome: str
    code: str = ""
    row: int | None = None
    column: str = ""
    spec: dict[str, Any] = field(default_factory=dict)
    town: Town = USUAL
    seconds: float = 15.0
    megabytes: int = 500


def written(data: bytes) -> Callable[[Path], None]:
    """Return a builder that writes exactly these bytes."""
    return lambda path: path.write_bytes(data) and None


def outside(path: Path) -> Path:
    """Return a file beyond the delivery that no import may open; a trial puts a canary there."""
    return path.parent.parent / "canary.txt"


def pointing(make: Callable[[str], bytes]) -> Callable[[Path], None]:
    """Return a builder of a file that names :func:`outside`."""
    return lambda path: path.write_bytes(make(str(outside(path).resolve()))) and None
