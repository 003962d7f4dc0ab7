"""One prepared file and what a reader must make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TAKEN = "taken"
WARNED = "warned"
REFUSED = "refused"


@dataclass(frozen=True)
class Case:
    """``code`` is the finding that must be there; ``row`` and ``column`` its place, if any."""

    name: str
    build: Callable[[Path], None]
    outcome: str
    code: str = ""
    row: int | None = None
    column: str = ""
    spec: dict[str, Any] = field(default_factory=dict)


def written(data: bytes) -> Callable[[Path], None]:
    """Return a builder that writes exactly these bytes."""
    return lambda path: path.write_bytes(data) and None
