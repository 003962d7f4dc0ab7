"""A release as it was delivered, with a new layer or conversion table in it, to be imported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.deliveries import INPUT, lay_in, lay_out
from data.importing.recipe import load_recipe
from data.importing.recipe_frame import LayerRecipe
from data.map_drafts import MapDraft
from services.map_answers import Rows, written_table
from services.recipe_maps import NewOutlines, NewWeights, with_outlines, with_weights

FOLDER = "karten"
_SUFFIXES = {
    "geojson": "geojson", "geojsonseq": "geojsonl", "topojson": "topojson",
    "geopackage": "gpkg", "shapefile": "zip",
}  # fmt: skip


def laid_out(
    draft: MapDraft, folder: Path, release: Path, told: Mapping[str, Any], rows: Rows
) -> Path:
    """Lay a delivery out in the folder of a draft and return its recipe.

    Parameters
    ----------
    release
        The release whose recipe and files are changed; it stays as it is.
    told
        What was found out about the layer.
    rows
        The conversion table; without rows none is written.

    Raises
    ------
    RefusedFileError
        The old recipe is damaged, or the new one would be refused.
    """
    path = lay_out(folder, release / "originals", "recipe.toml")
    recipe, text = load_recipe(path), path.read_text("utf-8-sig")
    if not draft.is_table:
        name = f"{FOLDER}/{draft.level}-{draft.target}.{_SUFFIXES[told['format']]}"
        change = NewOutlines(
            draft.level,
            draft.vintage,
            draft.target,
            LayerRecipe.model_validate({**told["layer"], "file": name}),
            [column["name"] for column in told["columns"]],
            draft.valid_from,
            draft.valid_to,
        )
        text = with_outlines(text, recipe, change)
        lay_in(path.parent, name, folder / INPUT)
    if rows:
        name = f"{FOLDER}/umrechnung-{draft.level}-{draft.vintage}-{draft.target}.csv"
        table = path.parent / name
        table.parent.mkdir(exist_ok=True)
        table.unlink(missing_ok=True)  # a second name of the file of a release is never written to
        table.write_text(written_table(rows), "utf-8")
        weights = NewWeights(draft.level, draft.vintage, draft.target, name, draft.basis)
        text = with_weights(text, weights)
    path.write_text(text, "utf-8")
    load_recipe(path)
    return path
