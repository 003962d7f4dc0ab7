"""Demand points (where children live), offers of facilities, and what can be reached on foot."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from data.demo.generate.facilities import build_facilities
from data.demo.generate.people import YEARS, Array, build_people
from data.demo.generate.randomness import stream
from data.demo.generate.town import build_town

CELL: Final = 250.0
"""Edge of the grid cells (metres) whose addresses are joined to one demand point."""
FEWEST_ADDRESSES: Final = 3
"""Points of fewer addresses are left out: nobody shall be found by a point."""
GROUPS: Final = {"u3": "0-2", "ue3": "3-5", "grundschule": "6-9", "jugend": "10-17"}

OFFERS: Final[dict[str, tuple[tuple[str, str, str, float], ...]]] = {
    "kita": (
        ("Betreuung unter 3 Jahren", "Kinder unter 3", "Mo–Fr 7:00–16:30", 0.0),
        ("Betreuung ab 3 Jahren", "Kinder von 3 bis 5", "Mo–Fr 7:00–16:30", 0.0),
    ),
    "grundschule": (("Offener Ganztag", "Kinder von 6 bis 9", "Mo–Fr 12:00–16:00", 0.55),),
    "jugendzentrum": (
        ("Offener Treff", "Jugendliche ab 12", "Mo–Sa 15:00–21:00", 1.0),
        ("Hausaufgabenhilfe", "Kinder von 8 bis 13", "Mo–Do 14:00–16:00", 0.4),
    ),
    "familienzentrum": (
        ("Elterncafé", "Eltern mit Kindern unter 3", "Di und Do 9:30–11:30", 0.6),
        ("Sprachkurs für Mütter und Väter", "Eltern", "Mo und Mi 9:00–11:00", 0.5),
    ),
}  # fmt: skip
"""Offer, target group, hours, places as a share of the places of the house."""
OFFER_YEARS: Final = (2023, 2024, 2025)
NEARLY_FULL: Final = 0.94
"""Share of taken places from which there is a waiting list."""


@cache
def demand_points() -> pd.DataFrame:
    """Return the points: x, y (metres, one decimal), atom, and children by age group, 2025."""
    addresses = build_town().addresses.copy()
    keys = ["social_2012", "social_2021"]
    atoms = build_people().atoms[keys].apply(tuple, axis=1)
    number = {key: position for position, key in enumerate(atoms)}
    addresses["atom"] = [number[key] for key in zip(*(addresses[k] for k in keys), strict=True)]
    addresses["column"] = np.floor(addresses["x"] / CELL).astype(int)
    addresses["line"] = np.floor(addresses["y"] / CELL).astype(int)
    cells = addresses.groupby(["atom", "column", "line"])
    points = cells.agg(x=("x", "mean"), y=("y", "mean"), size=("x", "size")).reset_index()
    points = points[points["size"] >= FEWEST_ADDRESSES].reset_index(drop=True)
    for name, group in GROUPS.items():
        points[name] = _shared_out(points, build_people().counts[group][:, -1])
    return points.drop(columns=["column", "line"]).round({"x": 1, "y": 1})


def _shared_out(points: pd.DataFrame, children: Array) -> list[int]:
    """Share whole children out over the points of an atom in proportion to the addresses."""
    share = points["size"] / points.groupby("atom")["size"].transform("sum")
    wanted = (share * children[points["atom"].to_numpy()]).groupby(points["atom"]).cumsum()
    upper = np.rint(wanted.round(6))
    lower = upper.groupby(points["atom"]).shift(fill_value=0.0)
    return [int(v) for v in upper - lower]


def within_reach(kind: str, group: str, metres: float) -> Array:
    """Return the share of an atom's children within ``metres`` of a facility, (atoms, years)."""
    points = demand_points()
    every = build_facilities()
    every = every[every["kind"] == kind]
    gap = np.hypot(
        points["x"].to_numpy()[:, None] - every["x"].to_numpy()[None, :],
        points["y"].to_numpy()[:, None] - every["y"].to_numpy()[None, :],
    )
    shares = np.zeros((len(build_people().atoms), len(YEARS)))
    for column, year in enumerate(YEARS):
        near = (gap[:, every["opened"].to_numpy() <= year] <= metres).any(axis=1)
        got = (points[group] * near).groupby(points["atom"]).sum()
        whole = points[group].groupby(points["atom"]).sum()
        shares[:, column] = (got / whole).reindex(range(len(shares)), fill_value=0.0)
    return shares


def _own_places(house: dict[Hashable, Any], position: int, share: float) -> float:
    """Return the places of an offer: Kitas offer their age groups, others a share of the house."""
    if house["kind"] == "kita":
        return float(house[("u3", "ue3")[position]])
    return float(house["total"]) * share


def offers() -> pd.DataFrame:
    """Return the offers of all facilities, one row per offer and year."""
    rng = stream("offers")
    rows = []
    for house in build_facilities().to_dict("records"):
        for position, (name, target, hours, share) in enumerate(OFFERS.get(house["kind"], ())):
            own = _own_places(house, position, share)
            for year in OFFER_YEARS:
                if year < house["opened"]:
                    continue
                places = round(own * (0.98 + 0.01 * (year - OFFER_YEARS[0])))
                full = float(np.clip(rng.normal(0.96, 0.06), 0.7, 1.03))
                taken = round(places * full)
                waiting = int(rng.poisson(0.16 * places)) if full > NEARLY_FULL else 0
                rows.append((house["id"], name, target, year, hours, places, taken, waiting))
    columns = ["einrichtung", "angebot", "zielgruppe", "jahr", "zeiten", "plaetze", "belegt",
               "warteliste"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
