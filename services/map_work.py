"""Looks into a new layer or a conversion table and says what it would change; in the child.

Everything is told as plain values: the preview on the old outline, faults with sizes, what became
of every area, weights for a conversion table, findings.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from data.deliveries import INPUT
from data.importing.collection import Collection
from data.importing.conversions import table_rows
from data.importing.coverage_check import check_areas_fit
from data.importing.found_table import MAPS, format_of
from data.importing.layers import level_areas
from data.importing.metric import GEOGRAPHIC, measuring_system
from data.importing.problem_maps import drawn_outlines
from data.importing.recipe import Recipe, load_recipe
from data.importing.recipe_frame import LevelRecipe
from data.importing.recipe_places import ConversionRecipe
from data.importing.unplaced_maps import UNPLACED, trials
from data.reader import ReleaseReader
from domain.findings import Finding, Place, RefusedFileError
from domain.model import Audience
from services.findings_json import findings_to_json
from services.map_preview import AREAS, faults, outlines_of, pictures, weights
from services.map_reading import Known, ReadMap, read_map

Told = dict[str, Any]
Tell = Callable[[float, str], None]


def look_at_map(order: dict[str, Any], tell: Tell) -> Told:
    """Carry out an order.

    Parameters
    ----------
    order
        ``folder`` of the file, ``given`` (name of the file), ``release`` (folder), ``recipe``
        (name there), ``level``, ``vintage``, ``target``, ``reading`` (what was chosen),
        ``is_table``.
    tell
        Hears the share done and the key of the step.
    """
    work = _Work(order, tell)
    try:
        told = work.table() if order["is_table"] else work.layer()
    except RefusedFileError as refusal:
        work.collection.add(refusal.findings)
        told = {}
    findings = [_renamed(f, order["given"]) for f in work.collection.findings]
    return {**told, "findings": findings_to_json(findings)}


def _renamed(finding: Finding, given: str) -> Finding:
    if finding.place.file != INPUT:
        return finding
    place = Place(**{**asdict(finding.place), "file": given})
    return Finding(finding.severity, finding.code, place, finding.params)


@dataclass
class _Work:
    """One order being carried out."""

    order: dict[str, Any]
    tell: Tell

    def __post_init__(self) -> None:
        release = Path(self.order["release"])
        self.collection = Collection(Path(self.order["folder"]))
        recipe = release / self.order["recipe"]
        self.originals = Collection(recipe.parent / "files")
        self.recipe: Recipe = load_recipe(recipe)
        self.bundle = release

    def _level(self, vintage: str) -> LevelRecipe:
        key = f"{self.order['level']}@{vintage}"
        return next(x for x in self.recipe.level if x.key == key)

    def _areas(self, level: LevelRecipe) -> gpd.GeoDataFrame:
        """Return the areas of a level as delivered, without a layer those of the release."""
        found = level_areas(level, self.originals) if level.layer is not None else None
        if found is not None:
            return found
        with closing(ReleaseReader(self.bundle, Audience.INTERNAL)) as reader:
            return reader.areas(level.id, level.vintage).reset_index()

    def layer(self) -> Told:
        """Look into a map file."""
        path = Path(self.order["folder"]) / INPUT
        self.tell(0.05, "workbench.step.reading")
        kind = format_of(path)
        if kind not in MAPS:
            self.collection.error("map_is_none", Place(file=INPUT), found=kind.upper())
            return {"format": kind}
        level = self._level(self.order["vintage"])
        before = self._areas(level)
        names = dict(zip(before["area_id"], before["name"], strict=True))
        known = Known(level, names)
        read = read_map(INPUT, kind, self.order["reading"], known, self.collection)
        told: Told = {"format": kind, "layers": self._layers()}
        if read is None:
            return told | self._tried(kind, known, before)
        told |= {
            "columns": list(read.columns),
            "layer": {k: _plain(v) for k, v in read.layer.model_dump().items()},
        }
        return told if read.areas is None else told | self._compared(read, level, before)

    def _layers(self) -> list[str]:
        """Return the layers of a file that has several and needs a choice."""
        codes = {"layer_needed", "layer_unknown"}
        found = next((f for f in self.collection.findings if f.code in codes), None)
        return str(found.params["found"]).split(", ") if found else []

    def _tried(self, kind: str, known: Known, before: gpd.GeoDataFrame) -> Told:
        """Try the usual systems on a map whose own is not known, against the old outline."""
        if not any(f.code in UNPLACED for f in self.collection.findings):
            return {}
        if before.geometry.isna().all():
            return {}
        self.tell(0.3, "workbench.step.systems")
        outline = before[before.geometry.notna()]
        outline = outline.to_crs(measuring_system(outline))
        for system in ("EPSG:25832", GEOGRAPHIC):
            chosen = {**self.order["reading"], "crs": system}
            read = read_map(INPUT, kind, chosen, known, self.collection.apart())
            if read is None or read.areas is None:
                continue
            level = known.level.model_copy(update={"layer": read.layer})
            found = trials(level, outline, self.collection)
            if found:
                return {
                    "tried": [asdict(one.told) for one in found],
                    "old": drawn_outlines(outline.geometry),
                    "new": drawn_outlines(found[0].areas),
                }
        return {}

    def _compared(self, read: ReadMap, level: LevelRecipe, before: gpd.GeoDataFrame) -> Told:
        areas = read.areas
        assert areas is not None  # noqa: S101 - the caller has looked
        self.tell(0.4, "workbench.step.faults")
        new_level = level.model_copy(update={"layer": read.layer, "vintage": self.order["target"]})
        check_areas_fit(new_level, areas, self.collection)
        metric = measuring_system(areas)
        fresh = outlines_of(areas.to_crs(metric))
        told: Told = {"count": len(areas), "crs": str(areas.crs.to_string())[:80]}
        if len(set(fresh.ids)) < len(fresh.ids) or set(areas.geom_type) - AREAS:
            return told
        told |= faults(areas)
        self.tell(0.6, "workbench.step.comparing")
        old = outlines_of(before.to_crs(metric))
        told |= pictures(old, fresh)
        if self.order["target"] != self.order["vintage"]:
            self.tell(0.8, "workbench.step.weights")
            with closing(ReleaseReader(self.bundle, Audience.INTERNAL)) as reader:
                points = reader.demand_points()
            told["weights"] = weights(old, fresh, points, metric)
        return told

    def table(self) -> Told:
        """Look into a conversion table: areas known, weights between 0 and 1, sums of 1."""
        order = self.order
        self.tell(0.2, "workbench.step.reading")
        conversion = ConversionRecipe.model_validate(
            {
                "level": order["level"], "from": order["vintage"], "to": order["target"],
                "file": INPUT, "old": "alt", "new": "neu", "weight": "anteil",
                "basis": "population",
            }
        )  # fmt: skip
        areas = {f"{order['level']}@{v}": frame for v, frame in self._both().items()}
        rows = table_rows(conversion, areas, self.collection)
        return {"rows": [[str(r[3]), str(r[4]), float(str(r[5]))] for r in rows]}

    def _both(self) -> dict[str, pd.DataFrame]:
        """Return the areas of both vintages; those of a new layer are told by the order."""
        told = self.order.get("new_ids")
        end = (
            pd.DataFrame({"area_id": told})
            if told is not None
            else self._areas(self._level(self.order["target"]))
        )
        return {
            self.order["vintage"]: self._areas(self._level(self.order["vintage"])),
            self.order["target"]: end,
        }


def _plain(value: Any) -> Any:
    return getattr(value, "pattern", value)
