"""Synthetic towns of any size, as a published release and as files for the rivals."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import Voronoi

INDICATORS = 12
YEARS = tuple(str(y) for y in range(2010, 2025))
WEST, SOUTH, WIDTH, HEIGHT = 320_000.0, 5_810_000.0, 38_000.0, 30_000.0


def cells(n: int, seed: int = 7) -> gpd.GeoDataFrame:
    """Return ``n`` areas that share their borders, in EPSG:25833."""
    rng = np.random.default_rng(seed)
    points = rng.uniform((0, 0), (1, 1), (n, 2))
    frame = np.array([[-5, -5], [6, -5], [-5, 6], [6, 6]], dtype=float)
    for _ in range(3):
        diagram = Voronoi(np.vstack([points, frame]))
        polygons = [_clipped(diagram, i) for i in range(n)]
        points = np.array([(p.centroid.x, p.centroid.y) for p in polygons])
    scaled = shapely.transform(np.array(polygons), lambda xy: xy * (WIDTH, HEIGHT) + (WEST, SOUTH))
    dense = shapely.segmentize(shapely.set_precision(scaled, 0.01), 400.0)
    ids = [f"{i:05d}" for i in range(n)]
    return gpd.GeoDataFrame(
        {"area_id": ids, "name": [f"Gebiet {i}" for i in ids]}, geometry=dense, crs="EPSG:25833"
    )


def _clipped(diagram: Voronoi, i: int) -> shapely.Polygon:
    region = diagram.regions[diagram.point_region[i]]
    return shapely.Polygon(diagram.vertices[region]).intersection(shapely.box(0, 0, 1, 1))


def numbers(n: int, seed: int = 11) -> pd.DataFrame:
    """Return numerators and denominators of every indicator, year and area."""
    rng = np.random.default_rng(seed)
    children = rng.integers(300, 2500, n)
    burden = rng.beta(2, 6, n)
    rows = []
    for k in range(INDICATORS):
        base = np.clip(burden * rng.uniform(0.4, 1.4) + rng.normal(0, 0.04, n), 0.03, 0.9)
        for step, year in enumerate(YEARS):
            share = np.clip(base + 0.002 * step + rng.normal(0, 0.01, n), 0.02, 0.95)
            rows.append(
                pd.DataFrame(
                    {
                        "area": [f"{i:05d}" for i in range(n)],
                        "indicator": f"ind{k:02d}",
                        "year": year,
                        "numerator": np.maximum(4, np.round(share * children)),
                        "denominator": children,
                    }
                )
            )
    frame = pd.concat(rows, ignore_index=True)
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(1)
    return frame


def write_rival_files(folder: Path, areas: gpd.GeoDataFrame, values: pd.DataFrame) -> None:
    """Write ``areas.geojson`` and ``values.csv`` for the naive rival."""
    folder.mkdir(parents=True, exist_ok=True)
    degrees = areas.to_crs("EPSG:4326")
    features = [
        {
            "type": "Feature",
            "id": area_id,
            "properties": {},
            "geometry": shapely.geometry.mapping(
                shapely.set_precision(shapely.geometry.polygon.orient(shape, -1.0), 1e-6)
            ),
        }
        for area_id, shape in zip(degrees["area_id"], degrees.geometry, strict=True)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "areas.geojson").write_text(body, encoding="utf-8")
    values[["area", "indicator", "year", "value"]].to_csv(folder / "values.csv", index=False)


RECIPE_HEAD = """schema = 1
[town]
id = "prüfstadt"
name = "Prüfstadt"
fictional = true
licence = "CC0 1.0"
[[source]]
id = "benchmark"
office = "Benchmark"
title = "Benchmark"
date = "2026-01-01"
licence = "CC0 1.0"
[[theme]]
id = "thema"
name = "Thema"
[[level]]
id = "gebiete"
vintage = "2010"
name = { de = "Gebiete", en = "areas" }
kind = "areas"
order = 20
[level.layer]
file = "areas.geojson"
format = "geojson"
crs = "EPSG:4326"
id = "area_id"
name = "name"
[indicator_defaults]
theme = "thema"
kind = "share"
numerator_text = "Kinder mit Merkmal"
denominator_text = "Kinder"
unit = "% der Kinder"
multiplier = 100
decimals = 1
polarity = "high_burden"
time_reference = "stichtag"
time_reference_text = "31.12."
source = "benchmark"
interval = "wilson"
aggregation = "sum_parts"
disclosure = "none"
"""


def write_recipe(folder: Path, areas: gpd.GeoDataFrame, values: pd.DataFrame) -> Path:
    """Write the same town as files and a recipe for the product's own import."""
    folder.mkdir(parents=True, exist_ok=True)
    degrees = areas.to_crs("EPSG:4326")
    features = [
        {
            "type": "Feature",
            "properties": {"area_id": a, "name": n},
            "geometry": shapely.geometry.mapping(shape),
        }
        for a, n, shape in zip(degrees["area_id"], degrees["name"], degrees.geometry, strict=True)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "areas.geojson").write_text(body, encoding="utf-8")
    values.to_csv(folder / "values.csv", index=False)
    parts = [RECIPE_HEAD.replace("prüfstadt", "benchmark")]
    indicators = sorted(values["indicator"].unique())
    parts.extend(
        f'[[indicator]]\nid = "{indicator}"\nname = "Indikator {indicator}"\n'
        f'short_name = "Indikator {indicator}"\ndefinition = "Anteil der Kinder."\n'
        for indicator in indicators
    )
    parts.append(
        '[[table]]\nfile = "values.csv"\nformat = "csv"\nencoding = "utf-8"\nseparator = ","\n'
        'level = "gebiete"\nvintage = "2010"\n[table.area]\ncolumn = "area"\nby = "id"\n'
        '[table.period]\ncolumn = "year"\n'
    )
    for indicator in indicators:
        parts.extend(
            f'[[table.measure]]\nindicator = "{indicator}"\nrole = "{role}"\ncolumn = "{role}"\n'
            f'where = {{ indicator = "{indicator}" }}\n'
            for role in ("numerator", "denominator")
        )
    recipe = folder / "town.toml"
    recipe.write_text("".join(parts), encoding="utf-8")
    return recipe
