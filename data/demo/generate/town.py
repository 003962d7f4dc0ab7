"""Musterstadt's levels: boroughs, districts, social areas of two vintages, school areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from data.demo.generate.curves import Points
from data.demo.generate.districts import District, draw_districts
from data.demo.generate.land import GRID, Land, draw_land
from data.demo.generate.names import BOROUGHS, DISTRICTS, SCHOOLS
from data.demo.generate.partition import Piece, divide, inside
from data.demo.generate.randomness import stream

CRS: Final = "EPSG:25832"

SHORTEST_BORDER: Final = 20.0
"""Metres of common border: a shared corner is no way to school."""

JOINED_BEFORE_2021: Final = (
    ("Lindenhof-Süd", "Lindenhof-Mitte"),
    ("Neue Gärten", "Wiesengrund-Dorf"),
    ("Westkai", "Ostkai"),
    ("Gleisdreieck", "Westpark"),
)
"""Pairs of social areas that were one before the re-cut; the second was new in 2021."""

CEDED_IN_2021: Final = (
    ("Am Stadtwald", "Fasanengarten", "Försterei"),
    ("Nordstadt", "Fabrikstraße", "Nordmarkt"),
    ("Großenhagen", "Am Hagener Forst", "Großenhagen-Dorf"),
)
"""District, giving and receiving social area: a strip changed sides in the re-cut."""


@dataclass(frozen=True)
class Town:
    """The levels as frames (id, name, parent ids, geometry) and the addresses."""

    land: Land
    boroughs: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    social_2012: gpd.GeoDataFrame
    social_2021: gpd.GeoDataFrame
    school_areas: gpd.GeoDataFrame
    addresses: pd.DataFrame
    """x, y (metres), social_2012, social_2021, district, borough, school_area; ten people each."""


@cache
def build_town() -> Town:
    """Draw the town; every level is a union of the same atoms, so that borders agree exactly."""
    land = draw_land()
    atoms = _atoms(draw_districts(land))
    shapes = _rebuilt(list(atoms["geometry"]))
    atoms = atoms.assign(geometry=shapes)
    atoms["school_area"] = _school_areas(atoms)
    addresses = _addresses(land, atoms)
    names = atoms.drop_duplicates("social_2021").set_index("social_2021")
    schools = {f"G{i + 1:02d}": n for i, n in enumerate(SCHOOLS)}
    return Town(
        land=land,
        boroughs=_level(atoms, "borough", {str(i + 1): n for i, n in enumerate(BOROUGHS)}),
        districts=_level(atoms, "district", names.set_index("district")["district_name"].to_dict()),
        social_2012=_level(atoms, "social_2012", _names_2012(atoms)),
        social_2021=_level(atoms, "social_2021", names["name"].to_dict()),
        school_areas=_level(atoms, "school_area", schools),
        addresses=addresses,
    )


def _atoms(districts: list[District]) -> gpd.GeoDataFrame:
    """Return the smallest pieces: a social area of 2021, or the strip of one that was ceded."""
    rows = []
    running = {str(b + 1): 0 for b in range(len(BOROUGHS))}
    for district, (name, areas) in zip(districts, DISTRICTS, strict=True):
        borough = str(district.borough)
        running[borough] += 1
        code = f"{borough}{running[borough]}"
        for n, (area, (shape, addresses)) in enumerate(zip(areas, district.pieces, strict=True)):
            row = {
                "borough": borough, "district": code, "district_name": name,
                "social_2021": f"{code}{n + 1:02d}", "social_2012": f"{code}{n + 1:02d}",
                "name": area, "geometry": shape, "addresses": addresses,
            }  # fmt: skip
            rows.append(row)
    frame = gpd.GeoDataFrame(rows, crs=CRS)
    ids = frame.set_index("name")["social_2021"]
    for first, second in JOINED_BEFORE_2021:
        frame.loc[frame["name"] == second, "social_2012"] = ids[first]
    for _, giving, receiving in CEDED_IN_2021:
        frame = _with_strip(frame, giving, receiving)
    return frame.drop(columns="addresses")


def _with_strip(frame: gpd.GeoDataFrame, giving: str, receiving: str) -> gpd.GeoDataFrame:
    """Cut from ``receiving`` the part next to ``giving``, to which it belonged in 2012."""
    index = int(frame.index[frame["name"] == receiving][0])
    giver = frame.loc[frame["name"] == giving].iloc[0]
    row = frame.loc[index]
    shape, addresses = row["geometry"], row["addresses"]
    if not isinstance(shape, Polygon):
        raise TypeError("only one connected piece can be cut")
    quarters = divide(Piece(shape, addresses), 3, stream(f"strip {receiving}"))
    strip = max(
        quarters, key=lambda p: float(p.polygon.boundary.intersection(giver.geometry).length)
    )
    rest = shapely.union_all([p.polygon for p in quarters if p is not strip])
    ceded = row.copy()
    ceded["geometry"], ceded["social_2012"] = strip.polygon, giver["social_2012"]
    frame = frame.copy()
    frame.loc[index, "geometry"] = rest
    strips = gpd.GeoDataFrame([ceded.to_dict()], crs=CRS)
    return gpd.GeoDataFrame(pd.concat([frame, strips], ignore_index=True))


def _rebuilt(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the shapes as a clean coverage on the centimetre grid, from one noded set of lines."""
    noded = shapely.unary_union([shape.boundary for shape in shapes], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    tree = shapely.STRtree(shapes)
    owned: list[list[BaseGeometry]] = [[] for _ in shapes]
    for face in faces:
        hits = tree.query(face.representative_point(), predicate="within")
        if len(hits):
            owned[int(hits[0])].append(face)
    return [shapely.union_all(parts) for parts in owned]


def _school_areas(atoms: gpd.GeoDataFrame) -> list[str]:
    """Grow twelve school areas from their schools over the social areas of 2021."""
    areas = atoms.dissolve("social_2021")
    shapes = np.array(areas.geometry)
    seeds = _school_sites(areas)
    owner: NDArray[np.int64] = np.full(len(areas), -1)
    owner[seeds] = np.arange(len(seeds))
    far = shapely.distance(
        shapely.centroid(shapes)[:, None], shapely.centroid(shapes[seeds])[None, :]
    )
    touch = shapely.length(shapely.intersection(shapes[:, None], shapes[None, :])) > SHORTEST_BORDER
    while (owner < 0).any():
        free = np.flatnonzero(owner < 0)
        reach = np.array([[(touch[a] & (owner == s)).any() for s in range(12)] for a in free])
        size = np.array([(owner == s).sum() for s in range(12)])
        cost = far[free] * (1 + 0.12 * size[None, :])
        open_cost = np.where(reach, cost, np.inf)
        if not np.isfinite(open_cost).any():
            open_cost = cost  # islands go to the nearest school
        row, column = np.unravel_index(int(open_cost.argmin()), open_cost.shape)
        owner[free[row]] = column
    found = dict(zip(areas.index, owner, strict=True))
    return [f"G{found[a] + 1:02d}" for a in atoms["social_2021"]]


def _school_sites(areas: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the social areas in which the twelve schools stand, in the order of their names."""
    sites = ("Alter Markt", "Opernplatz", "Kornspeicher", "Nordmarkt", "Lindenhof-Mitte",
             "Heideblick", "Waldfrieden", "Papiermühle", "Schlachthofviertel", "Kanalsiedlung",
             "Schlossallee", "Außendeich")  # fmt: skip
    return np.array([int(np.flatnonzero(areas["name"] == site)[0]) for site in sites])


def _level(atoms: gpd.GeoDataFrame, key: str, names: dict[str, str]) -> gpd.GeoDataFrame:
    merged = {k: shapely.union_all(list(g)) for k, g in atoms.groupby(key)["geometry"]}
    first = atoms.drop_duplicates(key).set_index(key, drop=False).sort_index()
    frame = gpd.GeoDataFrame(
        {
            "id": list(merged),
            "name": [names[k] for k in merged],
            "borough": first["borough"].to_numpy(),
            "district": first["district"].to_numpy(),
        },
        geometry=[shapely.normalize(shape) for shape in merged.values()],
        crs=CRS,
    )
    return frame.set_index("id", drop=False)


def _names_2012(atoms: gpd.GeoDataFrame) -> dict[str, str]:
    names = {
        str(row.social_2012): str(row.name_)
        for row in atoms.rename(columns={"name": "name_"}).itertuples()
        if row.social_2012 == row.social_2021
    }
    joined = {first: f"{first} / {second}" for first, second in JOINED_BEFORE_2021}
    return {k: joined.get(name, name) for k, name in names.items()}


def _addresses(land: Land, atoms: gpd.GeoDataFrame) -> pd.DataFrame:
    columns = ["social_2012", "social_2021", "district", "borough", "school_area"]
    parts = []
    for row in atoms.itertuples():
        points: Points = np.vstack(
            [inside(part, land.addresses) for part in shapely.get_parts(row.geometry)]
        )
        part = pd.DataFrame(points, columns=["x", "y"])
        parts.append(part.assign(**{c: getattr(row, c) for c in columns}))
    return pd.concat(parts, ignore_index=True).sort_values(["x", "y"], ignore_index=True)
