"""The people of Musterstadt: latent traits, single ages and age groups of every atom and year.

An atom is the part two vintages of social areas have in common; arrays have the shape
(atoms, years) or (atoms, years, ages).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import binom, norm, poisson

from data.demo.generate.character import CHARACTERS
from data.demo.generate.randomness import stream
from data.demo.generate.town import build_town

Array = NDArray[np.float64]

YEARS: Final = tuple(range(2012, 2026))
SINGLE_AGES: Final = 21
OF_AGE: Final = 18
PEOPLE_PER_ADDRESS: Final = 10
PER_YEAR_OF_AGE: Final = 0.0093
"""Share of one year of age in the population, city average."""

COHORT_WAVE: Final = {
    **dict.fromkeys(range(1990, 2010), 0.94), 2010: 0.95, 2011: 0.94, 2012: 0.96, 2013: 0.98,
    2014: 1.02, 2015: 1.06, 2016: 1.13, 2017: 1.12, 2018: 1.12, 2019: 1.10, 2020: 1.09,
    2021: 1.11, 2022: 1.01, 2023: 0.94, 2024: 0.92, 2025: 0.90,
}  # fmt: skip
"""Size of birth cohorts: few until 2012, many from 2016 to 2021, fewer since."""

CITY_GROWTH: Final = (
    0.958, 0.962, 0.968, 0.981, 0.986, 0.987, 0.988, 0.988, 0.987, 0.986, 0.997, 0.999, 1.0, 1.0,
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """Everything the figures are drawn from."""

    atoms: pd.DataFrame
    """social_2012, social_2021, district, borough, school_area, area_km2 by atom."""
    traits: dict[str, Array]
    """burden, family, old, student, dense; shape (atoms, years), about standardised."""
    ages: Array
    """Residents of age 0 to 20, shape (atoms, years, 21)."""
    counts: dict[str, Array]
    """Residents by group, households, dwellings …, shape (atoms, years)."""


@cache
def build_people() -> People:
    """Draw the population of all atoms and years."""
    atoms = _atoms()
    traits = _traits(atoms)
    total = _totals(atoms)
    ages = _single_ages(atoms, traits, total)
    return People(atoms, traits, ages, _counts(traits, total, ages))


def _atoms() -> pd.DataFrame:
    town = build_town()
    keys = ["social_2012", "social_2021"]
    atoms = town.addresses.groupby(keys, as_index=False).agg(
        district=("district", "first"), borough=("borough", "first"),
        school_area=("school_area", "first"), addresses=("x", "size"),
    )  # fmt: skip
    areas = town.social_2021.geometry.area / 1e6
    share = atoms["addresses"] / atoms.groupby("social_2021")["addresses"].transform("sum")
    atoms["area_km2"] = areas[atoms["social_2021"]].to_numpy() * share
    atoms["district_name"] = town.districts["name"][atoms["district"]].to_numpy()
    return atoms


def _traits(atoms: pd.DataFrame) -> dict[str, Array]:
    rng = stream("traits")
    time = np.linspace(0.0, 1.0, len(YEARS))[None, :]
    rows = [CHARACTERS[name] for name in atoms["district_name"]]
    noise = {"burden": 0.27, "family": 0.2, "old": 0.2, "student": 0.15}
    traits: dict[str, Array] = {}
    for name, spread in noise.items():
        start = np.array([getattr(row, name) for row in rows]) + rng.normal(0, spread, len(rows))
        traits[name] = np.repeat(start[:, None], len(YEARS), axis=1)
    drift = np.array([row.drift for row in rows]) + rng.normal(0, 0.08, len(rows))
    traits["burden"] = traits["burden"] + drift[:, None] * (time - 0.5)
    dense = np.log((atoms["addresses"] / atoms["area_km2"]).to_numpy(dtype=float))
    dense = (dense - dense.mean()) / dense.std()
    traits["dense"] = np.repeat(dense[:, None], len(YEARS), axis=1)
    return traits


def _totals(atoms: pd.DataFrame) -> Array:
    rng = stream("totals")
    time = np.linspace(-1.0, 0.0, len(YEARS))[None, :]
    growth = np.array([CHARACTERS[name].growth for name in atoms["district_name"]])
    growth = growth + rng.normal(0, 0.02, len(atoms))
    path = 1.0 + growth[:, None] * time + np.cumsum(rng.normal(0, 0.004, (len(atoms), 14)), axis=1)
    full = atoms["addresses"].to_numpy()[:, None] * float(PEOPLE_PER_ADDRESS)
    return np.asarray(np.rint(full * path * np.array(CITY_GROWTH)[None, :]))


def _single_ages(atoms: pd.DataFrame, traits: dict[str, Array], total: Array) -> Array:
    """Cohorts age together: the same luck of a cohort follows it from year to year."""
    rng = stream("ages")
    luck = rng.normal(0.0, 0.85, (len(atoms), 60))
    years = np.array(YEARS)
    ages = np.zeros((len(atoms), len(YEARS), SINGLE_AGES))
    for age in range(SINGLE_AGES):
        born = years - age
        wave = np.array([COHORT_WAVE[year] for year in born])
        # young families leave the inner town, students arrive from 18 on
        leaving = np.exp(
            -0.011 * min(age, OF_AGE - 1) * (traits["student"] - traits["family"] + 0.1)
        )
        arriving = np.exp((0.25 + 0.5 * np.maximum(traits["student"], 0)) * (age >= OF_AGE))
        mean = total * PER_YEAR_OF_AGE * np.exp(0.20 * traits["family"]) * wave * leaving * arriving
        shock = 0.8 * luck[:, born - 1985] + 0.35 * rng.normal(size=total.shape)
        ages[:, :, age] = np.maximum(0, np.rint(mean + np.sqrt(mean) * shock))
    return ages


def _counts(traits: dict[str, Array], total: Array, ages: Array) -> dict[str, Array]:
    def between(first: int, last: int) -> Array:
        return np.asarray(ages[:, :, first : last + 1].sum(axis=2))

    adults = total - ages.sum(axis=2)
    weights = {
        "21-24": 0.062 * np.exp(0.55 * np.maximum(traits["student"], -0.6)),
        "25-44": 0.34 * np.exp(-0.25 * traits["old"] + 0.05 * traits["student"]),
        "45-64": 0.345 * np.exp(0.05 * traits["old"]),
        "65-79": 0.175 * np.exp(0.30 * traits["old"]),
        "80+": 0.082 * np.exp(0.35 * traits["old"]),
    }
    whole = np.sum(list(weights.values()), axis=0)
    grown = {name: np.rint(adults * w / whole) for name, w in weights.items()}
    grown["45-64"] = adults - sum(v for k, v in grown.items() if k != "45-64")
    births = np.rint(ages[:, :, 0] * 1.02)
    counts = {
        "einwohner": total, "0-2": between(0, 2), "3-5": between(3, 5), "6-9": between(6, 9),
        "10-14": between(10, 14), "15-17": between(15, 17), "18-20": between(18, 20), **grown,
        "u15": between(0, 14), "u18": between(0, 17), "u21": between(0, 20),
        "6-13": between(6, 13), "10-17": between(10, 17), "geburten": births,
    }  # fmt: skip
    counts["15-24"] = between(15, 20) + grown["21-24"]
    counts["15-64"] = between(15, 20) + grown["21-24"] + grown["25-44"] + grown["45-64"]
    counts["18-64"] = counts["15-64"] - counts["15-17"]
    counts["u65"] = counts["u15"] + counts["15-64"]
    counts["65+"] = grown["65-79"] + grown["80+"]
    counts["f15-44"] = np.rint(0.49 * (between(15, 20) + grown["21-24"] + grown["25-44"]))
    counts["f15-19"] = np.rint(0.49 * between(15, 19))
    counts["haushalte"] = np.rint(total / 1.86 * np.exp(-0.10 * traits["family"]))
    counts["wohnungen"] = np.rint(counts["haushalte"] * 1.03)
    counts["untersuchte"] = np.rint(ages[:, :, 6] * 0.965)
    counts["abgaenge"] = np.rint(ages[:, :, 16] * 0.98)
    counts["waehler"] = np.rint((total - counts["u18"]) * (0.90 - 0.05 * traits["burden"]))
    return counts


def drawn(name: str, base: Array, chance: Array, *, persistence: float = 0.8) -> Array:
    """Draw binomial numbers whose luck lasts: the year-to-year changes stay believable."""
    luck = _lasting_luck(name, base.shape, persistence)
    return np.asarray(binom.ppf(luck, base, np.clip(chance, 1e-9, 1 - 1e-9)))


def drawn_events(name: str, mean: Array, *, persistence: float = 0.3) -> Array:
    """Draw Poisson numbers of events with the given means."""
    return np.asarray(poisson.ppf(_lasting_luck(name, mean.shape, persistence), mean))


def _lasting_luck(name: str, shape: tuple[int, ...], persistence: float) -> Array:
    rng = stream(f"luck {name}")
    steps = rng.normal(size=shape)
    state = steps.copy()
    for year in range(1, shape[1]):
        state[:, year] = (
            persistence * state[:, year - 1] + np.sqrt(1 - persistence**2) * steps[:, year]
        )
    return np.asarray(np.clip(norm.cdf(state), 1e-6, 1 - 1e-6))


def chance(city: Array, effect: Array) -> Array:
    """Return probabilities: the city's course (years) moved by the areas' effect (logit scale)."""
    return np.asarray(expit(logit(city)[None, :] + effect))
