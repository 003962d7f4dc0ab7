"""The arms of a town in its release: one PNG, named by its content."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from domain.model import Catalogue

FOLDER = "arms"


def with_arms(catalogue: Catalogue, picture: bytes) -> Catalogue:
    """Return the catalogue with the name of the picture; unchanged when there is none."""
    if not picture:
        return catalogue
    name = f"{hashlib.sha256(picture).hexdigest()[:12]}.png"
    return replace(catalogue, town=replace(catalogue.town, arms=name))


def write_arms(staging: Path, catalogue: Catalogue, picture: bytes) -> None:
    """Write the picture under its name; nothing when the town has none."""
    if catalogue.town.arms:
        path = staging / FOLDER / catalogue.town.arms
        path.parent.mkdir(parents=True)
        path.write_bytes(picture)


def arms_path(folder: Path, catalogue: Catalogue) -> Path | None:
    """Return where the picture of a release lies, None when the town has none."""
    return folder / FOLDER / catalogue.town.arms if catalogue.town.arms else None
