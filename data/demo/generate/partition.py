"""Cut a piece of land into districts of equal population along curved, wiggly borders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.ops import split

from data.demo.generate.curves import Points, roughen, spline

CANDIDATES = 36
"""Cuts tried at each step; the best balanced and most compact one is taken."""


EVEN_CHANCE = 0.5
FEWEST_ADDRESSES = 4
"""With fewer addresses the outline decides where a piece is cut."""
NEAR = 250.0
"""Metres on either side of a cut whose addresses decide where it passes."""
SHORTEST_CUT = 50.0
HALVES = 2


@dataclass(frozen=True)
class Piece:
    """A piece of land and the addresses in it (metres, shape (n, 2))."""

    polygon: Polygon
    addresses: Points


def inside(polygon: Polygon, addresses: Points) -> Points:
    """Return those addresses that lie in the polygon."""
    shapely.prepare(polygon)
    return np.asarray(addresses[shapely.contains_xy(polygon, addresses[:, 0], addresses[:, 1])])


def divide(piece: Piece, parts: int, rng: np.random.Generator) -> list[Piece]:
    """Return the piece cut into ``parts`` districts of about equal numbers of addresses."""
    if parts == 1:
        return [piece]
    first = parts // 2 if parts % 2 == 0 or rng.random() < EVEN_CHANCE else parts // 2 + 1
    halves = _best_cut(piece, first / parts, rng)
    return [
        *divide(halves[0], first, rng),
        *divide(halves[1], parts - first, rng),
    ]


def _best_cut(piece: Piece, share: float, rng: np.random.Generator) -> tuple[Piece, Piece]:
    best: tuple[float, tuple[Piece, Piece]] | None = None
    for _ in range(CANDIDATES):
        halves = _cut(piece, share, rng)
        if halves is None:
            continue
        cost = _cost(piece, halves, share)
        if best is None or cost < best[0]:
            best = (cost, halves)
    if best is None:
        raise ValueError("no cut of the piece leaves two connected halves")
    return best[1]


def _cost(piece: Piece, halves: tuple[Piece, Piece], share: float) -> float:
    got = len(halves[0].addresses) / max(1, len(piece.addresses))
    area = min(half.polygon.area for half in halves) / piece.polygon.area
    shapes = sum(half.polygon.length**2 / half.polygon.area for half in halves)
    return float(4.0 * abs(got - share) + 0.03 * shapes + max(0.0, 0.25 - area) * 4.0)


def _cut(piece: Piece, share: float, rng: np.random.Generator) -> tuple[Piece, Piece] | None:
    """Cut across the long side of the piece, or return None when the cut goes wrong."""
    points = piece.addresses
    if len(points) < FEWEST_ADDRESSES:
        points = np.array(piece.polygon.exterior.coords)
    centre = points.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov((points - centre).T))
    angle = np.arctan2(axes[1, 1], axes[0, 1]) + rng.normal(0.0, 0.35)
    along = np.array([np.cos(angle), np.sin(angle)])
    if along @ np.array([0.35, 1.0]) < 0:  # the first half always lies south-west
        along = -along
    across = np.array([-along[1], along[0]])
    position = float(np.quantile((points - centre) @ along, share)) + rng.normal(0.0, 30.0)
    # the cut passes the middle of the addresses beside it, not the middle of the whole piece
    near = points[np.abs((points - centre) @ along - position) < NEAR]
    anchor = near.mean(axis=0) if len(near) else centre + along * position
    line = _wiggly(anchor, across, piece.polygon, rng)
    inner = _section_through(line, piece.polygon, anchor)
    if inner is None:
        return None
    pieces = [p for p in split(piece.polygon, inner).geoms if isinstance(p, Polygon)]
    if len(pieces) != HALVES:
        return None
    pieces.sort(key=lambda p: float(np.array(p.representative_point().coords[0]) @ along))
    low, high = (Piece(p, inside(p, piece.addresses)) for p in pieces)
    return low, high


def _wiggly(
    anchor: Points, across: Points, polygon: Polygon, rng: np.random.Generator
) -> LineString:
    west, south, east, north = polygon.bounds
    reach = float(np.hypot(east - west, north - south))
    along = np.array([across[1], -across[0]])
    at = np.linspace(-1.0, 1.0, 9) * reach
    bend = rng.normal(0.0, 0.045, 9) * reach
    bend[4] = 0.0
    controls = anchor + at[:, None] * across + bend[:, None] * along
    smooth = spline(controls, step=max(180.0, reach / 14))
    return LineString(roughen(smooth, rng, roughness=float(rng.choice([0.03, 0.07, 0.11]))))


def _section_through(line: LineString, polygon: Polygon, anchor: Points) -> LineString | None:
    """Return the stretch of the line inside the polygon that passes nearest to the anchor.

    The stretch is prolonged by a few centimetres, so that it surely reaches the border.
    """
    sections = [g for g in shapely.get_parts(line.intersection(polygon)) if g.length > SHORTEST_CUT]
    if not sections:
        return None
    target = shapely.Point(anchor)
    section = min(sections, key=lambda s: float(s.distance(target)))
    points = np.array(section.coords)
    for end, inner in ((0, 1), (-1, -2)):
        step = points[end] - points[inner]
        points[end] += step / np.hypot(*step) * 0.05
    return LineString(points)
