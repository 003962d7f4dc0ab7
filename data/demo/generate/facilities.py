"""Facilities of Musterstadt: where they stand, how many places they have, who runs them."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from data.demo.generate.figures import build_figures
from data.demo.generate.people import YEARS, Array, build_people
from data.demo.generate.randomness import stream
from data.demo.generate.town import build_town

_OLD = 2010
"""Day-care centres opened before this year have school-entry results in every period."""

KITAS: Final = 70
OBSERVED_KITAS: Final = 24
"""Kitas whose school-entry results are a level of institutions."""

OTHER_KINDS: Final[tuple[tuple[str, str, int, str], ...]] = (
    ("grundschule", "Grundschule", 16, "6-9"),
    ("schule", "Gesamtschule", 10, "10-17"),
    ("jugendzentrum", "Jugendzentrum", 12, "10-17"),
    ("familienzentrum", "Familienzentrum", 9, "0-2"),
    ("spielplatz", "Spielplatz", 24, "6-9"),
    ("kinderarztpraxis", "Kinderarztpraxis", 9, "0-2"),
)  # fmt: skip
"""Kind, word in the name, number, age group that decides where they stand."""

PREFIXES: Final = {
    "kita": "KI", "grundschule": "GR", "schule": "WS", "jugendzentrum": "JU",
    "familienzentrum": "FA", "spielplatz": "SP", "kinderarztpraxis": "KA",
}  # fmt: skip

OPERATORS: Final = (
    "Stadt Musterstadt", "Evangelischer Kitaverband Musterstadt",
    "Katholische Gemeinde St. Johannis", "Lebensraum Musterstadt e. V.", "Elterninitiative",
)  # fmt: skip
KITA_NAMES: Final = (
    "Regenbogen", "Sonnenblume", "Wurzelzwerge", "Arche", "Rasselbande", "Kunterbunt", "Löwenzahn",
    "Sternschnuppe", "Pusteblume", "Waldwichtel", "Flussfinken", "Villa Anker", "Seepferdchen",
    "Mühlenkinder", "Spatzennest", "Schatzinsel", "Zauberbaum", "Kleine Strolche",
)  # fmt: skip
STREETS: Final = (
    "Lindenweg", "Schulstraße", "Mühlenweg", "Gartenstraße", "Bahnhofstraße", "Uferweg",
    "Kastanienallee", "Am Anger", "Kirchgasse", "Ringstraße", "Feldstraße", "Hansestraße",
)  # fmt: skip
HOURS: Final = ("Mo–Fr 7:00–16:30", "Mo–Fr 7:30–15:00", "Mo–Fr 6:30–17:30", "Mo–Fr 7:00–14:00")


@cache
def build_facilities() -> pd.DataFrame:
    """Return one row per facility: id, kind, name, place in metres, places, hours."""
    frames = [_kitas()]
    for kind, word, number, group in OTHER_KINDS:
        placed = _placed(kind, number, build_people().counts[group])
        placed["name"] = [f"{word} {name}" for name in _unlike(placed["area_name"].tolist())]
        placed["opened"] = stream(f"opened {kind}").choice([1962, 1974, 1988, 1999, 2007], number)
        frames.append(placed.assign(u3="", ue3="", total=_places(kind, number), hours=""))
    every = pd.concat(frames, ignore_index=True)
    new_school = every.index[every["kind"] == "grundschule"][-1]
    every.loc[new_school, "opened"] = 2022
    rng = stream("addresses of facilities")
    every["street"] = [f"{rng.choice(STREETS)} {rng.integers(1, 90)}" for _ in range(len(every))]
    every["operator"] = [_operator(kind, rng) for kind in every["kind"]]
    running = every.groupby("kind").cumcount() + 1
    every["id"] = [f"{PREFIXES[k]}{n:02d}" for k, n in zip(every["kind"], running, strict=True)]
    return every


def _operator(kind: str, rng: np.random.Generator) -> str:
    if kind in {"grundschule", "schule", "spielplatz"}:
        return OPERATORS[0]
    if kind == "kinderarztpraxis":
        return "niedergelassen"
    return str(rng.choice(OPERATORS, p=[0.36, 0.24, 0.12, 0.2, 0.08]))


def _unlike(names: list[str]) -> list[str]:
    """Tell facilities with the same place name apart by a number."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} {'I' * seen[name]}")
    return result


