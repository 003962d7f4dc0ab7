"""Which files a recipe reads, to be kept beside the figures made from them."""

from __future__ import annotations

from pathlib import Path

from data.importing.recipe_model import Recipe

RECIPE_NAME = "recipe.toml"


def delivered_files(recipe: Recipe, path: Path, data_dir: Path) -> tuple[tuple[str, Path], ...]:
    """Return ``(name in the bundle, path)`` of the recipe and of every file it names."""
    names = sorted(recipe.files())
    found = [(f"files/{name}", data_dir / name) for name in names]
    return ((RECIPE_NAME, path), *(entry for entry in found if entry[1].is_file()))


def delivery_bytes(recipe: Recipe, data_dir: Path) -> int:
    """Return the size of all files a recipe names."""
    paths = [data_dir / name for name in recipe.files()]
    return sum(p.stat().st_size for p in paths if p.is_file())
