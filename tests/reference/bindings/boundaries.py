"""Conversion between boundary vintages."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from domain import boundaries
from domain.boundaries import Share
from tests.reference.bindings.contract import Binding, Condition, Input

_BOX = 4


def _shares(rows: list[dict[str, Any]]) -> list[Share]:
    return [Share(str(r["old"]), str(r["new"]), r["w"]) for r in rows]


def _conversion_table(given: Input) -> Any:
    result: dict[str, Any] = {}
    wanted = given.get("old_areas", [])
    if "tables" in given:
        result["errors"] = [_first_fault(_shares(t), wanted) for t in given["tables"]]
    shares = _shares(given["table"]) if "table" in given else []
    if "table" in given:
        found = boundaries.faults(shares, wanted or given.get("old", []))
        result["errors"] = [_worded(f) for f in found]
    if "t1" in given:
        shares = boundaries.chain(_shares(given["t1"]), _shares(given["t2"]))
        result["combined"] = _as_rows_or_tree(shares)
    if "old" in given:
        new = boundaries.convert(given["old"], shares)
        names = list(next(iter(given["old"].values())))
        result |= {"new": new, "sum_preserved": [_total(new, name) for name in names]}
    return result


def _first_fault(shares: list[Share], old_areas: list[str]) -> str | None:
    """A table is refused for the first thing that is wrong with it."""
    found = boundaries.faults(shares, old_areas)
    return _worded(found[0]) if found else None


def _worded(fault: boundaries.TableFault) -> str:
    if fault.reason == "missing_old":
        return f"old_area_{fault.old}_missing"
    return f"weights_of_{fault.old}_sum_to_{fault.total:.6g}"


def _total(new: dict[str, dict[str, Any]], name: str) -> float | None:
    parts = [area[name] for area in new.values()]
    return None if None in parts else sum(parts)


def _as_rows_or_tree(shares: list[Share]) -> Condition:
    """Compare with rows of a table in any order, or with old → new → weight."""
    found = {(s.old, s.new): s.weight for s in shares}
    return Condition(lambda want, tolerance: _same(found, _weights(want), tolerance))


def _weights(want: Any) -> dict[tuple[str, str], float]:
    if isinstance(want, list):
        return {(r["old"], r["new"]): r["w"] for r in want}
    return {(old, new): w for old, row in want.items() for new, w in row.items()}


def _same(found: dict[Any, float], want: dict[Any, float], tolerance: float) -> bool:
    near = [abs(found.get(k, 0.0) - w) <= max(tolerance, 1e-12) for k, w in want.items()]
    return all(near) and {k for k, w in found.items() if w > 0} <= set(want)


def _area_weighted(given: Input) -> Any:
    sources = _sources(given["source"])
    boxes = [shapely.box(*_box(t)) for t in given["target_boxes"]]
    shapes = [shapely.box(*_box(s)) for s in sources]
    weights = boundaries.area_weights(shapes, boxes)
    found: dict[str, Any] = {}
    for name in _numbers(sources[0]):
        counts = [s[name] for s in sources]
        found[name] = boundaries.interpolate(counts, weights)
    if "num" in found and "den" in found:
        found["rate"] = [
            a / n if n else None for a, n in zip(found["num"], found["den"], strict=True)
        ]
    elif "rate" in found:
        # the library's measure of a density: its mean over the target's surface
        parts = weights * np.array([s.area for s in shapes])[:, None]
        rates = [s["rate"] for s in sources]
        found["rate"] = (np.array(rates) @ (parts / parts.sum(axis=0))).tolist()
    return found


def _sources(source: Any) -> list[dict[str, Any]]:
    """Return one dict a source area, whether the vector lists areas or columns."""
    if isinstance(source, list):
        return source
    if any(not isinstance(v, list) for v in source.values()):
        return [source]
    names = {"boxes": "box"}
    count = len(next(iter(source.values())))
    return [{names.get(k, k): v[i] for k, v in source.items()} for i in range(count)]


def _box(area: Any) -> list[float]:
    if isinstance(area, list):
        return area
    named = next((v for v in area.values() if isinstance(v, list) and len(v) == _BOX), None)
    return named or [area[k] for k in ("xmin", "ymin", "xmax", "ymax")]


def _numbers(area: dict[str, Any]) -> list[str]:
    corners = {"xmin", "ymin", "xmax", "ymax"}
    return [k for k, v in area.items() if isinstance(v, (int, float)) and k not in corners]


def _dasymetric(given: Input) -> Any:
    listed = isinstance(given["source_pop"], list)
    population = given["source_pop"] if listed else [given["source_pop"]]
    area, persons = given["overlap_area"], given["overlap_population"]
    if not isinstance(area[0], list):
        area, persons = [area], [persons]
    return {
        "area_weighted": boundaries.interpolate(population, boundaries.split(area)),
        "dasymetric": boundaries.interpolate(population, boundaries.dasymetric(persons, area)),
    }


BINDINGS: dict[str, Binding] = {
    "area_weighted": _area_weighted,
    "conversion_table": _conversion_table,
    "dasymetric": _dasymetric,
}