def _placed(kind: str, number: int, group: Array) -> pd.DataFrame:
    """Place facilities at addresses, area by area in proportion to the group's children."""
    people, town = build_people(), build_town()
    rng = stream(f"places of {kind}")
    weights = pd.Series(group[:, -1]).groupby(people.atoms["social_2021"].to_numpy()).sum()
    # systematic sampling along the list of areas: no corner of the town stays empty
    marks = (np.arange(number) + rng.random()) / number * weights.sum()
    areas = weights.index[np.searchsorted(weights.cumsum().to_numpy(), marks)]
    rows = []
    for area in areas:
        points = town.addresses[town.addresses["social_2021"] == area]
        rows.append(points.iloc[int(rng.integers(len(points)))])
    frame = pd.DataFrame(rows).reset_index(drop=True)
    frame["kind"] = kind
    frame["area_name"] = town.social_2021["name"][frame["social_2021"]].to_numpy()
    return frame


def _kitas() -> pd.DataFrame:
    """Return the day-care centres; burdened districts have fewer places per child."""
    parts = build_figures()
    demand = parts["betreute-u3"].numerator + parts["betreute-ue3"].numerator
    frame = _placed("kita", KITAS, demand)
    rng = stream("kitas")
    burden = pd.Series(build_people().traits["burden"][:, -1]).groupby(
        build_people().atoms["district"].to_numpy()
    ).mean()  # fmt: skip
    scarce = 1.0 - 0.10 * burden[frame["district"]].to_numpy()
    size = np.clip(rng.normal(1.0, 0.22, KITAS), 0.6, 1.5) * scarce
    cared = [float(parts[f"betreute-{g}"].numerator[:, -1].sum()) for g in ("u3", "ue3")]
    frame["u3"] = 5 * np.rint(0.86 * cared[0] / KITAS * size / 5).astype(int)
    frame["ue3"] = 5 * np.rint(0.97 * cared[1] / KITAS * size / 5).astype(int)
    frame["total"] = frame["u3"] + frame["ue3"]
    frame["opened"] = rng.choice([1958, 1966, 1973, 1985, 1996, 2004, 2009], KITAS)
    young = rng.choice(KITAS, 14, replace=False)
    frame.loc[young, "opened"] = rng.integers(2013, 2025, 14)
    frame["hours"] = rng.choice(HOURS, KITAS)
    names = [f"Kita {KITA_NAMES[i % len(KITA_NAMES)]}" for i in range(KITAS)]
    frame["name"] = [f"{n} {a}" for n, a in zip(names, frame["area_name"], strict=True)]
    return frame


def _places(kind: str, number: int) -> list[int] | list[str]:
    rng = stream(f"size of {kind}")
    middle = {"grundschule": 420, "schule": 780, "jugendzentrum": 60, "familienzentrum": 40}
    if kind not in middle:
        return [""] * number
    return [int(v) for v in 5 * np.rint(middle[kind] * rng.uniform(0.7, 1.3, number) / 5)]


def places_by_district(group: str) -> tuple[list[str], Array]:
    """Return district ids and places in day-care (districts, years) for ``u3`` or ``ue3``."""
    facilities = build_facilities()
    kitas = facilities[facilities["kind"] == "kita"]
    districts = sorted(build_town().districts["id"])
    growth = np.linspace(0.68 if group == "u3" else 0.93, 1.0, len(YEARS))
    places = np.zeros((len(districts), len(YEARS)))
    for row in kitas.to_dict("records"):
        is_open = np.array(YEARS) >= row["opened"]
        places[districts.index(row["district"])] += is_open * growth * float(row[group])
    return districts, np.rint(places)


def observed_kitas() -> pd.DataFrame:
    """Return the day-care centres of the level of institutions."""
    facilities = build_facilities()
    is_old = facilities["opened"].astype(int) < _OLD
    kitas = facilities[(facilities["kind"] == "kita") & is_old]
    chosen = kitas.iloc[np.linspace(0, len(kitas) - 1, OBSERVED_KITAS).astype(int)]
    return chosen.reset_index(drop=True)
