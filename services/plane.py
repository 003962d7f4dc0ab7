"""Degrees of a release as metres in a plane, for ways on foot."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from services.area_figures import FloatArray

METRIC = "EPSG:25832"


def metric(x: pd.Series, y: pd.Series) -> FloatArray:
    """Return degrees as metres in a plane, shape ``(n, 2)``."""
    points = gpd.GeoSeries(gpd.points_from_xy(x, y), crs="EPSG:4326").to_crs(METRIC)
    return np.column_stack([points.x.to_numpy(dtype=float), points.y.to_numpy(dtype=float)])


def to_border(geometry: gpd.GeoSeries) -> FloatArray:
    """Return the way from the middle of each area to the border of all, infinite for points."""
    shapes = geometry.to_crs(METRIC)
    if shapes.isna().all() or (shapes.geom_type == "Point").all():
        return np.full(len(shapes), np.inf)
    border = shapely.union_all(shapes.buffer(1.0).to_numpy()).boundary
    way = shapes.representative_point().distance(border).to_numpy()
    known: FloatArray = np.nan_to_num(way, nan=np.inf)
    return known
